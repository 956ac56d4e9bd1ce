"""The lifecycle of an intake (导入): previewed, then committed or discarded; a committed one may be withdrawn whole."""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class IntakeState(StrEnum):
    """Where an intake stands."""

    PREVIEWED = "previewed"
    COMMITTED = "committed"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


STATES: dict[str, str] = {
    IntakeState.PREVIEWED: "待写入",
    IntakeState.COMMITTED: "已写入",
    IntakeState.DISCARDED: "已放弃",
    IntakeState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True)
class IntakeFacts:
    """What the steps ask: whether there is anything to write, and how many matters somebody has worked on since; how
    many repeated numbers are undecided, how many questions about rows that are joined to another stand open.
    """

    records: int
    built_upon: int
    undecided: int = 0
    open_joined: int = 0


def something_read(facts: IntakeFacts) -> str:
    """Why an empty paper is not written, or ""."""
    return "" if facts.records else "没有读到问题、措施或信访件，没有可写入的内容。"


def numbers_decided(facts: IntakeFacts) -> str:
    """Why it is not clear yet which of the rows with one number are taken, or ""."""
    if facts.undecided:
        return f"有{facts.undecided}处编号重复还没有选定收哪一件，请先答复。"
    return f"并作一件的还有{facts.open_joined}处存疑没有答，请先答复。" if facts.open_joined else ""


def not_built_upon(facts: IntakeFacts) -> str:
    """Why it is too late to take it back, or ""."""
    return f"已有{facts.built_upon}件在它上面继续办理，不能整批撤回。" if facts.built_upon else ""


S, C = IntakeState, Capacity
OFFICE = frozenset({C.OFFICE, C.OFFICE_HEAD, C.PETITION_DESK})
INTAKE = Flow(
    "intake",
    S.PREVIEWED,
    STATES,
    (
        Move(
            "commit",
            "写入台账",
            (S.PREVIEWED,),
            S.COMMITTED,
            OFFICE,
            (Condition("读到了内容", something_read), Condition("编号重复的已选定", numbers_decided)),
        ),
        Move("discard", "放弃这次导入", (S.PREVIEWED,), S.DISCARDED, OFFICE),
        Move(
            "withdraw",
            "撤回这次导入",
            (S.COMMITTED,),
            S.WITHDRAWN,
            OFFICE,
            (Condition("没有人在它上面继续办理", not_built_upon),),
            note_required=True,
        ),
    ),
    frozenset({S.DISCARDED, S.WITHDRAWN}),
)
