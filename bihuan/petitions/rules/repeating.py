"""The lifecycle of two petitions that may be one (疑似重复): proposed by likeness, judged by a person; and what may be
merged. Nothing is merged by itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.rules.petition import STATES as PETITION_STATES
from bihuan.petitions.rules.petition import PetitionState


class PairState(StrEnum):
    """Where a pair stands."""

    PROPOSED = "proposed"
    REPEATED = "repeated"
    SAME_OBJECT = "same_object"
    UNRELATED = "unrelated"


STATES: dict[str, str] = {
    PairState.PROPOSED: "待研判",
    PairState.REPEATED: "确认重复",
    PairState.SAME_OBJECT: "同一对象",
    PairState.UNRELATED: "不是一件",
}


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What the steps of a pair ask: whether one of the two was merged into the other."""

    is_merged: bool


def not_merged(facts: PairFacts) -> str:
    """Why a judgement stays as it is, or ""."""
    return "这两件已并案；要重新研判，先在信访件上更正并案。" if facts.is_merged else ""


S, C = PairState, Capacity
JUDGES = frozenset({C.OFFICE, C.OFFICE_HEAD, C.PETITION_DESK})
UNMERGED = Condition("两件没有并案", not_merged)
REPEAT = Flow(
    "repeat",
    S.PROPOSED,
    STATES,
    (
        Move("confirm", "认定重复", (S.PROPOSED, S.SAME_OBJECT), S.REPEATED, JUDGES),
        Move("part", "同一对象，分别办理", (S.PROPOSED, S.REPEATED), S.SAME_OBJECT, JUDGES, (UNMERGED,)),
        Move("dismiss", "不是一件", (S.PROPOSED,), S.UNRELATED, JUDGES, (UNMERGED,), note_required=True),
        Move(
            "judge_again",
            "重新研判",
            (S.REPEATED, S.SAME_OBJECT, S.UNRELATED),
            S.PROPOSED,
            JUDGES,
            (UNMERGED,),
            note_required=True,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """What merging asks of two petitions: whether they are one row, of one city; where the other stands; whether others
    were merged into this one.
    """

    is_itself: bool
    is_one_city: bool
    target_state: str
    is_target_withdrawn: bool
    has_merged: bool


def merge_refusal(facts: MergeFacts) -> str:
    """Why a petition may not be merged into another one, or ""."""
    state = PETITION_STATES.get(PetitionState(facts.target_state), "")
    answers = (
        (facts.is_itself, "不能并入自己。"),
        (not facts.is_one_city, "不在同一个市，不能并案。"),
        (facts.is_target_withdrawn, "要并入的一件已撤回导入。"),
        (facts.target_state == PetitionState.MERGED, "要并入的一件自己已并案，请并入它并入的那一件。"),
        (facts.target_state == PetitionState.TRANSFERRED, f"要并入的一件{state}，不能并入。"),
        (facts.has_merged, "已有别的信访件并入这一件，请先更正那次并案，再并。"),
    )
    return next((sentence for holds, sentence in answers if holds), "")


ELSEWHERE = "与要并入的一件不在同一个行政区域，请在意见里写明为什么并案。"
LEAST = 4  # letters of a reason to merge across regions
