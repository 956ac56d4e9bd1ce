"""A ledger's workbook that can come back: what may be filled in stands open, everything else is locked.

Hides xlsxwriter, the hidden column of keys, the lists behind the drop-downs, and the hidden sheet that keeps what stood
in every cell when it was taken out. Values in, bytes out. Text is always text, never a formula.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from bihuan.lib.paper.document import BASE
from bihuan.lib.paper.workbook import HEAD_ROW, MOST_CHARACTERS, Head, row_height

CHOICES, KEY = "闭环选项", "闭环编码"
_CELL = {"font_name": "宋体", "font_size": 10, "border": 1, "border_color": "#999999", "valign": "vcenter"}
_OPEN = {**_CELL, "text_wrap": True, "locked": False, "num_format": "@"}


@dataclass(frozen=True, slots=True)
class Place:
    """One column: its name, its head, and what its drop-down offers (nothing: free words)."""

    name: str
    head: Head
    choices: Sequence[str] = ()
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its key, a cell for each column, and the names of the columns that are open in it."""

    key: str
    cells: Sequence[str]
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Returnable:
    """A ledger as it is taken out. `meta` tells which ledger it is, of which city, when and by whom it was taken."""

    title: str
    note: str
    places: Sequence[Place]
    lines: Sequence[Line]
    meta: Mapping[str, Any]


def returnable_workbook(sheet: Returnable) -> bytes:
    """The bytes of an .xlsx: the ledger, and two hidden sheets."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": sheet.title, "author": "闭环"})
        page, lists, base = (book.add_worksheet(name) for name in (sheet.title[:31], CHOICES, BASE))
        _fill(page, sheet, book)
        _offer(page, lists, sheet)
        _keep(base, sheet)
        lists.hide()
        base.hide()
    return out.getvalue()


def _fill(page: Any, sheet: Returnable, book: Any) -> None:
    shut = book.add_format({**_CELL, "text_wrap": True, "bg_color": "#f5f6f8"})
    free = book.add_format(_OPEN)
    looks = {
        is_filled: book.add_format(
            {**_CELL, "font_name": "黑体", "align": "center", "text_wrap": True, "bg_color": colour}
        )
        for is_filled, colour in ((True, "#fff3d6"), (False, "#eef1f5"))
    }
    page.write_string(0, 1, sheet.title, book.add_format({"font_name": "黑体", "font_size": 18}))
    page.write_string(1, 1, sheet.note, book.add_format({"font_name": "宋体", "font_size": 10}))
    page.write_string(HEAD_ROW, 0, KEY, looks[False])
    page.set_column(0, 0, 16, None, {"hidden": True})
    page.set_row(0, 32)
    page.set_row(HEAD_ROW, 30)
    for column, place in enumerate(sheet.places, 1):
        page.set_column(column, column, place.head.width * 2 + 1)
        page.write_string(HEAD_ROW, column, place.head.label, looks[place.is_filled])
    heads = [place.head for place in sheet.places]
    for number, line in enumerate(sheet.lines, HEAD_ROW + 1):
        page.set_row(number, row_height(heads, line.cells))
        page.write_string(number, 0, line.key, shut)
        for column, (place, text) in enumerate(zip(sheet.places, line.cells, strict=True), 1):
            page.write_string(number, column, text[:MOST_CHARACTERS], free if place.name in line.open else shut)
    _settle(page, sheet)


def _settle(page: Any, sheet: Returnable) -> None:
    end = HEAD_ROW + max(len(sheet.lines), 1)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.freeze_panes(HEAD_ROW + 1, 3)
    page.autofilter(HEAD_ROW, 0, end, len(sheet.places))
    page.print_area(0, 0, end, len(sheet.places))
    page.set_footer(f"&L{sheet.note}&R第 &P 页，共 &N 页")
    allowed = ("format_columns", "format_rows", "autofilter", "sort", "select_locked_cells", "select_unlocked_cells")
    page.protect("", dict.fromkeys(allowed, True))


def _offer(page: Any, lists: Any, sheet: Returnable) -> None:
    for column, place in enumerate(sheet.places):
        if not place.choices or not sheet.lines:
            continue
        lists.write_column(0, column, place.choices)
        name = xl_col_to_name(column, col_abs=True)
        rule = {
            "validate": "list",
            "source": f"={CHOICES}!{name}$1:{name}${len(place.choices)}",
            "error_title": "不在清单里",
            "error_message": "请从下拉清单里选。",
        }
        page.data_validation(HEAD_ROW + 1, column + 1, HEAD_ROW + len(sheet.lines), column + 1, rule)


def _keep(base: Any, sheet: Returnable) -> None:
    """What stood where, by key and column: sorting, moving and retyping the ledger changes nothing here."""
    labels = {place.name: place.head.label for place in sheet.places}
    meta = {**sheet.meta, "labels": labels, "filled": [place.name for place in sheet.places if place.is_filled]}
    base.write_string(0, 0, BASE)
    base.write_string(0, 1, json.dumps(meta, ensure_ascii=False))
    for column, place in enumerate(sheet.places, 1):
        base.write_string(1, column, place.name)
    for row, line in enumerate(sheet.lines, 2):
        base.write_string(row, 0, line.key)
        for column, text in enumerate(line.cells, 1):
            base.write_string(row, column, text[:MOST_CHARACTERS])
