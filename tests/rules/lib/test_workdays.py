"""Working days: statutory holidays, make-up days, corrections, and years whose table is not out yet."""

from datetime import date, timedelta

import pytest

from bihuan.lib.workdays import Count, Workdays


@pytest.mark.parametrize(
    ("start", "end", "calendar_days", "working_days"),
    [
        ("2025-10-30", "2025-11-12", 14, 10),
        ("2025-07-23", "2025-08-05", 14, 10),
        ("2026-01-27", "2026-02-09", 14, 10),
        ("2025-05-21", "2025-05-31", 11, 8),
        ("2021-12-24", "2021-12-30", 7, 5),
        ("2025-07-03", "2025-07-16", 14, 10),
        ("2024-10-14", "2024-10-18", 5, 5),
        ("2023-12-14", "2023-12-27", 14, 10),
        ("2025-01-21", "2025-02-08", 19, 10),
    ],
)
def test_periods_of_real_notices_count_as_printed(start: str, end: str, calendar_days: int, working_days: int) -> None:
    span = Workdays().between(date.fromisoformat(start), date.fromisoformat(end))

    assert (span.calendar_days, span.working_days, span.unknown_years) == (calendar_days, working_days, ())


@pytest.mark.parametrize(("start", "end"), [("2025-10-30", "2025-11-12"), ("2025-01-21", "2025-02-08")])
def test_the_last_day_of_ten_working_days_counts_the_first(start: str, end: str) -> None:
    assert Workdays().last_of(date.fromisoformat(start), 10).plain() == {
        "start": start,
        "end": end,
        "calendar_days": 14 if start == "2025-10-30" else 19,
        "working_days": 10,
        "unknown_years": [],
    }


def test_a_make_up_saturday_is_worked_and_an_ordinary_one_is_not() -> None:
    assert Workdays().is_working(date(2024, 10, 12))
    assert not Workdays().is_working(date(2024, 10, 19))


# As the State Council's notices (S4) print them, copied by hand: the rests of each year, then its make-up days.
PUBLISHED = {
    2021: (
        "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    2022: (
        "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: (
        "0101-0102 0121-0127 0405-0405 0429-0503 0622-0624 0929-1006 1230-1231",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: (
        "0101-0101 0210-0217 0404-0406 0501-0505 0610-0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: (
        "0101-0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_year_is_worked_as_its_notice_says(year: int) -> None:
    rests, made_up = PUBLISHED[year]
    off = {
        f"{start + timedelta(days=offset):%m%d}"
        for start, end in (
            [date(year, int(one[:2]), int(one[2:])) for one in rest.split("-")] for rest in rests.split()
        )
        for offset in range((end - start).days + 1)
    }
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(366 if year == 2024 else 365)]

    worked = {f"{day:%m%d}" for day in days if Workdays().is_working(day)}

    plain = {f"{day:%m%d}" for day in days if day.weekday() < 5}
    assert worked == (plain - off) | {*made_up.split()}


def test_a_make_up_day_bought_with_next_years_holiday_is_worked() -> None:
    assert Workdays().is_working(date(2011, 12, 31))


def test_a_correction_wins_over_the_table() -> None:
    corrected = Workdays(corrections={date(2025, 10, 31): False})

    assert not corrected.is_working(date(2025, 10, 31))
    assert corrected.last_of(date(2025, 10, 30), 10).end == date(2025, 11, 13)


def test_years_without_a_published_table_are_named_until_they_are_settled() -> None:
    assert Workdays().unknown_years(date(2026, 12, 1), date(2028, 1, 3)) == (2027, 2028)
    assert Workdays(settled=frozenset({2027})).unknown_years(date(2026, 12, 1), date(2028, 1, 3)) == (2028,)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^结束日期2025-01-01早于开始日期2025-01-02。$"):
        Workdays().between(date(2025, 1, 2), date(2025, 1, 1))


def test_fewer_than_one_working_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^工作日数应为不小于1的整数。$"):
        Workdays().last_of(date(2025, 1, 2), 0)


def test_a_year_nobody_can_count_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^9999年的节假日无法推算，请核对日期。$"):
        Workdays().is_working(date(9999, 12, 31))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-01-20", "2025-02-08"),
        ("2021-12-24", "2024-01-03"),
        ("2024-02-28", "2024-03-01"),
        ("2025-05-21", "2025-05-21"),
    ],
)
def test_days_are_counted_from_year_to_year_as_from_day_to_day(start: str, end: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    workdays = Workdays({date(2025, 1, 26): False, date(2023, 5, 6): False})

    counted = Count(workdays).after(first, last)

    assert counted == workdays.between(first, last).working_days - workdays.is_working(first)
    assert Count(workdays).after(last, first) == 0
