"""The same petitions are read the same out of every layout, and nothing is invented on the way."""

import datetime as dt
from pathlib import Path

import pytest

from bihuan.intake.formats.petitions import understand_petitions
from bihuan.intake.formats.understood import Record, Understanding
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.faithful import faults
from tests.rules.intake.petition_papers import LAYOUTS, ROWS, paper

SAMPLES = Path(__file__).parents[2] / "samples" / "petitions"
CITY = default_directory("130900")


def understand(layout: str) -> Understanding:
    return understand_petitions(paper(layout), on=None, directory=CITY)


def of_text(text: str) -> Understanding:
    return understand_petitions(read_paper("粘贴.txt", text.encode()), on=None, directory=CITY)


def one(findings: str = "经查,情况属实。", **cells: str) -> Record:
    """One petition in a table of labelled lines; its other cells by the words of their label."""
    named = {"受理编号": "D3HE202406080011", "反映情况": "青县一处作坊排放污水。", "行政区域": "青县", "污染类型": "水"}
    named |= {"调查核实情况": findings, "是否属实": "属实", "处理和整改情况": "已停产。", **cells}
    (record,) = of_text("\n".join(f"{label}:{words}" for label, words in named.items() if words)).records
    return record


def kinds(record: Record) -> list[str]:
    return [doubt.kind for doubt in record.doubts]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_petitions(layout: str) -> None:
    understood = understand(layout)

    first, second = understood.records
    assert [record.value("number") for record in understood.records] == ["D3HE202406080011", "X3HE202406080012*"]
    assert [record.value("number_key") for record in understood.records] == ["D3HE202406080011", "X3HE202406080012"]
    assert [record.value("key_case") for record in understood.records] == [False, True]
    assert [record.value("intake") for record in understood.records] == ["来电", "来信"]
    assert [record.value("row") for record in understood.records] == ([1, 2] if layout != "sections" else [None] * 2)
    assert [record.value("region") for record in understood.records] == ["青县", "献县"]
    assert [record.value("content") for record in understood.records] == [row[2] for row in ROWS]
    assert [record.value("findings") for record in understood.records] == [row[5] for row in ROWS]
    assert [record.value("handling") for record in understood.records] == [row[7] for row in ROWS]
    assert [record.value("truth") for record in understood.records] == ["属实", "部分属实"]
    assert [record.value("types") for record in understood.records] == [["水"], ["大气", "噪声"]]
    assert [record.value("main_type") for record in understood.records] == ["水", "大气"]
    assert [record.value("accountability") for record in understood.records] == ["约谈2人。", "无"]
    assert first.value("deadline") == "2024-08-15"
    assert first.value("penalties") == {"fined_cases": 1, "fine_yuan": 25000}
    assert second.value("duplicates") == ["D3HE202406060007"]
    assert second.value("deadline") is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_faithful_to_its_paper(layout: str) -> None:
    assert faults(paper(layout), understand(layout)) == []


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "separated"])
def test_batch_and_date_stand_above(layout: str) -> None:
    (first, _) = understand(layout).records

    assert (first.value("batch"), first.value("batch_date")) == ("第32批", "2024-06-18")


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_the_samples_are_read_faithfully(sample: str) -> None:
    document = read_paper(sample, (SAMPLES / sample).read_bytes())

    understood = understand_petitions(document, on=None, directory=None)

    assert understood.records
    assert faults(document, understood) == []


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("bars_without_end.txt", ["X2HA202105110093*", "D2HA202105110012"]),
        ("labelled_inline.txt", ["D2HE202204120031", "X2HE202204120032"]),
        ("stories_with_labels.txt", ["D2HE202204120031", "X2HE202204120033"]),
        ("stories_numbered.txt", ["D3SX202505280018", "X3SX202506100010"]),
        ("cells_as_lines_without_serial.txt", ["D3HE202404120031", "X3HE202404120032"]),
        ("run_together_with_blanks.txt", ["D2SD202109080018", "X2SD202109080019"]),
    ],
)
def test_more_shapes_give_every_petition_whole(name: str, numbers: list[str]) -> None:
    records = sample(name).records

    assert [record.value("number") for record in records] == numbers
    for record in records:
        needed = ("region", "content", "findings", "truth", "handling")
        assert [one for one in needed if record.value(one) is None] == []
        assert [one for one in needed if str(record.value(one)).count(numbers[1]) > 0] == []


