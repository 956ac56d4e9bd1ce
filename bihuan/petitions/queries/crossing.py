"""Petitions counted by two things at once: rows by columns, each cell with the petitions that it counts.

A petition counts once in every row and column that it belongs to; of penalties that may be several.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.petitions.models import CountedPetition, Petition, Undertaking
from bihuan.petitions.queries import board, counted, statistics
from bihuan.petitions.rules.closings import CLOSINGS
from bihuan.petitions.rules.findings import TRUTHS
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.petition import STATES
from bihuan.petitions.rules.undertaking import GIVEN_UP

PENALTY = "penalty"
SHOWN = 200  # petitions of a cell that are listed
DIMENSIONS: Mapping[str, str] = {
    **{name: statistics.BY[name] for name in (statistics.PLACE, "main_type", "truth", "state")},
    "closing": "是否办结",
    "channel": statistics.BY["channel"],
    "batch": statistics.BY["batch"],
    PENALTY: "查处",
}
"""{dimension: its heading}; by its own name a petition is counted, but for penalties, of which it may have several."""
_COLUMNS = {statistics.PLACE: "matter__region__name", "state": "matter__state", "batch": "batch__label"}
_IN_ORDER: Mapping[str, Sequence[str]] = {
    "truth": TRUTHS,
    "state": [*STATES],
    "closing": CLOSINGS,
    PENALTY: [*PENALTIES],
}


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
    cells, by_row, by_column = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    columns = [one for one in (down, across) if one != PENALTY]
    groups = counted.groups(by, inspection, columns, counted.HAD if len(columns) == 1 else counted.NO_PENALTIES)
    for group in groups:
        rows, heads = _counts(group, down), _counts(group, across)
        by_row.update(rows)
        by_column.update(heads)
        # Of penalties each key has a count of its own; the other dimension's one key counts the whole group.
        cells.update({(row, head): min(rows[row], heads[head]) for row in rows for head in heads})
    is_placed = statistics.PLACE in (down, across)
    return Crossing(
        down,
        across,
        _ordered(by_row, down),
        _ordered(by_column, across),
        cells,
        by_row,
        by_column,
        sum(group["count"] for group in groups),
        statistics.beside(by, inspection).total() if is_placed else 0,
        _returned(by, inspection) if is_placed else 0,
    )


def _counts(group: counted.Group, dimension: str) -> Mapping[str, int]:
    """{row or column: how many petitions of that group count in it}."""
    if dimension != PENALTY:
        return {group[dimension]: group["count"]}
    had = {kind: group[f"had_{kind}"] for kind in PENALTIES} | {"": group["count"] - group["had_any"]}
    return {kind: count for kind, count in had.items() if count}


def records(by: Actor, inspection: str, given: Mapping[str, str]) -> QuerySet[Petition]:
    """The petitions of a cell, a row or a column: {dimension: its key}."""
    rows = board.seen(by, inspection)
    for dimension, key in given.items():
        rows = rows.filter(_where(dimension, key))
    return rows.select_related("matter").order_by("batch__number", "row", "pk")


def _where(dimension: str, key: str) -> Q:
    if dimension == PENALTY:
        return counted.HAS[key] if key in PENALTIES else ~counted.HAS_ANY
    column = _COLUMNS.get(dimension, dimension)
    return Q(**{column: key}) if key else Q(**{column: ""}) | Q(**{f"{column}__isnull": True})


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


def _returned(by: Actor, inspection: str) -> int:
    """How many parts were returned by a place in which the petition does not lie."""
    name = ("petitions returned", by.city, by.person, by.held, inspection)
    return still.known(name, lambda: _returned_of(counted.seen(by, inspection)))


def _returned_of(rows: QuerySet[CountedPetition]) -> int:
    theirs = Exists(rows.filter(pk=OuterRef("petition__matter_id")))  # few are returned: each is looked up
    parts = Undertaking.objects.filter(theirs, is_withdrawn=False, state__seldom_in=GIVEN_UP)
    placed = parts.filter(unit__region__level__in=statistics.PLACES)
    return placed.exclude(unit__region=F("petition__matter__region")).count()
