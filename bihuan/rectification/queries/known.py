"""The rows and the trail that courses are made of, read once for any number of matters.

Hides that a number of matters costs the same queries as one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.core.prepared import prepared
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
    for milestone in _milestones(keys):
        found.milestones[milestone.measure_id].append(milestone)
    for indicator in _indicators(keys):
        found.indicators[indicator.measure_id].append(indicator)
    _add_reports([one.matter_id for one in measures], found)
    return found


@prepared
def _milestones(measures: Collection[int]) -> QuerySet[Milestone]:
    return Milestone.objects.filter(measure__in=measures).order_by("due_on", "pk")


@prepared
def _indicators(measures: Collection[int]) -> QuerySet[Indicator]:
    return Indicator.objects.filter(measure__in=measures).order_by("pk")


@prepared
def _rounds(matters: Collection[int]) -> QuerySet[Round, tuple[int, datetime | None, str, int]]:
    rows = Round.objects.filter(matter__in=matters).order_by("matter", "number")
    return rows.values_list("matter", "handed_over_at", "variant", "matter__inspection")


def _turns(matters: Collection[int]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    for key, at, variant, inspection in _rounds([*matters]):
        begun_on, before = day_of(at) if at else None, found[key]
        if before and begun_on:
            before[-1] = replace(before[-1], until=begun_on - DAY)
        before.append(Turn(begun_on, variant == PUBLISH_FIRST, inspection))
    return found


def _taken(matters: Collection[int]) -> dict[int, Taken]:
    return {key: Taken(mark, day) for key, mark, day in _taken_over([*matters])}


@prepared
def _taken_over(matters: Collection[int]) -> QuerySet[TakenOver, tuple[int, int, date | None]]:
    return TakenOver.objects.filter(matter__in=matters, is_withdrawn=False).values_list("matter", "pk", "closed_on")


def _extensions(matters: Collection[int]) -> dict[int, list[Extension]]:
    found: dict[int, list[Extension]] = defaultdict(list)
    for one in _granted([*matters]):
        found[one.matter_id].append(one)
    return found


@prepared
def _granted(matters: Collection[int]) -> QuerySet[Extension]:
    return Extension.objects.filter(matter__in=matters, state=ExtensionState.APPROVED).order_by("approved_on", "pk")


def _trail(matters: Iterable[Matter]) -> tuple[dict[tuple[str, int], list[Change]], dict[tuple[str, int], date]]:
    """The changes of matters and of their marks, oldest first, and on which day each mark came."""
    known = {(one.city, one.code) for one in matters}
    rows = _told({code for _, code in known}, {city for city, _ in known})
    changes: dict[tuple[str, int], list[Change]] = defaultdict(list)
    created: dict[tuple[str, int], date] = {}
    for entry in rows:
        place, day = (entry.table, entry.row), day_of(entry.at)
        if entry.kind == "create":
            created[place] = day
        elif entry.kind == "change":
            changes[place] += (Change(day, name, *pair) for name, pair in entry.deltas.items())
    return changes, created


@prepared
def _told(codes: Collection[str], cities: Collection[str]) -> QuerySet[Entry]:
    tables = ("matter", "milestone", "indicator", "takenover")
    rows = Entry.objects.filter(about__in=codes, city__in=cities, table__in=tables).order_by("number")
    return rows.only("table", "row", "kind", "at", "changes")


def _add_reports(matters: Collection[int], rows: Rows) -> None:
    said = figures.said(_approved(matters))
    for one in said.values():
        rows.said[one.matter].append(one)
    for report, indicator, value in _readings([*said]):
        rows.readings[indicator].append((said[report], value))
    for report, milestone, day in _reached([*said]):
        rows.reached[milestone].append((said[report], day))


@prepared
def _approved(matters: Collection[int]) -> QuerySet[ProgressReport]:
    return ProgressReport.objects.filter(matter__in=matters, state=ProgressState.APPROVED).order_by("pk")


@prepared
def _readings(reports: Collection[int]) -> QuerySet[IndicatorReading, tuple[int, int, Decimal]]:
    readings = IndicatorReading.objects.filter(report__in=reports, is_ended=False).order_by("pk")
    return readings.values_list("report", "indicator", "cumulative")


@prepared
def _reached(reports: Collection[int]) -> QuerySet[MilestoneReached, tuple[int, int, date]]:
    reached = MilestoneReached.objects.filter(report__in=reports, is_ended=False).order_by("pk")
    return reached.values_list("report", "milestone", "reached_on")
