"""Quantities as they are read, and whole numbers out of what anybody may type."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bihuan.lib.quantity import MOST, plain, span, whole


@pytest.mark.parametrize(
    ("quantity", "words"), [(None, ""), (Decimal("20.000"), "20"), (Decimal("2.500"), "2.5"), (Decimal(9800), "9800")]
)
def test_zeros_that_say_nothing_are_left_out(quantity: Decimal | None, words: str) -> None:
    assert plain(quantity) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(hours=72), "72小时"),
        (timedelta(days=1), "24小时"),
        (timedelta(minutes=10), "10分钟"),
        (timedelta(minutes=90), "90分钟"),
    ],
)
def test_a_span_is_said_in_whole_hours_else_in_minutes(time: timedelta, words: str) -> None:
    assert span(time) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("0", 0), (7, 7), ("-1", None), ("1.5", None), ("", None), (None, None), (str(MOST + 1), None)],
)
def test_only_figures_name_a_whole_number(text: object, number: int | None) -> None:
    assert whole(text) == number


def test_a_number_beyond_its_bound_or_of_thousands_of_figures_is_none() -> None:
    assert [whole("9", most=9), whole("10", most=9), whole("9" * 5000)] == [9, None, None]
