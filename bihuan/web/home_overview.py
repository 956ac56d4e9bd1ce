"""What somebody who answers for the whole asks after: which problems are red, whose, why, what next; what falls due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.lib.ledger import Light
from bihuan.matters.ledger import LIGHTS, first_of, light_ranges
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.ledger import NEXT, WITHOUT_LIGHT, problem_light
from bihuan.rectification.queries import sight
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.problem import CLOSED, STATES, ProblemState
from bihuan.web.drawing import Piece, address

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bihuan.rectification.models import Problem

CASES = 8
AHEAD, MOST_AHEAD = 10, 200
NAMED = 3  # titles named of a day
BOARD = 120  # as many problems as a board of lights shows at a glance
Drawn = dict[str, Any]


def overview(by: Actor, today: date, *, asks: bool) -> Drawn:
    """The board of lights and the days ahead, in this actor's scope; with `asks`, for those who answer for the whole,
    the figures and the problems to ask after as well.
    """
    seen = sight.problems_seen(by)
    lit = light_ranges(WITHOUT_LIGHT, today)
    counts = Counter(seen.aggregate(**{light: Count("pk", filter=lit[light]) for light in LIGHTS}))
    total = sum(counts.values())
    drawn: Drawn = {
        "lights": _board(seen, counts, today) if total else None,
        "ahead": _ahead(seen, today),
    }
    if not asks:
        return drawn
    cases = _loud(seen, lit, today)
    more = counts["over"] + counts["due"] - len(cases)
    if drawn["lights"] and more > 0:
        drawn["lights"]["note"] = f"另有{more}个超期或临期的没有一一列出"
    return drawn | {"title": _title(total, counts), "figures": _figures(by, seen, total), "cases": cases}


def _loud(seen: QuerySet[Problem], lit: Mapping[str, Q], today: date) -> list[Drawn]:
    """The first problems to ask after: what is overdue, the oldest first, then what falls due."""
    loud = seen.filter(lit["over"] | lit["due"]).order_by("matter__due_on", "pk")
    return [_case(row, problem_light(row, today), today) for row in sight.problem_words(loud)[:CASES]]


def _title(total: int, counts: Counter[str]) -> str:
    said = "、".join(
        f"{counts[state]}个{word}"
        for state, word in (("over", "超期"), ("late", "滞后"), ("due", "临期"))
        if counts[state]
    )
    return f"{total}个问题里{said}" if said else f"{total}个问题，没有超期和临期的"


def _figures(by: Actor, seen: QuerySet[Problem], total: int) -> list[Drawn]:
    found = dict(seen.order_by().values_list("matter__state").annotate(count=Count("pk")))
    measures = sight.measures_seen(by).order_by()
    proven = measures.filter(matter__state__in=PROVEN).count()
    ledger, of = reverse("ledger_detail", args=["problems"]), f"/ {total}"

    def states(label: str, *wanted: str) -> Drawn:
        url = address(ledger, [("state", state) for state in wanted])
        return _figure(sum(found.get(state, 0) for state in wanted), of, label, url)

    return [
        states("整改中", ProblemState.RECTIFYING),
        states("已销号", *CLOSED),
        states("草案，待答疑、下达", ProblemState.DRAFT),
        _figure(proven, f"/ {measures.count()}", "措施已确认完成", reverse("ledger_detail", args=["measures"])),
    ]


def _figure(value: int, unit: str, label: str, url: str) -> Drawn:
    return {"value": value, "unit": unit, "label": label, "url": url}


def _case(row: Problem, light: Light, today: date) -> Drawn:
    matter = row.matter
    days = (matter.due_on - today).days if matter.due_on else 0
    lead = first_of(matter, DutyRole.LEAD) or "没有牵头单位"
    responsible = first_of(matter, DutyRole.RESPONSIBLE)
    moved = matter.first_due_on is not None and matter.first_due_on != matter.due_on
    why = [f"时限 {matter.due_on}，" + ("已过" if days < 0 else "还有"), Piece(f"{abs(days)}天", "b")]
    if moved:
        why.append(f"，首次时限 {matter.first_due_on}")
    return {
        "light": light,
        "since": f"逾期{-days}天" if days < 0 else f"余{days}天",
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
        "counts": [(state, word, counts[state]) for state, word in LIGHTS.items() if counts[state]],
    }


def _ahead(seen: QuerySet[Problem], today: date) -> list[Drawn]:
    """The days of the next ten on which problems fall due."""
    soon = seen.filter(matter__due_on__range=(today, today + timedelta(days=AHEAD))).exclude(matter__state__in=CLOSED)
    days: dict[Any, list[str]] = {}
    for due, title in soon.order_by("matter__due_on", "pk").values_list("matter__due_on", "title")[:MOST_AHEAD]:
        days.setdefault(due, []).append(title)
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
