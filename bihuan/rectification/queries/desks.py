"""What waits beside the road from hand-over to sign-off: extensions, plans and parts of measures, each by whose it is.

Hides how the row of a lifecycle that is next becomes the rows on one person's desk.
"""

from collections.abc import Iterator
from itertools import islice

from django.db.models import F, Q, QuerySet

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.matters import queries as matters
from bihuan.matters.models import Duty, Extension
from bihuan.matters.rules.extension import EXTENSION, ExtensionState
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.rectification.models import Assignment, Plan
from bihuan.rectification.queries import plans, sight
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.plan import PlanState
from bihuan.rectification.rules.problem import CLOSED

MOST = 31
AGREES = {
    ExtensionState.APPLIED: ("lead_agree", Role.UNIT_HEAD),
    ExtensionState.LEAD_AGREED: ("office_agree", Role.OFFICE_HEAD),
    ExtensionState.OFFICE_AGREED: ("group_agree", Role.FIRST_RESPONSIBLE),
    ExtensionState.GROUP_AGREED: ("approve", Role.OFFICE_HEAD),
}
"""{where an extension stands: (the step that is next, who takes it)}, as the lifecycle has it."""
NEXT = {
    PlanState.DRAFT: ("consult", "方案成稿"),
    PlanState.CONSULTING: ("submit", "方案报核对"),
    PlanState.CHECKING: ("pass", "方案核对"),
    PlanState.DELIBERATING: ("issue", "方案印发"),
    PlanState.REVISING: ("reissue", "方案修订"),
}
OF_CITY = {PlanState.CONSULTING: ("deliberate", "方案提请审议")}
"""{where a plan stands: (the step that is next, what is then done)}; a city's plan is checked by nobody."""
TO_CONSIDER = "方案审议"


def extensions_waiting(by: Actor) -> list[tuple[str, Extension]]:
    """[(what is to be done, extension)] that waits for this actor's own word; never one that he asked for himself."""
    found = []
    for state, (step, role) in AGREES.items():
        posts = [post for post in by.held if post.role == role]
        if role == Role.FIRST_RESPONSIBLE:
            posts = [post for post in posts if post.is_top]
        if not posts:
            continue
        rows = Extension.objects.filter(city=by.city, state=state, matter__is_withdrawn=False)
        rows = rows.exclude(applied_by=by.person).select_related("matter__inspection")
        if role == Role.UNIT_HEAD:
            rows = rows.filter(_led_by(scope.units_held_as(by, role)))
        found += [(EXTENSION.rows(step)[0].label, row) for row in rows.order_by("old_due_on", "pk")[:MOST]]
    return found


def _led_by(units: frozenset[int]) -> Q:
    """The matters that these units lead; of a measure that names no lead, those of a problem that they lead."""
    led = matters.borne_by(units, DutyRole.LEAD)
    with_lead = Duty.objects.filter(role=DutyRole.LEAD, is_ended=False).values("matter_id")
    of_problem = Q(matter__measure__problem__matter_id__in=led) & ~Q(matter_id__in=with_lead)
    return Q(matter_id__in=led) | of_problem


def plans_waiting(by: Actor) -> list[tuple[str, Plan]]:
    """[(what is to be done, plan)] of the plans whose next step this actor takes himself, the first MOST of them."""
    return [*islice(_plans_of(by), MOST)]


def _plans_of(by: Actor) -> Iterator[tuple[str, Plan]]:
    for plan in plans.plans_for(by).exclude(state=PlanState.ISSUED):
        state = PlanState(plan.state)
        step, act = NEXT[state] if plan.is_lower else OF_CITY.get(state) or NEXT[state]
        who = plans.flow_of(plan).rows(step)[0].who
        if scope.capacities(by, plans.answering(plan)) & who:
            yield _act(plan, state, act), plan


def _act(plan: Plan, state: PlanState, act: str) -> str:
    """What is done: before a plan is issued its meetings have to consider it."""
    facts = plans.PlanFacts(plan)
    is_considered = state != PlanState.DELIBERATING or not (facts.bodies_missing or facts.bodies_against)
    return act if is_considered else TO_CONSIDER


def parts_owed(by: Actor) -> QuerySet[Assignment]:
    """The parts of measures that are this actor's and not done: his name stands in it and he holds the post still, or
    he holds the post that whoever is named has left.
    """
    seats = [post.seat for post in by.held]
    beside = Appointment.objects.filter(scope.in_force(clock.today()), post__in=seats).exclude(person=by.person)
    undone = Q(done__isnull=True) | Q(quantity__isnull=False, done__lt=F("quantity"))
    rows = Assignment.objects.filter(undone, city=by.city, is_ended=False, post__in=seats)
    for post, person in beside.values_list("post", "person"):
        rows = rows.exclude(post=post, person=person)
    if not rows.exists():
        return rows.none()
    seen = sight.measures_seen(by).filter(pk__in=rows.order_by().values("measure"))
    live = seen.exclude(matter__state__in=PROVEN).exclude(problem__matter__state__in=CLOSED).order_by().values("pk")
    return rows.filter(measure__in=live).select_related("measure__matter__inspection").order_by("due_on", "pk")
