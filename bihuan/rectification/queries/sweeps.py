"""Sweeps as somebody may see them: the office all, others those in which a unit of theirs looks at a place."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.lib.flow import Offer
from bihuan.matters.models import Matter, Sweep, SweepFinding, SweepPlace
from bihuan.matters.rules.sweep import ANSWERING, LOOKING, OFFICERS, OPEN, SWEEP, SweepFacts, SweepState
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering, DutyRole, Role
from bihuan.rectification.models import Plan, Problem
from bihuan.rectification.queries import sight

_REPORTING = (Role.REPORTER, Role.UNIT_APPROVER)


def sweeps_for(by: Actor) -> QuerySet[Sweep]:
    """The sweeps in this actor's scope, the newest first; drafts are the city's office's alone."""
    rows = Sweep.objects.filter(city=by.city).select_related("inspection", "source", "drafted_by").order_by("-pk")
    if scope.sees_all(by):
        return rows
    rows = rows.exclude(state=SweepState.DRAFTING)
    if any(post.is_top for post in by.held):
        return rows
    return rows.filter(pk__in=SweepPlace.objects.filter(_own(by)).values("sweep"))


def _own(by: Actor) -> Q:
    """The places of this actor's units, and on his county's ground."""
    grounds = frozenset[int]().union(*(post.regions for post in by.held))
    return Q(unit_id__in=scope.units_of(by)) | Q(unit__region_id__in=grounds)


def counted(rows: QuerySet[Sweep]) -> QuerySet[Any]:
    """Sweeps with how many places they have, how many are answered, how much was found."""
    living = Q(places__findings__isnull=False, places__findings__is_withdrawn=False)
    return rows.annotate(
        place_count=Count("places", distinct=True),
        answered_count=Count("places", filter=~Q(places__answer=""), distinct=True),
        finding_count=Count("places__findings", filter=living, distinct=True),
    )


def places_for(sweep: Sweep, by: Actor) -> list[SweepPlace]:
    """The places of a sweep that this actor may see, with their findings: all for whoever sees the whole city."""
    rows = SweepPlace.objects.filter(sweep=sweep).select_related("unit", "answered_by", "sweep")
    if not (scope.sees_all(by) or any(post.is_top for post in by.held)):
        rows = rows.filter(_own(by))
    living = SweepFinding.objects.filter(is_withdrawn=False).select_related("problem", "decided_by").order_by("pk")
    return [*rows.prefetch_related(Prefetch("findings", living, to_attr="found")).order_by("unit_id", "pk")]


def place_for(sweep: Sweep, pk: int, by: Actor) -> SweepPlace | None:
    """One place of a sweep, where this actor may see it."""
    return next((one for one in places_for(sweep, by) if one.pk == pk), None)


def may_answer(place: SweepPlace, by: Actor) -> bool:
    """Whether this actor answers for a place now."""
    is_open = place.sweep.state in LOOKING and not place.answer
    return is_open and bool(scope.capacities(by, answering(place)) & ANSWERING)


def answering(place: SweepPlace) -> tuple[Answering, ...]:
    """Who answers for a place: its unit."""
    return (Answering(DutyRole.RESPONSIBLE, place.unit_id),)


def is_officer(by: Actor) -> bool:
    """Whether this actor drafts, issues and sums up sweeps."""
    return bool(scope.capacities(by, ()) & OFFICERS)


def findings_of(sweep: Sweep) -> QuerySet[SweepFinding]:
    """What stands found in a sweep."""
    rows = SweepFinding.objects.filter(place__sweep=sweep, is_withdrawn=False)
    return rows.select_related("place__sweep", "place__unit").order_by("pk")


def facts_of(sweep: Sweep) -> SweepFacts:
    """What the steps of a sweep ask."""
    places = [*SweepPlace.objects.filter(sweep=sweep).select_related("unit").order_by("unit_id", "pk")]
    return SweepFacts(
        places=len(places),
        unanswered=tuple(str(one) for one in places if not one.answer),
        undecided=findings_of(sweep).filter(decision="").count(),
        is_concluded=bool(sweep.conclusion.strip()),
    )


def sweep_offers(sweep: Sweep, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a sweep, each with why not yet."""
    return SWEEP.offers(sweep.state, scope.capacities(by, ()), facts_of(sweep))


def owed_places(by: Actor) -> QuerySet[SweepPlace]:
    """The places that wait for an answer of a unit that this actor reports or approves for, the first due in front."""
    units = frozenset[int]().union(*(scope.units_held_as(by, role) for role in _REPORTING))
    rows = SweepPlace.objects.filter(unit_id__in=units, answer="", sweep__state__in=LOOKING, city=by.city)
    return rows.select_related("sweep__inspection", "unit").order_by("sweep__due_on", "pk")


def owed_sweeps(by: Actor, today: date) -> list[tuple[str, Sweep]]:
    """[(what is to be done, sweep)] that waits for this actor's own duty in the office."""
    if not is_officer(by):
        return []
    rows = counted(sweeps_for(by).filter(state__in=OPEN))
    found = []
    for one in rows:
        if one.state == SweepState.DRAFTING:
            found.append(("下达", one))
        elif one.state == SweepState.SWEEPING and one.place_count == one.answered_count:
            found.append(("汇总", one))
        elif one.state == SweepState.SUMMING:
            found.append(("办结", one))
        elif one.state in LOOKING and one.due_on < today:
            found.append(("催答复", one))
    return found


def of_problem(matter: Matter) -> QuerySet[Any]:
    """The sweeps that a problem gave rise to and that were issued, with their counts: the fact of 举一反三."""
    rows = Sweep.objects.filter(source=matter).exclude(state__in=(SweepState.DRAFTING, SweepState.WITHDRAWN))
    return counted(rows).order_by("pk")


def told_of(matter: Matter) -> list[str]:
    """The same in a line each."""
    return [f"{one.title}：{counts_of(one)}" for one in of_problem(matter)]


def counts_of(sweep: Any) -> str:
    """Where a counted sweep stands, in words."""
    counts = f"{sweep.place_count}处，已答复{sweep.answered_count}处，发现{sweep.finding_count}个"
    return f"{SWEEP.label(sweep.state)}，{counts}"


def found_by(matter: Matter, by: Actor) -> SweepFinding | None:
    """The finding from which a problem came, where this actor may see its sweep."""
    rows = SweepFinding.objects.filter(problem=matter, is_withdrawn=False)
    found = rows.select_related("place__sweep").first()
    return found if found and found.place.sweep.code in codes_seen([found.place.sweep], by) else None


def codes_seen(rows: Collection[Sweep], by: Actor) -> frozenset[str]:
    """The codes of those of these sweeps that this actor may open."""
    if not rows:
        return frozenset()
    seen = sweeps_for(by).order_by().filter(pk__in=[one.pk for one in rows])
    return frozenset(seen.values_list("code", flat=True))


def plans_for(sweep: Sweep, by: Actor) -> list[Plan]:
    """The plans in which a finding of a sweep may become a problem: that of its source first, then the inspection's."""
    plans = [*sight.plans_seen(by).filter(inspection=sweep.inspection)]
    source = Problem.objects.filter(matter=sweep.source).first() if sweep.source_id else None
    return sorted(plans, key=lambda one: (source is None or one.pk != source.plan_id, one.pk))
