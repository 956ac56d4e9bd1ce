"""Plans as somebody may read them, whose they are, and the facts that their steps ask for."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from bihuan.core import correction, moving
from bihuan.core.actor import Actor
from bihuan.core.prepared import made_once
from bihuan.lib.flow import Flow, Offer
from bihuan.lib.reading.deadlines import WITHOUT_DAY
from bihuan.lib.reading.unit_names import GOVERNMENT, OFFICE
from bihuan.matters.models import Duty
from bihuan.organisation.models import Unit
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering, DutyRole, Role
from bihuan.rectification.models import Deliberation, Measure, Plan, Problem
from bihuan.rectification.queries import editions, nesting, sight
from bihuan.rectification.rules import plan as rules
from bihuan.rectification.rules.nesting import BEARING
from bihuan.rectification.rules.plan import IN_FORCE, PLAN
from bihuan.rectification.rules.problem import ProblemState

WRITING = (
    *(Role.REPORTER, Role.UNIT_APPROVER, Role.UNIT_HEAD),
    *(Role.COUNTY_CLERK, Role.COUNTY_APPROVER, Role.FIRST_RESPONSIBLE),
)
DRAFTING = (Role.REPORTER, Role.UNIT_APPROVER, Role.COUNTY_CLERK, Role.COUNTY_APPROVER)
CODE = Concat("inspection__code", Value("-F"), Cast("pk", CharField()))


@made_once
def plans_for(by: Actor) -> QuerySet[Plan]:
    """The plans that this person may read: the office every one; others those in force of which some problem is in
    their scope, and their own unit's or county's also while it is written.
    """
    rows = Plan.objects.filter(city=by.city, is_withdrawn=False).annotate(called_code=CODE)
    if not scope.sees_all(by):
        seen = Q(state__in=IN_FORCE, pk__in=sight.problems_seen(by).order_by().values("plan"))
        rows = rows.filter(seen | _own(by))
    return rows.select_related("inspection", "unit__region", "parent__inspection").order_by("pk")


def locked(plan: Plan) -> Plan:
    """Inside an action: the plan as it stands; whoever acts on it at the same time waits until this is done."""
    rows = Plan.objects.select_for_update(of=("self",)).select_related("inspection", "unit__region", "parent")
    return rows.get(pk=plan.pk)


def _own(by: Actor) -> Q:
    """The plans of this person's own unit, or of his county."""
    posts = [post for post in by.held if post.role in WRITING and not post.is_top]
    units = frozenset().union(*(post.units for post in posts))
    ground = frozenset().union(*(post.regions for post in posts))
    return Q(unit__in=units) | Q(unit__region__in=ground, unit__kind__in=(GOVERNMENT, OFFICE))


