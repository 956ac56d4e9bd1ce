"""Petitions in forms of other cities: batches side by side, rows that a page broke, columns nobody knew."""

import pytest

from bihuan.intake.formats.petitions import understand_petitions
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import tables
from tests.rules.lib.paper.papers import paragraph, table_document, word, workbook

HEADS = ("受理编号", "交办问题基本情况", "行政区域", "污染类型", "调查核实情况", "是否属实", "处理和整改情况")
TITLE = "宁德市群众信访举报转办和边督边改公开情况一览表"
FIRST = ("D3FJ202406100021", "古田县某镇网箱养殖污染水质。", "古田县", "水", "经查,有网箱32口。", "属实", "已拆除。")
SECOND = ("D3FJ202406110007", "福安市某镇铸造厂粉尘大。", "福安市", "大气", "经查,除尘器停运。", "属实", "已停产。")
THIRD = ("X3FJ202406110010", "柘荣县某石材厂噪声扰民。", "柘荣县", "噪声", "厂界达标。", "不属实", "加强监管。")


def read(document: Document) -> Understanding:
    """What is understood of a paper, held to its words."""
    understood = understand_petitions(document, on=None, directory=None)
    assert faults(document, understood) == []
    return understood


def column(understood: Understanding, name: str) -> list[object]:
    return [record.value(name) for record in understood.records]


def _row(cells: tuple[str, ...]) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def _table(*rows: tuple[str, ...]) -> str:
    return "<w:tbl>" + "".join(map(_row, rows)) + "</w:tbl>"


def _as_word() -> tuple[str, bytes]:
    batches = (("（第27批 2024年6月14日）", (FIRST,)), ("（第28批 2024年6月15日）", (SECOND, THIRD)))
    return "公开.docx", word(
        "".join(paragraph(TITLE) + paragraph(batch) + _table(HEADS, *rows) for batch, rows in batches)
    )


def _as_sheets() -> tuple[str, bytes]:
    first = [[TITLE], ["（第二十七批 2024年6月14日）"], HEADS, FIRST]
    return "公开.xlsx", workbook(first, [[TITLE], ["（第二十八批 2024年6月15日）"], HEADS, SECOND, THIRD])


def _as_text(divider: str) -> tuple[str, bytes]:
    lines = [TITLE, "（第27批 2024年6月14日）", divider.join(HEADS), divider.join(FIRST)]
    lines += [TITLE, "（第28批 2024年6月15日）", divider.join(HEADS), divider.join(SECOND), divider.join(THIRD)]
    return "公开.txt", "\n".join(lines).encode()


@pytest.mark.parametrize("paper", [_as_word(), _as_sheets(), _as_text("\t"), _as_text(" | "), _as_text("\n")])
def test_each_petition_belongs_to_the_batch_that_stands_above_it(paper: tuple[str, bytes]) -> None:
    understood = read(read_paper(*paper))

    assert column(understood, "batch") == ["第27批", "第28批", "第28批"]
    assert column(understood, "batch_date") == ["2024-06-14", "2024-06-15", "2024-06-15"]
    assert column(understood, "content") == [row[1] for row in (FIRST, SECOND, THIRD)]
    assert column(understood, "handling") == ["已拆除。", "已停产。", "加强监管。"]
    assert "batch" not in understood.heading


def test_a_row_that_the_page_broke_is_one_petition() -> None:
    upper = ("1", *FIRST[:4], "经查,网箱超出养殖规划,", *FIRST[5:])
    lower = ("", "", "", "", "", "确有32口网箱,举报情况属实。", "", "")
    understood = read(read_paper("公开.docx", table_document(TITLE, [("序号", *HEADS), upper, lower, ("2", *SECOND)])))

    assert column(understood, "findings") == ["经查,网箱超出养殖规划,确有32口网箱,举报情况属实。", SECOND[4]]
    assert [record.fields["findings"].derived for record in understood.records] == ["分写在几格，已接上", None]
    assert column(understood, "number") == [FIRST[0], SECOND[0]]


def test_a_number_that_stands_beside_two_rows_is_one_petition() -> None:
    rows = [[*HEADS], [*FIRST[:6], "1.拆除32口。"], ["^", "^", "^", "^", "^", "^", "2.罚款1万元。"], [*SECOND]]
    understood = read(tables(rows))

    assert column(understood, "handling") == ["1.拆除32口。\n2.罚款1万元。", "已停产。"]


