"""What waits on the way from the claim to the file above, and the re-checks after it, as somebody may see them."""

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.lib.flow import Offer
from bihuan.matters import queries as matters
from bihuan.matters.models import PublicNotice, Recheck
from bihuan.matters.rules.recheck import RECHECK, RecheckState
from bihuan.organisation.queries import scope
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import sight
from bihuan.rectification.queries.facts import RecheckFacts
from bihuan.rectification.rules.problem import ProblemState

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
OPEN = (RecheckState.PLANNED, RecheckState.SENT_OUT, RecheckState.CHECKED)


def on_the_way(by: Actor) -> QuerySet[Problem]:
    """The problems in this actor's scope that were claimed and are not signed off."""
    return sight.problems_for(by).filter(matter__state__in=MOVING)


def counts(by: Actor) -> dict[str, int]:
    """{state: how many problems in this actor's scope stand there}, of the way from the claim on."""
    rows = sight.problems_seen(by).filter(matter__state__in=WAY).order_by().values_list("matter__state", flat=True)
    found: dict[str, int] = dict.fromkeys(WAY, 0)
    for state in rows:
        found[state] += 1
    return found


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
    closed = (ProblemState.SIGNED_OFF, ProblemState.FILED)
    drawn = Recheck.objects.filter(is_ended=False, state__in=OPEN).exclude(seed="").values("matter")
    rows = sight.problems_seen(by).filter(matter__state__in=closed).exclude(matter__in=drawn)
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
    return RECHECK.offers(recheck.state, able, RecheckFacts(recheck))
