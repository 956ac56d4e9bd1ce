"""A lower plan: drafted from the city's, written over while it is a draft, its differences explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.matters.models import Duty
from bihuan.organisation.actions import acting
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.actions.plan import adopt_plan, index_measures, index_problems, name_all
from bihuan.rectification.models import Measure, Plan, PlanRemark, Problem
from bihuan.rectification.queries import adopted, nesting, plans
from bihuan.rectification.rules.drafts import DutyDraft
from bihuan.rectification.rules.nesting import lower_draft
from bihuan.rectification.rules.plan import IN_FORCE, LOWER_WRITERS, PlanState
from bihuan.rectification.rules.problem import ProblemState

NOT_YOURS = "只能起草本县、本单位的方案。"
HAS_ONE = "{unit}在这次督察里已有一份方案。"
NOTHING = "市方案里没有{unit}牵头或负责的措施，不用另拟方案。"
NOT_IN_FORCE = "市方案还没有印发，不能据以起草。"
SHUT = "方案现在是“{state}”，不能再改；要改，请先退回起草。"
HANDED_OVER = "所属问题已经交办，时限只能经批准的延期改动，措施只能由修订的方案改动。"
GONE = "这处差异已经没有了，不用说明。"


@dataclass(frozen=True, slots=True)
class Redrafted:
    """A measure of a draft as it is to read: `targets` {indicator: how much is wanted}, `units` who answers for it
    (None leaves that as it stands).
    """

    text: str
    due_on: date | None
    completion_sign: str = ""
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    units: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A problem of a draft as it is to read; `leads` and `responsible` are the ids of units."""

    title: str
    text: str
    due_on: date | None
    leads: Sequence[int]
    responsible: Sequence[int] = ()
    target: str = ""


@action
def draft_plan(parent: Plan, unit: Unit, *, by: Actor, at: datetime) -> Plan:
    """Draft a lower plan from the city's: every measure that names the unit or one below it, with the same day and
    target, tied to the city's.

    Refuses whoever does not write that unit's plan, a city plan that is not in force or asks nothing of the unit, and a
    second plan of one unit under one inspection.
    """
    parent = plans.locked(parent)  # of two clerks the second finds the first one's plan
    acting.take_capacity(LOWER_WRITERS, plans.answering_of(unit), parent.code, NOT_YOURS)
    if parent.state not in IN_FORCE or parent.is_lower:
        raise Refused(NOT_IN_FORCE)
    if Plan.objects.filter(inspection=parent.inspection, unit=unit, is_withdrawn=False).exists():
        raise Refused(HAS_ONE.format(unit=unit))
    own = nesting.own_units(unit.pk, unit.city)
    title = f"{unit}{parent.inspection.name}整改方案（草案）"
    draft = lower_draft(adopted.plan_as_draft(parent), own, unit.pk, title[-200:])
    if not draft.problems:
        raise Refused(NOTHING.format(unit=unit))
    made = adopt_plan(draft, parent.inspection, unit, by=audit.deed().by, at=at, parent=parent)
    above = {one.matter.code: one for one in nesting.measures_in(parent)}
    for measure in nesting.measures_in(made):
        audit.change(measure, carries_out=above[measure.record_key])
    return made


@action
def redraft_measure(measure: Measure, told: Redrafted, *, by: Actor, at: datetime, seen: int) -> Measure:
    """Write a measure of a lower plan anew while the plan is a draft. `seen` is the version before the person's eyes.

    Refuses whoever does not write the plan, a plan that went on, a problem that was handed over, a measure that nobody
    would answer for, and a form that another overtook.
    """
    _draft(measure)
    if seen != measure.version:
        raise audit.Overtaken
    before = len(audit.deed().entries)
    words = {"text": told.text.strip(), "completion_sign": told.completion_sign.strip()}
    audit.change(measure, **words, **_deadline(measure, told.due_on))
    audit.change(measure.matter, due_on=told.due_on, first_due_on=told.due_on)
    if told.units is not None:
        if not told.units and not nesting.bearing(measure, DutyRole.LEAD):
            raise Refused("请选至少一家责任单位。")
        _bear(measure, {DutyRole.RESPONSIBLE: told.units})
    for mark in measure.indicators.filter(is_withdrawn=False).order_by("pk"):
        if mark.pk in told.targets:
            audit.change(mark, target=told.targets[mark.pk])
    if len(audit.deed().entries) == before:
        raise Refused("没有改动，不用存。")
    index_measures([measure])
    return measure


