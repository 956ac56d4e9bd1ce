"""Problems and measures as somebody may read them, always for somebody; and the facts that their steps ask for."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bihuan.core import correction, moving
from bihuan.core.actor import Actor
from bihuan.lib.flow import Flow, Offer
from bihuan.matters import queries as matters
from bihuan.matters.models import Duty, Inspection, Matter
from bihuan.organisation import queries as organisation
from bihuan.organisation.rules.duties import Answering, DutyRole, Role
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.rules import difference as differences
from bihuan.rectification.rules.drafts import (
    DutyDraft,
    HeadingDraft,
    IndicatorDraft,
    MeasureDraft,
    MilestoneDraft,
    PlanDraft,
    ProblemDraft,
)
from bihuan.rectification.rules.measure import MEASURE, PROVEN, MeasureFacts
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM, ProblemFacts, ProblemState

HIDDEN = (ProblemState.DRAFT,)
PROBLEM_COLUMNS = [
    "number",
    "title",
    "text",
    "upper_number",
    "county_number",
    "pollution_type",
    "nature",
    "target",
    "deadline_raw",
    "deadline_kind",
    "is_prominent",
    "acceptance_level",
]
MEASURE_COLUMNS = ("number", "text", "completion_sign", "deadline_raw", "deadline_kind")
NO_DATE = ("immediate", "open_ended", "done_long_term", "recurring", "stage")
PROBLEM_PAGE = ("matter__inspection__rule_set", "matter__region", "aspect", "campaign", "plan")
MARKS = ("milestones", "indicators")
BEARERS = Prefetch(
    "matter__duties",
    Duty.objects.filter(is_ended=False).select_related("unit", "person", "post__unit").order_by("-is_first", "pk"),
    to_attr="bearers",
)


def problems_seen(by: Actor) -> QuerySet[Problem]:
    """The problems in this actor's scope."""
    return Problem.objects.filter(matters.seen_by(by, HIDDEN, matter="matter__")).order_by("plan_id", "number")


