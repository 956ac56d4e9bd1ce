"""Amending a plan by a newer paper: exactly the differences are written, nothing that vanished is removed.

Hides how duties, milestones and indicators are exchanged without losing the old ones from the trail.
"""

from datetime import datetime
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.matters.models import Duty, Matter
from bihuan.matters.rules.difference import SAME, Difference
from bihuan.rectification.actions import editions
from bihuan.rectification.actions.plan import (
    Shelf,
    add_headings,
    add_marks,
    add_measures,
    add_problems,
    index_measures,
    index_problems,
    name_all,
)
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.queries import adopted
from bihuan.rectification.queries import editions as kept
from bihuan.rectification.rules import difference as differences
from bihuan.rectification.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft
from bihuan.rectification.rules.plan import IN_FORCE, PlanState, is_draft_title
from bihuan.rectification.rules.problem import ProblemState

NOT_ISSUED = "“{title}”是还没有印发的稿子，而方案已经印发：请先在方案上办“启动修订”，或等正式文件印发再导入。"


@action
def amend_plan(
    plan: Plan, draft: PlanDraft, *, by: Actor, at: datetime, intake: Any = None, note: str = ""
) -> Difference:
    """Bring a plan in line with a newer paper as its next edition; returns the difference that was written.

    First deadlines stay for ever; current ones move, by a draft (送审稿) of a plan that is being revised only once the
    revision is issued. What the paper says is frozen as that edition, with its number,
    day and reason; what stood before it, where no edition says it, as the one before. The issued paper of a plan that
    was still being written makes it issued: a fact of the paper. Refuses a paper that changes nothing, and a draft
    (征求意见稿) of a plan that is issued and not being revised.
    """
    known = adopted.plan_as_draft(plan)
    draft = differences.settled(known, draft)
    found = differences.difference(known, draft)
    if found.count(SAME) == len(found.changes):
        raise Refused("与系统中的方案完全相同，没有可写入的更改。")
    said_of, draft = draft, _held(plan, known, draft)
    if plan.state in IN_FORCE:
        editions.freeze_standing(plan, known)
    audit.change(plan, edition=plan.edition + 1, because=note, **_issued(plan, draft))
    shelf = Shelf(
        plan, intake, {one.number: one for one in plan.aspects.all()}, {one.number: one for one in plan.campaigns.all()}
    )
    add_headings(shelf, draft)
    codes = {change.read: change.known for change in found.changes if change.known and change.read}
    for one in draft.problems:
        _settle_problem(shelf, one, codes, note)
    for campaign in draft.campaigns:
        for measure in campaign.measures:
            if measure.key in codes:
                _settle_measure(_measure(plan, codes[measure.key]), measure, note)
            else:
                add_measures(shelf, [], [(shelf.campaigns[campaign.number], measure)])
    if plan.state in IN_FORCE:
        said: dict[str, Any] = {"document_number": draft.document_number, "dated_on": draft.issued_on}
        said |= {"held": editions.deadlines_of(said_of, codes) if draft is not said_of else None}
        reason = note or plan.revised_because or "按新印发的文件更新"
        editions.freeze(plan, adopted.plan_as_draft(plan), {*codes.values(), *shelf.made}, reason=reason, **said)
    return found


def _held(plan: Plan, known: PlanDraft, draft: PlanDraft) -> PlanDraft:
    """What is written of a paper: of a draft, while its plan is being revised, no other deadline than what stands."""
    is_draft = plan.state == PlanState.REVISING and is_draft_title(draft.title)
    return differences.with_standing_deadlines(known, draft) if is_draft else draft


def _issued(plan: Plan, draft: PlanDraft) -> dict[str, Any]:
    """What an issued paper makes of a plan that was still being written. Refuses a draft of one that is issued."""
    if plan.state == PlanState.ISSUED and is_draft_title(draft.title):
        raise Refused(NOT_ISSUED.format(title=draft.title))
    if plan.state in IN_FORCE or is_draft_title(draft.title):
        return {}
    told = {"title": draft.title, "document_number": draft.document_number, "issued_on": draft.issued_on}
    return {"state": PlanState.ISSUED, **told}


