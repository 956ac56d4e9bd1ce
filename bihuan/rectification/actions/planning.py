"""A plan on its way: its steps, what each leaves behind, what meetings said of it, and its correction."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bihuan.core import audit, correction, moving, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.actions import editions
from bihuan.rectification.actions.handing_over import Paper
from bihuan.rectification.models import Deliberation, Plan
from bihuan.rectification.queries import adopted, consulting, plans
from bihuan.rectification.queries import editions as kept
from bihuan.rectification.queries.plans import PlanFacts
from bihuan.rectification.rules import plan as rules

NOT_YOURS = "审议由方案的制定单位记录。"
NOT_NOW = "现在是“{state}”，还没有提请审议，不能记审议。"
TO_COME = "日期{day}还没有到，请核对。"
ISSUED_UPON = "那一版方案已经审议过、印发或退回，审议记录不能再撤去。"
FIRST, REVISED = "首次印发", "印发修订"


@dataclass(frozen=True, slots=True)
class Considered:
    """What a meeting said: which body, which of its meetings, when, with what outcome, by what paper."""

    body: str
    held_on: date
    outcome: str
    meeting: str = ""
    paper: str = ""


@action
def move_plan(plan: Plan, name: str, *, by: Actor, at: datetime, note: str = "", paper: Paper | None = None) -> Plan:
    """Take one step of a plan's lifecycle, or refuse with the sentence why not.

    Issuing sets number and day and freezes the first edition; issuing a revision names the paper of the newest one; no
    paper is older than the meetings that passed it. Opening a plan to be written again lets no earlier word of a
    meeting count. Whoever was asked for an opinion and is silent is named in the trail of the step that goes on. All of
    it or nothing.
    """
    plan = plans.locked(plan)
    answering, is_given = plans.answering(plan), paper is not None and bool(paper.number.strip())
    if paper is not None:
        _refuse_day(plan, paper.dated_on, day_of(at))
    flow, silent = plans.flow_of(plan), consulting.unanswered(plan) if name in rules.LEAVING else ""
    note = f"{note.strip()}（{silent}）" if silent and note.strip() else note
    acting.take_post(flow, name, plan.state, answering, plan.code)
    able = scope.capacities(audit.deed().by, answering)
    move = moving.make_move(flow, plan, name, note=note, capacities=able, facts=PlanFacts(plan), is_given=is_given)
    for leave in LEAVES.get(name, ()):
        leave(plan, note, paper)
    _tell(plan, f"{move.label}：{plan.title}", move.tells, by, at)
    return plan


def _refuse_day(plan: Plan, dated_on: date, today: date) -> None:
    """Refuse a paper that is still to come, and one that is older than what passed it."""
    if dated_on > today:
        raise Refused(TO_COME.format(day=dated_on))
    refusal = rules.too_early(dated_on, plans.words_that_count(plan).values_list("held_on", flat=True))
    if refusal:
        raise Refused(refusal)


def _tell(plan: Plan, text: str, told: Collection[str], by: Actor, at: datetime) -> None:
    answering, day = plans.answering(plan), day_of(at)
    meant = (scope.persons_meant(word, answering, plan.city, day) for word in told)
    persons = frozenset[int]().union(*meant) - {by.person or 0}
    outbox.tell(persons, text[:300], at=at, matter_code=plan.code)


def _open(plan: Plan, note: str, paper: Paper | None) -> None:
    audit.change(plan, opened_at=audit.deed().at, because=note)


def _revise(plan: Plan, note: str, paper: Paper | None) -> None:
    audit.change(plan, opened_at=audit.deed().at, revised_because=note, because=note)


def _issue(plan: Plan, note: str, paper: Paper | None) -> None:
    if paper is not None:
        told: dict[str, Any] = {"document_number": paper.number.strip(), "dated_on": paper.dated_on}
        plain = {"document_number": told["document_number"], "issued_on": paper.dated_on}
        audit.change(plan, title=rules.issued_title(plan.title), because=note, **plain)
        editions.freeze(plan, adopted.plan_as_draft(plan), reason=FIRST, approver=_approvers(plan), **told)


def _reissue(plan: Plan, note: str, paper: Paper | None) -> None:
    newest = kept.editions_of(plan).last()
    if newest is not None and paper is not None:
        told: dict[str, Any] = {"document_number": paper.number.strip(), "dated_on": paper.dated_on}
        told |= {"approver": _approvers(plan), "reason": plan.revised_because}
        audit.change(newest, because=note, **told)
        editions.let_go(plan, f"{REVISED}：{paper.number.strip()}")


def _approvers(plan: Plan) -> str:
    """The meetings that let it pass, as an edition names them."""
    rows = plans.words_that_count(plan).exclude(outcome=rules.DEFERRED)
    return "；".join(dict.fromkeys(f"{one.body}{one.meeting}({one.held_on})" for one in rows))[:200]


Leave = Callable[[Plan, str, Paper | None], None]
LEAVES: Mapping[str, tuple[Leave, ...]] = {
    "redraft": (_open,),
    "return": (_open,),
    "revise": (_revise,),
    "demand": (_revise,),
    "issue": (_issue,),
    "reissue": (_reissue,),
}
"""{step: what it leaves behind}."""


@action
def correct_plan(plan: Plan, *, by: Actor, at: datetime, note: str = "") -> Plan:
    """Correct (更正) the last step on a plan: everything it changed is as it was, whom it had told is told again.

    Refuses without a reason, to anybody but the one who took the step while he holds the post he took it in, once
    somebody acted on the plan since or on a deadline that it moved, and the issue of a plan of which a problem was
    handed over.
    """
    plan = plans.locked(plan)
    last = correction.last_step(plan.code, plan.city)
    refusal = plans.correction_refused(plan, last, by)
    if last is None or refusal:
        raise Refused(refusal)
    matters.set_back(last, {"plan": plans.flow_of(plan)}, plan, note=note, called=plan.title)
    correction.take_back_beside(last, because=note)
    return plans.locked(plan)


@action
def record_deliberation(plan: Plan, said: Considered, *, by: Actor, at: datetime) -> Deliberation:
    """Write down what a meeting said of a plan (审议).

    Refuses whoever does not write the plan, a plan that was not put before a meeting, a body or an outcome that nobody
    knows, and a day to come.
    """
    plan = plans.locked(plan)
    acting.take_capacity(_writers(plan), plans.answering(plan), plan.code, NOT_YOURS)
    if plan.state not in rules.MEETING:
        raise Refused(NOT_NOW.format(state=rules.STATES[rules.PlanState(plan.state)]))
    if said.body not in rules.BODIES or said.outcome not in rules.OUTCOMES:
        raise Refused("请选审议的会议和结果。")
    if said.held_on > day_of(at):
        raise Refused(TO_COME.format(day=said.held_on))
    words = {"body": said.body, "outcome": said.outcome, "meeting": said.meeting.strip(), "paper": said.paper.strip()}
    return audit.create(Deliberation(plan=plan, held_on=said.held_on, recorded_at=at, **words))


@action
def drop_deliberation(row: Deliberation, *, by: Actor, at: datetime, note: str = "") -> Deliberation:
    """Take back a record that was written down wrongly, with the reason; it stays in the trail.

    Refuses what an edition was issued upon, also while the plan is revised.
    """
    plan = plans.locked(row.plan)
    acting.take_capacity(_writers(plan), plans.answering(plan), plan.code, NOT_YOURS)
    if not note.strip():
        raise Refused("请写明撤去的理由。")
    if plan.state not in rules.MEETING or _is_of_earlier(row, plan):
        raise Refused(ISSUED_UPON)
    return audit.change(row, is_withdrawn=True, because=note)


def _is_of_earlier(row: Deliberation, plan: Plan) -> bool:
    """Whether it was said before the plan was opened to be written again."""
    return row.recorded_at is not None and plan.opened_at is not None and row.recorded_at < plan.opened_at


def _writers(plan: Plan) -> frozenset[Capacity]:
    return rules.LOWER_WRITERS if plan.is_lower else rules.CITY_WRITERS
