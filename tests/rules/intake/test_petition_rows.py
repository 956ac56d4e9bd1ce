"""Rows of petitions as other offices print them: several verdicts, broken lines, one column for two, notes below."""

import pytest

from bihuan.intake.formats.petitions import understand_petitions
from bihuan.intake.formats.understood import Record, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import tables

HEADS = ["序号", "受理编号", "交办问题基本情况", "行政区域", "污染类型", "调查核实情况", "是否属实", "处理和整改情况"]
ROW = ["1", "D3SX202506100010", "某煤矿矸石山冒烟。", "孝义市", "大气", "现场有3处冒烟点。", "属实", "已注浆灭火。"]


def read(document: Document) -> Understanding:
    """What is understood of a paper, held to its words."""
    understood = understand_petitions(document, on=None, directory=None)
    assert faults(document, understood) == []
    return understood


def of_text(text: str) -> Understanding:
    return read(read_paper("公开.txt", text.encode()))


def one(heads: tuple[str, ...] = (), cells: tuple[str, ...] = (), **changed: str) -> Record:
    """One petition in a table; further columns, and other words in the usual ones."""
    named = dict(zip(HEADS, ROW, strict=True)) | changed
    (record,) = read(tables([[*HEADS, *heads], [*named.values(), *cells]])).records
    return record


def kinds(record: Record) -> list[str]:
    return [doubt.kind for doubt in record.doubts]


def test_each_item_has_the_verdict_that_the_column_gives_it() -> None:
    record = one(交办问题基本情况="①矸石山冒烟。②矿区未复垦。", 是否属实="1.属实；2.不属实")

    assert [item["truth"] for item in record.value("sub_items")] == ["属实", "不属实"]
    assert (record.value("truth"), record.fields["truth"].derived) == ("部分属实", "各项结论不一")


def test_findings_item_by_item_conclude_in_part() -> None:
    record = one(调查核实情况="1.经查，反映冒烟问题属实。2.经查，反映未复垦问题不属实。", 是否属实="")

    assert record.value("truth") == "部分属实"


def test_a_visit_without_a_year_is_not_of_a_year_that_was_told_before() -> None:
    told = "该矿2017年4月办理执照。6月11日，镇政府现场核查，有3处冒烟点。"

    assert kinds(one(调查核实情况=told)) == []
    assert kinds(one(调查核实情况=told.replace("6月11日", "6月2日"))) == ["visit_before_receipt"]


def test_words_that_a_narrow_column_breaks_are_read_whole() -> None:
    record = one(处理和整改情况="截至6\n月12日已灭火；罚\n款2万\n元，6月26\n日前复\n垦。（孝环责改字〔2025〕第\n12号）")

    assert record.value("deadline") == "2025-06-26"
    assert record.value("penalties") == {"fine_yuan": 20000}
    assert record.value("document_numbers") == ["孝环责改字〔2025〕第12号"]


def test_one_column_that_tells_of_findings_and_handling_is_divided() -> None:
    heads = [*HEADS[:5], "调查核实及处理情况"]
    told = "经查，该作坊未办手续，反映属实。责令其停产，6月30日前拆除。"
    (record,) = read(tables([heads, [*ROW[:5], told]])).records

    assert record.value("findings") == "经查，该作坊未办手续，反映属实。"
    assert record.value("handling") == "责令其停产，6月30日前拆除。"
    assert record.value("truth") == "属实"


def test_key_cases_and_batches_may_have_columns_of_their_own() -> None:
    heads = [*HEADS, "是否重点关注件", "交办批次"]
    first, second = [*ROW, "是", "第12批"], ["2", "X3SX202506100011*", *ROW[2:], "", "13"]
    records = read(tables([heads, first, second])).records

    assert [record.value("key_case") for record in records] == [True, True]
    assert [record.value("batch") for record in records] == ["第12批", "第13批"]


def test_each_line_of_a_cell_is_a_place_unless_it_breaks_a_name() -> None:
    assert one(行政区域="小店区\n晋源区").value("region") == ["小店区", "晋源区"]
    assert one(行政区域="渤海新\n区").value("region") == "渤海新区"
    assert one(行政区域="南开区和和平区").value("region") == ["南开区", "和平区"]


def test_answers_that_mean_nothing_known_are_asked_about() -> None:
    record = one(("受理方式", "是否办结"), ("12369平台", "长期坚持"))

    assert kinds(record) == ["intake_unknown", "closing_unknown"]


def test_a_number_that_the_page_broke_joins_the_two_halves_of_its_row() -> None:
    upper = ["1", "X410000201806210", "某厂3", *ROW[3:5], "经查，", "属实", "已停"]
    lower = ["", "012*", "家作坊冒烟。", "", "", "有3家。", "", "产。"]
    (record,) = read(tables([HEADS, upper, lower])).records

    assert (record.value("number_key"), record.value("key_case")) == ("X410000201806210012", True)
    assert [record.value(name) for name in ("content", "handling")] == ["某厂3家作坊冒烟。", "已停产。"]


LABELLED = "受理编号：{}\n举报内容：某厂冒烟。\n是否属实：属实\n整改情况：已停产。\n问责情况：无"


@pytest.mark.parametrize(
    "ending",
    [
        "某市整改工作领导小组办公室\n2025年6月20日",
        "（来源：某市日报）\n编辑：某某",
        "注：标“*”的为重点关注件",
        "上一篇：第3批公开情况",
    ],
)
def test_what_stands_below_the_last_petition_is_nobodys(ending: str) -> None:
    table = "\n".join(" | ".join(row) for row in (HEADS, ROW))
    lines = "\n".join([*HEADS, *ROW])
    labelled = "\n".join(LABELLED.format(number) for number in ("D3SX202506100010", "X3SX202506100011"))

    assert [one.value("handling") for one in of_text(f"{table}\n{ending}").records] == ["已注浆灭火。"]
    assert [one.value("handling") for one in of_text(f"{lines}\n{ending}").records] == ["已注浆灭火。"]
    assert [one.value("accountability") for one in of_text(f"{labelled}\n{ending}").records] == ["无", "无"]


def test_a_label_that_comes_again_loses_no_words() -> None:
    text = LABELLED.format("D3SX202506100010").replace("是否", "核查情况：已查。\n核查情况：又查。\n是否")
    (record,) = of_text(text).records

    assert record.value("findings") == "已查。\n核查情况：又查。"


def test_the_star_of_a_key_case_may_stand_before_its_number() -> None:
    (record,) = of_text(LABELLED.format("*D3SX202506100010")).records

    assert (record.value("number_key"), record.value("key_case")) == ("D3SX202506100010", True)


def test_the_team_is_called_by_its_own_name() -> None:
    understood = of_text("某市关于省生态环境保护督察组交办第6批举报件办理情况的公示\n" + LABELLED.format("D003"))

    assert understood.heading["inspection"].value == "省生态环境保护督察组"
