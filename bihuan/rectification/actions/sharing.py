"""Breaking a measure down (任务分解): to projects, posts and persons, with quantities; done, or taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters.queries import work
from bihuan.organisation.actions import acting
from bihuan.rectification.models import Assignment, Measure
from bihuan.rectification.queries import sharing, steps
from bihuan.rectification.rules import sharing as rules

CLOSED = "这一项已经闭合，卷宗已冻结，任务分解不能再改。"
NOT_YOURS = "任务分解由牵头、责任单位、县整改办或市整改办办理。"


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it is given: on what, to whom (an appointment), how much of which indicator, by when."""

    project: str
    appointment: int
    indicator: int | None = None
    quantity: Decimal | None = None
    due_on: date | None = None
    stage: str = ""
    investment_wan: Decimal | None = None


@action
def assign_part(measure: Measure, part: Part, *, by: Actor, at: datetime) -> Assignment:
    """Give a part of a measure to whoever holds a post today in a unit that answers for it.

    A sum that differs from the indicator is shown, not refused. Refuses whoever does not work on the measure, a person
    of no such unit, a foreign indicator, and a part without a task, without its quantity, or later than the measure.
    """
    _working_on(measure)
    seat = sharing.seats(measure, day_of(at)).filter(pk=part.appointment).first()
    if seat is None:
        raise Refused("请从负责这项措施的单位里选具体责任人。")
    mark = measure.indicators.filter(pk=part.indicator or 0, is_withdrawn=False).first()
    if part.indicator is not None and mark is None:
        raise Refused("请从这项措施的指标里选。")
    why = rules.refusal(part.project, part.quantity, part.due_on, measure.matter.due_on, has_indicator=mark is not None)
    if why:
        raise Refused(why)
    return audit.create(
        Assignment(
            measure=measure,
            indicator=mark,
            project=part.project.strip(),
            stage=part.stage if part.stage in rules.STAGES else "",
            investment_wan=part.investment_wan,
            post=seat.post,
            person=seat.person,
            quantity=part.quantity,
            due_on=part.due_on,
        )
    )


@action
def note_done(row: Assignment, done: Decimal, *, by: Actor, at: datetime) -> Assignment:
    """Say how much of a part is done. Refuses whoever does not work on the measure, and a figure below zero."""
    _working_on(row.measure)
    if not 0 <= done < rules.MOST:
        raise Refused("完成数量不能小于零。")
    return audit.amend(row, done=done)


@action
def end_part(row: Assignment, *, by: Actor, at: datetime, note: str = "") -> Assignment:
    """Take a part back, with the reason; it stays in the trail."""
    _working_on(row.measure)
    if not note.strip():
        raise Refused("请写明取消的理由。")
    return audit.change(row, is_ended=True, because=note)


def _working_on(measure: Measure) -> None:
    steps.locked(measure)
    if measure.problem is not None and work.is_closed(measure.problem.matter):
        raise Refused(CLOSED)
    acting.take_capacity(rules.SHARERS, steps.answering_for(measure), measure.matter.code, NOT_YOURS)
