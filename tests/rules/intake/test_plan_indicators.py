"""What measures count: named as a clerk would name them, and nothing that only looks like a target."""

import pytest

from bihuan.intake.formats.plan.indicators import indicators_field
from bihuan.lib.paper.document import Span
from bihuan.lib.paper.passage import passage


def indicators(text: str) -> list[tuple[str, float, str, str | None]]:
    value = indicators_field([passage(text, Span(0, len(text)))]).value
    return [(one["name"], one["target"], one["unit"], one["bound"]) for one in value] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年9月底前封填5眼，10月15日前累计封填14眼，10月底前全部封填20眼。", [("封填", 20, "眼", None)]),
        ("2022 年 9 月底前封填5眼。", [("封填", 5, "眼", None)]),
        ("汛期前完成12处溢流口整治。", [("溢流口整治", 12, "处", None)]),
        ("2022年底前完成3座超负荷污水处理厂扩容。", [("超负荷污水处理厂扩容", 3, "座", None)]),
        ("接通3家企业替代水源。", [("接通企业替代水源", 3, "家", None)]),
        ("开展质量抽查，抽查比例达到30%以上。", [("抽查比例", 30, "%", "以上")]),
        ("路检路查超标率降到5%以下。", [("路检路查超标率", 5, "%", "以下")]),
        ("新增渗滤液处理能力每日300吨。", [("新增渗滤液处理能力", 300, "吨/日", None)]),
        ("新增监测点位6处和微型站3个", [("新增监测点位", 6, "处", None), ("微型站", 3, "个", None)]),
        ("2022年底前完成20家升级改造；2023年6月底前完成其余16家。", [("升级改造", 20, "家", None)]),
        (
            "培训干部200人次以上，检查企业不少于3000家次。",
            [("培训干部", 200, "人次", "以上"), ("检查企业", 3000, "家次", None)],
        ),
        ("推广测土配方施肥120万亩次。", [("推广测土配方施肥", 120, "万亩次", None)]),
        ("农药使用量较2020年减少5%。", [("农药使用量较2020年减少", 5, "%", None)]),
        ("建筑工地“六个百分之百”落实率达到100%。", [("建筑工地“六个百分之百”落实率", 100, "%", None)]),
        ("至少召开1次调度会。", [("召开调度会", 1, "次", None)]),
        ("拆除4.3米焦炉2座。", [("拆除4.3米焦炉", 2, "座", None)]),
        ("新建2台30万千瓦机组。", [("新建30万千瓦机组", 2, "台", None)]),
        ("清运2万吨垃圾。", [("清运垃圾", 2, "万吨", None)]),
    ],
)
def test_what_is_to_be_reached_is_named_without_its_dates(text: str, expected: list[tuple[object, ...]]) -> None:
    assert indicators(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "每季度至少开展1次专题学习。",
        "市政府常务会每季度至少研究1次生态环境保护工作。",
        "每月开展2次以上柴油货车联合执法。",
        "对3个项目逐一核查，2022年9月底前依法处理到位。",
        "建立一井一档，2022年底前完成。",
        "淘汰4.3米焦炉。",
        "淘汰35蒸吨以下燃煤锅炉。",
        "建成年产5万吨水泥生产线。",
    ],
)
def test_what_comes_back_or_is_only_spoken_of_is_no_indicator(text: str) -> None:
    assert indicators(text) == []


def test_a_name_from_both_sides_of_the_number_says_so() -> None:
    field = indicators_field([passage("接通3家企业替代水源。", Span(0, 11))])

    assert (field.derived, field.raw) == ("数量前后的词合为名称", "接通3家企业替代水源")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("更换膜1套，处理能力由100吨/日提升至200吨/日。", [("更换膜", None, 1), ("处理能力", 100, 200)]),
        ("配套率从2020年的71%提高到97%以上。", [("配套率", 71, 97)]),
        ("将收集率由45.5%提升至70%左右；改造6处。", [("收集率", 45.5, 70), ("改造", None, 6)]),
    ],
)
def test_what_a_figure_starts_from_is_its_baseline(text: str, expected: list[tuple[object, ...]]) -> None:
    value = indicators_field([passage(text, Span(0, len(text)))]).value

    assert isinstance(value, list)
    assert [(one["name"], one.get("baseline"), one["target"]) for one in value] == expected
