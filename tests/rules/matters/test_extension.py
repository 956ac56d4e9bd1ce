"""When an extension can be asked for, and what stands in its place when it cannot."""

from datetime import date

import pytest

from bihuan.matters.rules.extension import closed, refusal

DUE, TODAY = date(2022, 12, 31), date(2022, 12, 12)


@pytest.mark.parametrize(
    ("due_on", "today", "is_pending", "said"),
    [
        (DUE, TODAY, False, ""),
        (DUE, DUE, False, ""),
        (DUE, date(2023, 1, 1), True, "时限2022-12-31已过，不能再申请延期。"),
        (None, TODAY, False, "这一件没有时限，不用申请延期。"),
        (DUE, TODAY, True, "已有一份延期申请还没有办完。"),
    ],
)
def test_what_stands_in_the_place_of_the_form(due_on: date | None, today: date, is_pending: bool, said: str) -> None:  # noqa: FBT001 -- a column of the table
    assert closed(due_on, today, is_pending=is_pending) == said


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (date(2032, 12, 31), ""),
        (date(2203, 3, 31), "延期后的时限2203-03-31在十年以后，请核对年份。"),
        (DUE, "延期后的时限要晚于现行时限2022-12-31。"),
    ],
)
def test_a_slip_in_the_year_is_no_extension(new: date, said: str) -> None:
    assert refusal(DUE, new, "冻土期不能施工", "3月底前封填完", TODAY) == said