def counted(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans with how many problems and measures they have."""
    return rows.annotate(problem_count=_count(Problem), measure_count=_count(Measure))


def _count(model: type[Problem | Measure]) -> Coalesce:
    rows = model._default_manager.filter(plan=OuterRef("pk"), matter__is_withdrawn=False).order_by()
    return Coalesce(Subquery(rows.values("plan").annotate(n=Count("pk")).values("n")), 0)


def may_write(plan: Plan, by: Actor) -> bool:
    """Whether this person writes that plan, in whatever state it is."""
    writers = rules.LOWER_WRITERS if plan.is_lower else rules.CITY_WRITERS
    return bool(scope.capacities(by, answering(plan)) & writers)


def to_draft(by: Actor) -> list[tuple[Plan, Unit]]:
    """(the city's plan, the unit) of every lower plan that this person could begin: the city's names something of the
    unit's, and the unit has no plan under that inspection yet.
    """
    posts = [post for post in by.held if post.role in DRAFTING]
    seats = Unit.objects.filter(
        city=by.city, region__in=[one for post in posts for one in post.regions], kind=GOVERNMENT
    )
    units = Unit.objects.filter(pk__in=[post.unit for post in posts]).exclude(kind=OFFICE) | seats
    lower = [*units.filter(parent__isnull=False).select_related("region").distinct().order_by("pk")]
    have = {*Plan.objects.filter(unit__in=lower, is_withdrawn=False).values_list("inspection", "unit")}
    return [(plan, unit) for unit in lower for plan in _asking_of(unit) if (plan.inspection_id, unit.pk) not in have]


def _asking_of(unit: Unit) -> QuerySet[Plan]:
    """The city's plans in force that ask something of a unit or of one below it."""
    own = Duty.objects.filter(unit__in=nesting.own_units(unit.pk, unit.city), role__in=BEARING, is_ended=False)
    asked = Measure.objects.filter(matter__in=own.values("matter"), matter__is_withdrawn=False).values("plan")
    rows = Plan.objects.filter(city=unit.city, pk__in=asked, parent=None, unit__parent=None, is_withdrawn=False)
    return rows.filter(state__in=IN_FORCE).select_related("inspection", "unit").order_by("pk")


def is_whole(plan: Plan, by: Actor) -> bool:
    """Whether this person reads all of a plan: the office, and the unit or the county whose plan it is."""
    return scope.sees_all(by) or Plan.objects.filter(_own(by), pk=plan.pk).exists()


def problems_of(plan: Plan, by: Actor) -> QuerySet[Problem]:
    """The problems of a plan that this person may read."""
    rows = Problem.objects.filter(plan=plan, matter__is_withdrawn=False)
    if not is_whole(plan, by):
        rows = rows.filter(pk__in=sight.problems_seen(by).order_by().values("pk"))
    return sight.problem_words(rows).select_related("matter").order_by("number", "pk")


def codes_seen(plan: Plan, by: Actor) -> Collection[str] | None:
    """The codes of a plan's records that this person may read; None where he reads them all."""
    if is_whole(plan, by):
        return None
    seen = sight.problems_seen(by).filter(plan=plan).order_by().values_list("matter__code", flat=True)
    return {*seen, *sight.measures_seen(by).filter(plan=plan).order_by().values_list("matter__code", flat=True)}


def answering(plan: Plan) -> tuple[Answering, ...]:
    """Whose plan it is: its unit, and for a county's government the county's office beside it."""
    if not plan.is_lower:
        return ()
    return answering_of(plan.unit)


def answering_of(unit: Unit) -> tuple[Answering, ...]:
    """Who writes the lower plan of a unit."""
    beside = Unit.objects.filter(region=unit.region_id, kind=OFFICE) if unit.kind == GOVERNMENT else ()
    return tuple(Answering(DutyRole.LEAD, one) for one in (unit.pk, *(office.pk for office in beside)))


def flow_of(plan: Plan) -> Flow:
    """The lifecycle of a plan."""
    return PLAN[plan.is_lower]


def offers(plan: Plan, by: Actor) -> tuple[Offer, ...]:
    """The steps that this person sees on a plan, each with why not yet."""
    offered = moving.offers(flow_of(plan), plan, scope.capacities(by, answering(plan)), PlanFacts(plan))
    return (*offered, *_corrections(plan, by))


def _corrections(plan: Plan, by: Actor) -> tuple[Offer, ...]:
    last = correction.last_step(plan.code, plan.city, by.person or 0)
    if last is None or last.entry.table != "plan":
        return ()
    refusal = correction_refused(plan, last, by)
    return (Offer(correction.CORRECT, last.label({"plan": flow_of(plan)}), last.before, refusal, note_required=True),)


def correction_refused(plan: Plan, last: correction.LastStep | None, by: Actor) -> str:
    """Why this person may not correct that step, or ""."""
    if last is None or last.entry.table != "plan":
        return correction.NOTHING
    if last.entry.person is None or last.entry.person != by.person:
        return correction.NOT_YOURS
    if not scope.holds(by, last.entry.appointment):
        return "您办这一步时的任职已经结束，不能更正。"
    return correction.ACTED_ON if _is_carried_out(plan, last) else ""


def _is_carried_out(plan: Plan, last: correction.LastStep) -> bool:
    """Whether the step put the plan in force and a problem of it was handed over since; or a deadline that it moved was
    moved again.
    """
    if correction.built_upon(last.entry.deed) - {plan.code}:
        return True
    if last.before in IN_FORCE or plan.state not in IN_FORCE:
        return False
    return Problem.objects.filter(plan=plan).exclude(matter__state=ProblemState.DRAFT).exists()


def plan_stepped(code: str, by: Actor) -> Plan | None:
    """The plan on which this person took the last step, in an appointment that he still holds."""
    last = correction.last_step(code, by.city, by.person or 0)
    if last is None or not scope.holds(by, last.entry.appointment):
        return None
    rows = Plan.objects.filter(city=by.city).annotate(called_code=CODE)
    return rows.select_related("inspection", "unit__region", "parent").filter(called_code=code).first()


def deliberations_of(plan: Plan) -> QuerySet[Deliberation]:
    """What meetings said of a plan, in the order in which it was written down."""
    return Deliberation.objects.filter(plan=plan, is_withdrawn=False).order_by("pk")


def words_that_count(plan: Plan) -> QuerySet[Deliberation]:
    """What meetings said of a plan since it was last opened to be written."""
    rows = deliberations_of(plan)
    return rows if plan.opened_at is None else rows.filter(recorded_at__gte=plan.opened_at)


class PlanFacts:
    """What a plan's steps ask (`rules.plan`)."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def _problems(self) -> list[Any]:
        rows = sight.problem_words(Problem.objects.filter(plan=self.plan, matter__is_withdrawn=False))
        return [*rows.select_related("matter").order_by("number", "pk")]

    @property
    def problems(self) -> int:
        """How many problems it has."""
        return len(self._problems)

    @property
    def without_measures(self) -> tuple[str, ...]:
        """The problems that no measure answers."""
        return tuple(f"第{one.number}项" for one in self._problems if not one.measure_count)

    @property
    def without_lead(self) -> tuple[str, ...]:
        """The problems that nobody leads."""
        rows = ((one.number, {duty.role for duty in one.matter.bearers}) for one in self._problems)
        return tuple(f"第{number}项" for number, roles in rows if DutyRole.LEAD not in roles)

    @property
    def undated(self) -> tuple[str, ...]:
        """The problems whose deadline is in doubt."""
        open_ = (one for one in self._problems if one.matter.due_on is None and one.deadline_kind not in WITHOUT_DAY)
        return tuple(f"第{one.number}项" for one in open_)

    @cached_property
    def _words(self) -> dict[str, str]:
        return dict(words_that_count(self.plan).values_list("body", "outcome"))

    @property
    def bodies_missing(self) -> tuple[str, ...]:
        """The meetings that have no record since the plan was opened."""
        wanted = rules.bodies_for(self.plan.unit.kind, GOVERNMENT)
        return tuple(one for one in wanted if one not in self._words)

    @property
    def bodies_against(self) -> tuple[str, ...]:
        """The meetings whose last word is that it does not pass."""
        return tuple(one for one, outcome in self._words.items() if outcome == rules.DEFERRED)

    @property
    def is_amended(self) -> bool:
        """Whether a new edition was written since the plan was opened."""
        return editions.written_since(self.plan).exists()

    @property
    def unexplained(self) -> int:
        """How many findings against the city's plan nobody explained."""
        return sum(remark is None for _, remark in nesting.explained(self.plan))
