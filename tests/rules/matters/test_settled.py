"""Parameters of a rule set: what is stored, and what nobody could count with."""

from typing import Any

import pytest

from bihuan.lib.flow import Refused
from bihuan.matters.rules.settled import settled

BEFORE = {
    "due_soon_days": 30,
    "due_close_days": 7,
    "due_close_points": 80,
    "milestone_missed_days": 15,
    "tolerance_points": 10,
    "notice_counted_as": "工作日",
    "report_every": "week",
    "recheck_months": "3,6,12",
}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"due_close_days": 31}, "“将到期”的天数不能多于“临期提示”的天数：先提示，后转黄。"),
        ({"due_soon_days": 5}, "“将到期”的天数不能多于“临期提示”的天数：先提示，后转黄。"),
        ({"tolerance_points": 101}, "序时容差请填0到100之间的整数。"),
        ({"milestone_missed_days": -1}, "节点超期转红请填0到365之间的整数。"),
        ({"due_close_points": 101}, "将到期应完成请填0到100之间的整数。"),
        ({"notice_counted_as": "农历日"}, "公示期按工作日或自然日计算。"),
        ({"report_every": "year"}, "填报周期可选周、旬、半月、月、季。"),
        ({"recheck_months": "三个月"}, "复查的月数请写成“3,6,12”这样，每个在1到120之间。"),
    ],
)
def test_nonsense_is_refused_with_its_sentence(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        settled(values, BEFORE)

    assert str(refused.value) == sentence


def test_what_makes_sense_is_stored_in_one_writing() -> None:
    assert settled({"recheck_months": "12、３,6,6", "due_soon_days": 7}, BEFORE) == {
        "recheck_months": "3,6,12",
        "due_soon_days": 7,
    }
