"""Quantities in sentences: what is counted, how many, in which unit."""

import pytest

from bihuan.lib.reading.quantities import quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "新建管网42公里,改造雨污混接点136处",
            [("新建管网", 42, "公里", ""), ("改造雨污混接点", 136, "处", "")],
        ),
        ("综合利用率达到76%以上", [("综合利用率", 76, "%", "以上")]),
        ("新增库容约70万立方米", [("新增库容", 70, "万立方米", "")]),
        ("完成率百分之九十", [("完成率", 90, "%", "")]),
        ("2021年10月,建成3座", [("建成", 3, "座", "")]),
        ("压减取水1,200吨、投资5.5万元", [("压减取水", 1200, "吨", ""), ("投资", 5.5, "万元", "")]),
        ("栽植1000余株", [("栽植", 1000, "株", "")]),
        ("于2022年10月10日前按〔2022〕3号文件整改", []),
    ],
)
def test_quantities_are_found_with_what_they_count(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert [(one.name, one.amount, one.unit, one.bound) for one in quantities(text)] == expected


def test_a_quantity_says_where_it_stands() -> None:
    text = "改造；新建 污水管网42公里。"

    (read,) = quantities(text)

    assert text[read.start : read.end] == "42公里"
    assert text[read.name_start : read.start] == "新建 污水管网"
