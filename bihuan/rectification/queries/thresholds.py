"""From which day on which thresholds of lights counted for an inspection, as the trail of its rules has it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.core.prepared import prepared
from bihuan.matters.models import Inspection, RuleSet
from bihuan.rectification.rules.lights import Thresholds

FIELDS = ("due_soon_days", "due_close_days", "due_close_points", "milestone_missed_days", "tolerance_points")
Values = dict[str, int]
Turns = tuple[tuple[date, Thresholds], ...]


def by_inspection(inspections: Collection[int]) -> dict[int, tuple[Thresholds, tuple[()], Turns]]:
    """{inspection: the first thresholds, nothing set by hand, and each later ones by the day from which they count}."""
    rows = [*_with_rules([*inspections])]
    changes = _changes({one.city for one in rows})
    chosen = {one.pk: _chosen(one, changes["inspection", one.pk]) for one in rows}
    sets = {one.rule_set_id: one.rule_set for one in rows}
    if others := {rules for turns in chosen.values() for _, rules in turns} - {*sets}:
        sets |= RuleSet.objects.in_bulk(others)
    said = {key: _said(one, changes["ruleset", key]) for key, one in sets.items()}
    return {key: _joined(turns, said) for key, turns in chosen.items()}


@prepared
def _with_rules(inspections: Collection[int]) -> QuerySet[Inspection]:
    return Inspection.objects.filter(pk__in=inspections).select_related("rule_set")


@prepared
def _told(cities: Collection[str]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(table__in=("inspection", "ruleset"), kind="change", city__in=cities)
    rows = rows.order_by("table", "row", "number")  # as an index has them; else all of the trail is gone through
    return rows.only("table", "row", "at", "changes")


def _changes(cities: Collection[str]) -> dict[tuple[str, int], list[Entry]]:
    found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in _told([*cities]):
        found[entry.table, entry.row].append(entry)
    return found


def _chosen(inspection: Inspection, changes: list[Entry]) -> list[tuple[date, int]]:
    """Which rules it went by from when on, the first since ever."""
    moves = [(day_of(one.at), *one.deltas["rule_set_id"]) for one in changes if "rule_set_id" in one.deltas]
    first = moves[0][1] if moves else inspection.rule_set_id
    return [(date.min, int(first)), *((day, int(after)) for day, _, after in moves)]


def _said(rules: RuleSet, changes: list[Entry]) -> list[tuple[date, Values]]:
    """The values of one rule set from when on, the first since ever: read backwards from what it says today."""
    values: Values = {name: getattr(rules, name) for name in FIELDS}
    found: list[tuple[date, Values]] = []
    for entry in reversed(changes):
        deltas = {name: pair for name, pair in entry.deltas.items() if name in FIELDS}
        if deltas:
            found.append((day_of(entry.at), values))
            values = {**values, **{name: int(before) for name, (before, _) in deltas.items()}}
    return [(date.min, values), *reversed(found)]


def _joined(chosen: list[tuple[date, int]], said: dict[int, list[tuple[date, Values]]]) -> Any:
    days = sorted({day for day, _ in chosen} | {day for _, rules in chosen for day, _ in said[rules]})
    turns: list[tuple[date, Thresholds]] = []
    for day in days:
        rules = _last(chosen, day)
        limits = _thresholds(_last(said[rules], day))
        if not turns or turns[-1][1] != limits:
            turns.append((day, limits))
    return turns[0][1], (), tuple(turns[1:])


def _last(turns: list[tuple[date, Any]], day: date) -> Any:
    return [value for since, value in turns if since <= day][-1]


def _thresholds(values: Values) -> Thresholds:
    return Thresholds(
        values["due_soon_days"],
        values["due_close_days"],
        Decimal(values["due_close_points"]),
        values["milestone_missed_days"],
        Decimal(values["tolerance_points"]),
    )
