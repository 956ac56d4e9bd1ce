"""The lifecycle of a re-check (复查) after sign-off: planned, sent out, checked; it holds, or has rebounded."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class RecheckState(StrEnum):
    """Where a re-check stands."""

    PLANNED = "planned"
    SENT_OUT = "sent_out"
    CHECKED = "checked"
    HELD = "held"
    REBOUNDED = "rebounded"
    CANCELLED = "cancelled"


STATES: dict[str, str] = {
    RecheckState.PLANNED: "计划",
    RecheckState.SENT_OUT: "派出",
    RecheckState.CHECKED: "核查",
    RecheckState.HELD: "巩固",
    RecheckState.REBOUNDED: "反弹",
    RecheckState.CANCELLED: "取消",
}


@dataclass(frozen=True, slots=True)
class RecheckFacts:
    """What the steps of a re-check ask: whether its check was handed in, and what that found not reached."""

    has_check: bool
    not_reached: int


def check_handed_in(facts: RecheckFacts) -> str:
    """Why nothing can be said yet, or ""."""
    return "" if facts.has_check else "还没有这次复查的现场核查记录。"


def everything_reached(facts: RecheckFacts) -> str:
    """Why it may not be called lasting, or ""."""
    return f"核查记录里有{facts.not_reached}项未达到，不能认定巩固。" if facts.not_reached else ""


S, C = RecheckState, Capacity
SENDERS = frozenset({C.SUPERVISION, C.OFFICE_HEAD})
RECHECK = Flow(
    "recheck",
    S.PLANNED,
    STATES,
    (
        Move("send_out", "派出", (S.PLANNED,), S.SENT_OUT, SENDERS),
        Move(
            "hand_in",
            "核查",
            (S.PLANNED, S.SENT_OUT),
            S.CHECKED,
            frozenset({C.CONSEQUENCE}),
            (Condition("核查记录已交", check_handed_in),),
        ),
        Move(
            "hold",
            "认定巩固",
            (S.CHECKED,),
            S.HELD,
            SENDERS,
            (Condition("核查记录已交", check_handed_in), Condition("逐项达到", everything_reached)),
        ),
        Move(
            "rebound",
            "认定反弹",
            (S.CHECKED,),
            S.REBOUNDED,
            frozenset({C.CONSEQUENCE}),
            (Condition("核查记录已交", check_handed_in),),
        ),
        Move("prove", "经年度核验", (S.PLANNED, S.SENT_OUT, S.CHECKED), S.HELD, frozenset({C.CONSEQUENCE})),
        Move("cancel", "取消", (S.PLANNED, S.SENT_OUT), S.CANCELLED, SENDERS, note_required=True),
        Move("lapse", "不再复查", (S.PLANNED, S.SENT_OUT), S.CANCELLED, frozenset({C.CONSEQUENCE})),
    ),
    frozenset({S.HELD, S.REBOUNDED, S.CANCELLED}),
)
