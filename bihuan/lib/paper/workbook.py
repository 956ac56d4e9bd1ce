"""Ledgers as workbooks fit to print: frozen and repeated headings, widths, A3 landscape, lights coloured.

Hides xlsxwriter. Values in, bytes out. Text is always text: a cell that begins with = + - @ is never a formula.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

LIGHTS = {
    "超期": {"font_color": "#b3261e", "bg_color": "#fde8e6"},
    "滞后": {"font_color": "#955500", "bg_color": "#fff3d6"},
    "临期": {"font_color": "#2b6cb0"},
    "正常": {"font_color": "#27703f"},
}
LONG = 24
HEAD_ROW = 2
ONE_PAGE = 150  # characters of 10 pt that an A3 page in landscape still shows in a readable size
KEYS = 32  # characters that key columns may take of a page
MOST_CHARACTERS = 32_767
MOST_IN_FOOTER = 110  # characters: a footer takes 255, and each may be an & that is written twice
LINE, PADDING, HIGHEST = 13, 5, 409  # points; no program takes a row higher than the last
ROOM = 2.1  # narrow characters of 10 pt to one of a column's width


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its heading, its width in Chinese characters, and whether it holds a light."""

    label: str
    width: int
    is_light: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, the line under it (what is shown, as of when), headings and rows of text or numbers."""

    title: str
    note: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[str | int]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of an .xlsx with these sheets."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": sheets[0].title if sheets else "", "author": "闭环"})
        formats = _formats(book)
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.title[:31]), sheet, formats)
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    cell = {"font_name": "宋体", "font_size": 10, "border": 1, "border_color": "#999999", "valign": "vcenter"}
    formats = {
        "title": book.add_format({"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"}),
        "title at left": book.add_format({"font_name": "黑体", "font_size": 18, "valign": "vcenter"}),
        "note": book.add_format({"font_name": "宋体", "font_size": 10, "font_color": "#5b6475", "valign": "vcenter"}),
        "head": book.add_format(
            {**cell, "font_name": "黑体", "bg_color": "#eef1f5", "align": "center", "text_wrap": True}
        ),
        "text": book.add_format({**cell, "text_wrap": True}),
        "short": book.add_format({**cell, "text_wrap": True, "align": "center"}),
        "number": book.add_format({**cell, "align": "center", "num_format": "0"}),
    }
    for word, look in LIGHTS.items():
        formats[word] = book.add_format({**cell, **look, "align": "center", "bold": True})
    return formats


def _fill(page: Worksheet, sheet: Sheet, formats: dict[str, Any]) -> None:
    last = max(len(sheet.heads) - 1, 0)
    _layout(page, sheet)
    if last and pages_wide(sheet) == 1:
        page.merge_range(0, 0, 0, last, sheet.title, formats["title"])
    else:  # centred over several pages it would be cut at a page's edge
        page.write_string(0, 0, sheet.title, formats["title at left"])
    page.write_string(1, 0, sheet.note, formats["note"])
    page.set_row(0, 32)
    page.set_row(HEAD_ROW, 30)
    for column, head in enumerate(sheet.heads):
        page.set_column(column, column, head.width * 2 + 1)
        page.write_string(HEAD_ROW, column, head.label, formats["head"])
    for number, row in enumerate(sheet.rows, HEAD_ROW + 1):
        page.set_row(number, row_height(sheet.heads, row))
        for column, (head, value) in enumerate(zip(sheet.heads, row, strict=True)):
            _write(page, number, column, head, value, formats)


def _layout(page: Worksheet, sheet: Sheet) -> None:
    last = max(len(sheet.heads) - 1, 0)
    end = HEAD_ROW + max(len(sheet.rows), 1)
    page.set_landscape()
    page.set_paper(8)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(pages_wide(sheet), 0)
    page.repeat_rows(HEAD_ROW)
    if pages_wide(sheet) > 1:
        page.repeat_columns(0, keys_of(sheet) - 1)
    page.freeze_panes(HEAD_ROW + 1, keys_of(sheet))
    page.set_footer(f"&L{_in_footer(sheet.note)}&R第 &P 页，共 &N 页")
    page.autofilter(HEAD_ROW, 0, end, last)
    page.print_area(0, 0, end, last)


def _in_footer(note: str) -> str:
    """The note where & is no mark, cut to what a footer takes."""
    return note[:MOST_IN_FOOTER].replace("&", "&&")


def keys_of(sheet: Sheet) -> int:
    """How many columns at the front tell the rows apart: they stay in sight, and stand on every page beside."""
    widths = accumulate(head.width for head in sheet.heads)
    return max(1, sum(width <= KEYS for width in widths))


def pages_wide(sheet: Sheet) -> int:
    """Beside how many pages the columns are printed, so that they can still be read; key columns stand on each."""
    keys = sum(head.width for head in sheet.heads[: keys_of(sheet)])
    rest = sum(head.width for head in sheet.heads) - keys
    return max(1, math.ceil(rest / (ONE_PAGE - keys)))


def row_height(heads: Sequence[Head], row: Sequence[str | int]) -> float:
    """The height of a row in points, as high as its longest cell: not every program finds it by itself."""
    lines = max((_lines(str(value), head.width) for head, value in zip(heads, row, strict=True)), default=1)
    return min(max(lines, 1) * LINE + PADDING, HIGHEST)


def _lines(text: str, width: int) -> int:
    wide = (sum(1 if character.isascii() else 2 for character in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(units / (width * ROOM))) for units in wide)


def _write(page: Worksheet, row: int, column: int, head: Head, value: str | int, formats: dict[str, Any]) -> None:
    if isinstance(value, int):
        page.write_number(row, column, value, formats["number"])
        return
    word = value.split(" ", 1)[0]
    look = (
        formats[word] if head.is_light and word in LIGHTS else formats["text" if head.width >= LONG // 2 else "short"]
    )
    page.write_string(row, column, value[:MOST_CHARACTERS], look)
