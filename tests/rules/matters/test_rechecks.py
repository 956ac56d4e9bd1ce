"""What sign-off starts: re-checks on month ends and days of rest, the yearly proof, and a draw anybody can repeat."""

import subprocess
from collections.abc import Collection
from datetime import date

import pytest

from bihuan.lib.flow import Refused
from bihuan.lib.workdays import Workdays
from bihuan.matters.rules.rechecks import Draw, after_months, draw, next_proof, planned

WORKDAYS = Workdays()
CODES = [f"B1-P{number:03}" for number in range(1, 201)]


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [
        ("2022-11-30", 3, "2023-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2022-08-31", 6, "2023-02-28"),
        ("2023-02-28", 6, "2023-08-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2022-12-31", 12, "2023-12-31"),
        ("2022-10-15", 3, "2023-01-15"),
        ("2022-12-01", 1, "2023-01-01"),
        ("2022-05-31", 1, "2022-06-30"),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day: str, months: int, reached: str) -> None:
    assert after_months(date.fromisoformat(day), months).isoformat() == reached


def test_each_re_check_counts_from_the_sign_off_and_falls_on_a_working_day() -> None:
    found = planned(date(2023, 7, 1), WORKDAYS)

    assert [(one.months, one.reached_on.isoformat(), one.due_on.isoformat(), one.reason) for one in found] == [
        (3, "2023-10-01", "2023-10-07", "销号满3个月（2023-10-01），当天休息，顺延至2023-10-07。"),
        (6, "2024-01-01", "2024-01-02", "销号满6个月（2024-01-01），当天休息，顺延至2024-01-02。"),
        (12, "2024-07-01", "2024-07-01", "销号满12个月（2024-07-01）。"),
    ]


def test_the_office_settles_other_months_and_none_comes_twice() -> None:
    assert [one.months for one in planned(date(2023, 3, 15), WORKDAYS, (24, 1, 24))] == [1, 24]


def test_a_year_without_its_table_is_said() -> None:
    found = planned(date(2029, 11, 30), WORKDAYS, (3,))[0]

    assert (found.is_settled, found.due_on) == (False, date(2030, 2, 28))
    assert found.reason == "销号满3个月（2030-02-28），按法定节假日推算，调休待公布。"


@pytest.mark.parametrize("months", [(), (0, 3), (-1,)])
def test_a_plan_without_a_re_check_is_refused(months: Collection[int]) -> None:
    with pytest.raises(Refused, match=r"^复查至少安排一次，每次在销号满一个月之后。$"):
        planned(date(2023, 3, 15), WORKDAYS, months)


def test_the_next_proof_counts_from_the_last_one_not_from_the_first() -> None:
    first = next_proof(date(2023, 4, 28), WORKDAYS)

    assert first.due_on == date(2024, 4, 28)  # a Sunday that is worked
    assert next_proof(date(2024, 3, 20), WORKDAYS).due_on == date(2025, 3, 20)


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_list() -> None:
    drawn = draw(CODES, "2022-12-05 第3次", count=10)

    assert draw(CODES[::-1], "2022-12-05 第3次", count=10) == drawn
    assert draw(set(CODES), "2022-12-05 第3次", percent=5) == drawn
    assert draw(CODES, "2022-12-05 第4次", count=10).drawn != drawn.drawn


def test_a_draw_is_repeated_by_hand_as_its_sentence_says() -> None:
    drawn = draw(CODES[:8], "7", percent=30)

    by_hand = sorted(
        CODES[:8],
        key=lambda code: (
            subprocess.run(["/usr/bin/sha256sum"], input=f"7 {code}".encode(), stdout=-1, check=True).stdout
        ),
    )
    assert list(drawn.drawn) == by_hand[:3]
    assert drawn.sentence.startswith("随机抽取：种子“7”，共8件，抽取3件。复核方法：")


def disturbed(before: Draw, after: Draw) -> int:
    """How many of those drawn before are not drawn any more."""
    return len({*before.drawn} - {*after.drawn})


def test_one_code_more_puts_out_at_most_one_and_more_asked_for_keeps_all() -> None:
    before = [draw(CODES, "s", count=20), draw(CODES, "s", percent=10)]
    for more in (f"B2-P{number:03}" for number in range(40)):
        after = [draw([*CODES, more], "s", count=20), draw([*CODES, more], "s", percent=10)]
        assert [disturbed(*pair) <= 1 for pair in zip(before, after, strict=True)] == [True, True]
    assert draw(CODES, "s", count=30).drawn[:20] == before[0].drawn


def test_every_code_is_drawn_about_as_often() -> None:
    drawn = [code for seed in range(400) for code in draw(CODES[:20], str(seed), count=5).drawn]

    often = [drawn.count(code) for code in CODES[:20]]
    assert (min(often) > 70, max(often) < 130) == (True, True)  # 100 expected, 8.7 the standard deviation


@pytest.mark.parametrize(
    ("codes", "seed", "count", "percent", "sentence"),
    [
        (["A"], " ", 1, 0, "请写明抽取的种子；没有种子的抽取无法复核。"),
        (["A", "A"], "1", 1, 0, "名单里有重复的编号，请先去掉重复的再抽取。"),
        (["A"], "1", 0, 0, "请写明抽取的件数或比例，只写一样。"),
        (["A"], "1", 1, 50, "请写明抽取的件数或比例，只写一样。"),
        (["A", "B"], "1", 3, 0, "共2件，不能抽取3件。"),
        (["A", "B"], "1", 0, 101, "共2件，不能抽取3件。"),
        (["A", "B"], "1", -1, 0, "共2件，不能抽取-1件。"),
        ([], "1", 1, 0, "共0件，不能抽取1件。"),
    ],
)
def test_a_draw_that_cannot_be_made_is_refused(
    codes: list[str], seed: str, count: int, percent: int, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        draw(codes, seed, count=count, percent=percent)
    assert str(refused.value) == sentence
