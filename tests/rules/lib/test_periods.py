"""Reporting periods: their names, edges and neighbours, over the ends of months and years."""

from datetime import date, timedelta

import pytest

from bihuan.lib.periods import KIND_LABELS, Kind, Period, period_of


def said(period: Period) -> tuple[str, str, str]:
    return (period.name, period.start.isoformat(), period.end.isoformat())


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2022-12-12", ["2022年第50周", "2022年12月中旬", "2022年12月上半月", "2022年12月", "2022年第四季度"]),
        ("2022-01-01", ["2021年第52周", "2022年1月上旬", "2022年1月上半月", "2022年1月", "2022年第一季度"]),
        ("2021-01-03", ["2020年第53周", "2021年1月上旬", "2021年1月上半月", "2021年1月", "2021年第一季度"]),
        ("2024-12-30", ["2025年第1周", "2024年12月下旬", "2024年12月下半月", "2024年12月", "2024年第四季度"]),
        ("2024-02-29", ["2024年第9周", "2024年2月下旬", "2024年2月下半月", "2024年2月", "2024年第一季度"]),
        ("2023-06-15", ["2023年第24周", "2023年6月中旬", "2023年6月上半月", "2023年6月", "2023年第二季度"]),
        ("2023-07-16", ["2023年第28周", "2023年7月中旬", "2023年7月下半月", "2023年7月", "2023年第三季度"]),
    ],
)
def test_one_day_falls_in_one_period_of_every_kind(day: str, names: list[str]) -> None:
    assert [one.name for one in (period_of(kind, date.fromisoformat(day)) for kind in Kind)] == names


@pytest.mark.parametrize(
    ("kind", "day", "start", "end"),
    [
        (Kind.WEEK, "2023-01-01", "2022-12-26", "2023-01-01"),
        (Kind.TEN_DAYS, "2022-02-21", "2022-02-21", "2022-02-28"),
        (Kind.TEN_DAYS, "2022-12-10", "2022-12-01", "2022-12-10"),
        (Kind.TEN_DAYS, "2022-12-11", "2022-12-11", "2022-12-20"),
        (Kind.HALF_MONTH, "2022-12-15", "2022-12-01", "2022-12-15"),
        (Kind.HALF_MONTH, "2022-12-16", "2022-12-16", "2022-12-31"),
        (Kind.MONTH, "2024-02-10", "2024-02-01", "2024-02-29"),
        (Kind.QUARTER, "2023-03-31", "2023-01-01", "2023-03-31"),
        (Kind.QUARTER, "2023-10-01", "2023-10-01", "2023-12-31"),
    ],
)
def test_a_period_begins_and_ends_where_the_calendar_says(kind: Kind, day: str, start: str, end: str) -> None:
    assert said(period_of(kind, date.fromisoformat(day)))[1:] == (start, end)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (Kind.WEEK, "2021年第51周", "2022年第1周"),
        (Kind.TEN_DAYS, "2021年12月下旬", "2022年1月中旬"),
        (Kind.HALF_MONTH, "2021年12月下半月", "2022年1月下半月"),
        (Kind.MONTH, "2021年12月", "2022年2月"),
        (Kind.QUARTER, "2021年第四季度", "2022年第二季度"),
    ],
)
def test_the_neighbours_lie_over_the_end_of_the_year(kind: Kind, before: str, after: str) -> None:
    period = period_of(kind, date(2022, 1, 1))

    assert (period.before().name, period.after().name) == (before, after)


@pytest.mark.parametrize("kind", list(Kind))
def test_periods_follow_one_another_without_gap_or_overlap(kind: Kind) -> None:
    period, day = period_of(kind, date(2019, 12, 20)), date(2019, 12, 20)
    while day < date(2025, 1, 10):
        assert period_of(kind, day) == period
        day += timedelta(days=1)
        if day not in period:
            assert (period.after().start, period.after().before()) == (day, period)
            period = period.after()


def test_every_kind_has_its_word() -> None:
    assert [KIND_LABELS[kind] for kind in Kind] == ["周", "旬", "半月", "月", "季"]


@pytest.mark.parametrize("day", [date.min, date.max, date(1949, 12, 31)])
def test_a_year_that_no_report_is_of_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match=rf"^{day.year}年不在可以报送的年份内，请核对日期。$"):
        period_of(Kind.WEEK, day)
