"""Matters as somebody may see them, and what a step asks: duties, rounds, days."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.core import calendar, correction, moving, search, still
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.core.planner import COMMONLY
from bihuan.core.prepared import Asked, prepared
from bihuan.lib.flow import Flow, Offer
from bihuan.lib.workdays import Workdays
from bihuan.matters.models import Duty, Inspection, Matter, Round, RuleSet
from bihuan.organisation.queries import scope
from bihuan.organisation.rules import reading
from bihuan.organisation.rules.duties import Answering, DutyRole


@dataclass(frozen=True, slots=True)
class Veil:
    """The states of a kind of matter in which it is kept from some: `drafts` from all but the city's office,
    `unsubmitted` from those who read only what was applied for or submitted.
    """

    drafts: tuple[str, ...] = ()
    unsubmitted: tuple[str, ...] = ()


def seen_by(by: Actor, veil: Veil, *, matter: str = "", duties: Collection[DutyRole] = tuple(DutyRole)) -> Q:
    """The condition that a row's matter (reached by the path `matter`, e.g. "matter__") is in this actor's scope.

    City duties see every matter of the city. Others see no drafts, and of the rest what their unit answers for (by one
    of these `duties`), what lies on their county's ground, their cases, what they are to accept, their inspection
    (`organisation.rules.reading` says who). A matter withdrawn with its import is seen by nobody.
    """
    alive = Q(**{f"{matter}city{COMMONLY}": by.city, f"{matter}is_withdrawn{COMMONLY}": False})
    if scope.sees_all(by):
        return alive
    alive &= ~Q(**{f"{matter}state__in": [*veil.drafts]})
    if any(post.is_top for post in by.held):
        return alive
    submitted = ~Q(**{f"{matter}state__in": [*veil.unsubmitted]})
    ways = [
        *(Q(**{f"{matter}pk__in": borne}) for borne in _borne_for(by, duties)),
        *(Q(**{f"{matter}region_id__in": ground}) for ground in _united(post.regions for post in by.held)),
        *(Q(**{f"{matter}pk__in": cases}) for cases in _cases_of(by)),
        *(Q(**{f"{matter}pk__in": borne}) & submitted for borne in _accepted_by(by)),
        *(Q(**{f"{matter}inspection_id__in": ones}) & submitted for ones in _united(_inspections_held(by))),
    ]
    return alive & reduce(or_, ways) if ways else Q(pk__in=[])


def _united(ids: Iterable[Collection[int]]) -> list[frozenset[int]]:
    """All these ids as one set, in a list; an empty list where there are none."""
    found = frozenset[int]().union(*ids)
    return [found] if found else []


def _borne_for(by: Actor, duties: Collection[DutyRole]) -> list[QuerySet[Duty, Any]]:
    """The matters that this actor's units show him, a list for each set of duties that counts for a role of his."""
    units: dict[frozenset[DutyRole], frozenset[int]] = {}
    for post in by.held:
        counting = reading.BY_UNIT.get(post.role, frozenset()) & {*duties}
        if counting:
            units[counting] = units.get(counting, frozenset()) | post.units
    return [borne_by(ids, *counting) for counting, ids in units.items()]


def _cases_of(by: Actor) -> list[QuerySet[Duty, Any]]:
    posts = [post for post in by.held if post.role in reading.BY_CASE]
    if not posts:
        return []
    nobody = Q(person__isnull=True, post__isnull=True)
    named = Q(person_id__in=[post.bearer for post in posts]) | Q(post_id__in=[post.seat for post in posts])
    his = named | nobody & Q(unit_id__in=[post.unit for post in posts])
    cases = Duty.objects.filter(his, role__in=reading.CASE_DUTIES, is_ended=False)
    return [cases.values("matter_id")]


def _accepted_by(by: Actor) -> list[QuerySet[Duty, Any]]:
    units = _united(post.units for post in by.held if post.role in reading.ON_APPLICATION)
    return [borne_by(ids, DutyRole.ACCEPTING) for ids in units]


def _inspections_held(by: Actor) -> list[tuple[int, ...]]:
    return [(post.inspection,) for post in by.held if post.role in reading.BY_INSPECTION and post.inspection]


def told(rows: QuerySet[Any], **more: str) -> QuerySet[Any]:
    """Rows with their matter and, as plain words, what a ledger says of what stands behind it; `more` adds by path.

    A page of a ledger needs the name of an inspection fifty times and none of its fields: words cost a tenth of rows.
    """
    words = {
        "inspection_name": "matter__inspection__name",
        "due_soon_days": "matter__inspection__rule_set__due_soon_days",
        "region_name": "matter__region__name",
        **more,
    }
    found: QuerySet[Any] = rows.select_related("matter").annotate(**{name: F(path) for name, path in words.items()})
    return found


def inspections_for(by: Actor) -> QuerySet[Inspection]:
    """The inspections of the actor's city, newest first; for who is bound to some of them, those."""
    found = inspections_in(by.city)
    bound = all(post.role in reading.BY_INSPECTION for post in by.held)
    return found.filter(pk__in=[one for ones in _inspections_held(by) for one in ones]) if bound else found


def inspections_in(city: str) -> QuerySet[Inspection]:
    """The inspections of a city, newest first."""
    return Inspection.objects.filter(city=city).select_related("region", "rule_set").order_by("-feedback_on", "-pk")


