"""Tables of plans: their headers, rows broken by a page, cells that belong to one measure, rows without a number."""

from bihuan.intake.formats.plan import understand_plan
from bihuan.lib.paper.document import Cell, Span, Table
from bihuan.lib.reading.directory import default_directory
from tests.rules.intake.plan_papers import LEFT, UP, paper, pasted, tables, values

CITY = default_directory("130900")


def test_a_deadline_numbered_like_the_measures_is_dealt_to_them() -> None:
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限", "责任单位", "类别", "整改举措", "污染类型"],
        ["1", "雨污混接。", "1.排查。\n2.改造。", "1.2021年底前\n2.2022年6月底前", "市水利局", "水类", "碧水", "水"],
    ]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    assert values(understood, "measure", "due_on") == [("2021-12-31",), ("2022-06-30",)]
    assert values(understood, "problem", "due_on", "campaign", "pollution_type", "aspect") == [
        ("2022-06-30", "碧水", "水", "水类")
    ]


def test_measures_with_a_column_for_their_number_and_cells_of_their_own() -> None:
    header = ["序号", "反馈问题", "措施序号", "整改措施", "整改时限", "牵头单位", "配合单位", "责任领导", "责任人"]
    rows = [
        ["1", "雨污混接。", "1-1", "排查管网。", "2022年底前", "市水利局", "", "甲某、乙某", "丙某"],
        [UP, UP, "1-2", "改造混接点。", "2023年底前", "市公安局", "市财政局", UP, UP],
    ]

    understood = understand_plan(tables([header, *rows]), on=None, directory=CITY)

    assert values(understood, "measure", "number", "due_on", "lead", "supporting") == [
        (1, "2022-12-31", ["市水利局"], None),
        (2, "2023-12-31", ["市公安局"], ["市财政局"]),
    ]
    assert values(understood, "problem", "due_on", "lead", "leaders", "persons") == [
        ("2023-12-31", ["市水利局", "市公安局"], ["甲某", "乙某"], ["丙某"])
    ]


def test_unnumbered_measures_one_to_a_row_are_counted_on() -> None:
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限"],
        ["1", "雨污混接。", "排查管网。", "2022年底前"],
        ["", "", "改造混接点。", "2022年底前"],
        ["", "", "", ""],
        ["2", "扬尘。", "喷淋。", "长期坚持"],
    ]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    assert values(understood, "measure", "problem", "number", "text") == [
        (1, 1, "排查管网。"),
        (1, 2, "改造混接点。"),
        (2, 1, "喷淋。"),
    ]


def test_a_table_without_a_number_column_begins_a_problem_with_each_text() -> None:
    rows = [
        ["问题描述", "具体措施", "完成时限"],
        ["雨污混接。", "1.排查。", "2022年底前"],
        ["扬尘。", "1.喷淋。", "立行立改"],
    ]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    assert values(understood, "problem", "number", "text") == [(None, "雨污混接。"), (None, "扬尘。")]


def test_aspects_stand_as_rows_across_the_table_or_alone_in_the_first_column() -> None:
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限"],
        ["一、水环境方面", LEFT, LEFT, LEFT],
        ["1", "雨污混接。", "1.排查。", "2022年底前"],
        ["二、大气方面", "", "", ""],
        ["2", "扬尘。", "1.喷淋。", "立行立改"],
        ["合计", "2个问题", "2项措施", ""],
    ]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    assert values(understood, "aspect", "text") == [("水环境方面",), ("大气方面",)]
    assert values(understood, "problem", "aspect") == [("水环境方面",), ("大气方面",)]
    assert [(row.what, row.printed, row.read) for row in understood.reconciliation] == [
        ("问题", 2, 2),
        ("整改措施", 2, 2),
    ]


def test_a_row_broken_by_the_page_goes_on_with_each_of_its_cells() -> None:
    header = ["序号", "反馈问题", "整改措施", "整改时限", "责任单位"]
    first = [header, ["1", "雨污混接", "1.排查管网。\n（", "2022年", "市水"]]
    second = [
        header,
        ["", "问题突出。", "2）改造混接点", "底前", "利局"],
        ["2", "扬尘。", "1.喷淋。", "立行立改", "市水利局"],
    ]

    understood = understand_plan(tables(first, second), on=None, directory=CITY)

    assert values(understood, "problem", "text", "due_on", "responsible")[0] == (
        "雨污混接问题突出。",
        "2022-12-31",
        ["市水利局"],
    )