def test_goal_closing_and_penalties_have_fields_of_their_own() -> None:
    first, second = sample("bars_without_end.txt").records

    assert (first.value("goal"), first.value("closing")) == ("2021年底前完成封场", "阶段性办结")
    assert (first.value("batch"), first.value("deadline")) == ("第35-1批", "2021-12-31")
    assert second.value("penalties") == {
        "ordered_correction": 2,
        "fined_cases": 1,
        "fine_yuan": 35000,
        "detention": 1,
    }


def sample(name: str) -> Understanding:
    return understand_petitions(read_paper(name, (SAMPLES / name).read_bytes()), on=None, directory=None)


def test_stories_are_cut_into_complaint_finding_and_handling() -> None:
    first, second = sample("stories.txt").records

    assert (first.value("number"), first.value("region"), first.value("truth")) == ("D009", "盐山县", "属实")
    assert first.value("content") == "沧州市盐山县某乡前村村北坑塘内倾倒生活垃圾,长期无人清理。"
    assert first.value("findings").startswith("接到交办单后,盐山县组织乡政府现场核查。")
    assert first.value("handling").startswith("对此,乡政府立即清运,")
    assert first.value("deadline") is None
    assert (second.value("number"), second.value("truth"), second.value("handling")) == ("X021", "不属实", None)
    assert {record.value("batch") for record in (first, second)} == {"第22批"}


def test_a_worn_title_and_a_missing_last_cell() -> None:
    (record,) = sample("cells_as_lines_worn.txt").records

    assert (record.value("batch"), record.value("batch_date")) == ("第24批", "2018-06-29")
    assert record.value("types") == ["工业企业污染"]
    assert kinds(record) == ["type_unknown"]
    assert record.value("deadline") == "2018-12-31"
    assert record.value("accountability") is None


def test_traditional_characters_and_blanks_in_numbers_and_dates() -> None:
    understood = sample("bars_traditional.txt")
    first, second = understood.records

    assert (first.value("batch"), first.value("batch_date")) == ("第19批", "2022-10-09")
    assert first.value("content") == "任丘市某小区里一家熟食加工点,凌晨2:30左右开始加工,噪音大,影响居民休息。"
    assert first.fields["content"].raw.startswith("任丘市某小區裡一家熟食加工點")
    assert (first.value("truth"), first.fields["truth"].derived) == ("属实", "“是”即属实")
    assert second.value("duplicates") == ["RQD2022092002"]
    assert kinds(second) == ["number_form", "true_without_rectification"]


def test_sub_items_are_taken_apart() -> None:
    first, second = sample("run_together.txt").records

    assert first.value("sub_items") is None
    assert [item["truth"] for item in second.value("sub_items")] == ["属实", "不属实"]
    assert [item["number"] for item in second.value("sub_items")] == [1, 2]
    assert second.value("truth") == "属实"
    assert "truth_sub_items" in kinds(second)


def test_a_printed_total_is_held_against_the_rows() -> None:
    text = "6月18日,我市收到交办的举报问题3件。\n受理编号:D3HE202406080011\n反映情况:排污。\n调查核实情况:属实。\n"

    (row,) = of_text(text).reconciliation

    assert (row.printed, row.read) == (3, 1)
    assert row.note == "前文写3件，表中读出1件，请核对是否缺页或另有附表。"


def test_a_paper_without_petitions_says_so() -> None:
    understood = of_text("今天没有举报。")

    assert understood.records == ()
    assert [doubt.question for doubt in understood.doubts] == ["没有读出举报件，请检查是否选对了文件。"]


def test_a_clean_petition_raises_no_doubt() -> None:
    assert kinds(one()) == []


