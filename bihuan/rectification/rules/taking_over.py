"""Taking over (接管) what an office's own ledger says of a matter: where it stands, in its words and in ours.

Nothing here is a step: a matter that is taken over as closed was closed elsewhere, and says so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bihuan.rectification.rules.measure import MeasureState
from bihuan.rectification.rules.problem import ProblemState

# How a ledger calls where a matter stands → what it means; (of a problem, of a measure).
STANDINGS: dict[str, tuple[ProblemState, MeasureState]] = {
    "已交办": (ProblemState.ISSUED, MeasureState.NOT_STARTED),
    "正在整改": (ProblemState.RECTIFYING, MeasureState.UNDER_WAY),
    "已完成": (ProblemState.RECTIFYING, MeasureState.FINISHED),  # and not accepted: it is still to be applied for
    "已验收": (ProblemState.ACCEPTED, MeasureState.CONFIRMED),
    "公示中": (ProblemState.NOTICED, MeasureState.CONFIRMED),
    "已销号": (ProblemState.SIGNED_OFF, MeasureState.CONFIRMED),
    "已备案": (ProblemState.FILED, MeasureState.CONFIRMED),
    "长期坚持": (ProblemState.SUSTAINED, MeasureState.SUSTAINED),
}
WORDS: dict[str, tuple[str, ...]] = {
    "已交办": ("已下达", "未启动", "未开始", "尚未启动", "未整改", "未开展"),
    "正在整改": (
        "整改中",
        "推进中",
        "正在推进",
        "进行中",
        "正在实施",
        "未完成",
        "未完成整改",
        "部分完成",
        "达到序时进度",
        "达到时序进度",
        "未达到序时进度",
        "未达到时序进度",
        "未达序时进度",
        "序时推进",
        "按序时推进",
        "滞后",
        "进展滞后",
    ),
    "已完成": ("完成", "已完成整改", "完成整改", "整改完成", "已整改", "已整改完成", "已完成待验收", "待验收"),
    "已验收": ("验收通过", "已通过验收", "通过验收", "完成验收", "已完成验收"),
    "公示中": ("正在公示", "公示"),
    "已销号": ("销号", "完成销号", "已验收销号", "已完成销号", "已完成并销号", "已销号归档"),
    "已备案": ("备案", "销号备案", "已销号备案", "完成备案"),
    "长期坚持": ("持续推进", "长期推进", "持续坚持", "长期整改", "已完成并长期坚持"),
}
_MEANT = {word: standing for standing, words in WORDS.items() for word in (standing, *words)}
CLOSED = frozenset({"已销号", "已备案"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one matter stood in the ledger that was taken over: its words, what they mean, and from which row.

    `is_moved`: its deadline was put off; the first one is then `first_due_on`, None where it could not be read.
    """

    standing: str
    word: str
    place: str
    progress: str = ""
    closed_on: date | None = None
    first_due_on: date | None = None
    is_moved: bool = False
    filing_number: str = ""


def standing_of(word: str) -> str | None:
    """What a ledger's word means; None where it is not known, and must be asked."""
    return _MEANT.get(word.strip("。；; "))


def of_problem(standings: Collection[str]) -> str | None:
    """Where a problem stands whose measures have rows of their own: as all of them do, else still under way.

    None where nothing is said. A problem is never closed while one of its measures is not.
    """
    said = {*standings}
    if len(said) <= 1:
        return next(iter(said), None)
    return "已交办" if said <= {"已交办"} else "正在整改"
