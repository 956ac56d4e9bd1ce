"""The board of open petitions: which step a petition waits for, how many days are left, where every petition counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.petitions.rules.closings import CLOSED, OPEN, STAGED
from bihuan.petitions.rules.petition import PetitionState

S = PetitionState
STEPS: dict[str, tuple[PetitionState, ...]] = {
    "待交办": (S.IN_TRAY,),
    "待签收": (S.ASSIGNED,),
    "办理中": (S.HANDLING,),
    "待县审": (S.COUNTY_REVIEW,),
    "待市审": (S.CITY_REVIEW,),
    "反馈后整改": (S.ANSWERED, S.DISCLOSED),
    "待验收": (S.ACCEPTING,),
}
"""{what it waits for: the states}, in the order of the work."""

STANDS = {S.TRANSFERRED: "已移送", S.MERGED: "并案", S.SIGNED_OFF: "已销号", S.ACCEPTING: "验收中"}
WHERE = (OPEN, STAGED, CLOSED, "验收中", "已销号", "已移送", "并案")
"""Where every petition counts once (3-lifecycles.md §3.3 of the common spec)."""

FINISHED = (CLOSED, "验收中", "已销号", STAGED)
"""Those of `WHERE` that the rate of the finished counts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the board: its name, how loud it is, the days of its deadlines from and to (None: no bound)."""

    name: str
    light: str
    first: date | None
    last: date | None
    is_dated: bool = True


def rows(today: date) -> tuple[Row, ...]:
    """The rows of today, the most pressing first."""
    day = timedelta(days=1)
    return (
        Row("超期", "over", None, today - day),
        Row("今天", "late", today, today),
        Row("余1—2天", "due", today + day, today + 2 * day),
        Row("余3—5天", "none", today + 3 * day, today + 5 * day),
        Row("余6天以上", "none", today + 6 * day, None),
        Row("未起算", "none", None, None, is_dated=False),
    )


def where(state: str, closing: str) -> str:
    """Where a petition counts, by its state, else by its closing; one that says nothing of its closing is open."""
    return STANDS.get(PetitionState(state), closing if closing in (STAGED, CLOSED) else OPEN)


def rate(part: int, whole: int) -> str:
    """A rate in percent with two digits, without zeros that say nothing; "" of nothing. Halves are rounded up."""
    if not whole:
        return ""
    hundredths = (part * 20_000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".") + "%"
