"""An empty workbook for people to fill in: headings, drop-downs, dates as dates, and a sheet that says what goes where.

Hides xlsxwriter. Values in, bytes out. Whoever reads it back finds the first sheet under the same headings.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

ROWS = 500
GUIDE, CHOICES = "填写说明", "选项"
_REQUIRED = {"font_name": "黑体", "bg_color": "#e3e8f0", "border": 1, "border_color": "#999999", "align": "center"}
_OPTIONAL = {**_REQUIRED, "bg_color": "#f5f6f8"}


@dataclass(frozen=True, slots=True)
class Blank:
    """One column to fill: its heading, width in Chinese characters, whether it must be filled, what it takes.

    `choices` become a drop-down, none means free words; `is_date` shows 2022-04-03; `note` is the guide's sentence.
    """

    label: str
    width: int
    is_required: bool
    note: str
    choices: Sequence[str] = ()
    is_date: bool = False


def blank_workbook(title: str, columns: Sequence[Blank]) -> bytes:
    """The bytes of an .xlsx with a sheet to fill in and its guide."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, guide, lists = (book.add_worksheet(name) for name in (title[:31], GUIDE, CHOICES))
        lists.hide()
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 24)
        for place, column in enumerate(columns):
            look = {"font_name": "宋体", "font_size": 11, "num_format": "yyyy-mm-dd" if column.is_date else "@"}
            sheet.set_column(place, place, column.width * 2 + 1, book.add_format(look))
            head = book.add_format(_REQUIRED if column.is_required else _OPTIONAL)
            sheet.write_string(0, place, column.label, head)
            if column.choices:
                lists.write_column(0, place, column.choices)
                sheet.data_validation(1, place, ROWS, place, _list_of(place, len(column.choices)))
        _write_guide(guide, columns, book)
    return out.getvalue()


def _list_of(place: int, count: int) -> dict[str, Any]:
    name = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
    return {
        "validate": "list",
        "source": f"={CHOICES}!{name}$1:{name}${count}",
        "error_title": "不在清单里",
        "error_message": "请从下拉清单里选。",
    }


def _write_guide(guide: Any, columns: Sequence[Blank], book: Any) -> None:
    wrapped = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"})
    bold = book.add_format({"font_name": "黑体", "font_size": 11, "valign": "top"})
    guide.set_column(0, 0, 20)
    guide.set_column(1, 1, 80)
    for row, column in enumerate(columns):
        guide.write_string(row, 0, column.label, bold)
        guide.write_string(row, 1, f"{'必填' if column.is_required else '可不填'}。{column.note}", wrapped)
    last = "一行一条，不要合并单元格。全部读得懂才写入；有一行不对，就一行也不写，并说明是哪一行。"
    guide.write_string(len(columns) + 1, 1, last, wrapped)
