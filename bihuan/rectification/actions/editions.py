"""Editions of a plan, frozen inside the deeds that bring them about. Hides how a plan becomes their lines."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from bihuan.core import audit
from bihuan.organisation.models import Unit
from bihuan.rectification.models import Plan, PlanEdition
from bihuan.rectification.queries import editions as kept
from bihuan.rectification.rules import editions as rules
from bihuan.rectification.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft

BEFORE = "此前的版次没有逐版留存，按台账当时的样子记下"


Deadlines = Mapping[str, tuple[date | None, str, str]]


def freeze(
    plan: Plan, standing: PlanDraft, said: Collection[str] | None = None, held: Deadlines | None = None, **facts: Any
) -> PlanEdition:
    """Freeze what stands of a plan as its present edition; of its records those `said` by the paper, where it is given:
    what a newer paper leaves out stays in the ledgers and is no part of its edition. `held` {code: (day, words, kind)}
    are the deadlines that a draft paper says: the edition has them, the ledgers wait for the issued paper.
    """
    lines = [one for one in lines_of(standing) if said is None or one.code in said]
    lines = rules.with_held(lines, held or {})
    facts = {"number": plan.edition, **facts}
    return audit.create(PlanEdition(plan=plan, content=rules.to_plain(lines), written_at=audit.deed().at, **facts))


def freeze_standing(plan: Plan, standing: PlanDraft) -> None:
    """Freeze what stands before an amendment, where no edition says it yet."""
    if not kept.editions_of(plan).filter(number=plan.edition).exists():
        told: dict[str, Any] = {"document_number": plan.document_number, "dated_on": plan.issued_on}
        freeze(plan, standing, reason=BEFORE, **told)


def deadlines_of(draft: PlanDraft, codes: Mapping[str, str]) -> Deadlines:
    """What a paper says of the deadlines of known records: {code: (day, words, kind)}."""
    records: list[ProblemDraft | MeasureDraft] = [*draft.problems, *draft.measures()]
    known = ((codes[one.key], one) for one in records if one.key in codes)
    return {code: (one.due_on, one.deadline_raw, one.deadline_kind) for code, one in known}


def hold_again(plan: Plan, held: Deadlines) -> None:
    """Let the edition that waits for its paper say what a late answer made of some deadlines."""
    newest = kept.editions_of(plan).last()
    if newest is not None:
        lines = rules.with_held(rules.from_plain(newest.content), held)
        audit.change(newest, content=rules.to_plain(lines))


def let_go(plan: Plan, because: str) -> None:
    """Move the deadlines that the newest edition held: its paper is here. First deadlines stay for ever."""
    for row, line in kept.held_deadlines(plan):
        first: dict[str, Any] = {"first_due_on": line.due_on} if row.matter.first_due_on is None else {}
        audit.change(row.matter, due_on=line.due_on, because=because, **first)
        audit.change(row, deadline_raw=line.deadline, deadline_kind=line.held, because=because)


def lines_of(standing: PlanDraft) -> list[rules.Line]:
    """What stands of a plan, as the lines of an edition."""
    records: list[ProblemDraft | MeasureDraft] = [*standing.problems, *standing.measures()]
    named = {duty.unit for one in records for duty in one.duties if duty.unit}
    units = {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=named)}
    return kept.lines_from(standing, {}, units)
