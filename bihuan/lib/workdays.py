"""Working days in China: statutory holidays, make-up working days, and what an administrator corrected.

Hides where the tables come from (the `holidays` package) and how far they reach: a year whose make-up days are not yet
published is counted by the statutory holidays alone, and is named.
"""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_DAY = timedelta(days=1)


@cache
def _published() -> frozenset[int]:
    """The years whose make-up days are known. The package loads every country: only who counts days waits for it."""
    china = importlib.import_module("holidays.countries.china")
    return frozenset(china.ChinaStaticHolidays.special_public_holidays)


@cache
def _statutory(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The days off and the make-up working days of one year. Refuses years nobody can count."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"{year}年的节假日无法推算，请核对日期。")
    # A make-up day of one year may be bought with a holiday of the next (2011-12-31), so the neighbours are read, too.
    table = importlib.import_module("holidays").country_holidays("CN", years=range(year - 1, year + 2))
    return frozenset(day for day in table if day.year == year), frozenset(
        day for day in table.weekend_workdays if day.year == year
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Two days and what lies between them, both ends counted. `unknown_years`: those without a make-up table."""

    start: date
    end: date
    calendar_days: int
    working_days: int
    unknown_years: tuple[int, ...]

    def plain(self) -> dict[str, str | int | list[int]]:
        """The JSON form."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "calendar_days": self.calendar_days,
            "working_days": self.working_days,
            "unknown_years": list(self.unknown_years),
        }


@dataclass(frozen=True, slots=True)
class Workdays:
    """The calendar. `corrections` says for single days whether they are worked, and wins over every table.

    `settled` names years whose make-up days the corrections hold, though the package does not.
    """

    corrections: Mapping[date, bool] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        if day in self.corrections:
            return self.corrections[day]
        off, made_up = _statutory(day.year)
        return day in made_up or (day.weekday() < 5 and day not in off)

    def last_of(self, start: date, days: int) -> Span:
        """The period of `days` working days beginning on `start`, the first day counted if it is worked.

        Refuses fewer than one day.
        """
        if days < 1:
            raise ValueError("工作日数应为不小于1的整数。")
        counted, day = 0, start - _DAY
        while counted < days:
            day += _DAY
            counted += self.is_working(day)
        return self.between(start, day)

    def between(self, start: date, end: date) -> Span:
        """Calendar and working days from `start` to `end`, both counted. Refuses an end before the start."""
        if end < start:
            raise ValueError(f"结束日期{end.isoformat()}早于开始日期{start.isoformat()}。")
        return Span(
            start,
            end,
            (end - start).days + 1,
            sum(self.is_working(day) for day in _days(start, end)),
            self.unknown_years(start, end),
        )

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years from `start` to `end` whose make-up days are not published (按法定节假日推算，调休待公布)."""
        return tuple(year for year in range(start.year, end.year + 1) if year not in _published() | self.settled)


class Count:
    """How many working days pass between two days, by one calendar: a year is counted once and looked up from then on.

    For sums over thousands of matters, where `Workdays.between` would go from day to day each time.
    """

    __slots__ = ("_unknown", "_workdays", "_years")

    def __init__(self, workdays: Workdays) -> None:
        self._workdays = workdays
        self._years: dict[int, tuple[int, ...]] = {}
        self._unknown: dict[tuple[int, int], tuple[int, ...]] = {}

    def after(self, start: date, end: date) -> int:
        """The working days after `start` up to `end`, `end` counted; 0 where `end` is not after `start`."""
        if end <= start:
            return 0
        whole = sum(self._year(year)[-1] for year in range(start.year, end.year))
        return whole + self._year(end.year)[_of_year(end)] - self._year(start.year)[_of_year(start)]

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years from `start` to `end` whose make-up days are not published; none where `end` is before `start`."""
        years = start.year, end.year
        if years not in self._unknown:
            self._unknown[years] = self._workdays.unknown_years(start, end)
        return self._unknown[years]

    def _year(self, year: int) -> tuple[int, ...]:
        if year not in self._years:
            days = _days(date(year, 1, 1), date(year, 12, 31))
            self._years[year] = tuple(accumulate(self._workdays.is_working(day) for day in days))
        return self._years[year]


def _of_year(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal()


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=offset) for offset in range((end - start).days + 1))
