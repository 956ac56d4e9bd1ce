"""Workbooks are read as their sheets show them."""

import datetime as dt
import io

import pytest
import xlsxwriter

from bihuan.lib.paper.document import Document, Unreadable
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.paper.xlsx import written
from tests.rules.lib.paper.papers import added, packed, workbook


def texts(document: Document) -> list[list[str]]:
    (table,) = document.tables()
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def test_a_sheet_becomes_a_table_in_its_own_rows_and_columns() -> None:
    document = read_paper("台账.xlsx", workbook([["序号", "内容"], [], ["1", "扬尘"]]))

    (table,) = document.tables()
    assert table.title == "表1"
    assert texts(document) == [["序号", "内容"], ["", ""], ["1", "扬尘"]]
    assert table.cells[-1].at.plain() == {"table": 0, "row": 2, "cell": 1, "start": 0, "end": 2}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20.0, "20"),
        (0.5, "0.5"),
        (251542.71, "251542.71"),
        (True, "TRUE"),
        (dt.datetime.fromisoformat("2022-04-12"), "2022-04-12"),
        (dt.datetime.fromisoformat("2022-04-12T08:30"), "2022-04-12 08:30"),
        (dt.date(2022, 4, 12), "2022-04-12"),
        (dt.time(8, 30), "08:30:00"),
        ("甲\r\n乙", "甲\n乙"),
    ],
)
def test_a_value_is_written_as_a_person_would(value: object, text: str) -> None:
    assert written(value) == text


def formatted(day: dt.datetime, *formats: str | int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        for row, code in enumerate(formats):
            look = book.add_format()
            look.set_num_format(code)
            sheet.write_datetime(row, 0, day, look)
        sheet.set_row(len(formats) - 1, None, None, {"hidden": True})
    return out.getvalue()


def test_a_date_that_shows_no_day_has_none() -> None:
    data = formatted(dt.datetime.fromisoformat("2023-03-01"), 57, 31, 'yyyy"年"m"月"', "yyyy/m", 'yyyy"年"', 14, 14)

    (table,) = read_paper("台账.xlsx", data).tables()

    assert [cell.text for cell in table.cells] == [
        "2023年3月",
        "2023-03-01",
        "2023年3月",
        "2023年3月",
        "2023年",
        "2023-03-01",
    ]


def test_hidden_rows_are_left_out_and_said_to_be() -> None:
    document = read_paper("台账.xlsx", formatted(dt.datetime.fromisoformat("2023-03-01"), 14, 14))

    (table,) = document.tables()
    assert [cell.row for cell in table.cells] == [0]
    assert document.remarks == ("工作表“台账”有1行被隐藏或筛选掉，没有读入；需要时请取消隐藏后重新导入。",)


def test_whole_numbers_arrive_without_a_fraction() -> None:
    assert texts(read_paper("台账.xlsx", workbook([[1, 2.5, "03"]]))) == [["1", "2.5", "03"]]


def test_merged_cells_say_how_far_they_reach() -> None:
    data = workbook([["", ""], ["", "", "丙"]], merged=[(0, 0, 1, 1, "甲")])

    (table,) = read_paper("台账.xlsx", data).tables()

    assert [(cell.text, cell.rows, cell.columns) for cell in table.cells] == [("甲", 2, 2), ("丙", 1, 1)]


def test_a_merge_to_the_far_corner_is_cut_at_the_used_cells() -> None:
    data = workbook([["", "", "", "丁"]], merged=[(0, 0, 20_000, 1, "甲")])

    (table,) = read_paper("台账.xlsx", data).tables()

    assert (table.height, table.width) == (1, 4)


def test_several_sheets_become_several_tables() -> None:
    tables = list(read_paper("台账.xlsx", workbook([["甲"]], [], [["乙"]])).tables())

    assert [(table.index, table.title, table.cells[0].text) for table in tables] == [(0, "表1", "甲"), (1, "表3", "乙")]


def test_a_hidden_sheet_is_not_read() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("看得见").write(0, 0, "甲")
        hidden = book.add_worksheet("藏着")
        hidden.write(0, 0, "乙")
        hidden.hide()

    assert [table.title for table in read_paper("台账.xlsx", out.getvalue()).tables()] == ["看得见"]


def test_a_formula_is_its_last_result() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_formula(0, 0, '=HYPERLINK("http://example.org")', None, "点此")

    assert texts(read_paper("台账.xlsx", out.getvalue())) == [["点此"]]


def opendocument(cells: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheet = f'<table:table table:name="表1"><table:table-row>{cells}</table:table-row></table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    content = f"<office:document-content {names}>{body}</office:document-content>"
    entry = 'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"'
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f"<manifest:file-entry {entry}/></manifest:manifest>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def test_an_opendocument_sheet_is_read() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'

    assert texts(read_paper("台账.ods", opendocument(cell))) == [["甲"]]


def test_a_cell_repeated_without_end_is_refused() -> None:
    cell = '<table:table-cell table:number-columns-repeated="9999999" office:value-type="string"/>'

    with pytest.raises(Unreadable, match=r"^工作表里有重复过多的单元格，请删去多余的列后再导入。$"):
        read_paper("台账.ods", opendocument(cell))


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"^工作表“sheet1”有 201 列，超过 200 列，请删去多余的列后再导入。$"):
        read_paper("台账.xlsx", workbook([["x"] * 201]))


def test_too_many_rows_are_refused() -> None:
    data = added(workbook([["甲"]]), {"xl/worksheets/sheet1.xml": _sheet('<c r="A200001"><v>1</v></c>')})

    with pytest.raises(Unreadable, match=r"^工作表“sheet1”有 200001 行，超过 20 万行，请拆成几份后再导入。$"):
        read_paper("台账.xlsx", data)


def test_a_vast_empty_extent_is_refused_before_room_is_made() -> None:
    cells = '<c r="A1"><v>1</v></c><c r="GR190000"><v>1</v></c>'
    data = added(workbook([["甲"]]), {"xl/worksheets/sheet1.xml": _sheet(cells)})

    with pytest.raises(Unreadable, match="范围过大（190000 行 × 200 列）"):
        read_paper("台账.xlsx", data)


def test_a_monstrous_cell_is_refused_by_its_place() -> None:
    cell = f'<c r="B1" t="inlineStr"><is><t>{"长" * 100_001}</t></is></c>'
    data = added(workbook([["甲"]]), {"xl/worksheets/sheet1.xml": _sheet(cell)})

    with pytest.raises(Unreadable, match=r"^工作表“表1”第 1 行第 2 列的文字超过 10 万字，请拆开后再导入。$"):
        read_paper("台账.xlsx", data)


def _sheet(cells: str) -> str:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData><row>{cells}</row></sheetData></worksheet>'
