"""The table that the public reads: each round's columns, and what it says is read back as it was."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from bihuan.intake.formats.petitions import understand_petitions
from bihuan.intake.formats.understood import Record, Understanding
from bihuan.lib.paper.reading import read_paper
from bihuan.petitions.rules.public_table import (
    FORMS,
    ROUND_3,
    ROUND_2018,
    ROUND_2018_REMARKS,
    ROUND_2021,
    ROUND_2022,
    PublicRow,
    PublicTable,
    public_table,
    wanting,
)

DAY = date(2022, 10, 9)
TRUTHS = ("属实", "部分属实", "基本属实", "不属实")
TYPES = ("大气", "水", "土壤", "噪声", "生态", "固废", "油烟", "辐射", "海洋", "其他")
PLACES = ("青县", "献县", "任丘市", "河间市", "渤海新区", "沧县")
CONTENTS = (
    "镇东街一家豆制品作坊，夜间排放污水，气味难闻。",
    "城东一处石料堆场没有苫盖，车辆通过时扬尘很大，已反映多次。",
    "1.村南道路积尘严重。2.村北沟渠水体发黑。",
    "小区楼下餐馆油烟扰民，凌晨仍在营业（24小时）。",
)
FINDINGS = (
    "经查，该作坊污水未经处理排入边沟，已建沉淀池一座。",
    "经现场核查，堆场已苫盖，北侧道路有积尘。",
    "6月10日，生态环境分局组织镇政府进行了调查，有关情况如下：沟渠长约1.5公里，有重型车辆行驶痕迹。",
)
HANDLING = (
    "已责令改正，设施已安装完毕。",
    "城管局已安排清扫，每日洒水3次。",
    "镇政府已对沟渠清淤。下一步，加强日常巡查。",
)


def invented(dice: random.Random, at: int) -> PublicRow:
    return PublicRow(
        number=f"{dice.choice('DX')}2HE20221008{at:04}",
        content=dice.choice(CONTENTS),
        is_key_case=dice.random() < 0.2,
        channel=dice.choice(("来电", "来信")),
        places=tuple(dice.sample(PLACES, dice.choice((1, 1, 1, 2)))),
        types=tuple(dice.sample(TYPES, dice.choice((1, 1, 2, 3)))),
        findings=dice.choice(FINDINGS),
        truth=dice.choice(TRUTHS),
        handling=dice.choice(HANDLING),
        goal=dice.choice(("停止夜间施工", "完成封场")),
        closing=dice.choice(("已办结", "阶段性办结", "正在办理")),
        accountability=dice.choice(("", "约谈2人。", "诫勉谈话1人")),
    )


def with_bars(table: PublicTable) -> tuple[str, bytes]:
    lines = [table.title, table.batch, *("|".join(row) for row in (table.headings, *table.rows)), *table.notes]
    return "公开.txt", "\n".join(lines).encode()


def with_tabs(table: PublicTable) -> tuple[str, bytes]:
    lines = [table.title, table.batch, *("\t".join(row) for row in (table.headings, *table.rows)), *table.notes]
    return "公开.txt", "\n".join(lines).encode()


def in_word(table: PublicTable) -> tuple[str, bytes]:
    document = docx.Document()
    document.add_paragraph(table.title)
    document.add_paragraph(table.batch)
    grid = document.add_table(rows=0, cols=len(table.headings))
    for row in (table.headings, *table.rows):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    for note in table.notes:
        document.add_paragraph(note)
    out = io.BytesIO()
    document.save(out)
    return "公开.docx", out.getvalue()


WAYS = {"bars": with_bars, "tabs": with_tabs, "word": in_word}


def unlike(row: PublicRow, at: int, record: Record, names: set[str]) -> list[tuple[str, object, object]]:
    """What is read otherwise than it was shown."""
    shown: dict[str, tuple[str, object]] = {
        "row": ("row", at),
        "number": ("number_key", row.number),
        "content": ("content", row.content),
        "places": ("region", row.places[0] if len(row.places) == 1 else list(row.places)),
        "types": ("types", list(row.types)),
        "findings": ("findings", row.findings),
        "truth": ("truth", row.truth),
        "handling": ("handling", row.handling),
        "goal": ("goal", row.goal),
        "closing": ("closing", row.closing),
        "channel": ("intake", row.channel),
        "accountability": ("accountability", row.accountability or "无"),
        "remark": ("remark", row.remark or None),
    }
    pairs = [shown[name] for name in names] + [("key_case", row.is_key_case)]
    return [(name, value, record.value(name)) for name, value in pairs if record.value(name) != value]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("key", FORMS)
def test_what_is_shown_is_read_back(key: str, way: str) -> None:
    form = FORMS[key][1]
    for seed in range(12):
        dice = random.Random(f"{key}{seed}")  # noqa: S311 -- invented petitions, no secret
        rows = [invented(dice, at) for at in range(1, dice.randint(2, 12) + 1)]
        table = public_table(form, rows, place="沧州市", batch=19, day=DAY)
        read = understood(WAYS[way], table)

        assert len(read.records) == len(rows), (seed, table)
        names = {column.name for column in form.columns}
        for at, (row, record) in enumerate(zip(rows, read.records, strict=True), start=1):
            assert unlike(row, at, record, names) == [], (seed, at)
            assert (record.value("batch"), record.value("batch_date")) == ("第19批", "2022-10-09")
        assert read.heading["title"].value == "沧州市群众信访举报转办和边督边改公开情况一览表"


def understood(way: Callable[[PublicTable], tuple[str, bytes]], table: PublicTable) -> Understanding:
    return understand_petitions(read_paper(*way(table)), on=None, directory=None)


ONE = PublicRow(
    "D2HE202210080011", "夜间排放污水。", True, "来电", ("青县",), ("大气", "生态"), "经查属实。", "属实", "已改正。"
)


def test_each_round_has_its_columns() -> None:
    printed = {key: "".join(f"{one.heading} " for one in form.columns).split() for key, (_, form) in FORMS.items()}
    of_2018 = [
        *("序号", "受理编号", "交办问题基本情况", "行政区域", "污染类型", "调查核实情况", "是否属实"),
        *("处理和整改情况", "问责情况"),
    ]

    assert printed["round_2018"] == of_2018
    assert printed["round_2018_remarks"] == [*of_2018, "备注"]
    assert printed["round_2021"] == [*of_2018[:2], "受理方式", *of_2018[2:]]
    assert printed["round_2022"] == [*of_2018[:-1], "责任人被处理情况"]
    assert printed["round_3"] == [*of_2018[:7], "办结目标", of_2018[7], "是否办结", "责任人被处理情况"]


def test_the_headings_are_those_of_the_printed_tables() -> None:
    samples = Path(__file__).parents[2] / "samples" / "petitions"
    (third,) = [
        line for line in (samples / "bars_without_end.txt").read_text().splitlines() if line.startswith("序号|")
    ]

    assert sorted(third.split("|")) == sorted(column.heading for column in ROUND_3.columns)


def test_a_verdict_a_type_and_a_key_case_are_written_as_the_round_does() -> None:
    (of_2018,) = public_table(ROUND_2018, [ONE], place="", batch=1, day=DAY).rows
    (of_2021,) = public_table(ROUND_2021, [ONE], place="", batch=1, day=DAY).rows
    (of_2022,) = public_table(ROUND_2022, [ONE], place="", batch=1, day=DAY).rows

    assert of_2018[1:5] == ("D2HE202210080011*", "夜间排放污水。", "青县", "大气、生态")
    assert (of_2018[6], of_2021[7], of_2022[6]) == ("属实", "是", "是")
    assert of_2021[5] == "大气污染、生态破坏"
    assert of_2018[-1] == "无"


def test_that_nobody_was_held_to_account_is_not_said_of_what_is_not_verified() -> None:
    unverified = replace(ONE, findings="", truth="", handling="", closing="")

    (row,) = public_table(ROUND_3, [unverified], place="", batch=1, day=DAY).rows

    assert row[-1] == ""


def test_the_title_names_place_batch_and_day() -> None:
    table = public_table(ROUND_2022, [ONE], place="白城市", batch=19, day=DAY)

    assert (table.title, table.batch) == (
        "白城市群众信访举报转办和边督边改公开情况一览表",
        "（第19批 2022年10月9日）",
    )
    chinese = replace(ROUND_2018, numerals="chinese")
    assert public_table(chinese, [ONE], place="", batch=9, day=DAY).batch == "（第九批 2022年10月9日）"
    assert sum(table.widths) > 0 and len(table.widths) == len(table.headings) == len(table.rows[0])
    assert public_table(ROUND_2022, [], place="", batch="第35-1批", day=DAY).batch == "（第35-1批 2022年10月9日）"


def test_notes_say_what_the_marks_mean_only_where_they_stand() -> None:
    plain = PublicRow("1", "扬尘。", types=("大气",))

    assert public_table(ROUND_3, [plain], place="", batch=1, day=DAY).notes == ()
    assert public_table(ROUND_3, [ONE], place="", batch=1, day=DAY).notes == (
        "注：受理编号后标*的为重点关注件。",
        "注：一件信访举报涉及几类污染的，各类都列出，分类统计时各计一次。",
    )


def test_a_mark_in_the_number_is_not_doubled() -> None:
    marked = PublicRow("D2HE202210080011*", "扬尘。", is_key_case=True)
    unmarked = PublicRow("D2HE202210080011*", "扬尘。")

    assert [public_table(ROUND_2018, [one], place="", batch=1, day=DAY).rows[0][1] for one in (marked, unmarked)] == [
        "D2HE202210080011*",
        "D2HE202210080011",
    ]


def test_a_number_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"D2HE202210080011列了两次。"):
        public_table(ROUND_2018, [ONE, PublicRow("D2HE202210080011", "扬尘。")], place="", batch=1, day=DAY)


def test_what_is_wanting_is_told_cell_by_cell() -> None:
    assert list(wanting(ROUND_2018, [ONE])) == []
    assert list(wanting(ROUND_3, [ONE])) == ["D2HE202210080011没有是否办结。"]
    assert list(wanting(ROUND_2018_REMARKS, [PublicRow("3号*", "扬尘。")])) == [
        f"3号没有{name}。" for name in ("调查核实情况", "是否属实", "处理和整改情况", "行政区域", "污染类型")
    ]


def test_a_city_may_call_a_column_otherwise() -> None:
    form = ROUND_2018.called(places="所属新城")

    assert "所属新城" in public_table(form, [ONE], place="", batch=1, day=DAY).headings
    with pytest.raises(ValueError, match=r"没有这一栏：goal"):
        ROUND_2018.called(goal="目标")