def test_a_broken_row_of_a_measure_with_cells_of_its_own() -> None:
    header = ["序号", "反馈问题", "整改措施", "整改时限"]
    first = [header, ["1", "雨污混接。", "1.排查管网。", "2022年底前"], ["", "", "2.改造混", "2023年"]]
    second = [["", "", "接点。", "底前"], ["", "", "3.巡查。", "长期坚持"]]

    understood = understand_plan(tables(first, second), on=None, directory=CITY)

    assert values(understood, "measure", "text", "due_on") == [
        ("排查管网。", "2022-12-31"),
        ("改造混接点。", "2023-12-31"),
        ("巡查。", None),
    ]


def test_tables_of_another_kind_are_left_alone() -> None:
    other = [["姓名", "职务"], ["甲某", "主任"]]
    plan = [["序号", "反馈问题", "整改措施", "整改时限"], ["1", "扬尘。", "1.喷淋。", "立行立改"]]

    understood = understand_plan(tables(other, plan), on=None, directory=CITY)

    assert [record.key for record in understood.records] == ["problem:1", "measure:1-1"]


def test_lines_without_a_number_column_are_dealt_by_the_count_of_columns() -> None:
    understood = understand_plan(
        pasted(
            "反馈问题\n整改措施\n整改时限\n责任单位\n扬尘。\n1.喷淋。\n立行立改\n市水利局\n噪声。\n1.隔音。\n2022年底前\n市公安局"
        ),
        on=None,
        directory=CITY,
    )

    assert values(understood, "problem", "text", "deadline", "responsible") == [
        ("扬尘。", "立行立改", ["市水利局"]),
        ("噪声。", "2022年底前", ["市公安局"]),
    ]


def test_a_row_without_its_number_is_a_problem_of_its_own() -> None:
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限"],
        ["1", "扬尘。", "1.喷淋。", "立行立改"],
        ["", "噪声。", "1.隔音。", "立行立改"],
    ]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    assert values(understood, "problem", "number", "text") == [(1, "扬尘。"), (None, "噪声。")]


def test_a_field_divided_by_aspect_rows_does_not_run_on() -> None:
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限", "备注"],
        ["", "", "", "", "说明文字"],
        ["1", "扬尘。", "1.喷淋。", "立行立改", ""],
    ]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    assert values(understood, "problem", "text", "remark") == [("扬尘。", None)]


def test_a_deadline_of_its_own_keeps_the_milestones_of_the_measures_words() -> None:
    rows = [
        ["序号", "反馈问题", "整改措施", "整改时限"],
        ["1", "雨污混接。", "1.2021年底前完成设计，2022年底前完工。", "2022年底前"],
        ["", "", "2.2022年6月底前完成排查，2023年底前验收。", "2023年底前"],
    ]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    (first, second) = [record.value("milestones") for record in understood.records if record.type == "measure"]
    assert [one["date"] for one in first] == ["2021-12-31", "2022-12-31"]
    assert [one["text"] for one in second] == ["完成排查", "验收"]


def test_a_problem_whose_text_is_missing_still_keeps_its_fields() -> None:
    rows = [["序号", "反馈问题", "整改措施", "整改时限"], ["1", "", "1.喷淋。", "立行立改"]]

    understood = understand_plan(tables(rows), on=None, directory=CITY)

    assert values(understood, "problem", "number", "title", "text", "deadline") == [(1, None, None, "立行立改")]


def test_an_uneven_table_is_read_as_far_as_it_goes() -> None:
    texts = [["序号", "反馈问题", "整改措施", "整改时限"], ["1", "扬尘。", "1.喷淋。"]]
    cells = tuple(
        Cell(text, Span(0, len(text), table=0, row=row, cell=column), row, column)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )

    understood = understand_plan(paper(Table(0, cells)), on=None, directory=CITY)

    assert values(understood, "problem", "text", "deadline") == [("扬尘。", None)]
