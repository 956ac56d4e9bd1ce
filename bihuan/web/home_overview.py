"""What somebody who answers for the whole asks after: which problems are red, whose, why, what next; what falls due."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.lib.ledger import Light
from bihuan.matters.ledger import first_of
from bihuan.matters.rules import lateness
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.queries import board
from bihuan.rectification.ledger import NEXT
from bihuan.rectification.queries import overview as standing
from bihuan.rectification.queries import sight
from bihuan.rectification.queries.shown import problem_light
from bihuan.rectification.rules.problem import CLOSED, STATES, ProblemState
from bihuan.web.drawing import Piece, address

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bihuan.rectification.models import Problem

NAMED = 3  # titles named of a day
BOARD = 120  # as many problems as a board of lights shows at a glance
Drawn = dict[str, Any]


def overview(by: Actor, today: date, *, asks: bool) -> Drawn:
    """The board of lights and the days ahead, in this actor's scope; with `asks`, for those who answer for the whole,
    the figures and the problems to ask after as well.
    """
    seen = sight.problems_seen(by)
    counts = standing.lights(by, today)
    total = sum(counts.values())
    drawn: Drawn = {
        "lights": _board(seen, counts, today) if total else None,
        "ahead": _ahead(by, today),
    }
    if not asks:
        return drawn
    cases = [_case(row, problem_light(row, today), today) for row in standing.loud(by, today)]
    more = sum(counts[light] for light in standing.LOUD) - len(cases)
    if drawn["lights"] and more > 0:
        drawn["lights"]["note"] = f"另有{more}个超期、滞后或临期的没有一一列出"
    figures = [*_figures(by, total), *_petitions(by, today)]
    return drawn | {"title": _title(total, counts), "figures": figures, "cases": cases}


def _title(total: int, counts: Counter[str]) -> str:
    said = "、".join(f"{counts[light]}个{lateness.LIGHT_WORDS[light]}" for light in standing.LOUD if counts[light])
    return f"{total}个问题里{said}" if said else f"{total}个问题，没有超期、滞后和临期的"


def _figures(by: Actor, total: int) -> list[Drawn]:
    found, (measures, proven) = standing.states(by), standing.measures(by)
    ledger, of = reverse("ledger_detail", args=["problems"]), f"/ {total}"

    def states(label: str, *wanted: str) -> Drawn:
        url = address(ledger, [("state", state) for state in wanted])
        return _figure(sum(found.get(state, 0) for state in wanted), of, label, url)

    return [
        states("整改中", ProblemState.RECTIFYING),
        states("已销号", *CLOSED),
        states("草案，待答疑、下达", ProblemState.DRAFT),
        _figure(proven, f"/ {measures}", "措施已确认完成", reverse("ledger_detail", args=["measures"])),
    ]


def _petitions(by: Actor, today: date) -> list[Drawn]:
    """Of the petitions in hand those past their day; nothing where none is in hand."""
    count, late = board.in_hand(by, today)
    return [_figure(late, f"/ {count}", "在办信访件超期", reverse("petition_board"))] if count else []


def _figure(value: int, unit: str, label: str, url: str) -> Drawn:
    return {"value": value, "unit": unit, "label": label, "url": url}


def _case(row: Problem, light: Light, today: date) -> Drawn:
    matter = row.matter
    days = (matter.due_on - today).days if matter.due_on else None
    lead = first_of(matter, DutyRole.LEAD) or "没有牵头单位"
    responsible = first_of(matter, DutyRole.RESPONSIBLE)
    moved = matter.first_due_on is not None and matter.first_due_on != matter.due_on
    why: list[str | Piece] = [f"时限原文“{row.deadline_raw}”" if row.deadline_raw else "没有时限"]
    if days is not None:
        why = [f"时限 {matter.due_on}，" + ("已过" if days < 0 else "还有"), Piece(f"{abs(days)}天", "b")]
    if moved:
        why.append(f"，首次时限 {matter.first_due_on}")
    return {
        "light": light,
        "since": "" if days is None else lateness.left(days),
        "title": row.title,
        "url": reverse("problem_detail", args=[matter.code]),
        "ref": f"第{row.number}项",
        "facts": [
            ("谁的", ["；".join(dict.fromkeys(units for units in (lead, responsible) if units))]),
            ("为何", [*why, f"；{row.measure_count}项措施，已确认{row.proven_count}项。"]),
            ("下步", [NEXT.get(ProblemState(matter.state), STATES[ProblemState(matter.state)])]),
        ],
        "acts": [],
    }


def _board(seen: QuerySet[Problem], counts: Counter[str], today: date) -> Drawn:
    total = sum(counts.values())
    rows = list(sight.problem_words(seen)) if total <= BOARD else []
    return {
        "title": f"全部{total}个问题",
        "note": "" if rows else "超过一屏，到台账里按灯号看",
        "cells": [
            {
                "state": light.state,
                "word": light.word,
                "label": str(row.number),
                "url": reverse("problem_detail", args=[row.matter.code]),
                "title": row.title,
            }
            for row, light in ((row, problem_light(row, today)) for row in rows)
        ],
        "counts": [(state, word, counts[state]) for state, word in lateness.LIGHT_CHOICES.items() if counts[state]],
    }


def _ahead(by: Actor, today: date) -> list[Drawn]:
    """The days of the next ten on which problems fall due."""
    days = {day: [title for _, title in found] for day, found in standing.ahead(by, today).items()}
    ledger = reverse("ledger_detail", args=["problems"])
    return [
        {
            "day": day,
            "words": f"{len(titles)}个问题到期：{'、'.join(titles[:NAMED])}{'等' if len(titles) > NAMED else ''}",
            "url": address(ledger, [("due_after", day.isoformat()), ("due_before", day.isoformat())]),
            "label": f"看这{len(titles)}件",
        }
        for day, titles in days.items()
    ]
