"""The parts of a measure against its indicator: the difference is named, and nothing is lost in the sum."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bihuan.rectification.rules.sharing import Wanted, balances, refusal, wanted_of

WELLS = Wanted("关停自备井", "眼", Decimal(20))
DAY = date(2022, 11, 30)


@pytest.mark.parametrize(
    ("given_out", "sentence"),
    [
        ((8, 9), "关停自备井要20眼，已分解17眼，还有3眼没有分到人。"),
        ((8, 12), "关停自备井要20眼，已分解20眼，正好分完。"),
        ((12, 12), "关停自备井要20眼，已分解24眼，多分了4眼。"),
    ],
)
def test_the_difference_is_named(given_out: tuple[int, ...], sentence: str) -> None:
    [found] = balances({1: WELLS}, [(1, Decimal(one), None) for one in given_out])

    assert found.sentence == sentence


def test_an_indicator_of_which_nothing_was_given_is_not_summed() -> None:
    assert balances({1: WELLS}, [(None, Decimal(3), None)]) == []


def test_the_way_from_a_baseline_is_what_is_shared_out() -> None:
    assert wanted_of("处理能力", "吨/日", Decimal(100), Decimal(200)).quantity == 100
    assert wanted_of("降尘量", "吨", Decimal(9), Decimal(7)).quantity == 2
    assert wanted_of("封填", "眼", None, Decimal(20)).quantity == 20


@pytest.mark.parametrize(
    ("project", "quantity", "due_on", "has_indicator", "sentence"),
    [
        (" ", None, None, False, "请写明项目或任务。"),
        ("封填", None, None, True, "选了指标，请填这一份的数量。"),
        ("封填", Decimal(0), None, True, "数量要大于零。"),
        ("封填", Decimal(3), date(2022, 12, 1), True, "这一份的时限晚于措施时限2022-11-30。"),
        ("封填", Decimal(3), DAY, True, ""),
    ],
)
def test_what_cannot_be_given_is_refused(
    project: str, quantity: Decimal | None, due_on: date | None, *, has_indicator: bool, sentence: str
) -> None:
    assert refusal(project, quantity, due_on, DAY, has_indicator=has_indicator) == sentence


@given(some.lists(some.decimals(1, 99, places=3), max_size=6))
def test_what_is_given_and_what_is_left_make_the_whole(parts: list[Decimal]) -> None:
    for one in balances({1: WELLS}, [(1, part, None) for part in parts]):
        assert one.given + one.difference == WELLS.quantity
