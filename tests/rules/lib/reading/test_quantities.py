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
        ("至少召开1次调度会", [("召开", 1, "次", "")]),
        ("清运2万吨垃圾、整治30公里河道", [("清运", 2, "万吨", ""), ("整治", 30, "公里", "")]),
        ("处置5万吨化工厂残渣", [("处置", 5, "万吨", "")]),
        ("治理300米排水设施", [("治理", 300, "米", "")]),
        ("新增3万吨/日污水处理能力", [("新增", 3, "万吨/日", "")]),
        ("污水日处理能力达到5万吨以上", [("污水日处理能力", 5, "万吨", "以上")]),
        ("清运5万吨垃圾至填埋场", [("清运", 5, "万吨", "")]),
    ],
)
def test_quantities_are_found_with_what_they_count(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert [(one.name, one.amount, one.unit, one.bound) for one in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("淘汰4.3米焦炉", []),
        ("关停20万千瓦机组", []),
        ("对10万吨级泊位进行改造", []),
        ("建成年产5万吨的水泥生产线", []),
        ("改造日处理3万吨污水处理厂，新增管网42公里", [("新增管网", 42, "公里")]),
        ("拆除4.3米焦炉2座", [("拆除4.3米焦炉", 2, "座")]),
        ("淘汰35蒸吨/小时以下燃煤锅炉10台", [("淘汰35蒸吨/小时以下燃煤锅炉", 10, "台")]),
        ("新建2台30万千瓦机组", [("新建", 2, "台")]),
        ("拆除4.3米焦炉至少2座", [("拆除4.3米焦炉", 2, "座")]),
    ],
)
def test_a_size_that_describes_a_thing_counts_nothing(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(one.name, one.amount, one.unit) for one in quantities(text)] == expected


def test_a_quantity_says_where_it_stands() -> None:
    text = "改造；新建 污水管网42公里。"

    (read,) = quantities(text)

    assert text[read.start : read.end] == "42公里"
    assert text[read.name_start : read.start] == "新建 污水管网"
