"""Asking for opinions on a draft plan (征求意见): a record for each unit asked, and what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import acting
from bihuan.organisation.models import Unit
from bihuan.rectification.models import Consultation, Plan
from bihuan.rectification.queries import consulting, plans
from bihuan.rectification.rules import plan as rules

NOT_YOURS = "征求意见由方案的制定单位记录。"
NOT_NOW = "现在是“{state}”，不在征求意见。"
TO_COME = "发出日期{day}还没有到，请核对。"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a unit answered: whether it has an opinion, which, when, by what paper."""

    answer: str
    answered_on: date
    words: str = ""
    paper: str = ""


@action
def ask_opinions(
    plan: Plan, units: Sequence[Unit], asked_on: date, *, by: Actor, at: datetime, note: str = ""
) -> list[Consultation]:
    """Write down which units were asked for their opinion, and when; who was asked already is not asked again.

    Refuses whoever does not write the plan, a plan on which nobody is asked now, no unit, and a day to come.
    """
    plan = _writable(plan, rules.ASKING)
    if asked_on > day_of(at):
        raise Refused(TO_COME.format(day=asked_on))
    known = {*consulting.asked_now(plan).values_list("unit", flat=True)}
    new = [one for one in units if one.pk not in known]
    if not new:
        raise Refused("请选还没有征求过的单位。")
    made = [Consultation(plan=plan, unit=one, asked_on=asked_on, recorded_at=at) for one in new]
    return [*audit.create_many(made, because=note)]


@action
def note_answer(row: Consultation, told: Answered, *, by: Actor, at: datetime) -> Consultation:
    """Write down what a unit answered, or set it right while the plan is not issued.

    Refuses whoever does not write the plan, an opinion without words, and a day before it was asked or to come.
    """
    row.plan = _writable(row.plan, rules.LISTENING)
    refusal = rules.answer_refusal(told.answer, told.words, row.asked_on, told.answered_on, day_of(at))
    if refusal:
        raise Refused(refusal)
    words = told.words.strip() if told.answer == rules.WITH_WORDS else ""
    paper = told.paper.strip()[:60]
    return audit.amend(row, answer=told.answer, words=words, answered_on=told.answered_on, paper=paper)


@action
def drop_consultation(row: Consultation, *, by: Actor, at: datetime, note: str = "") -> Consultation:
    """Take back a unit that was written down wrongly, with the reason; it stays in the trail."""
    row.plan = _writable(row.plan, rules.LISTENING)
    if not note.strip():
        raise Refused("请写明撤去的理由。")
    return audit.change(row, is_withdrawn=True, because=note)


def _writable(plan: Plan, states: frozenset[rules.PlanState]) -> Plan:
    """The plan as it stands, where its writer may write of it in one of these states."""
    found = plans.locked(plan)
    writers = rules.LOWER_WRITERS if found.is_lower else rules.CITY_WRITERS
    acting.take_capacity(writers, plans.answering(found), found.code, NOT_YOURS)
    if found.state not in states:
        raise Refused(NOT_NOW.format(state=rules.STATES[rules.PlanState(found.state)]))
    return found
