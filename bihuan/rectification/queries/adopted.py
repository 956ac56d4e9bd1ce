"""What stands of a plan: as a draft that an amended paper is held against, in counts, and for the search index.

Hides which fields of a record an amended paper may change.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count, QuerySet

from bihuan.matters.models import Inspection, Matter, TakenOver
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.rules.taking_over import ENDED, FINISHED
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
from bihuan.rectification.rules.taking_over import CLOSED

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


def measure_keys(problems: Collection[int]) -> QuerySet[Measure, tuple[int, str]]:
    """(problem, the key in its paper) of every measure of these problems."""
    return Measure.objects.filter(problem__in=problems).values_list("problem_id", "record_key")


def census() -> Iterator[str]:
    """What there is, one line an inspection and one a plan: the counts of the completeness statement."""
    for inspection in Inspection.objects.order_by("city", "code"):
        living = Matter.objects.filter(inspection=inspection, is_withdrawn=False)
        kinds = dict(living.values_list("kind").annotate(count=Count("pk")).order_by("kind"))
        yield (
            f"{inspection.code} {inspection.name}：问题{kinds.get('problem', 0)}个，"
            f"措施{kinds.get('measure', 0)}项，信访{kinds.get('petition', 0)}件"
        )
        taken = TakenOver.objects.filter(matter__in=living, is_withdrawn=False)
        if count := taken.count():
            closed = taken.filter(matter__kind="problem", standing__in=CLOSED).count()
            ended = taken.filter(matter__kind="petition", standing__in=ENDED | FINISHED).count()
            petitions = f"，信访接管时已办结、销号或移送{ended}件" if ended else ""
            yield f"  接管来的{count}件，其中问题接管时已销号{closed}个{petitions}，不计入本系统办结"
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


def problems_with_matters(problems: Collection[int]) -> list[Problem]:
    """These problems with their matters, for the search index."""
    return [*Problem.objects.filter(pk__in=problems).select_related("matter").order_by("pk")]


def measures_with_matters(measures: Collection[int]) -> list[Measure]:
    """These measures with their matters, for the search index."""
    return [*Measure.objects.filter(pk__in=measures).select_related("matter").order_by("pk")]