def test_a_petition_that_misses_its_number_is_kept_and_asked_about() -> None:
    rows = [("序号", *HEADS), ("1", *FIRST), ("2", "", *SECOND[1:]), ("3", *THIRD)]
    understood = read(read_paper("公开.docx", table_document(TITLE, rows)))

    assert column(understood, "number") == [FIRST[0], None, THIRD[0]]
    assert "number_missing" in [doubt.kind for doubt in understood.records[1].doubts]


def test_a_petition_that_says_nothing_is_kept_and_asked_about() -> None:
    rows = [("序号", *HEADS), ("1", *FIRST), ("2", SECOND[0], "", *SECOND[2:])]
    understood = read(read_paper("公开.docx", table_document(TITLE, rows)))

    assert column(understood, "content") == [FIRST[1], None]
    asked = [[doubt.question for doubt in one.doubts if doubt.kind == "content_missing"] for one in understood.records]
    assert asked == [[], ["这一件没有写交办问题基本情况，请对照原件补上。"]]


@pytest.mark.parametrize("divider", ["\t", " | "])
def test_a_column_that_nobody_knows_is_named_and_not_lost_silently(divider: str) -> None:
    heads, first = (*HEADS[:4], "网格员走访记录", *HEADS[4:]), (*FIRST[:4], "已走访三次", *FIRST[4:])
    pasted = read(read_paper("公开.txt", "\n".join(map(divider.join, (heads, first))).encode()))
    as_word = read(read_paper("公开.docx", table_document(TITLE, (heads, first))))

    for understood in (pasted, as_word):
        assert column(understood, "findings") == [FIRST[4]]
        assert ["网格员走访记录" in doubt.question for doubt in understood.doubts] == [True]


def test_heads_with_a_leading_word_are_known() -> None:
    heads = (
        "受理编号",
        "群众反映的主要问题",
        "涉及行政区域",
        "涉及环境要素",
        "具体调查核实情况",
        "是否属实",
        "处理及整改情况",
    )
    understood = read(read_paper("公开.docx", table_document(TITLE, (heads, FIRST))))

    assert column(understood, "types") == [["水"]]
    assert column(understood, "findings") == [FIRST[4]]


def test_cells_that_a_spreadsheet_put_in_quotes_keep_their_lines_together() -> None:
    quoted = ["\t".join((*FIRST[:6], '"1.拆除32口;\n2.对“散乱污”小作坊罚款1万元。"')), "\t".join(SECOND)]
    understood = read(read_paper("公开.txt", "\n".join(["\t".join(HEADS), *quoted]).encode()))

    assert column(understood, "handling") == ["1.拆除32口;\n2.对“散乱污”小作坊罚款1万元。", "已停产。"]


def test_a_list_of_findings_with_several_verdicts_does_not_speak_against_a_part_that_is_true() -> None:
    content, findings = "1.某厂臭气扰民；2.粪污流入水渠。", "1.有轻微异味，该问题属实。2.未见入渠，该问题不属实。"
    row = (FIRST[0], content, *FIRST[2:4], findings, "部分属实", "已加装除臭设施。")
    (record,) = read(read_paper("公开.docx", table_document(TITLE, (HEADS, row)))).records

    assert [item["truth"] for item in record.value("sub_items")] == ["属实", "不属实"]
    assert "truth_findings" not in [doubt.kind for doubt in record.doubts]


def test_names_that_people_use_of_autonomous_counties_are_known() -> None:
    row = (*FIRST[:2], "围场县", *FIRST[3:])
    (record,) = read(read_paper("公开.docx", table_document(TITLE, (HEADS, row)))).records

    assert "region_unknown" not in [doubt.kind for doubt in record.doubts]


def test_stories_with_labels_inside_end_where_the_next_begins() -> None:
    understood = read(
        read_paper(
            "公告.txt",
            (
                "关于省生态环境保护督察组第十七批交办信访件办理情况的公告\n\n"
                "一、来电编号D2JX202104230019。反映青山湖区某泡沫厂夜间偷排废气。\n\n调查核实情况：经查，反映问题属实。\n\n"
                "处理整改情况：罚款6万元。\n\n问责情况：无。\n\n"
                "二、来信编号X2JX202104230004*。反映南昌县一采砂场破坏河堤。\n\n调查核实情况：经查，反映问题不属实。\n\n"
                "处理整改情况：加强巡查。\n\n问责情况：无。"
            ).encode(),
        )
    )

    assert column(understood, "findings") == ["经查，反映问题属实。", "经查，反映问题不属实。"]
    assert column(understood, "handling") == ["罚款6万元。", "加强巡查。"]
    assert column(understood, "accountability") == ["无。", "无。"]


