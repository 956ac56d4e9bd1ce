"""The rows and the trail that courses are made of, read once for any number of matters.

Hides that a number of matters costs the same queries as one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.matters.models import Extension, Matter, ProgressReport, Round, TakenOver
from bihuan.matters.rules.extension import ExtensionState
from bihuan.matters.rules.progress import ProgressState
from bihuan.rectification.models import Indicator, IndicatorReading, Measure, Milestone, MilestoneReached, Problem
from bihuan.rectification.queries import figures
from bihuan.rectification.queries.figures import Said
from bihuan.rectification.rules.problem import PUBLISH_FIRST

DAY = timedelta(days=1)


class Change(NamedTuple):
    """One field of a row, changed on a day."""

    day: date
    field: str
    before: Any
    after: Any


class Taken(NamedTuple):
    """What was taken over: its mark, and when the ledger it came from has it closed."""

    mark: int
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A round of a matter, and the inspection whose rules its schedule goes by. A round that a later one followed ended
    the day before that began (`until`).
    """

    begun_on: date | None
    is_publish_first: bool
    inspection: int
    until: date | None = None

    @property
    def since(self) -> date:
        """From which day on something is part of it."""
        return self.begun_on or date.min


@dataclass(slots=True)
class Rows:
    """Everything that courses are made of, by the row that it belongs to."""

    turns: dict[int, list[Turn]]  # oldest first
    taken: dict[int, Taken]
    changes: dict[tuple[str, int], list[Change]]
    created: dict[tuple[str, int], date]
    extensions: dict[int, list[Extension]]
    milestones: dict[int, list[Milestone]] = field(default_factory=lambda: defaultdict(list))
    indicators: dict[int, list[Indicator]] = field(default_factory=lambda: defaultdict(list))
    said: dict[int, list[Said]] = field(default_factory=lambda: defaultdict(list))
    readings: dict[int, list[tuple[Said, Decimal]]] = field(default_factory=lambda: defaultdict(list))
    reached: dict[int, list[tuple[Said, date]]] = field(default_factory=lambda: defaultdict(list))


def rows_of(problems: Collection[Problem], measures: Collection[Measure]) -> Rows:
    """Everything that the courses of these problems and measures are made of."""
    matters: dict[int, Matter] = {one.matter_id: one.matter for one in problems}
    matters |= {one.matter_id: one.matter for one in measures}
    changes, created = _trail(matters.values())
    found = Rows(_turns(matters), _taken(matters), changes, created, _extensions(matters))
    keys = [one.pk for one in measures]
    for milestone in Milestone.objects.filter(measure__in=keys).order_by("due_on", "pk"):
        found.milestones[milestone.measure_id].append(milestone)
    for indicator in Indicator.objects.filter(measure__in=keys).order_by("pk"):
        found.indicators[indicator.measure_id].append(indicator)
    _add_reports([one.matter_id for one in measures], found)
    return found


def _turns(matters: Collection[int]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    rows = Round.objects.filter(matter__in=matters).order_by("matter", "number")
    for key, at, variant, inspection in rows.values_list("matter", "handed_over_at", "variant", "matter__inspection"):
        begun_on, before = day_of(at) if at else None, found[key]
        if before and begun_on:
            before[-1] = replace(before[-1], until=begun_on - DAY)
        before.append(Turn(begun_on, variant == PUBLISH_FIRST, inspection))
    return found


def _taken(matters: Collection[int]) -> dict[int, Taken]:
    rows = TakenOver.objects.filter(matter__in=matters, is_withdrawn=False)
    return {key: Taken(mark, day) for key, mark, day in rows.values_list("matter", "pk", "closed_on")}


def _extensions(matters: Collection[int]) -> dict[int, list[Extension]]:
    found: dict[int, list[Extension]] = defaultdict(list)
    rows = Extension.objects.filter(matter__in=matters, state=ExtensionState.APPROVED)
    for one in rows.order_by("approved_on", "pk"):
        found[one.matter_id].append(one)
    return found


def _trail(matters: Iterable[Matter]) -> tuple[dict[tuple[str, int], list[Change]], dict[tuple[str, int], date]]:
    """The changes of matters and of their marks, oldest first, and on which day each mark came."""
    known = {(one.city, one.code) for one in matters}
    rows = Entry.objects.filter(
        about__in={code for _, code in known},
        city__in={city for city, _ in known},
        table__in=("matter", "milestone", "indicator", "takenover"),
    ).order_by("number")
    changes: dict[tuple[str, int], list[Change]] = defaultdict(list)
    created: dict[tuple[str, int], date] = {}
    for entry in rows.only("table", "row", "kind", "at", "changes"):
        place, day = (entry.table, entry.row), day_of(entry.at)
        if entry.kind == "create":
            created[place] = day
        elif entry.kind == "change":
            changes[place] += (Change(day, name, *pair) for name, pair in entry.deltas.items())
    return changes, created


def _add_reports(matters: Collection[int], rows: Rows) -> None:
    reports = ProgressReport.objects.filter(matter__in=matters, state=ProgressState.APPROVED).order_by("pk")
    said = figures.said(reports)
    for one in said.values():
        rows.said[one.matter].append(one)
    readings = IndicatorReading.objects.filter(report__in=said, is_ended=False).order_by("pk")
    for report, indicator, value in readings.values_list("report", "indicator", "cumulative"):
        rows.readings[indicator].append((said[report], value))
    reached = MilestoneReached.objects.filter(report__in=said, is_ended=False).order_by("pk")
    for report, milestone, day in reached.values_list("report", "milestone", "reached_on"):
        rows.reached[milestone].append((said[report], day))
