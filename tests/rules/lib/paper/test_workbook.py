"""Workbooks fit to print: rows as high as their text, pages that can be read, text that is never a formula."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from bihuan.lib.paper.workbook import Head, Sheet, keys_of, pages_wide, row_height, workbook

HEADS = [Head("序号", 5), Head("灯号", 8, is_light=True), Head("问题", 18), Head("反馈问题原文", 30)]


def sheet(heads: list[Head] = HEADS, *rows: list[str | int]) -> Sheet:
    return Sheet("整改问题台账", "数据截至 2022-12-12，共 1 个", heads, rows)


def inside(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("短", 1),
        ("三十个字" * 7 + "正好", 1),
        ("三十个字" * 8 + "多", 2),
        ("第一行\n第二行\n第三行", 3),
        ("a" * 127, 3),
    ],
)
def test_a_row_is_as_high_as_its_longest_cell(text: str, lines: int) -> None:
    assert row_height(HEADS, [1, "超期", "短", text]) == lines * 13 + 5


def test_no_row_is_higher_than_programs_take() -> None:
    row = [1, "", "", "很长的原文" * 2000]

    heights = re.findall(r'ht="([0-9.]+)"', inside(workbook([sheet(HEADS, row)])))

    assert row_height(HEADS, row) == 409
    assert max(map(float, heights)) <= 409


def test_wide_sheets_go_on_beside_with_their_key_columns() -> None:
    wide = sheet([*HEADS, *(Head(f"单位{number}", 20) for number in range(10))])

    assert (pages_wide(sheet()), keys_of(sheet())) == (1, 3)
    assert pages_wide(wide) == 2
    data = workbook([wide])
    assert 'fitToWidth="2" fitToHeight="0"' in inside(data)
    names = zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml").decode()
    assert "整改问题台账!$A:$C,整改问题台账!$3:$3" in names


def test_the_title_is_centred_on_one_page_and_at_the_left_of_several() -> None:
    wide = sheet([*HEADS, *(Head(f"单位{number}", 20) for number in range(10))])

    assert 'mergeCell ref="A1:D1"' in inside(workbook([sheet()]))
    assert "mergeCell" not in inside(workbook([wide]))


def test_text_that_looks_like_a_formula_stays_text() -> None:
    data = workbook([sheet(HEADS, [1, "正常", "=1+1", "@SUM(A1)"])])

    assert "<f>" not in inside(data)
    [*_, row] = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert row[2:] == ["=1+1", "@SUM(A1)"]
