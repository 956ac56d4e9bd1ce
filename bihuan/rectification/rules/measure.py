"""The lifecycle of a measure (整改措施)."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class MeasureState(StrEnum):
    """Where a measure stands."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    CONFIRMED = "confirmed"
    SUSTAINED = "sustained"


STATES: dict[str, str] = {
    MeasureState.NOT_STARTED: "未启动",
    MeasureState.UNDER_WAY: "推进中",
    MeasureState.FINISHED: "已完成待审",
    MeasureState.CONFIRMED: "已确认",
    MeasureState.SUSTAINED: "长期坚持",
}
PROVEN = frozenset({MeasureState.CONFIRMED, MeasureState.SUSTAINED})


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What the steps up to 推进中 ask about a measure: whether what it belongs to was received."""

    is_received: bool


def problem_received(facts: MeasureFacts) -> str:
    """Why work may not begin before the problem was received, or ""."""
    return "" if facts.is_received else "所属问题尚未签收。"


S, C = MeasureState, Capacity
DOERS = frozenset({C.RESPONSIBLE, C.LEAD})
DOER = frozenset({C.RESPONSIBLE})  # not the lead, who confirms it
CONFIRMERS = frozenset({C.LEAD, C.COUNTY})
MEASURE = Flow(
    "measure",
    S.NOT_STARTED,
    STATES,
    (
        Move(
            "start",
            "启动",
            (S.NOT_STARTED,),
            S.UNDER_WAY,
            DOERS,
            (Condition("所属问题已签收", problem_received),),
            tells=("lead",),
        ),
        Move("finish", "完成", (S.UNDER_WAY,), S.FINISHED, DOER, awaits="指标完成量和佐证材料", tells=("lead",)),
        Move("confirm", "确认", (S.FINISHED,), S.CONFIRMED, CONFIRMERS, awaits="完成申报", tells=("responsible",)),
        Move(
            "return",
            "退回",
            (S.FINISHED,),
            S.UNDER_WAY,
            CONFIRMERS,
            note_required=True,
            awaits="完成申报",
            tells=("responsible",),
        ),
        Move("sustain", "转长期坚持", (S.UNDER_WAY,), S.SUSTAINED, frozenset({C.LEAD}), awaits="阶段成效佐证"),
    ),
    frozenset({S.CONFIRMED, S.SUSTAINED}),
)
