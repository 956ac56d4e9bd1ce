"""Lateness is arithmetic: the light and its reason on a given day."""

from datetime import date

import pytest

from bihuan.matters.rules.lateness import standing

TODAY = date(2022, 7, 4)


@pytest.mark.parametrize(
    ("due_on", "done_on", "word", "reason"),
    [
        (date(2022, 7, 1), None, "超期", "超期3天"),
        (date(2022, 7, 4), None, "临期", "今天到期"),
        (date(2022, 7, 14), None, "临期", "余10天"),
        (date(2022, 7, 15), None, "正常", "余11天"),
        (date(2022, 7, 1), date(2022, 7, 2), "正常", ""),
        (None, None, "未到期", "没有日期"),
    ],
)
def test_a_matter_stands_as_its_dates_say(due_on: date | None, done_on: date | None, word: str, reason: str) -> None:
    found = standing(due_on, done_on, TODAY, due_soon_days=10)

    assert (found.word, found.reason) == (word, reason)
