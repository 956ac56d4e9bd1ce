"""What sign-off starts: the calendar of re-checks (复查), the yearly proof of 长期坚持, and the random draw.

Hides how months are counted (S5: the day of the same number, or the month's last; moved off a day of rest), and the
order that makes a draw one that anybody can repeat.
"""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from bihuan.lib.chinese import half_width
from bihuan.lib.flow import Refused
from bihuan.lib.workdays import Workdays
from bihuan.matters.rules.parameters import PROOF_MONTHS, RECHECK_MONTHS

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Planned:
    """One re-check: so many months after sign-off, the day that this reaches, and the working day on which it is due.

    `is_settled` is False where the make-up days of a year in between are not published yet.
    """

    months: int
    reached_on: date
    due_on: date
    is_settled: bool

    @property
    def reason(self) -> str:
        """Why it is due on that day, in a sentence."""
        said = f"销号满{self.months}个月（{self.reached_on.isoformat()}）"
        moved = "" if self.due_on == self.reached_on else f"，当天休息，顺延至{self.due_on.isoformat()}"
        return f"{said}{moved}{'' if self.is_settled else '，按法定节假日推算，调休待公布'}。"


def after_months(day: date, months: int) -> date:
    """The same day of the month so many months later; that month's last day where it is shorter (S5 §1)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_working(day: date, workdays: Workdays) -> date:
    """The day itself if it is worked, else the first working day behind it (S5 §2)."""
    while not workdays.is_working(day):
        day += timedelta(days=1)
    return day


def months_of(words: str) -> tuple[int, ...]:
    """The months that a setting names ("3,6,12"). Refuses anything but whole months, and none at all."""
    parts = [part.strip() for part in half_width(words).replace("、", ",").split(",") if part.strip()]
    if not parts or not all(part.isdecimal() and 0 < int(part) <= MOST_MONTHS for part in parts):
        raise Refused(f"复查的月数请写成“3,6,12”这样，每个在1到{MOST_MONTHS}之间。")
    return tuple(sorted({int(part) for part in parts}))


def planned(signed_off_on: date, workdays: Workdays, months: Collection[int] = RECHECK_MONTHS) -> tuple[Planned, ...]:
    """The re-checks that a sign-off plans, the earliest first; each is counted from the sign-off, none from another.

    Refuses a plan without a re-check, and one after less than a month.
    """
    if not months or min(months) < 1:
        raise Refused("复查至少安排一次，每次在销号满一个月之后。")
    return tuple(_planned(signed_off_on, count, workdays) for count in sorted(set(months)))


def next_proof(last_on: date, workdays: Workdays) -> Planned:
    """When a matter of 长期坚持 is proven next: a year after its last proof; after the sign-off while there is none."""
    return _planned(last_on, PROOF_MONTHS, workdays)


def _planned(start: date, months: int, workdays: Workdays) -> Planned:
    reached_on = after_months(start, months)
    due_on = next_working(reached_on, workdays)
    return Planned(months, reached_on, due_on, not workdays.unknown_years(reached_on, due_on))


@dataclass(frozen=True, slots=True)
class Draw:
    """What a draw drew, in its order. `seed` is the one it was asked with, `of` how many could be drawn."""

    seed: str
    of: int
    drawn: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """How to repeat it by hand."""
        return (
            f"随机抽取：种子“{self.seed}”，共{self.of}件，抽取{len(self.drawn)}件。"
            "复核方法：把“种子+一个空格+编号”按UTF-8逐件求SHA-256，按结果从小到大排列，取前列；"
            "单件可用命令 printf '%s %s' 种子 编号 | sha256sum 核对。"
        )


def draw(codes: Collection[str], seed: str, *, count: int = 0, percent: int = 0) -> Draw:
    """So many of the codes, or that share of them (rounded up), chosen by the seed and nothing else.

    A code's place depends on the seed and the code alone. So the order of the list does not matter; one code more puts
    out at most one that was drawn before, one code less brings in at most one; and who asks for more keeps what he had.

    Refuses a draw without a seed, of a code that stands twice, and of none or more than there are.
    """
    if not seed.strip():
        raise Refused("请写明抽取的种子；没有种子的抽取无法复核。")
    if len(set(codes)) < len(codes):
        raise Refused("名单里有重复的编号，请先去掉重复的再抽取。")
    if bool(count) == bool(percent):
        raise Refused("请写明抽取的件数或比例，只写一样。")
    wanted = count or -(-len(codes) * percent // 100)
    if not 0 < wanted <= len(codes):
        raise Refused(f"共{len(codes)}件，不能抽取{wanted}件。")
    return Draw(seed, len(codes), tuple(_in_order(codes, seed)[:wanted]))


def _in_order(codes: Collection[str], seed: str) -> Sequence[str]:
    return sorted(codes, key=lambda code: (sha256(f"{seed} {code}".encode()).hexdigest(), code))
