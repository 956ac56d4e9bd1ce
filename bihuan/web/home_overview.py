"""What somebody who answers for the whole asks after: which problems are red, whose, why, what next; what falls due."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.lib.ledger import Light
from bihuan.matters.ledger import first_of
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification import queries
from bihuan.rectification.ledger import NEXT, problem_light
from bihuan.rectification.rules.problem import CLOSED, STATES, ProblemState
from bihuan.web.drawing import Piece, address

if TYPE_CHECKING:
    from bihuan.rectification.models import Problem

LOUD = ("over", "late", "due")
CASES = 8
AHEAD = 10
Drawn = dict[str, Any]


def overview(by: Actor, today: date) -> Drawn:
    """The figures, the problems to ask after, the board of lights, and the days ahead, in this actor's scope."""
    rows = [(row, problem_light(row, today)) for row in queries.problem_words(queries.problems_seen(by))]
    loud = sorted(
        (pair for pair in rows if pair[1].state in LOUD),
        key=lambda pair: (LOUD.index(pair[1].state), pair[0].matter.due_on or date.max),
    )
    counts = Counter(light.state for _, light in rows)
    return {
        "title": _title(len(rows), counts),
        "figures": _figures([row for row, _ in rows]),
        "cases": [_case(row, light, today) for row, light in loud[:CASES]],
        "lights": _board(rows, counts, max(0, len(loud) - CASES)) if rows else None,
        "ahead": _ahead([row for row, _ in rows], today),
    }


def _title(total: int, counts: Counter[str]) -> str:
    said = "、".join(
        f"{counts[state]}个{word}"
        for state, word in (("over", "超期"), ("late", "滞后"), ("due", "临期"))
        if counts[state]
    )
    return f"{total}个问题里{said}" if said else f"{total}个问题，没有超期和临期的"


def _figures(rows: list[Problem]) -> list[Drawn]:
    open_states = (ProblemState.RECTIFYING,)
    taken = [row for row in rows if row.matter.state in open_states]
    closed = [row for row in rows if row.matter.state in CLOSED]
    drafts = [row for row in rows if row.matter.state == ProblemState.DRAFT]
    measures, proven = sum(row.measure_count for row in rows), sum(row.proven_count for row in rows)
    ledger, total = reverse("ledger_detail", args=["problems"]), f"/ {len(rows)}"
    return [
        _figure(len(taken), total, "整改中", address(ledger, [("state", state) for state in open_states])),
        _figure(len(closed), total, "已销号", address(ledger, [("state", state) for state in CLOSED])),
        _figure(len(drafts), total, "草案，待答疑、下达", address(ledger, [("state", ProblemState.DRAFT)])),
        _figure(proven, f"/ {measures}", "措施已确认完成", reverse("ledger_detail", args=["measures"])),
    ]


def _figure(value: int, unit: str, label: str, url: str) -> Drawn:
    return {"value": value, "unit": unit, "label": label, "url": url}


def _case(row: Problem, light: Light, today: date) -> Drawn:
    matter = row.matter
    days = (matter.due_on - today).days if matter.due_on else 0
    lead = first_of(matter, DutyRole.LEAD)
    responsible = first_of(matter, DutyRole.RESPONSIBLE)
    moved = matter.first_due_on is not None and matter.first_due_on != matter.due_on
    why = [f"时限 {matter.due_on}，" + ("已过" if days < 0 else "还有"), Piece(f"{abs(days)}天", "b")]
    if moved:
        why.append(f"，首次时限 {matter.first_due_on}")
    return {
        "light": light,
        "since": f"超期{-days}天" if days < 0 else f"余{days}天",
        "title": row.title,
        "url": reverse("problem_detail", args=[matter.code]),
        "ref": f"第{row.number}项",
        "facts": [
            ("谁的", [f"{lead or '没有牵头单位'}；{responsible}" if responsible else lead or "没有牵头单位"]),
            ("为何", [*why, f"；{row.measure_count}项措施，已确认{row.proven_count}项。"]),
            ("下步", [NEXT.get(ProblemState(matter.state), STATES[ProblemState(matter.state)])]),
        ],
        "progress": None,
        "acts": [],
    }


def _board(rows: list[tuple[Problem, Light]], counts: Counter[str], more: int) -> Drawn:
    words: dict[str, str] = {}
    for _, light in rows:
        words[light.state] = "未到期或无灯" if light.state == "none" else light.word
    return {
        "title": f"全部{len(rows)}个问题",
        "note": f"另有{more}个超期或临期的没有列在上面" if more else "",
        "cells": [
            {
                "state": light.state,
                "word": light.word,
                "label": str(row.number),
                "url": reverse("problem_detail", args=[row.matter.code]),
                "title": row.title,
            }
            for row, light in rows
        ],
        "counts": [(state, word, counts[state]) for state in (*LOUD, "ok", "none") if (word := words.get(state))],
    }


def _ahead(rows: list[Problem], today: date) -> list[Drawn]:
    """The days of the next ten on which problems fall due."""
    days: dict[date, list[Problem]] = {}
    for row in rows:
        due = row.matter.due_on
        if due is not None and today <= due <= today + timedelta(days=AHEAD) and row.matter.state not in CLOSED:
            days.setdefault(due, []).append(row)
    ledger = reverse("ledger_detail", args=["problems"])
    return [
        {
            "day": day,
            "words": f"{len(due)}个问题到期：" + "、".join(row.title for row in due),
            "url": address(ledger, [("due_after", day.isoformat()), ("due_before", day.isoformat())]),
            "label": f"看这{len(due)}件",
        }
        for day, due in sorted(days.items())
    ]
