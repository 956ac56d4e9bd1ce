"""The lifecycle of a measure (整改措施)."""

from enum import StrEnum
from typing import Protocol

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


class MeasureFacts(Protocol):
    """What can be asked about a measure; gathered only when a step of the present state asks for it."""

    @property
    def is_received(self) -> bool:
        """Whether what it belongs to was received."""

    @property
    def below_target(self) -> tuple[str, ...]:
        """The indicators that have not reached their target, each with how far it is."""

    @property
    def milestones_open(self) -> tuple[str, ...]:
        """The milestones of which no approved entry says that they were reached."""

    @property
    def files(self) -> int:
        """The evidence of this round."""

    @property
    def entries_waiting(self) -> int:
        """The progress entries that nobody approved or returned yet."""

    @property
    def is_lasting(self) -> bool:
        """Whether it, or its problem, is 长期坚持."""


def problem_received(facts: MeasureFacts) -> str:
    """Why work may not begin before the problem was received, or ""."""
    return "" if facts.is_received else "所属问题尚未签收。"


def targets_reached(facts: MeasureFacts) -> str:
    """Why it is not finished while an indicator is below its target, or ""."""
    return f"指标还没有达到目标：{'；'.join(facts.below_target)}。" if facts.below_target else ""


def milestones_reached(facts: MeasureFacts) -> str:
    """Why it is not finished while a milestone is open, or ""."""
    left = facts.milestones_open
    return f"还有{len(left)}个节点没有到达：{'；'.join(left)}。" if left else ""


def proven_by_files(facts: MeasureFacts) -> str:
    """Why it is not finished without evidence, or ""."""
    return "" if facts.files else "还没有佐证材料。"


def entries_settled(facts: MeasureFacts) -> str:
    """Why it is not finished while an entry waits, or ""."""
    return f"还有{facts.entries_waiting}条进展没有审核。" if facts.entries_waiting else ""


def lasting(facts: MeasureFacts) -> str:
    """Why it does not become long-term, or ""."""
    return "" if facts.is_lasting else "这项措施没有要求长期坚持。"


S, C = MeasureState, Capacity
DOERS = frozenset({C.RESPONSIBLE, C.LEAD, C.CONSEQUENCE})
DOER = frozenset({C.RESPONSIBLE})  # not the lead, who confirms it
CONFIRMERS = frozenset({C.LEAD, C.COUNTY})
RECEIVED = Condition("所属问题已签收", problem_received)
PROOF = (
    Condition("指标达到目标", targets_reached),
    Condition("节点全部到达", milestones_reached),
    Condition("有佐证材料", proven_by_files),
    Condition("进展都已审核", entries_settled),
)
MEASURE = Flow(
    "measure",
    S.NOT_STARTED,
    STATES,
    (
        Move("start", "启动", (S.NOT_STARTED,), S.UNDER_WAY, DOERS, (RECEIVED,), tells=("lead",)),
        Move("finish", "完成", (S.UNDER_WAY,), S.FINISHED, DOER, PROOF, tells=("lead",)),
        Move("confirm", "确认", (S.FINISHED,), S.CONFIRMED, CONFIRMERS, tells=("responsible",)),
        Move(
            "return",
            "退回",
            (S.FINISHED,),
            S.UNDER_WAY,
            CONFIRMERS,
            note_required=True,
            tells=("responsible",),
        ),
        Move(
            "sustain",
            "转长期坚持",
            (S.UNDER_WAY,),
            S.SUSTAINED,
            frozenset({C.LEAD}),
            (Condition("要求长期坚持", lasting), Condition("有佐证材料", proven_by_files)),
            tells=("responsible",),
        ),
        Move(
            "reopen",
            "重新推进",
            (S.CONFIRMED, S.SUSTAINED),
            S.UNDER_WAY,
            frozenset({C.CONSEQUENCE}),
            opens_round=True,
            tells=("responsible", "lead"),
        ),
    ),
    frozenset({S.CONFIRMED, S.SUSTAINED}),
)
