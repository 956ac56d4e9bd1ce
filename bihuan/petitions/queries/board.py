"""The open petitions by step and days left, who has not signed for what he was handed, and where all of them count."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from bihuan.core import still
from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI
from bihuan.petitions import queries
from bihuan.petitions.models import CountedPetition, Petition, Undertaking
from bihuan.petitions.queries import counted
from bihuan.petitions.rules import board as rules
from bihuan.petitions.rules.closings import CLOSED
from bihuan.petitions.rules.petition import ANSWERED, PetitionState
from bihuan.petitions.rules.undertaking import UndertakingState

SHOWN = 3  # petitions of a cell; of more, how many
_OPEN = [state for states in rules.STEPS.values() for state in states]
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


def seen(by: Actor, inspection: str) -> QuerySet[Petition]:
    """The petitions in this actor's scope, of that inspection (its code; "": of all)."""
    rows = queries.petitions_seen(by).order_by()
    return rows.filter(matter__inspection__code=inspection) if inspection else rows


def cells(by: Actor, inspection: str, today: date) -> Mapping[tuple[str, str], Cell]:
    """{(step, row): what stands there} of the open petitions; those whose result lies on paper alone are left out."""
    name = ("petitions open", by.city, by.person, by.held, inspection, today)
    return still.known(name, lambda: _cells(by, inspection, today))


def in_hand(by: Actor, today: date) -> tuple[int, int]:
    """How many petitions in sight the board shows as in hand, and how many of them are past their day."""
    name = ("petitions in hand", by.city, by.person, by.held, today)
    return still.known(name, lambda: _in_hand(_open_of(by, ""), today))


def _in_hand(rows: QuerySet[CountedPetition], today: date) -> tuple[int, int]:
    found = rows.aggregate(count=Count("pk"), late=Count("pk", filter=_due(rules.rows(today)[0])))
    return found["count"], found["late"]


def _open_of(by: Actor, inspection: str) -> QuerySet[CountedPetition]:
    done = Q(state__in=ANSWERED, closing=CLOSED)
    return counted.seen(by, inspection).filter(_in_states(_OPEN)).exclude(counted.ON_PAPER).exclude(done)


def _cells(by: Actor, inspection: str, today: date) -> Mapping[tuple[str, str], Cell]:
    step = Case(
        *(When(state__in=states, then=Value(name)) for name, states in rules.STEPS.items()), output_field=CharField()
    )
    left = Case(*(When(_due(row), then=Value(row.name)) for row in rules.rows(today)), output_field=CharField())
    rows = _open_of(by, inspection).annotate(step=step, left=left)
    counts = {(name, row): count for name, row, count in rows.values_list("step", "left").annotate(count=Count("*"))}
    place = Window(RowNumber(), partition_by=[F("step"), F("left")], order_by=[F("due_on").asc(), F("pk").asc()])
    told = rows.annotate(place=place).filter(place__lte=SHOWN).values_list("step", "left", "pk").order_by("place")
    first: dict[tuple[str, str], list[int]] = {}
    for name, row, matter in told:
        first.setdefault((name, row), []).append(matter)
    words = _words({matter for ones in first.values() for matter in ones})
    return {cell: Cell(count, [words[one] for one in first.get(cell, [])]) for cell, count in counts.items()}


def _words(matters: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
    """{matter: what a cell says of its petition}."""
    rows = Petition.objects.filter(matter__in=matters).annotate(
        code=F("matter__code"), region=F("matter__region__name")
    )
    return {one["matter_id"]: one for one in rows.values("matter_id", "code", "region", *FIELDS)}


def _in_states(states: Collection[str]) -> Q:
    """Those in one of these states: said so that an index leads to them, however many others there are."""
    return Q(is_withdrawn__in=[False], state__in=states)


def _due(row: rules.Row) -> Q:
    if not row.is_dated:
        return Q(due_on__isnull=True)
    bounds = {"due_on__gte": row.first, "due_on__lte": row.last}
    return Q(**{name: day for name, day in bounds.items() if day is not None}, due_on__isnull=False)


def unopened(by: Actor, inspection: str, now: datetime) -> list[Unopened]:
    """The units that let a night pass without signing for what they were handed, the longest wait first."""
    midnight = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    name = ("petitions unopened", by.city, by.person, by.held, inspection, midnight)
    return still.known(name, lambda: _unopened(by, inspection, midnight))


def _unopened(by: Actor, inspection: str, midnight: datetime) -> list[Unopened]:
    handed_over = counted.seen(by, inspection).filter(_in_states((PetitionState.ASSIGNED, PetitionState.HANDLING)))
    parts = Undertaking.objects.filter(
        petition__matter__in=handed_over.exclude(counted.ON_PAPER).values("pk"),
        is_withdrawn=False,
        state=UndertakingState.WAITING,
        handed_over_at__lt=midnight,
    )
    told = parts.values_list("unit__name").annotate(count=Count("pk"), since=Min("handed_over_at"))
    return [Unopened(*one) for one in told.order_by("since", "unit__name")]


def standing(by: Actor, inspection: str) -> Standing:
    """Where all petitions in sight count, each once."""
    where: dict[str, int] = dict.fromkeys(rules.WHERE, 0)
    truths = Counter[str]()
    keys = on_paper = 0
    for one in counted.groups(by, inspection, ("state", "closing", "truth")):
        where[rules.where(one["state"], one["closing"])] += one["count"]
        truths[one["truth"]] += one["count"]
        keys += one["keys"]
        on_paper += one["on_paper"] if one["state"] not in rules.STANDS else 0
    truths.pop("", None)
    return Standing(where, truths, keys, on_paper)
