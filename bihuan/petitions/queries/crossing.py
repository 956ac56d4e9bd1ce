"""Petitions counted by two things at once: rows by columns, each cell with the petitions that it counts.

A petition counts once in every row and column that it belongs to; of penalties that may be several.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.queries import board, statistics
from bihuan.petitions.rules.closings import CLOSINGS
from bihuan.petitions.rules.findings import TRUTHS
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.petition import STATES
from bihuan.petitions.rules.undertaking import GIVEN_UP

PENALTY = "penalty"
SHOWN = 200  # petitions of a cell that are listed
DIMENSIONS: Mapping[str, tuple[str, str]] = {
    **{name: statistics.BY[name] for name in (statistics.PLACE, "main_type", "truth", "state")},
    "closing": ("是否办结", "closing"),
    "channel": statistics.BY["channel"],
    "batch": statistics.BY["batch"],
    PENALTY: ("查处", ""),
}
"""{dimension: (its heading, the column that says it; "" of penalties, which are one column a kind)}."""
_IN_ORDER: Mapping[str, Sequence[str]] = {
    "truth": TRUTHS,
    "state": [*STATES],
    "closing": CLOSINGS,
    PENALTY: [*PENALTIES],
}
Group = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Crossing:
    """By what it counts, down and across; the keys of both ("" where nothing is written), {(row, column): how many},
    {row: how many petitions}, {column: the same}, all petitions; how many parts of joint petitions other places hold,
    and how many were returned.
    """

    down: str
    across: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], int]
    by_row: Mapping[str, int]
    by_column: Mapping[str, int]
    total: int
    beside: int = 0
    returned: int = 0

    @property
    def sums(self) -> Mapping[str, int]:
        """{dimension: its counts added up}: more than `total` where a petition counts in several rows or columns."""
        return {self.down: sum(self.by_row.values()), self.across: sum(self.by_column.values())}


def crossing(by: Actor, inspection: str, down: str, across: str) -> Crossing:
    """The petitions in this actor's scope, of that inspection ("": of all), by two different dimensions."""
    name = ("petitions crossing", by.city, by.person, by.held, inspection, down, across)
    return still.known(name, lambda: _crossing(by, inspection, down, across))


def _crossing(by: Actor, inspection: str, down: str, across: str) -> Crossing:
    seen = board.seen(by, inspection)
    cells, by_row, by_column = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    total = 0
    for group in _groups(seen, (down, across)):
        count = group["count"]
        total += count
        rows, columns = [*_keys(group, down)], [*_keys(group, across)]
        for row in rows:
            by_row[row] += count
            cells.update({(row, column): count for column in columns})
        by_column.update(dict.fromkeys(columns, count))
    is_placed = statistics.PLACE in (down, across)
    return Crossing(
        down,
        across,
        _ordered(by_row, down),
        _ordered(by_column, across),
        cells,
        by_row,
        by_column,
        total,
        statistics.beside(seen) if is_placed else 0,
        _returned(seen) if is_placed else 0,
    )


def records(by: Actor, inspection: str, given: Mapping[str, str]) -> QuerySet[Petition]:
    """The petitions of a cell, a row or a column: {dimension: its key}."""
    rows = board.seen(by, inspection)
    for dimension, key in given.items():
        rows = rows.filter(_where(dimension, key))
    return rows.select_related("matter").order_by("batch__number", "row", "pk")


def _where(dimension: str, key: str) -> Q:
    if dimension == PENALTY:
        return _has(key) if key in PENALTIES else ~_any()
    column = DIMENSIONS[dimension][1]
    return Q(**{column: key}) if key else Q(**{column: ""}) | Q(**{f"{column}__isnull": True})


def _has(kind: str) -> Q:
    return Q(**{f"{kind}__isnull": False, f"{kind}__gt": 0})


def _any() -> Q:
    found = Q()
    for kind in PENALTIES:
        found |= _has(kind)
    return found


def _groups(seen: QuerySet[Petition], dimensions: Sequence[str]) -> list[Group]:
    told: dict[str, Any] = {}
    for one in dimensions:
        if one == PENALTY:
            told |= {f"has_{kind}": _flag(kind) for kind in PENALTIES}
        else:
            told[f"by_{one}"] = F(DIMENSIONS[one][1])
    return [*seen.values(**told).annotate(count=Count("pk"))]


def _flag(kind: str) -> Case:
    return Case(When(_has(kind), then=Value(True)), default=Value(False), output_field=BooleanField())


def _keys(group: Group, dimension: str) -> Iterator[str]:
    """The rows or columns in which a petition of that group counts."""
    if dimension != PENALTY:
        yield group[f"by_{dimension}"] or ""
        return
    kinds = [kind for kind in PENALTIES if group[f"has_{kind}"]]
    yield from kinds or [""]


def _ordered(counts: Mapping[str, int], dimension: str) -> list[str]:
    """In the order of the work where there is one, batches as they are called, else the most frequent first; what is
    not written last.
    """
    known = [*_IN_ORDER.get(dimension, ())]

    def at(key: str) -> int:
        if known:
            return known.index(key) if key in known else len(known)
        return int("".join(filter(str.isdecimal, key)) or 0) if dimension == "batch" else -counts[key]

    return sorted(counts, key=lambda key: (not key, at(key), key))


def _returned(seen: QuerySet[Petition]) -> int:
    """How many parts were returned by a place in which the petition does not lie."""
    parts = Undertaking.objects.filter(petition__in=seen.values("pk"), is_withdrawn=False, state__in=GIVEN_UP)
    placed = parts.filter(unit__region__level__in=statistics.PLACES)
    return placed.exclude(unit__region=F("petition__matter__region")).count()
