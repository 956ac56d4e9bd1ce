"""The periods that reports are made for: week, ten days, half-month, month, quarter; their names and edges.

Hides where each begins: a week on Monday, belonging to the year of its Thursday (GB/T 7408, ISO 8601); the last ten
days and the second half of a month last as long as the month does.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_DAY = timedelta(days=1)
_NUMERALS = "一二三四"


class Kind(StrEnum):
    """How long a period is; named as a recurring duty's rule names it."""

    WEEK = "week"
    TEN_DAYS = "ten_days"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"


KIND_LABELS = {
    Kind.WEEK: "周",
    Kind.TEN_DAYS: "旬",
    Kind.HALF_MONTH: "半月",
    Kind.MONTH: "月",
    Kind.QUARTER: "季",
}
# The days of a month on which a part of it begins, and what the parts are called.
_PARTS = {
    Kind.TEN_DAYS: ((1, "上旬"), (11, "中旬"), (21, "下旬")),
    Kind.HALF_MONTH: ((1, "上半月"), (16, "下半月")),
    Kind.MONTH: ((1, ""),),
}


@dataclass(frozen=True, slots=True)
class Period:
    """One period: its first and last day, both in it."""

    kind: Kind
    start: date
    end: date

    @property
    def name(self) -> str:
        """As a report's title names it: 2022年第50周, 2022年12月上半月, 2022年第四季度."""
        if self.kind == Kind.WEEK:
            year, week, _ = self.start.isocalendar()
            return f"{year}年第{week}周"
        if self.kind == Kind.QUARTER:
            return f"{self.start.year}年第{_NUMERALS[self.start.month // 3]}季度"
        part = next(name for first, name in _PARTS[self.kind] if first == self.start.day)
        return f"{self.start.year}年{self.start.month}月{part}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def before(self) -> "Period":
        """The period of the same kind that ends on the day before."""
        return period_of(self.kind, self.start - _DAY)

    def after(self) -> "Period":
        """The period of the same kind that begins on the day behind."""
        return period_of(self.kind, self.end + _DAY)


def period_of(kind: Kind, day: date) -> Period:
    """The period of that kind in which the day falls. Refuses a year that no report is of."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{day.year}年不在可以报送的年份内，请核对日期。")
    if kind == Kind.WEEK:
        start = day - timedelta(days=day.weekday())
        return Period(kind, start, start + timedelta(days=6))
    if kind == Kind.QUARTER:
        month = (day.month - 1) // 3 * 3 + 1
        return Period(kind, date(day.year, month, 1), _month_end(day.year, month + 2))
    first = max(first for first, _ in _PARTS[kind] if first <= day.day)
    last = next((begun - 1 for begun, _ in _PARTS[kind] if begun > day.day), 0)
    end = day.replace(day=last) if last else _month_end(day.year, day.month)
    return Period(kind, day.replace(day=first), end)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