def _settle_problem(shelf: Shelf, one: ProblemDraft, codes: dict[str, str], note: str) -> None:
    if one.key not in codes:
        [problem] = add_problems(shelf, [one])
        add_measures(shelf, [(problem, measure) for measure in one.measures])
        return
    problem = Problem.objects.select_related("matter").get(plan=shelf.plan, matter__code=codes[one.key])
    audit.change(problem, because=note, **{name: getattr(one, name) for name in adopted.PROBLEM_COLUMNS})
    _settle_matter(problem.matter, one, note)
    index_problems([problem])
    for measure in one.measures:
        if measure.key in codes:
            _settle_measure(_measure(shelf.plan, codes[measure.key]), measure, note)
        else:
            add_measures(shelf, [(problem, measure)])


def _measure(plan: Plan, code: str) -> Measure:
    return Measure.objects.select_related("matter").get(plan=plan, matter__code=code)


def _settle_measure(measure: Measure, one: MeasureDraft, note: str, *, is_first: bool = False) -> None:
    audit.change(measure, because=note, **{name: getattr(one, name) for name in adopted.MEASURE_COLUMNS})
    index_measures([measure])
    _settle_matter(measure.matter, one, note, is_first=is_first)
    if (adopted.milestones_of(measure), adopted.indicators_of(measure)) == (one.milestones, one.indicators):
        return
    for mark in [*measure.milestones.filter(is_withdrawn=False), *measure.indicators.filter(is_withdrawn=False)]:
        audit.change(mark, is_withdrawn=True, because=note)
    add_marks([(measure, one)])


def _settle_matter(matter: Matter, one: ProblemDraft | MeasureDraft, note: str, *, is_first: bool = False) -> None:
    first: dict[str, Any] = {"first_due_on": one.due_on} if is_first or matter.first_due_on is None else {}
    audit.change(matter, due_on=one.due_on, because=note, **first)
    wanted = {(duty.role.value, duty.unit, "" if duty.unit else duty.raw): duty for duty in one.duties}
    for duty in Duty.objects.filter(matter=matter, is_ended=False).select_related("matter"):
        if wanted.pop((duty.role, duty.unit_id, "" if duty.unit_id else duty.raw), None) is None:
            audit.change(duty, is_ended=True, because=note)
    name_all([(matter, tuple(wanted.values()))])


def settle_one(plan: Plan, draft: PlanDraft, key: str, intake: Any, note: str) -> None:
    """Write what one record of a committed paper became by a late answer, inside an action; nothing else is touched.

    While its problem is a draft, a deadline that was answered is what the paper that opened the record said first. One
    that a draft paper of a plan under revision says waits for the issued one.
    """
    codes = adopted.recognised(plan, draft, intake)
    if kept.written_since(plan).exists():
        said_of, draft = draft, _held(plan, adopted.plan_as_draft(plan), draft)
        if draft is not said_of:
            editions.hold_again(plan, editions.deadlines_of(said_of, codes))
    for problem in draft.problems:
        if problem.key == key and key in codes:
            row = Problem.objects.select_related("matter").get(plan=plan, matter__code=codes[key])
            audit.change(row, because=note, **{name: getattr(problem, name) for name in adopted.PROBLEM_COLUMNS})
            _settle_matter(row.matter, problem, note, is_first=_is_first(row, row, intake))
    for measure in draft.measures():
        is_meant = measure.key == key or measure.key.startswith(f"measure:{key.removeprefix('problem:')}-")
        if is_meant and measure.key in codes:
            found = _measure(plan, codes[measure.key])
            _settle_measure(found, measure, note, is_first=_is_first(found, found.problem, intake))


def _is_first(row: Problem | Measure, problem: Problem | None, intake: Any) -> bool:
    is_draft = problem is None or problem.matter.state == ProblemState.DRAFT
    return is_draft and row.matter.intake_id == intake.pk
