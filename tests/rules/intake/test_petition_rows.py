"""Rows of petitions as other offices print them: several verdicts, broken lines, one column for two, notes below."""

import time

import pytest

from bihuan.intake.formats.kinds import kind_of
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
    assert one(行政区域="吴忠市\n利通区").value("region") == "吴忠市利通区"
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


LINES = [
    "序号",
    "受理编号",
    "行政区域",
    "交办问题基本情况",
    "污染类型",
    "调查核实情况",
    "是否属实",
    "处理和整改情况",
    "办结情况",
]


def test_cells_of_several_lines_each_stay_in_their_column() -> None:
    first = [
        "1",
        "D2TJ202204020015",
        "武清区",
        "某厂喷漆异味。",
        "大气",
        "该厂已装设施，\n但未更换活性炭。\n反映问题基本属实。",
        "基本属实",
    ]
    second = [
        "2",
        "X2TJ202204020007",
        "武清区\n北辰区",
        "1.转运站恶臭。\n2.夜间噪声。",
        "大气\n噪声",
        "收集池盖板破损。",
        "1.属实\n2.不属实",
    ]
    lines = [*LINES, *first, "已更换。", "已办结", *second, "已加盖。", "阶段性办结"]
    records = of_text("\n".join(lines)).records

    assert [record.value("truth") for record in records] == ["基本属实", "部分属实"]
    assert [record.value("handling") for record in records] == ["已更换。", "已加盖。"]
    assert [record.value("types") for record in records] == [["大气"], ["大气", "噪声"]]
    assert [record.value("region") for record in records] == ["武清区", ["武清区", "北辰区"]]


def test_findings_without_a_label_are_parted_from_the_complaint() -> None:
    told = (
        "1.受理编号：{}。群众来电反映：某选矿厂尾矿库扬尘。经查，群众反映情况属实。处理情况：责令覆土。责任追究：无。"
    )
    records = of_text("\n".join(told.format(f"D21000020181119003{at}") for at in (4, 5))).records

    assert [record.value("content") for record in records] == ["某选矿厂尾矿库扬尘。"] * 2
    assert [record.value("findings") for record in records] == ["经查，群众反映情况属实。"] * 2
    assert [record.value("truth") for record in records] == ["属实"] * 2
    assert [record.value("handling") for record in records] == ["责令覆土。"] * 2


def test_a_number_of_a_form_nobody_knows_is_kept_and_asked_about() -> None:
    text = "编号：鲁济0825-01\n举报内容：有小化工厂。\n查处情况：属实。已取缔3处，问责3人。"
    records = of_text(f"{text}\n{text.replace('01', '02')}").records

    assert [record.value("number") for record in records] == ["鲁济0825-01", "鲁济0825-02"]
    assert [record.value("truth") for record in records] == ["属实", "属实"]
    assert "number_form" in kinds(records[0])


def test_a_dash_is_no_verdict() -> None:
    record = one(是否属实="/")

    assert record.value("truth") is None
    assert kinds(record) == ["truth_unknown"]


def test_divisions_of_the_corps_are_known_by_their_city() -> None:
    record = one(("师市",), ("第八师石河子市",), 行政区域="")

    assert "region_unknown" not in kinds(one(行政区域="第八师石河子市"))
    assert record.value("number")


def test_a_day_alone_in_brackets_is_that_of_the_batch() -> None:
    understood = of_text("公开情况一览表（第十六批）\n（2021年4月25日）\n" + LABELLED.format("D2GX202104240011"))

    assert understood.heading["batch_date"].value == "2021-04-25"


CARD = (
    ("受理编号", "{}", "行政区域", "孝义市"),
    ("反映问题", "某煤矿矸石山冒烟。"),
    ("核查情况", "现场有3处冒烟点。"),
    ("是否属实", "属实"),
    ("处理情况", "已注浆灭火。"),
)


def _card(number: str, *, is_paired: bool) -> list[list[str]]:
    rows = [[cell.format(number) for cell in row] for row in CARD]
    if is_paired:
        return [[*row, *["<"] * (4 - len(row))] for row in rows]
    return [list(row[at : at + 2]) for row in rows for at in range(0, len(row), 2)]


@pytest.mark.parametrize("is_paired", [True, False])
def test_a_form_for_each_petition_is_read(is_paired: bool) -> None:  # noqa: FBT001 -- a parameter of pytest
    numbers = ["D3SX202506100010", "X3SX202506100011"]
    understood = read(tables(*(_card(number, is_paired=is_paired) for number in numbers)))

    assert [record.value("number") for record in understood.records] == numbers
    for name, value in (("content", "某煤矿矸石山冒烟。"), ("handling", "已注浆灭火。"), ("region", "孝义市")):
        assert [record.value(name) for record in understood.records] == [value, value]
    assert understood.doubts == ()


def test_a_row_that_names_another_batch_parts_a_table() -> None:
    title = ["公开情况一览表（第31批 2025年6月29日）", *["<"] * 7]
    understood = read(tables([["（第30批 2025年6月28日）", *["<"] * 7], HEADS, ROW, title, HEADS, ROW]))

    assert [record.value("batch") for record in understood.records] == ["第30批", "第31批"]
    assert [record.value("batch_date") for record in understood.records] == ["2025-06-28", "2025-06-29"]


