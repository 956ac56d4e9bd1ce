"""What a commit would change of what stands, and whether a paper was overtaken by another."""

from bihuan.intake.models import Intake
from bihuan.intake.queries import drafting
from bihuan.intake.rules.lifecycle import IntakeState
from bihuan.matters.rules.difference import CHANGED, NEW, SAME, VANISHED, Difference
from bihuan.organisation.models import Unit
from bihuan.petitions import queries as petitions
from bihuan.rectification.models import Plan
from bihuan.rectification.queries import adopted
from bihuan.rectification.rules import difference as differences
from bihuan.rectification.rules.drafts import PlanDraft


def standing_plan(intake: Intake, unit: Unit) -> Plan | None:
    """The plan of the same inspection and unit that this paper would amend."""
    return Plan.objects.filter(inspection=intake.inspection, unit=unit, is_withdrawn=False).first()


def parent_plan(intake: Intake, unit: Unit) -> Plan | None:
    """The plan of the unit above, under the same inspection."""
    return (
        Plan.objects.filter(inspection=intake.inspection, unit=unit.parent, is_withdrawn=False).first()
        if unit.parent
        else None
    )


def is_superseded(intake: Intake, plan: Plan) -> bool:
    """Whether a newer paper has amended the plan since."""
    later = Intake.objects.filter(
        inspection=intake.inspection, kind="plan", state=IntakeState.COMMITTED, pk__gt=intake.pk
    ).select_related("unit", "understood")
    return plan.edition > 1 and any((one.unit or drafting.issuing_unit(one)).pk == plan.unit_id for one in later)


def plan_of(intake: Intake) -> Plan | None:
    """The plan that a committed paper was written into."""
    own = Plan.objects.filter(intake=intake, is_withdrawn=False).first()
    return own or standing_plan(intake, intake.unit or drafting.issuing_unit(intake))


def is_done_before(intake: Intake, unit: Unit, standing: Plan, draft: PlanDraft) -> bool:
    """Whether a paper that says the same was taken in before, and the plan still holds all that this one says.

    A paper that only leaves something out changes no record, so that the plan itself cannot tell.
    """
    found = differences.difference(adopted.plan_as_draft(standing), draft)
    if found.count(NEW) or found.count(CHANGED) or not found.count(VANISHED):
        return False
    before = Intake.objects.filter(inspection=intake.inspection, kind="plan", state=IntakeState.COMMITTED)
    return any(
        (one.unit or drafting.issuing_unit(one)).pk == unit.pk and _says_the_same(drafting.plan_draft_of(one), draft)
        for one in before.exclude(pk=intake.pk).select_related("unit", "understood")
    )


def _says_the_same(before: PlanDraft, draft: PlanDraft) -> bool:
    found = differences.difference(before, draft)
    return found.count(SAME) == len(found.changes)


def plan_difference(intake: Intake) -> Difference | None:
    """What a commit would change of the plan that stands; None where the plan is new."""
    standing = standing_plan(intake, intake.unit or drafting.issuing_unit(intake))
    return (
        None
        if standing is None
        else differences.difference(adopted.plan_as_draft(standing), drafting.plan_draft_of(intake))
    )


def difference_of(intake: Intake) -> Difference | None:
    """What a commit would change of what stands; None where the paper is the first of its plan."""
    if intake.kind == "plan":
        return plan_difference(intake)
    found = [petitions.batch_difference(draft, intake.inspection) for draft in drafting.batch_drafts_of(intake)]
    return Difference(tuple(change for one in found for change in one.changes))