def problem_words(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Problems with the words and counts that a ledger shows."""
    counted = {"measure_count": _count_of(), "proven_count": _count_of(matter__state__in=PROVEN)}
    words = matters.told(rows.annotate(**counted), aspect_name="aspect__name", document_number="plan__document_number")
    return words.prefetch_related(BEARERS)


def _count_of(**which: Any) -> Coalesce:
    of = Measure.objects.filter(problem=OuterRef("pk"), matter__is_withdrawn=False, **which).order_by()
    return Coalesce(Subquery(of.values("problem").annotate(n=Count("pk")).values("n")), 0)


def problems_for(by: Actor) -> QuerySet[Problem]:
    """The problems in this actor's scope with all that a page of one says."""
    return problem_words(problems_seen(by)).select_related(*PROBLEM_PAGE)


def problems_to_issue(by: Actor) -> QuerySet[Problem]:
    """The drafts that wait for this actor to hand them over; none where that is not his to do."""
    drafts = problems_for(by).filter(matter__state=ProblemState.DRAFT)
    return drafts if organisation.has_role(by, (Role.COORDINATION, Role.OFFICE_HEAD)) else drafts.none()


def problems_to_receive(by: Actor) -> QuerySet[Problem]:
    """The problems that wait to be signed for by a unit that this actor acts for as its approver."""
    led = matters.borne_by(organisation.units_held_as(by, Role.UNIT_APPROVER), DutyRole.LEAD)
    return problems_for(by).filter(matter__state=ProblemState.ISSUED, matter_id__in=led)


def measures_seen(by: Actor) -> QuerySet[Measure]:
    """The measures in this actor's scope: its units' own, and all of a problem that they lead or oversee."""
    scope = matters.seen_by(by, (), matter="matter__")
    if not organisation.sees_all(by):
        led = Duty.objects.filter(
            unit_id__in=organisation.units_of(by), is_ended=False, role__in=(DutyRole.LEAD, DutyRole.SUPERVISING)
        ).values("matter_id")
        whole = Q(problem__matter_id__in=led, matter__is_withdrawn=False)
        scope = (scope | whole) & ~Q(problem__matter__state__in=HIDDEN)
    rows = Measure.objects.filter(scope)
    return rows.order_by("plan_id", "problem__number", "campaign__number", "number")


def measure_words(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Measures with the words that a ledger shows."""
    return matters.told(
        rows,
        problem_number="problem__number",
        problem_title="problem__title",
        problem_target="problem__target",
        problem_state="problem__matter__state",
        campaign_number="campaign__number",
        campaign_name="campaign__name",
    ).prefetch_related(BEARERS)


def measures_for(by: Actor) -> QuerySet[Measure]:
    """The measures in this actor's scope with all that a page of one says."""
    return (
        measure_words(measures_seen(by))
        .select_related("matter__inspection__rule_set", "problem__matter", "campaign", "plan")
        .prefetch_related(*MARKS)
    )


def flow_of(problem: Problem) -> Flow:
    """The lifecycle that was fixed for the problem when it was issued; until then the rule set's."""
    publish_first = problem.matter.inspection.rule_set.is_publish_first
    variant = matters.last_round(problem.matter).variant
    return PROBLEM[variant or ("publish_first" if publish_first else ACCEPT_FIRST)]


def problem_facts(problem: Problem, today: date) -> ProblemFacts:
    """What a problem's steps ask."""
    matter = problem.matter
    handed_over = matters.handed_over_on(matters.last_round(matter))
    return _facts(
        problem,
        [duty.role for duty in matters.answering(matter)],
        Measure.objects.filter(problem=problem, matter__is_withdrawn=False).count(),
        matters.working_days_since(handed_over, today, matter.city) if handed_over else 0,
    )


def _facts(problem: Problem, roles: Collection[str], measures: int, days_since_issue: int) -> ProblemFacts:
    return ProblemFacts(
        lead_units=sum(role == DutyRole.LEAD for role in roles),
        first_responsible=sum(role == DutyRole.FIRST_RESPONSIBLE for role in roles),
        is_deadline_settled=problem.matter.due_on is not None or problem.deadline_kind in NO_DATE,
        measures=measures,
        days_since_issue=days_since_issue,
        decline_days=problem.matter.inspection.rule_set.decline_days,
    )


def why_not_issued(draft: Any) -> str:
    """Why a draft may not be handed over yet, or "". Asks nothing: the draft comes from `problems_for`."""
    roles = [duty.role for duty in draft.matter.bearers]
    facts = _facts(draft, roles, draft.measure_count, 0)
    conditions = PROBLEM[ACCEPT_FIRST].rows("issue")[0].conditions
    return next((missing for one in conditions if (missing := one.objection(facts))), "")


def measure_keys(problems: Collection[int]) -> QuerySet[Measure, tuple[int, str]]:
    """(problem, the key in its paper) of every measure of these problems."""
    return Measure.objects.filter(problem__in=problems).values_list("problem_id", "record_key")


def measure_facts(measure: Measure) -> MeasureFacts:
    """What a measure's steps ask."""
    unreceived = (ProblemState.DRAFT, ProblemState.ISSUED)
    return MeasureFacts(is_received=measure.problem is None or measure.problem.matter.state not in unreceived)


def answering_for(measure: Measure) -> tuple[Answering, ...]:
    """Who answers for a measure: its own bearers, and where it names no lead, those who lead its problem."""
    own = matters.answering(measure.matter)
    if measure.problem is None or any(duty.role == DutyRole.LEAD for duty in own):
        return own
    return (*own, *(duty for duty in matters.answering(measure.problem.matter) if duty.role == DutyRole.LEAD))


def problem_offers(problem: Problem, by: Actor, today: date) -> tuple[Offer, ...]:
    """The steps that this actor sees on a problem, each with why not yet."""
    able = organisation.capacities(by, matters.answering(problem.matter))
    offered = moving.offers(flow_of(problem), problem.matter, able, problem_facts(problem, today))
    flows = {"round": flow_of(problem)}
    return (*offered, *matters.corrections(problem.matter, flows, by, measures_of(problem)))


def measure_offers(measure: Measure, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a measure, each with why not yet."""
    able = organisation.capacities(by, answering_for(measure))
    offered = moving.offers(MEASURE, measure.matter, able, measure_facts(measure))
    return (*offered, *matters.corrections(measure.matter, {"round": MEASURE}, by, ()))


def measures_of(problem: Problem) -> list[str]:
    """The codes of a problem's measures: a step of theirs builds on its last step."""
    return [*Matter.objects.filter(measure__problem=problem, is_withdrawn=False).values_list("code", flat=True)]


def census() -> Iterator[str]:
    """What there is, one line an inspection and one a plan: the counts of the completeness statement."""
    for inspection in Inspection.objects.order_by("city", "code"):
        living = Matter.objects.filter(inspection=inspection, is_withdrawn=False)
        kinds = dict(living.values_list("kind").annotate(count=Count("pk")).order_by("kind"))
        yield (
            f"{inspection.code} {inspection.name}：问题{kinds.get('problem', 0)}个，"
            f"措施{kinds.get('measure', 0)}项，信访{kinds.get('petition', 0)}件"
        )
        for plan in (
            Plan.objects.filter(inspection=inspection, is_withdrawn=False).select_related("unit").order_by("pk")
        ):
            yield (
                f"  《{plan.title}》({plan.unit})：问题{plan.problems.filter(matter__is_withdrawn=False).count()}个，"
                f"措施{plan.measures.filter(matter__is_withdrawn=False).count()}项"
                + (f"，信访{kinds.get('petition', 0)}件" if plan.parent_id is None else "")
            )


def plan_as_draft(plan: Plan) -> PlanDraft:
    """A plan that stands, as a draft whose keys are the codes of its matters: what an amended paper is held against."""
    measures = _measures_as_drafts(plan)
    problems = Problem.objects.filter(plan=plan, matter__is_withdrawn=False).select_related(
        "matter", "aspect", "campaign"
    )
    return PlanDraft(
        title=plan.title,
        document_number=plan.document_number,
        issued_on=plan.issued_on,
        aspects=tuple(HeadingDraft("", one.number, one.name) for one in plan.aspects.order_by("number")),
        campaigns=tuple(
            HeadingDraft("", one.number, one.name, None, tuple(measures.get(("campaign", one.pk), [])))
            for one in plan.campaigns.order_by("number")
        ),
        problems=tuple(
            ProblemDraft(
                key=row.matter.code,
                due_on=row.matter.due_on,
                aspect=row.aspect.number if row.aspect else None,
                campaign=row.campaign.number if row.campaign else None,
                measures=tuple(measures.get(("problem", row.pk), [])),
                duties=_duties_as_drafts(row.matter),
                **{name: getattr(row, name) for name in PROBLEM_COLUMNS},
            )
            for row in problems.prefetch_related("matter__duties").order_by("number", "pk")
        ),
    )


def recognised(plan: Plan, draft: PlanDraft, intake: Any) -> dict[str, str]:
    """{record: code of its matter} of those records of a committed paper that it opened or that it spoke of."""
    found = differences.difference(plan_as_draft(plan), draft)
    known = {change.read: change.known for change in found.changes if change.known and change.read}
    for model in (Problem, Measure):
        opened = model._default_manager.filter(plan=plan, matter__intake=intake, matter__is_withdrawn=False)
        known |= dict(opened.values_list("record_key", "matter__code"))
    return known


def _measures_as_drafts(plan: Plan) -> dict[tuple[str, int | None], list[MeasureDraft]]:
    found: dict[tuple[str, int | None], list[MeasureDraft]] = {}
    rows = Measure.objects.filter(plan=plan, matter__is_withdrawn=False).select_related("matter")
    for row in rows.prefetch_related("matter__duties", "milestones", "indicators").order_by("number", "pk"):
        draft = MeasureDraft(
            key=row.matter.code,
            due_on=row.matter.due_on,
            milestones=milestones_of(row),
            indicators=indicators_of(row),
            duties=_duties_as_drafts(row.matter),
            **{name: getattr(row, name) for name in MEASURE_COLUMNS},
        )
        found.setdefault(("problem", row.problem_id) if row.problem_id else ("campaign", row.campaign_id), []).append(
            draft
        )
    return found


def milestones_of(measure: Measure) -> tuple[MilestoneDraft, ...]:
    """The milestones of a measure that stand, in the order of its paper."""
    rows = (one for one in measure.milestones.all() if not one.is_withdrawn)
    return tuple(MilestoneDraft(one.due_on, one.text, one.quantity) for one in rows)


def indicators_of(measure: Measure) -> tuple[IndicatorDraft, ...]:
    """The indicators of a measure that stand, in the order of its paper."""
    rows = (one for one in measure.indicators.all() if not one.is_withdrawn)
    return tuple(IndicatorDraft(one.name, one.measured_in, one.target, one.baseline) for one in rows)


def _duties_as_drafts(matter: Matter) -> tuple[DutyDraft, ...]:
    return tuple(
        DutyDraft(DutyRole(duty.role), duty.unit_id, duty.raw, duty.is_first)
        for duty in sorted(matter.duties.all(), key=lambda duty: duty.pk)
        if not duty.is_ended
    )


def problem_stepped(code: str, by: Actor) -> Problem | None:
    """The problem on which this actor took the last step, though the step took it out of his scope."""
    mine = correction.last_step(code, by.person or 0) is not None
    return Problem.objects.select_related(*PROBLEM_PAGE).filter(matter__code=code).first() if mine else None


def measure_stepped(code: str, by: Actor) -> Measure | None:
    """The measure on which this actor took the last step."""
    mine = correction.last_step(code, by.person or 0) is not None
    return Measure.objects.select_related("matter").filter(matter__code=code).first() if mine else None


def problems_found(by: Actor, words: str) -> QuerySet[Problem]:
    """The problems in this actor's scope that hold the words, or have the code or number, newest first."""
    numbered = Q(number=int(words)) if words.isdecimal() and len(words) < 5 else None
    return matters.found(problems_seen(by).select_related("matter"), words, numbered)


def measures_found(by: Actor, words: str) -> QuerySet[Measure]:
    """The measures in this actor's scope that hold the words, or have the code, newest first."""
    return matters.found(measures_seen(by).select_related("matter"), words)


def problems_with_matters(problems: Collection[int]) -> list[Problem]:
    """These problems with their matters, for the search index."""
    return [*Problem.objects.filter(pk__in=problems).select_related("matter").order_by("pk")]


def measures_with_matters(measures: Collection[int]) -> list[Measure]:
    """These measures with their matters, for the search index."""
    return [*Measure.objects.filter(pk__in=measures).select_related("matter").order_by("pk")]