@action
def rewrite_problem(problem: Problem, told: Rewritten, *, by: Actor, at: datetime, seen: int) -> Problem:
    """Write a problem of a lower plan anew while the plan is a draft: words, day, who leads and who answers for it.

    Refuses as `redraft_measure` does, and a problem that nobody leads.
    """
    _draft_of(problem.plan, problem)
    if seen != problem.version:
        raise audit.Overtaken
    if not told.leads:
        raise Refused("请选至少一个牵头单位。")
    before = len(audit.deed().entries)
    words = {"title": told.title.strip(), "text": told.text.strip(), "target": told.target.strip()}
    audit.change(problem, **words, **_deadline(problem, told.due_on))
    audit.change(problem.matter, due_on=told.due_on, first_due_on=told.due_on)
    _bear(problem, {DutyRole.LEAD: told.leads, DutyRole.RESPONSIBLE: told.responsible})
    if len(audit.deed().entries) == before:
        raise Refused("没有改动，不用存。")
    index_problems([problem])
    return problem


def _deadline(row: Problem | Measure, due_on: date | None) -> dict[str, str]:
    """The kind and the words of a deadline that is now this day."""
    kind = "date" if due_on else "unknown" if row.deadline_kind == "date" else row.deadline_kind
    return {"deadline_kind": kind, "deadline_raw": row.deadline_raw if due_on == row.matter.due_on else ""}


def _bear(row: Problem | Measure, wanted: Mapping[DutyRole, Sequence[int]]) -> None:
    """Let exactly these units bear these roles. Refuses one that is neither the plan's own nor stood there before."""
    standing = [*Duty.objects.filter(matter=row.matter, is_ended=False, role__in=wanted, unit__isnull=False)]
    allowed = {one.unit_id for one in standing} | nesting.own_units(row.plan.unit_id, row.city)
    if any(unit not in allowed for units in wanted.values() for unit in units):
        raise Refused("请从制定单位和它下面的单位里选。")
    for one in standing:
        if one.unit_id not in wanted[DutyRole(one.role)]:
            audit.change(one, is_ended=True)
    held = {(one.role, one.unit_id) for one in standing}
    new = [
        DutyDraft(role, unit, is_first=role == DutyRole.LEAD and unit == units[0])
        for role, units in wanted.items()
        for unit in units
        if (role.value, unit) not in held
    ]
    name_all([(row.matter, new)] if new else [])


@action
def drop_measure(measure: Measure, *, by: Actor, at: datetime, note: str = "") -> Measure:
    """Leave a measure out of a lower plan while it is a draft, with the reason; the check shows it."""
    _draft(measure)
    if not note.strip():
        raise Refused("请写明取消的理由。")
    audit.change(measure.matter, is_withdrawn=True, because=note)
    return measure


@action
def tie_measure(measure: Measure, above: str, *, by: Actor, at: datetime) -> Measure:
    """Say which measure of the plan above (its code, "" for none) a measure carries out. Refuses any other plan's."""
    plan = _writable(measure.plan)
    found = Measure.objects.filter(plan=plan.parent, matter__code=above, matter__is_withdrawn=False).first()
    if above and (plan.parent is None or found is None):
        raise Refused("请从上级方案的措施里选。")
    return audit.amend(measure, carries_out=found)


@action
def explain_difference(plan: Plan, subject: str, digest: str, reason: str, *, by: Actor, at: datetime) -> PlanRemark:
    """Say why a lower plan differs from the city's; the words explain exactly what stands there now.

    Refuses whoever does not write the plan, a difference that is there no longer, and an explanation without words.
    """
    plan = _writable(plan)
    if by.person is None or not reason.strip():
        raise Refused("请写明为什么不同。")
    standing = next((pair for pair in nesting.explained(plan) if pair[0].subject == subject), None)
    if standing is None or standing[0].digest != digest:
        raise Refused(GONE)
    if standing[1] is not None:
        audit.change(standing[1], is_withdrawn=True)
    told: dict[str, Any] = {"reason": reason.strip()[:300], "person_id": by.person, "explained_at": at}
    return audit.create(PlanRemark(plan=plan, subject=subject, digest=digest, **told))


def _draft(measure: Measure) -> None:
    _draft_of(measure.plan, measure.problem)


def _draft_of(plan: Plan, problem: Problem | None) -> None:
    """Refuse whoever does not write the plan, a plan that is no draft any more, and what was handed over by it."""
    plan = _writable(plan)
    if plan.state != PlanState.DRAFT:
        raise Refused(SHUT.format(state=plans.flow_of(plan).label(plan.state)))
    if problem is not None and problem.matter.state != ProblemState.DRAFT:
        raise Refused(HANDED_OVER)


def _writable(plan: Plan) -> Plan:
    """The plan as it stands, its writer in the post that lets him write; whoever acts on it meanwhile waits."""
    found = plans.locked(plan)
    acting.take_capacity(LOWER_WRITERS, plans.answering(found), found.code, NOT_YOURS)
    return found
