"""How long a public notice runs: real ones, ones counted by hand over every holiday, and what is left on a day."""

from datetime import date

import pytest

from bihuan.lib.flow import Refused
from bihuan.lib.workdays import Workdays
from bihuan.matters.rules.notice import CountedAs, notice_end

WORKDAYS = Workdays()
TEN_WORKING_DAYS = [
    # As real notices printed them.
    ("2025-10-30", "2025-11-12"),
    ("2025-07-23", "2025-08-05"),
    ("2026-01-27", "2026-02-09"),
    ("2025-07-03", "2025-07-16"),
    ("2023-12-14", "2023-12-27"),
    ("2025-01-21", "2025-02-08"),
    # Counted by hand with the State Council's notices (S4): over New Year,
    ("2021-12-27", "2022-01-10"),
    ("2024-12-26", "2025-01-09"),
    ("2025-12-26", "2026-01-09"),  # Sunday 01-04 worked
    # over Spring Festival,
    ("2021-02-08", "2021-02-25"),  # Saturday 02-20 worked
    ("2022-01-24", "2022-02-09"),  # Saturday 01-29 and Sunday 01-30 worked
    ("2023-01-16", "2023-02-01"),  # Saturday 01-28 and Sunday 01-29 worked
    ("2024-02-05", "2024-02-22"),  # New Year's Eve 02-09 and Sunday 02-18 worked
    ("2026-02-09", "2026-02-27"),  # Saturday 02-14 worked
    # over Labour Day and Dragon Boat,
    ("2021-04-23", "2021-05-08"),  # Sunday 04-25 and Saturday 05-08 worked
    ("2024-04-26", "2024-05-11"),  # Sunday 04-28 and Saturday 05-11 worked
    ("2023-06-19", "2023-07-03"),  # Sunday 06-25 worked
    # over National Day.
    ("2021-09-24", "2021-10-12"),  # Sunday 09-26 and Saturday 10-09 worked
    ("2022-09-26", "2022-10-12"),  # Saturday 10-08 and Sunday 10-09 worked
    ("2023-09-25", "2023-10-12"),  # Saturday 10-07 and Sunday 10-08 worked
    ("2024-09-27", "2024-10-15"),  # Sunday 09-29 and Saturday 10-12 worked
    ("2025-09-26", "2025-10-15"),  # Sunday 09-28 and Saturday 10-11 worked
    ("2026-09-28", "2026-10-15"),  # Saturday 10-10 worked
]


@pytest.mark.parametrize(("start", "end"), TEN_WORKING_DAYS)
def test_ten_working_days_end_where_a_person_counts_them(start: str, end: str) -> None:
    found = notice_end(date.fromisoformat(start), 10, CountedAs.WORKING, WORKDAYS)

    assert (found.end.isoformat(), found.counted_from, found.is_settled) == (end, found.start, True)


def test_other_lengths_of_real_notices() -> None:
    assert notice_end(date(2024, 10, 14), 5, CountedAs.WORKING, WORKDAYS).end == date(2024, 10, 18)
    assert notice_end(date(2021, 12, 24), 7, CountedAs.CALENDAR, WORKDAYS).end == date(2021, 12, 30)
    assert notice_end(date(2025, 5, 21), 8, CountedAs.WORKING, WORKDAYS).end == date(2025, 5, 30)


@pytest.mark.parametrize(
    ("start", "days", "counted_as", "sentence"),
    [
        ("2025-10-30", 10, CountedAs.WORKING, "公示期2025年10月30日至11月12日（10个工作日）"),
        ("2021-12-24", 7, CountedAs.CALENDAR, "公示期2021年12月24日至12月30日（7天）"),
        ("2025-12-26", 10, CountedAs.WORKING, "公示期2025年12月26日至2026年1月9日（10个工作日）"),
        (
            "2022-10-01",
            5,
            CountedAs.WORKING,
            "公示期2022年10月1日至10月12日（5个工作日，2022年10月1日为休息日，自10月8日起算）",
        ),
        (
            "2021-12-31",
            1,
            CountedAs.WORKING,
            "公示期2021年12月31日至12月31日（1个工作日）",
        ),
        ("2022-10-01", 5, CountedAs.CALENDAR, "公示期2022年10月1日至10月5日（5天）"),
        (
            "2029-03-01",
            2,
            CountedAs.WORKING,
            "公示期2029年3月1日至3月2日（2个工作日，按法定节假日推算，调休待公布）",
        ),
    ],
)
def test_the_sentence_says_from_when_to_when(start: str, days: int, counted_as: CountedAs, sentence: str) -> None:
    assert notice_end(date.fromisoformat(start), days, counted_as, WORKDAYS).sentence == sentence


def test_a_notice_put_up_on_a_day_of_rest_counts_from_the_next_working_day() -> None:
    found = notice_end(date(2024, 10, 5), 5, CountedAs.WORKING, WORKDAYS)

    assert (found.counted_from, found.end) == (date(2024, 10, 8), date(2024, 10, 12))  # a Saturday that is worked


@pytest.mark.parametrize(
    ("day", "working", "calendar"),
    [
        ("2024-09-30", 5, 10),  # before it is put up
        ("2024-10-05", 5, 10),
        ("2024-10-08", 5, 7),
        ("2024-10-12", 1, 3),
        ("2024-10-13", 0, 2),
        ("2024-10-14", 0, 1),
        ("2024-10-15", 0, 0),
    ],
)
def test_what_is_left_counts_the_day_itself(day: str, working: int, calendar: int) -> None:
    on = date.fromisoformat(day)

    found = [
        notice_end(date(2024, 10, 5), days, counted_as, WORKDAYS).remaining(on, WORKDAYS)
        for days, counted_as in ((5, CountedAs.WORKING), (10, CountedAs.CALENDAR))
    ]
    assert found == [working, calendar]


def test_a_corrected_calendar_moves_the_end() -> None:
    corrected = Workdays(corrections={date(2025, 10, 31): False})

    assert notice_end(date(2025, 10, 30), 10, CountedAs.WORKING, corrected).end == date(2025, 11, 13)


def test_a_notice_of_no_day_is_refused() -> None:
    with pytest.raises(Refused, match=r"^公示期至少一天。$"):
        notice_end(date(2025, 10, 30), 0, CountedAs.CALENDAR, WORKDAYS)
