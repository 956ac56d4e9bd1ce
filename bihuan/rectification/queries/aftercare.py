"""What waits on the way from the claim to the file above, and the re-checks after it, as somebody may see them."""

from datetime import date

from django.db.models import Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.lib.flow import Offer
from bihuan.matters import queries as matters
from bihuan.matters.models import PublicNotice, Recheck
from bihuan.matters.rules.recheck import RECHECK, RecheckState
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import overview, sight
from bihuan.rectification.queries.facts import facts_of_recheck
from bihuan.rectification.rules.measure import MeasureState
from bihuan.rectification.rules.problem import SIGNED_OFF, ProblemState

WAY = (
    ProblemState.CLAIMED,
    ProblemState.VERIFYING,
    ProblemState.ACCEPTED,
    ProblemState.NOTICED,
    ProblemState.OBJECTED,
    ProblemState.UNCONTESTED,
    ProblemState.REPORTED_UP,
    ProblemState.AWAITING_CONSENT,
    ProblemState.CONSENTED,
    ProblemState.SIGNED_OFF,
    ProblemState.FILED,
    ProblemState.SUSTAINED,
)
MOVING = WAY[:-3]
ACTS: dict[Role, dict[ProblemState, str]] = {
    Role.COUNTY_APPROVER: {ProblemState.CLAIMED: "初验"},
    Role.ACCEPTANCE_CLERK: {ProblemState.VERIFYING: "验收"},
    Role.PUBLICITY: {ProblemState.ACCEPTED: "公示"},
    Role.COORDINATION: {
        ProblemState.NOTICED: "公示期满",
        ProblemState.OBJECTED: "核查异议",
        ProblemState.UNCONTESTED: "提请同意",
    },
    Role.FIRST_RESPONSIBLE: {ProblemState.AWAITING_CONSENT: "同意"},
    Role.OFFICE_HEAD: {ProblemState.CONSENTED: "销号"},
}
"""{who: {where a problem stands: what he then does}}, as the lifecycle has it."""
MOST = 31
OPEN = (RecheckState.PLANNED, RecheckState.SENT_OUT, RecheckState.CHECKED)


def on_the_way(by: Actor) -> QuerySet[Problem]:
    """The problems in this actor's scope that were claimed and are not signed off."""
    return sight.problems_for(by).filter(matter__state__in=MOVING)


def waiting_for(by: Actor, today: date) -> list[tuple[str, Problem]]:
    """[(what is to be done, problem)] on the way that waits for this actor's own duty, what is due first in front."""
    found = []
    for role, acts in ACTS.items():
        if not scope.has_role(by, (role,)):
            continue
        rows = sight.problems_for(by).filter(matter__state__in=acts)
        if role == Role.ACCEPTANCE_CLERK:
            units = scope.units_held_as(by, role)
            rows = rows.filter(matter_id__in=matters.borne_by(units, DutyRole.ACCEPTING))
        if role == Role.FIRST_RESPONSIBLE and not any(post.is_top for post in by.held):
            continue
        if role == Role.COORDINATION:
            over = PublicNotice.objects.filter(is_ended=False, ends_on__lt=today).values("matter")
            rows = rows.exclude(Q(matter__state=ProblemState.NOTICED) & ~Q(matter__in=over))
        found += [(acts[ProblemState(row.matter.state)], row) for row in rows.order_by("matter__due_on", "pk")[:MOST]]
    return found


def to_confirm(by: Actor) -> QuerySet[Measure]:
    """The measures reported as finished that a unit of this actor leads and confirms."""
    led = matters.borne_by(scope.units_held_as(by, Role.UNIT_APPROVER), DutyRole.LEAD)
    mine = Q(matter_id__in=led) | Q(problem__matter_id__in=led)
    return sight.measures_for(by).filter(mine, matter__state=MeasureState.FINISHED)


def counts(by: Actor) -> dict[str, int]:
    """{state: how many problems in this actor's scope stand there}, of the way from the claim on."""
    found = overview.states(by)
    return {state: found.get(state, 0) for state in WAY}


def notices_running(by: Actor) -> QuerySet[PublicNotice]:
    """The public notices that run in this actor's scope, the one that ends first in front."""
    seen = sight.problems_seen(by).filter(matter__state__in=(ProblemState.NOTICED, ProblemState.OBJECTED))
    rows = PublicNotice.objects.filter(is_ended=False, matter__in=seen.order_by().values("matter"))
    return rows.select_related("matter__problem").order_by("ends_on", "pk")


def rechecks_for(by: Actor) -> QuerySet[Recheck]:
    """The re-checks in this actor's scope that are not settled, the first due in front."""
    seen = sight.problems_seen(by).order_by().values("matter")
    rows = Recheck.objects.filter(is_ended=False, state__in=OPEN, matter__in=seen)
    return rows.select_related("matter__problem", "check_made").order_by("planned_on", "pk")


def to_draw_from(by: Actor) -> QuerySet[Problem]:
    """The signed-off problems in this actor's scope that no earlier draw is still open on."""
    drawn = Recheck.objects.filter(is_ended=False, state__in=OPEN).exclude(seed="").values("matter")
    rows = sight.problems_seen(by).filter(matter__state__in=SIGNED_OFF).exclude(matter__in=drawn)
    return rows.select_related("matter")


def recheck_of(problem: Problem, pk: int | None) -> Recheck | None:
    """One re-check of a problem that still waits for its check."""
    if pk is None:
        return None
    waiting = (RecheckState.PLANNED, RecheckState.SENT_OUT)
    rows = Recheck.objects.filter(matter=problem.matter, pk=pk, is_ended=False, state__in=waiting)
    return rows.select_related("matter").first()


def recheck_offers(recheck: Recheck, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a re-check, each with why not yet."""
    able = scope.capacities(by, matters.answering(recheck.matter))
    return RECHECK.offers(recheck.state, able, facts_of_recheck(recheck))
