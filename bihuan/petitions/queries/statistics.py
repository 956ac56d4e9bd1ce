"""Petitions counted by place, type, truth, state, channel or batch, with closing, truth and penalties beside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, QuerySet

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.petitions.models import CountedPetition, Undertaking
from bihuan.petitions.queries import counted
from bihuan.petitions.rules.board import where
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.undertaking import GIVEN_UP

PLACE = "region"
BY: Mapping[str, str] = {
    PLACE: "行政区域",
    "main_type": "主要污染类型",
    "truth": "是否属实",
    "state": "状态",
    "channel": "受理方式",
    "batch": "批次",
}
"""{dimension: its heading}."""

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
    groups = counted.groups(by, inspection, (dimension, "truth", "state", "closing"), counted.SUMS)
    others = beside(by, inspection) if dimension == PLACE else Counter[str]()
    told: dict[str, list[counted.Group]] = {key: [] for key in others}
    for one in groups:
        told.setdefault(one[dimension], []).append(one)
    lines = [_line(key, ones, others[key]) for key, ones in told.items()]
    lines.sort(key=lambda line: (-line.count, line.key))
    return Table(lines, _line("", groups, others.total()))


def _line(key: str, ones: Sequence[counted.Group], beside: int) -> Line:
    truths, places = Counter[str](), Counter[str]()
    for one in ones:
        truths[one["truth"]] += one["count"]
        places[where(one["state"], one["closing"])] += one["count"]
    penalties = {kind: sum((Decimal(one[f"sum_{kind}"] or 0) for one in ones), Decimal(0)) for kind in PENALTIES}
    return Line(key, sum(one["count"] for one in ones), truths, places, penalties, beside)


def beside(by: Actor, inspection: str) -> Counter[str]:
    """{place: how many petitions of other places, in this actor's scope, one of its units handles as well}."""
    name = ("petitions beside", by.city, by.person, by.held, inspection)
    return still.known(name, lambda: _beside(counted.seen(by, inspection)))


def _beside(rows: QuerySet[CountedPetition]) -> Counter[str]:
    parts = Undertaking.objects.filter(petition__matter__in=rows.filter(is_joint=True).values("pk"), is_withdrawn=False)
    parts = parts.exclude(state__in=GIVEN_UP).exclude(unit__region=F("petition__matter__region"))
    told = parts.filter(unit__region__level__in=PLACES, round_number=F("petition__matter__round_number"))
    counts = told.values_list("unit__region__name").annotate(count=Count("petition", distinct=True))
    return Counter(dict(counts))