def rule_sets_in(city: str) -> QuerySet[RuleSet]:
    """The rule sets of a city."""
    return RuleSet.objects.filter(city=city).order_by("pk")


def answering(matter: Matter) -> tuple[Answering, ...]:
    """The living duties of a matter."""

    def ask() -> tuple[Answering, ...]:
        return tuple(Answering(DutyRole(role), unit) for role, unit in _duties(matter.pk))

    return still.known(("answering", matter.pk), ask)


@prepared
def _duties(matter: int) -> QuerySet[Duty, tuple[str, int | None]]:
    return Duty.objects.filter(matter=matter, is_ended=False).values_list("role", "unit_id")


def last_round(matter: Matter) -> Round:
    """The round whose state the matter shows. Outside a deed others are given the same row: nobody changes it."""
    number = matter.round_number
    return still.known(("round", matter.pk, number), lambda: _one(_rounds(matter.pk, number)))


def locked_round(matter: Matter) -> Round:
    """As `last_round`, inside an action: whoever acts on the matter at the same time waits until this is done."""
    return _one(_locked_rounds(matter.pk, matter.round_number))


@prepared
def _rounds(matter: int, number: int) -> QuerySet[Round]:
    return Round.objects.filter(matter=matter, number=number).select_related("matter")


@prepared
def _locked_rounds(matter: int, number: int) -> QuerySet[Round]:
    rows = Round.objects.filter(matter=matter, number=number)
    return rows.select_related("matter").select_for_update(of=("matter",))


def _one(found: Asked[Round]) -> Round:
    [turn] = found
    return turn


def lock(codes: Collection[str], city: str) -> None:
    """Inside an action: whoever acts on one of these matters at the same time waits until this is done."""
    list(Matter.objects.select_for_update().filter(city=city, code__in=codes).order_by("pk").values_list("pk"))


def corrections(matter: Matter, flows: Mapping[str, Flow], by: Actor, built_upon: Collection[str]) -> tuple[Offer, ...]:
    """The offer to correct the last step on a matter, for the one who took it; nothing for anybody else.

    `flows` are the lifecycles by the table whose state they move; `built_upon` the codes of the matters whose steps
    build on this one's.
    """
    last = correction.last_step(matter.code, matter.city, by.person or 0)
    if last is None or last.entry.table not in flows:
        return ()
    refusal = correction_refused(last, matter, flows, by, built_upon)
    return (Offer(correction.CORRECT, last.label(flows), last.before, refusal, note_required=True),)


def correction_refused(
    last: correction.LastStep | None, matter: Matter, flows: Mapping[str, Flow], by: Actor, built_upon: Collection[str]
) -> str:
    """Why this actor may not correct that step, or ""."""
    if last is None or last.entry.table not in flows:
        return correction.NOTHING
    if last.entry.person is None or last.entry.person != by.person:
        return correction.NOT_YOURS
    if not scope.holds(by, last.entry.appointment):
        return "您办这一步时的任职已经结束，不能更正。"
    if correction.is_acted_on(last, built_upon):
        return correction.ACTED_ON
    return moving.forbidden_elsewhere(flows[last.entry.table], correction.CORRECT, matter)


def stepped(rows: QuerySet[Any], code: str, by: Actor) -> Any:
    """Of these rows, that of the matter with this code, if this actor took the last step on it, in an appointment that
    he still holds; else None.

    Asks for no scope: the step may have taken the matter out of it.
    """
    last = correction.last_step(code, by.city, by.person or 0)
    if last is None or not scope.holds(by, last.entry.appointment):
        return None
    return rows.select_related("matter").filter(matter__code=code, matter__city=by.city).first()


def working_days_since(start: date, today: date, city: str) -> int:
    """How many working days have passed since that day, that day not counted."""
    if today <= start:
        return 0
    table = Workdays(calendar.corrections(city))
    return table.between(start + timedelta(days=1), today).working_days


def handed_over_on(turn: Round) -> date | None:
    """The date of the hand-over, from which every clock runs."""
    return day_of(turn.handed_over_at) if turn.handed_over_at else None


def matters_borne(role: DutyRole, words: str) -> QuerySet[Duty, Any]:
    """The matters (as a subquery of their ids) on which a unit whose name holds these words has that role."""
    return Duty.objects.filter(role=role, is_ended=False, unit__name__icontains=words).values("matter_id")


def borne_by(units: Collection[int], *roles: DutyRole) -> QuerySet[Duty, Any]:
    """The matters (as a subquery of their ids) on which one of these units has one of these roles today.

    The database makes this list once. Asked for each row of a ledger (EXISTS), it costs a city's leader seconds a page.
    """
    return Duty.objects.filter(role__in=roles, is_ended=False, unit_id__in=units).values("matter_id")


def found(rows: QuerySet[Any], words: str, also: Q | None = None) -> QuerySet[Any]:
    """The rows whose matter holds all the words (its code and numbers are among them), or for which `also` holds.

    Newest first. An `also` costs a look at every row: it is for numbers typed in part.
    """
    kind = str(rows.model._meta.model_name)
    if also is None:
        return search.newest(rows, f"{rows.model._meta.db_table}.matter_id", words, kind=kind)
    held = search.matching(words, kind=kind)
    holding = Q(matter_id__in=held) if held is not None else Q(pk__in=[])
    return rows.filter(holding | also).order_by("-matter_id")
