"""Editions of a plan, frozen inside the deeds that bring them about. Hides how a plan becomes their lines."""

from collections.abc import Collection
from typing import Any

from bihuan.core import audit
from bihuan.organisation.models import Unit
from bihuan.rectification.models import Plan, PlanEdition
from bihuan.rectification.queries import editions as kept
from bihuan.rectification.rules import editions as rules
from bihuan.rectification.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft

BEFORE = "此前的版次没有逐版留存，按台账当时的样子记下"


def freeze(plan: Plan, standing: PlanDraft, said: Collection[str] | None = None, **facts: Any) -> PlanEdition:
    """Freeze what stands of a plan as its present edition; of its records those `said` by the paper, where it is given:
    what a newer paper leaves out stays in the ledgers and is no part of its edition.
    """
    lines = [one for one in lines_of(standing) if said is None or one.code in said]
    facts = {"number": plan.edition, **facts}
    return audit.create(PlanEdition(plan=plan, content=rules.to_plain(lines), written_at=audit.deed().at, **facts))


def freeze_standing(plan: Plan, standing: PlanDraft) -> None:
    """Freeze what stands before an amendment, where no edition says it yet."""
    if not kept.editions_of(plan).filter(number=plan.edition).exists():
        told: dict[str, Any] = {"document_number": plan.document_number, "dated_on": plan.issued_on}
        freeze(plan, standing, reason=BEFORE, **told)


def lines_of(standing: PlanDraft) -> list[rules.Line]:
    """What stands of a plan, as the lines of an edition."""
    records: list[ProblemDraft | MeasureDraft] = [*standing.problems, *standing.measures()]
    named = {duty.unit for one in records for duty in one.duties if duty.unit}
    units = {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=named)}
    return kept.lines_from(standing, {}, units)
