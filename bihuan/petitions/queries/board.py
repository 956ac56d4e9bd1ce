"""The open petitions by step and days left, who has not signed for what he was handed, and where all of them count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI
from bihuan.petitions import queries
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.rules import board as rules
from bihuan.petitions.rules.closings import CLOSED
from bihuan.petitions.rules.petition import ANSWERED, PetitionState
from bihuan.petitions.rules.undertaking import UndertakingState

SHOWN = 3  # petitions of a cell; of more, how many
ON_PAPER = ~Q(truth="") & Q(answered_on__isnull=True)  # its result came in with a table
FIELDS = ("number", "is_key_case", "main_type", "content", "complained_of")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the board: how many, and the first of them as (code, number, key case, place, type, words)."""

    count: int = 0
    first: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Unopened:
    """A unit that has not signed for what it was handed: how many, and since when the oldest waits."""

    unit: str
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where all petitions count: {where: how many}, {truth: how many}, key cases, results that lie on paper alone."""

    where: Mapping[str, int]
    truths: Mapping[str, int]
    keys: int
    on_paper: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.where.values())


def _in_states(states: Sequence[str]) -> Q:
    """Those whose matter is in one of these states: said so that an index of matters leads to them, however many others
    there are.
    """
    return Q(matter__kind="petition", matter__is_withdrawn__in=[False], matter__state__in=states)


def seen(by: Actor, inspection: str) -> QuerySet[Petition]:
    """The petitions in this actor's scope, of that inspection (its code; "": of all)."""
    rows = queries.petitions_seen(by).order_by()
    return rows.filter(matter__inspection__code=inspection) if inspection else rows


def cells(by: Actor, inspection: str, today: date) -> Mapping[tuple[str, str], Cell]:
    """{(step, row): what stands there} of the open petitions; those whose result lies on paper alone are left out."""
    name = ("petitions open", by.city, by.person, by.held, inspection, today)
    return still.known(name, lambda: _cells(by, inspection, today))


def _cells(by: Actor, inspection: str, today: date) -> Mapping[tuple[str, str], Cell]:
    step = Case(
        *(When(matter__state__in=states, then=Value(name)) for name, states in rules.STEPS.items()),
        output_field=CharField(),
    )
    due = [(row, _due(row)) for row in rules.rows(today)]
    left = Case(*(When(condition, then=Value(row.name)) for row, condition in due), output_field=CharField())
    open_ones = _in_states([state for states in rules.STEPS.values() for state in states])
    done = Q(matter__state__in=ANSWERED, closing=CLOSED)
    rows = seen(by, inspection).filter(open_ones).exclude(ON_PAPER).exclude(done).annotate(step=step, left=left)
    counts = {(name, row): count for name, row, count in rows.values_list("step", "left").annotate(count=Count("pk"))}
    place = Window(
        RowNumber(), partition_by=[F("step"), F("left")], order_by=[F("matter__due_on").asc(), F("pk").asc()]
    )
    told = rows.annotate(code=F("matter__code"), region=F("matter__region__name"), place=place)
    first: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in told.filter(place__lte=SHOWN).values("step", "left", "code", "region", *FIELDS).order_by("place"):
        first.setdefault((one["step"], one["left"]), []).append(one)
    return {cell: Cell(count, first.get(cell, [])) for cell, count in counts.items()}


def _due(row: rules.Row) -> Q:
    if not row.is_dated:
        return Q(matter__due_on__isnull=True)
    bounds = {"matter__due_on__gte": row.first, "matter__due_on__lte": row.last}
    return Q(**{name: day for name, day in bounds.items() if day is not None}, matter__due_on__isnull=False)


def unopened(by: Actor, inspection: str, now: datetime) -> list[Unopened]:
    """The units that let a night pass without signing for what they were handed, the longest wait first."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    name = ("petitions unopened", by.city, by.person, by.held, inspection, midnight)
    return still.known(name, lambda: _unopened(by, inspection, midnight))


def _unopened(by: Actor, inspection: str, midnight: datetime) -> list[Unopened]:
    petitions = seen(by, inspection).filter(_in_states((PetitionState.ASSIGNED, PetitionState.HANDLING)))
    parts = Undertaking.objects.filter(
        petition__in=petitions.exclude(ON_PAPER).values("pk"),
        is_withdrawn=False,
        state=UndertakingState.WAITING,
        handed_over_at__lt=midnight,
    )
    told = parts.values_list("unit__name").annotate(count=Count("pk"), since=Min("handed_over_at"))
    return [Unopened(*one) for one in told.order_by("since", "unit__name")]


def standing(by: Actor, inspection: str) -> Standing:
    """Where all petitions in sight count, each once."""
    name = ("petitions standing", by.city, by.person, by.held, inspection)
    return still.known(name, lambda: _standing(by, inspection))


def _standing(by: Actor, inspection: str) -> Standing:
    rows = seen(by, inspection)
    where: dict[str, int] = dict.fromkeys(rules.WHERE, 0)
    for state, closing, count in rows.values_list("matter__state", "closing").annotate(count=Count("pk")):
        where[rules.where(state, closing)] += count
    truths = dict(rows.exclude(truth="").values_list("truth").annotate(count=Count("pk")))
    open_ones = ~Q(matter__state__in=[*rules.STANDS])
    told = rows.aggregate(
        keys=Count("pk", filter=Q(is_key_case=True)), on_paper=Count("pk", filter=ON_PAPER & open_ones)
    )
    return Standing(where, truths, **told)