def test_a_table_that_was_passed_over_is_named() -> None:
    rest = [["3", "X3FJ202406110010", "另一种表"]]
    understood = read(tables([["序号", *HEADS], ["1", *FIRST]], rest))

    assert [doubt.kind for doubt in understood.doubts] == ["table_unread"]
    assert "X3FJ202406110010" in understood.doubts[0].question


@pytest.mark.parametrize("divider", ["\t", " | ", "\n"])
def test_a_page_number_a_repeated_heading_and_a_sum_are_nobodys_words(divider: str) -> None:
    heads, first, second = (("序号", *HEADS, "问责情况"), ("1", *FIRST, "无"), ("2", *SECOND, "约谈1人"))
    lines = [TITLE, divider.join(heads), divider.join(first), "— 1 —", divider.join(heads), divider.join(second)]
    understood = read(read_paper("公开.txt", "\n".join([*lines, divider.join(("合计", "2件"))]).encode()))

    assert column(understood, "accountability") == ["无", "约谈1人"]
    assert column(understood, "handling") == ["已拆除。", "已停产。"]


def test_short_labels_are_known() -> None:
    text = (
        "某市群众举报办理情况（第１２批　２０２１年９月１１日）\n"
        "受理编号：Ｄ２ＮＸ２０２１０９０９００３１\n行政区域：平罗县\n"
        "反映问题：某园区夜间异味。\n调查核实：经查，3家企业密封不严。\n是否属实：属实\n处理整改：罚款8.5万元。\n是否办结：未办结\n问责：无"
    )
    (record,) = read(read_paper("公开.txt", text.encode())).records

    assert [record.value(name) for name in ("findings", "truth", "handling", "closing", "accountability")] == [
        "经查，3家企业密封不严。", "属实", "罚款8.5万元。", "正在办理", "无",
    ]  # fmt: skip
    assert (record.value("batch"), record.value("batch_date")) == ("第12批", "2021-09-11")


@pytest.mark.parametrize("second", ["2.要求错峰爆破。", "2.5月31日前完成降尘。", "2、加强巡查。", "（2）加强巡查。"])
def test_a_number_that_goes_on_stays_with_the_text_it_counts(second: str) -> None:
    heads, cells = (("序号", *HEADS, "责任人被处理情况"), ("1", *FIRST[:-1], "1.要求停产。", second, "约谈1人"))
    understood = read(read_paper("公开.txt", "\n".join((TITLE, *heads, *cells)).encode()))

    assert column(understood, "handling") == [f"1.要求停产。\n{second}"]
    assert column(understood, "accountability") == ["约谈1人"]


def test_numbers_on_lines_of_one_cell_are_told_apart() -> None:
    row = ("X3FJ202406100012\nD3FJ202406100021*", *FIRST[1:])
    (record,) = read(read_paper("公开.xlsx", workbook([[TITLE], HEADS, row]))).records

    assert record.value("number") == "X3FJ202406100012、D3FJ202406100021*"
    assert record.value("number_key") == "X3FJ202406100012、D3FJ202406100021"
    assert [doubt.kind for doubt in record.doubts] == ["number_several"]


def test_a_title_loses_its_mark_and_the_line_below_it_names_place_and_day() -> None:
    heads, row = (" | ".join((*HEADS, "来件方式")), " | ".join((*FIRST, "来电")))
    text = f"# {TITLE}（第三十批）\n宁德市    2024年6月14日\n{heads}\n{row}"
    understood = read(read_paper("公开.md", text.encode()))

    assert understood.heading["title"].value == f"{TITLE}（第三十批）"
    assert understood.heading["batch_date"].value == "2024-06-14"
    assert column(understood, "intake") == ["来电"]


def test_findings_that_answer_part_by_part_end_with_their_verdicts() -> None:
    found = (
        "5月15日，区政府组织现场核查。\n1.关于“扬尘大”的问题。经查，部分物料未覆盖，属实。\n"
        "2.关于“噪音扰民”的问题。经监测，昼间噪声达标，不属实。"
    )
    row = (*FIRST[:4], found, "部分属实", "已覆盖。")
    (record,) = read(read_paper("公开.xlsx", workbook([[TITLE], HEADS, row]))).records

    assert [(part["text"], part["truth"]) for part in record.value("sub_items")] == [
        ("扬尘大", "属实"), ("噪音扰民", "不属实"),
    ]  # fmt: skip
