"""What of petitions waits for whom: to be filled in, reported, approved by the county and by the city."""

from django.db.models import Exists, OuterRef, QuerySet

from bihuan.core.actor import Actor
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import queries
from bihuan.petitions.models import FindingsReport, Petition, Undertaking
from bihuan.petitions.queries import call_backs
from bihuan.petitions.queries.findings import WITH_UNITS
from bihuan.petitions.rules.closings import CLOSED
from bihuan.petitions.rules.petition import ANSWERED, PetitionState
from bihuan.petitions.rules.undertaking import UndertakingState

APPROVING = (Role.OFFICE_HEAD, Role.COORDINATION)
FILLING = (Role.REPORTER, Role.UNIT_APPROVER)


def waiting_for(by: Actor) -> list[tuple[str, QuerySet[Petition]]]:
    """(what is to be done, the petitions on which it is) for this actor, one line a kind of work he has."""
    found = []
    approved, filled = scope.units_held_as(by, Role.UNIT_APPROVER), _filled_for(by)
    counties = _counties_of(by)
    if approved:
        found.append(("签收", _with(by, _parts(approved, UndertakingState.WAITING))))
    if filled:
        handling = _parts(filled, UndertakingState.HANDLING)
        found.append(("填报核实", _with(by, handling.filter(~Exists(_standing())))))
    if approved:
        handling = _parts(approved, UndertakingState.HANDLING)
        others = _standing().exclude(filled_by=by.person)
        found.append(("上报核实", _with(by, handling.filter(Exists(others)))))
    if counties:
        found.append(("县级审核", _with(by, _parts(counties, UndertakingState.COUNTY_REVIEW))))
    if approved:
        done = _parts(approved, UndertakingState.REPORTED).filter(petition__closing=CLOSED)
        found.append(("申请验收", _with(by, done.filter(petition__matter__state__in=ANSWERED))))
    return found + (_of_the_office(by) if scope.has_role(by, APPROVING) else [])


def _of_the_office(by: Actor) -> list[tuple[str, QuerySet[Petition]]]:
    rows = _ordered(by)
    news = Undertaking.objects.filter(is_withdrawn=False, petition__matter__state__in=ANSWERED)
    news = news.filter(Exists(_standing().filter(settled_at__isnull=True)))
    told = news.filter(state=UndertakingState.REPORTED).values("petition")
    behind = news.exclude(state=UndertakingState.REPORTED).values("petition")
    found = [
        ("市级审核", rows.filter(matter__state=PetitionState.CITY_REVIEW)),
        ("认定办结", rows.filter(pk__in=told).exclude(pk__in=behind)),
        ("定是否重新办理", rows.filter(pk__in=call_backs.dissatisfied(by.city))),
    ]
    if scope.has_role(by, (Role.OFFICE_HEAD,)):
        found.append(("验收销号", rows.filter(matter__state=PetitionState.ACCEPTING)))
    return found


def _filled_for(by: Actor) -> frozenset[int]:
    return frozenset[int]().union(*(scope.units_held_as(by, role) for role in FILLING))


def _counties_of(by: Actor) -> frozenset[int]:
    """The units for whose county this actor approves, his own county's and what fell to the city."""
    return scope.units_held_as(by, Role.COUNTY_APPROVER).union(*(post.counties for post in by.held))


def _parts(units: frozenset[int], state: UndertakingState) -> QuerySet[Undertaking]:
    held = (*WITH_UNITS, PetitionState.COUNTY_REVIEW, *ANSWERED)
    parts = Undertaking.objects.filter(is_withdrawn=False, state=state, unit_id__in=units)
    return parts.filter(petition__matter__state__in=held)


def _standing() -> QuerySet[FindingsReport]:
    return FindingsReport.objects.filter(undertaking=OuterRef("pk"), is_ended=False)


def _with(by: Actor, parts: QuerySet[Undertaking]) -> QuerySet[Petition]:
    return _ordered(by).filter(pk__in=parts.values("petition"))


def _ordered(by: Actor) -> QuerySet[Petition]:
    """The petitions in his sight, what is due first in front."""
    return queries.petitions_for(by).order_by("matter__due_on", "matter_id")
