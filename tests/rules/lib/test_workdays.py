"""Working days: statutory holidays, make-up days, corrections, and years whose table is not out yet."""

from datetime import date

import pytest

from bihuan.lib.workdays import Workdays


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
