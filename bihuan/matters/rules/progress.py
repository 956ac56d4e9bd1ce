"""The lifecycle of a progress entry (进展填报): filled by one, approved by another, then frozen."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class ProgressState(StrEnum):
    """Where an entry stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


STATES: dict[str, str] = {
    ProgressState.SUBMITTED: "待审核",
    ProgressState.RETURNED: "已退回",
    ProgressState.APPROVED: "已审定",
    ProgressState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """What an entry's steps ask: whether whoever asks has filled it himself."""

    is_own: bool


def filled_by_another(facts: ProgressFacts) -> str:
    """Why it may not be approved by who wrote it, or ""."""
    return "这条是您自己填的，要由另一个人审核。" if facts.is_own else ""


def filled_by_himself(facts: ProgressFacts) -> str:
    """Why it may be taken back by nobody but who wrote it, or ""."""
    return "" if facts.is_own else "这条不是您填的，不能由您撤回。"


S, C = ProgressState, Capacity
APPROVERS = frozenset({C.RESPONSIBLE, C.LEAD, C.LEAD_HEAD})
FILLERS = frozenset({C.REPORTING, C.RESPONSIBLE, C.LEAD})
PROGRESS = Flow(
    "progress",
    S.SUBMITTED,
    STATES,
    (
        Move(
            "approve",
            "审定",
            (S.SUBMITTED,),
            S.APPROVED,
            APPROVERS,
            (Condition("由另一个人填写", filled_by_another),),
        ),
        Move("pass", "按规则免审", (S.SUBMITTED,), S.APPROVED, frozenset({C.CONSEQUENCE})),
        Move("return", "退回修改", (S.SUBMITTED,), S.RETURNED, APPROVERS, note_required=True),
        Move("submit_again", "重新送审", (S.RETURNED,), S.SUBMITTED, FILLERS),
        Move(
            "withdraw",
            "撤回",
            (S.SUBMITTED, S.RETURNED),
            S.WITHDRAWN,
            FILLERS,
            (Condition("由填报人撤回", filled_by_himself),),
        ),
    ),
    frozenset({S.APPROVED, S.WITHDRAWN}),
)