@pytest.mark.parametrize(
    ("cells", "kind", "question"),
    [
        ({"受理编号": "D3HE202413080011"}, "number_form", "编号“D3HE202413080011”第9、10位的月份13不存在。"),
        ({"污染类型": "水、光"}, "type_unknown", "污染类型“光”不在常用类型里，应归到哪一类？"),
        ({"是否属实": "待定"}, "truth_unknown", "是否属实一栏写作“待定”，应为哪一种？"),
        (
            {"处理和整改情况": "无需整改。"},
            "true_without_rectification",
            "反映情况属实，整改情况却只写“无需整改。”，没有说明理由，是否补充？",
        ),
        ({"行政区域": "青乌县"}, "region_unknown", "行政区域“青乌县”不在行政区划表里，是哪里？"),
        ({"行政区域": "南皮县、东光县"}, "region_unknown", "行政区域写了南皮县、东光县，由哪里承办？"),
        ({"行政区域": "临空产业园区"}, "region_unknown", "行政区域“临空产业园区”是本市哪个县(市、区)？"),
        ({"处理和整改情况": "2024年8月前完成。"}, "deadline_ambiguous", None),
        ({"处理和整改情况": "将于20224年底完成。"}, "year_impossible", "年份“20224年”不合理，是否写错？"),
        (
            {"反映情况": "我叫张小凡,电话13900005678,作坊排污。"},
            "personal_data",
            "文中疑似有举报人的姓名（张某某），入库前是否遮盖？",
        ),
    ],
)
def test_what_does_not_fit_is_asked(cells: dict[str, str], kind: str, question: str | None) -> None:
    doubts = {doubt.kind: doubt.question for doubt in reversed(one(**cells).doubts)}

    assert kind in doubts
    assert question is None or doubts[kind] == question


@pytest.mark.parametrize(
    ("findings", "kind", "question"),
    [
        (
            "6月1日,执法人员现场检查,情况属实。",
            "visit_before_receipt",
            "核查日期“6月1日”早于受理日期2024-06-08，是否写错？",
        ),
        (
            "2024年6月1日现场检查,情况属实。",
            "visit_before_receipt",
            "核查日期“2024年6月1日”早于受理日期2024-06-08，是否写错？",
        ),
        (
            "经查,反映情况不属实。",
            "truth_findings",
            "是否属实一栏为属实，调查核实情况却写“不属实”，以哪个为准？",
        ),
        (
            "现场未发现排污痕迹。",
            "truth_findings",
            "是否属实一栏为属实，调查核实情况却写“未发现排污痕迹。”，是否属实？",
        ),
        ("情况属实,已报衡水市处理。", "foreign_place", "文中出现外地地名“衡水市”，是否从别处的材料误抄？"),
    ],
)
def test_findings_that_do_not_fit_are_asked(findings: str, kind: str, question: str) -> None:
    doubts = {doubt.kind: doubt.question for doubt in one(findings).doubts}

    assert doubts.get(kind) == question


@pytest.mark.parametrize(
    "findings",
    [
        "6月9日,执法人员现场检查,情况属实。",
        "该厂2017年12月5日停产,现场检查情况属实。",
        "情况属实,已报河北省、沧州市处理。",
        "1、情况属实。2、未发现排污痕迹。",
    ],
)
def test_ordinary_findings_are_not_asked_about(findings: str) -> None:
    assert kinds(one(findings)) == []


def test_personal_data_is_never_repeated_in_the_question() -> None:
    record = one(反映情况="我叫张小凡,电话13900005678,作坊排污。")

    questions = "".join(doubt.question for doubt in record.doubts)
    assert "138" not in questions and "张小凡" not in questions and "139****5678" in questions


def test_a_gap_in_the_serials_is_asked_about() -> None:
    data = paper("cells as lines").text.replace("\n2\nX3HE", "\n4\nX3HE")

    understood = of_text(data)

    assert [doubt.question for doubt in understood.doubts] == ["序号从1跳到4，中间是否漏了？"]


def test_closing_states_are_the_offices() -> None:
    states = [one(是否办结=words).value("closing") for words in ("已办结", "是", "未办结", "阶段性办结", "另行安排")]

    assert states == ["已办结", "已办结", "正在办理", "阶段性办结", "另行安排"]


def test_a_truth_without_a_column_is_what_the_findings_conclude() -> None:
    record = one("经核查,举报问题基本属实。", 是否属实="")

    assert (record.value("truth"), record.fields["truth"].derived) == ("基本属实", "调查核实情况中的结论")


def test_what_is_not_said_stays_missing() -> None:
    record = one("已查看现场。", 是否属实="", 处理和整改情况="", 行政区域="")

    missing = {name for name, field in record.fields.items() if field.value is None}
    assert {"truth", "handling", "deadline", "closing", "goal", "penalties", "duplicates", "sub_items"} <= missing


def test_a_year_may_come_from_the_reader() -> None:
    text = "编号D008,群众反映青县一处作坊排污。经查,情况属实。对此,责令7月15日前整改完毕。"

    document = read_paper("粘贴.txt", text.encode())
    (record,) = understand_petitions(document, on=dt.date(2018, 7, 1), directory=None).records

    assert record.value("deadline") == "2018-07-15"