def test_a_page_that_counts_fewer_lines_goes_on_with_the_columns() -> None:
    sums = ["地区", "<", "交办数", "<", *["办结数"] * 8]
    head = [*HEADS[:3], "<", "<", "<", *HEADS[3:5], "<", *HEADS[5:]]
    row = [*ROW[:2], "某煤矿矸石山", "<", "<", "<", *ROW[3:5], "<", *ROW[5:]]
    rest = ["", "", "夜间冒烟。", "", "", "已拍照。", "", "每日巡查。"]
    (record,) = read(tables([sums, head, row], [rest])).records

    assert record.value("content") == "某煤矿矸石山夜间冒烟。"
    assert record.value("handling").split("\n") == ["已注浆灭火。", "每日巡查。"]


def test_the_same_word_beside_each_of_several_rows_is_said_once() -> None:
    heads, first = [*HEADS, "问责情况"], [*ROW, "无"]
    (record,) = read(tables([heads, first, ["^", "^", "^", "^", "水", "^", "^", "已截污。", "无"]])).records

    assert (record.value("accountability"), record.value("types")) == ("无", ["大气", "水"])


def test_a_day_below_the_batch_is_that_of_the_batch() -> None:
    understood = of_text("公开情况（第11批）\n2021年9月12日\n" + LABELLED.format("D2GX202104240011"))

    assert understood.heading["batch_date"].value == "2021-09-12"


@pytest.mark.parametrize("limit", ["已办结", "无", "/", "已完成"])
def test_a_limit_of_what_is_done_is_none(limit: str) -> None:
    record = one(("整改时限",), (limit,))

    assert (record.value("deadline"), kinds(record)) == (None, [])


@pytest.mark.parametrize("name", ["公开.txt", "公开.csv"])
def test_separated_values_are_read_whatever_the_file_is_called(name: str) -> None:
    lines = [",".join(HEADS), ",".join([*ROW[:2], '"某煤矿冒烟,夜间更大。"', *ROW[3:]])]
    (record,) = read(read_paper(name, "\n".join(lines).encode())).records

    assert (record.value("content"), record.value("handling")) == ("某煤矿冒烟,夜间更大。", "已注浆灭火。")


def test_a_heading_without_any_blanks_is_taken_apart() -> None:
    (record,) = of_text(f"公开情况一览表（第12批） {''.join(HEADS)}\n{' '.join(ROW)}").records

    assert [record.value(name) for name in ("content", "region", "truth", "handling")] == [ROW[2], ROW[3], *ROW[6:]]


def test_findings_and_deeds_of_one_label_are_parted_at_the_verdict() -> None:
    text = "（一）桥西区：受理编号D13000020180606002{}\n群众反映问题：某酒店锅炉冒烟。\n查处情况：{}\n问责情况：无\n"
    first, second = "现场检查，反映问题不属实。", "经查，反映问题部分属实。已清运垃圾3车。"
    records = of_text(text.format(1, first) + text.format(2, second)).records

    assert [record.value("number") for record in records] == ["D130000201806060021", "D130000201806060022"]
    assert [record.value("findings") for record in records] == [first, "经查，反映问题部分属实。"]
    assert [record.value("handling") for record in records] == [None, "已清运垃圾3车。"]
    assert [record.value("accountability") for record in records] == ["无", "无"]


def test_labels_inside_findings_open_no_other_part() -> None:
    told = "（一）基本情况\n该厂有抛丸机2台。\n（二）现场检查情况\n反映属实。"
    text = (
        f"受理编号：D2CQ202109140022（重点）\n反映情况：\n粉尘扰民。\n查处情况：\n{told}\n处理及整改情况：\n已换布袋。"
    )
    (record,) = of_text(text).records

    assert record.value("key_case") is True
    assert (record.value("content"), record.value("handling")) == ("粉尘扰民。", "已换布袋。")
    assert "该厂有抛丸机2台。" in record.value("findings")
    assert "反映属实。" in record.value("findings")


def test_a_number_in_parts_is_not_cut_short() -> None:
    text = "D1310-018-0{}  反映某镇垃圾无人清运。经查属实。责令停产，刑拘2人。"
    records = of_text("\n".join(text.format(at) for at in (1, 2))).records

    assert [record.value("number") for record in records] == ["D1310-018-01", "D1310-018-02"]
    assert [record.value("handling") for record in records] == ["责令停产，刑拘2人。"] * 2


def test_a_petition_of_very_many_lines_is_aligned_in_good_time() -> None:
    lines = [f"第{at}处冒烟点已注浆灭火。" for at in range(200)]
    begun = time.process_time()
    (record,) = of_text("\n".join([*HEADS, *ROW[:7], *lines])).records

    assert record.value("handling") == "\n".join(lines)
    assert time.process_time() - begun < 3


def test_a_run_of_figures_is_passed_in_good_time() -> None:
    begun = time.process_time()

    assert kind_of(read_paper("数.txt", b"1234567890" * 5000)) == "unknown"
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("divider", [" | ", "\n"])
def test_a_row_of_several_numbers_is_one_petition_and_asked_about(divider: str) -> None:
    first, second = ["1", "D3LN202201210009、X3LN202201210011", *ROW[2:]], ["2", "X3LN202201210020", *ROW[2:]]
    records = of_text("\n".join(map(divider.join, (HEADS, first, second)))).records

    assert [record.value("number") for record in records] == [first[1], second[1]]
    assert kinds(records[0]) == ["number_several"]


def test_a_petition_that_only_points_to_another_is_its_duplicate() -> None:
    record = one(交办问题基本情况="同D3LN202201150008号件。", 调查核实情况="见第13批D3LN202201150009号办理情况。")

    assert record.value("duplicates") == ["D3LN202201150008", "D3LN202201150009"]
