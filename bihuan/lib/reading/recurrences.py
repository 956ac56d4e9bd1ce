"""Reads a duty that comes back (每月10日、25日前, 每年6月底前, 每周五) into a rule of plain values.

Hides the many words for one interval.
"""

import re
from dataclasses import dataclass
from typing import Any

from bihuan.lib import chinese

_EVERY = {
    "年": "year",
    "年度": "year",
    "半年": "half_year",
    "季": "quarter",
    "季度": "quarter",
    "月": "month",
    "个月": "month",
    "两月": "two_months",
    "两个月": "two_months",
    "半月": "half_month",
    "半个月": "half_month",
    "旬": "ten_days",
    "周": "week",
    "星期": "week",
    "日": "day",
    "天": "day",
}
_INTERVALS = "|".join(sorted(_EVERY, key=len, reverse=True))
_RULE = re.compile(
    rf"每(?P<every>{_INTERVALS})(?P<months>(?:(?:\d{{1,2}}|十[一二]?|[一二三四五六七八九])月?[、和,])*"
    r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月)?(?P<days>(?:\d{1,2}[日号]?[、和,及])*\d{1,2}[日号])?(?P<last>年?[底末])?"
    r"(?P<weekday>[一二三四五六日天](?![次个项]))?"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule and where its words stand. `rule`: every, and as far as given months, days (-1 = the last), weekday."""

    rule: dict[str, Any]
    start: int
    end: int


def read(text: str) -> Recurrence | None:
    """The first recurring duty in a squeezed text, `None` if there is none."""
    found = _RULE.search(text)
    if not found:
        return None
    every = _EVERY[found["every"]]
    rule: dict[str, Any] = {"every": every}
    if found["months"]:
        rule["months"] = _numbers(found["months"])
    if found["days"]:
        rule["days"] = _numbers(found["days"])
    elif found["last"]:
        rule["days"] = [-1]
    if every == "week" and found["weekday"]:
        rule["weekday"] = "一二三四五六日".index(found["weekday"].replace("天", "日")) + 1
    return Recurrence(rule, *found.span())


def _numbers(words: str) -> list[int]:
    read = (chinese.number(part) for part in re.findall(r"\d+|[一二三四五六七八九十]+", words))
    return [number for number in read if number is not None]
