"""How long a public notice (公示) runs: its end, the sentence that says so, and what is left of it on a day.

Hides the two ways of counting. In both the first and the last day count; 工作日 leaves out days of rest and counts
make-up days, 自然日 counts every day and does not move an end that falls on a day of rest.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bihuan.lib.flow import Refused
from bihuan.lib.workdays import Workdays


class CountedAs(StrEnum):
    """What the days of a notice are."""

    WORKING = "工作日"
    CALENDAR = "自然日"


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """A notice of so many days, put up on `start`. `counted_from` is the first day that counts, `end` the last.

    `is_settled` is False where the make-up days of a year in it are not published yet.
    """

    start: date
    counted_from: date
    end: date
    days: int
    counted_as: CountedAs
    is_settled: bool

    @property
    def sentence(self) -> str:
        """公示期2025年10月30日至11月12日（10个工作日）; says when it was put up on a day of rest."""
        notes = [f"{self.days}{'天' if self.counted_as == CountedAs.CALENDAR else '个工作日'}"]
        if self.counted_from != self.start:
            notes.append(f"{_said(self.start)}为休息日，自{_said(self.counted_from, self.start)}起算")
        if not self.is_settled:
            notes.append("按法定节假日推算，调休待公布")
        return f"公示期{_said(self.start)}至{_said(self.end, self.start)}（{'，'.join(notes)}）"

    def remaining(self, day: date, workdays: Workdays) -> int:
        """How many of its days are left, that day counted: all before it begins, none behind its end.

        Working days of the calendar as it now stands, or calendar days, as the notice counts them.
        """
        if day > self.end:
            return 0
        left = workdays.between(max(day, self.counted_from), self.end)
        return left.calendar_days if self.counted_as == CountedAs.CALENDAR else left.working_days


def issued(start: date, end: date, days: int, counted_as: str) -> NoticePeriod:
    """A notice as it was put up: its end stays, whatever the calendar says later."""
    return NoticePeriod(start, start, end, days, CountedAs(counted_as), is_settled=True)


def notice_end(start: date, days: int, counted_as: CountedAs, workdays: Workdays) -> NoticePeriod:
    """The period of a notice put up on that day.

    Counted in working days and put up on a day of rest, its first counted day is the next working one; the sentence
    says so. Refuses fewer than one day.
    """
    if days < 1:
        raise Refused("公示期至少一天。")
    if counted_as == CountedAs.CALENDAR:
        return NoticePeriod(start, start, start + timedelta(days=days - 1), days, counted_as, is_settled=True)
    first, span = workdays.last_of(start, 1), workdays.last_of(start, days)
    return NoticePeriod(start, first.end, span.end, days, counted_as, is_settled=not span.unknown_years)


def _said(day: date, beside: date | None = None) -> str:
    year = "" if beside and beside.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
