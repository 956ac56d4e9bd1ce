"""Destroying (销毁) the key of a petitioner's data, when its time is over: one proposes, another confirms."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.organisation.rules.duties import Capacity


class DestructionState(StrEnum):
    """Where the destruction of a key stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    DONE = "done"


STATES: dict[str, str] = {
    DestructionState.PROPOSED: "待确认",
    DestructionState.REFUSED: "未同意",
    DestructionState.DONE: "已销毁",
}


@dataclass(frozen=True, slots=True)
class DestructionFacts:
    """What the steps ask: whether another than the proposer acts, why the time has not come ("" where it has), and
    whether his post lasts.
    """

    is_another: bool
    too_early: str
    is_lasting: bool


def by_another(facts: DestructionFacts) -> str:
    """Why the one who proposed it may not decide, or ""."""
    return "" if facts.is_another else "自己提出的，要由另一人确认。"


def kept_long_enough(facts: DestructionFacts) -> str:
    """Why it is too early, or ""."""
    return facts.too_early


def in_a_lasting_post(facts: DestructionFacts) -> str:
    """Why somebody whose post ends within the day may not decide, or ""."""
    return "" if facts.is_lasting else "销毁不能撤回，应急启封期间不办；请等主任回来确认。"


def too_early(signed_off_on: date | None, years: int, today: date) -> str:
    """Why a key may not be destroyed yet, or "": not before so many years after the petition was signed off."""
    if signed_off_on is None:
        return "这件信访还没有销号，举报人信息还要用。"
    due = date(signed_off_on.year + years, signed_off_on.month, min(signed_off_on.day, 28))
    return "" if today >= due else f"要保存到{due.isoformat()}(销号后{years}年)，现在不能销毁。"


S, C = DestructionState, Capacity
HEAD = frozenset({C.OFFICE_HEAD})
ANOTHER = Condition("不是自己提出的", by_another)
LASTING = Condition("不在应急启封期间", in_a_lasting_post)
OVER = Condition("保存期已满", kept_long_enough)
DESTRUCTION = Flow(
    "destruction",
    S.PROPOSED,
    STATES,
    (
        Move("confirm", "确认销毁", (S.PROPOSED,), S.DONE, HEAD, (ANOTHER, LASTING, OVER)),
        Move("refuse", "不同意销毁", (S.PROPOSED,), S.REFUSED, HEAD, (ANOTHER, LASTING), note_required=True),
    ),
    frozenset({S.DONE, S.REFUSED}),
)
