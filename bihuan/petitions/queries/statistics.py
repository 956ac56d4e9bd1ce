"""Petitions counted by place, type, truth, state, channel or batch, with closing, truth and penalties beside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.queries import board
from bihuan.petitions.rules.board import where
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.undertaking import GIVEN_UP

PLACE = "region"
BY: Mapping[str, tuple[str, str]] = {
    PLACE: ("行政区域", "matter__region__name"),
    "main_type": ("主要污染类型", "main_type"),
    "truth": ("是否属实", "truth"),
    "state": ("状态", "matter__state"),
    "channel": ("受理方式", "channel"),
    "batch": ("批次", "batch__label"),
}
"""{dimension: (its heading, the column that it groups by)}."""


PLACES = ("county", "zone")
"""The levels of region that answer for petitions: counties, and zones beside them (渤海新区, 开发区)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: its key ("" where nothing is written), how many, by truth, by where each counts, its
    penalties. `beside` are those of other places in which a unit of this place has a part (联合办理).
    """

    key: str
    count: int
    truths: Mapping[str, int]
    where: Mapping[str, int]
    penalties: Mapping[str, Decimal]
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one dimension, and the line of all: each petition counts in one line, `beside` apart."""

    lines: Sequence[Line]
    whole: Line


def table(by: Actor, inspection: str, dimension: str) -> Table:
    """The petitions in this actor's scope, of that inspection ("": of all), by that dimension of `BY`."""
    name = ("petitions table", by.city, by.person, by.held, inspection, dimension)
    return still.known(name, lambda: _table(by, inspection, dimension))


def _table(by: Actor, inspection: str, dimension: str) -> Table:
    rows = board.seen(by, inspection)
    groups = _groups(rows, BY[dimension][1])
    beside = _beside(rows) if dimension == PLACE else Counter[str]()
    told: dict[str, list[Mapping[str, Any]]] = {key: [] for key in beside}
    for one in groups:
        told.setdefault(one["key"] or "", []).append(one)
    lines = [_line(key, ones, beside[key]) for key, ones in told.items()]
    lines.sort(key=lambda line: (-line.count, line.key))
    return Table(lines, _line("", groups, beside.total()))


def _groups(rows: QuerySet[Petition], column: str) -> list[Mapping[str, Any]]:
    sums = {f"sum_{kind}": Sum(kind) for kind in PENALTIES}
    told = rows.values(key=F(column), verdict=F("truth"), stands=F("matter__state"), ended=F("closing"))
    return [*told.annotate(count=Count("pk"), **sums)]


def _line(key: str, ones: Sequence[Mapping[str, Any]], beside: int) -> Line:
    truths, places = Counter[str](), Counter[str]()
    for one in ones:
        truths[one["verdict"]] += one["count"]
        places[where(one["stands"], one["ended"])] += one["count"]
    penalties = {kind: sum((Decimal(one[f"sum_{kind}"] or 0) for one in ones), Decimal(0)) for kind in PENALTIES}
    return Line(key, sum(one["count"] for one in ones), truths, places, penalties, beside)


def beside(rows: QuerySet[Petition]) -> int:
    """How often another place handles one of these as well (件次)."""
    return _beside(rows).total()


def _beside(rows: QuerySet[Petition]) -> Counter[str]:
    """{place: how many petitions of other places one of its units handles as well}."""
    parts = Undertaking.objects.filter(petition__in=rows.filter(is_joint=True).values("pk"), is_withdrawn=False)
    parts = parts.exclude(state__in=GIVEN_UP).exclude(unit__region=F("petition__matter__region"))
    told = parts.filter(unit__region__level__in=PLACES, round_number=F("petition__matter__round_number"))
    counts = told.values_list("unit__region__name").annotate(count=Count("petition", distinct=True))
    return Counter(dict(counts))
