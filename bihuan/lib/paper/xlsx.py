"""Workbooks (.xlsx, .xls, .ods): each visible sheet becomes a table of texts.

Hides calamine and the ways a workbook writes a value: whole numbers held as floats lose their ".0", dates become ISO
text, a formula is its last result. Rows and columns are those of the sheet, counted from 0; empty cells are left out.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping

import python_calamine as calamine

from bihuan.lib.paper.container import Package
from bihuan.lib.paper.document import BASE, Cell, Span, Table, Unreadable
from bihuan.lib.paper.sheets import Look, column_number, looks

ROWS, COLUMNS, POSITIONS = 200_000, 200, 8_000_000
CELL_LIMIT = 100_000

_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,7})(\d{1,9})\"[^>]*(?<!/)>")
_REPEATED = re.compile(rb"number-(?:columns|rows)-repeated=\"(\d+)\"")
_DAMAGED = "Excel 文件已损坏，请用 Excel 打开后重新另存再导入。"


def read_workbook(data: bytes, package: Package | None = None) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The visible sheets that hold anything, and a remark on each that hides rows: they are left out. Of hidden sheets
    one is read: what a ledger of ours that comes back had in its cells.

    `package` is the checked package of an .xlsx or .ods, so that its extent is known before room is made for it.
    Refuses damage, a password, more than 200 000 rows or 200 columns, and a cell of more than 100 000 characters.
    """
    if package is not None:
        _check_extent(package)
    try:
        seen = looks(package) if package is not None else {}
        tables = tuple(_sheets(data, seen))
        return tables, tuple(_remarks(tables, seen))
    except calamine.PasswordError as fault:
        raise Unreadable("Excel 文件加了密码，请去掉密码后再导入。") from fault
    except Unreadable:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # calamine's Rust panics do not derive from Exception
        raise Unreadable(_DAMAGED) from fault


def _remarks(tables: Iterable[Table], seen: Mapping[str, Look]) -> Iterator[str]:
    for table in tables:
        if hidden := seen.get(table.title, Look()).hidden:
            yield f"工作表“{table.title}”有{len(hidden)}行被隐藏或筛选掉，没有读入；需要时请取消隐藏后重新导入。"


def _sheets(data: bytes, seen: Mapping[str, Look]) -> Iterator[Table]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    index = 0
    for place, about in enumerate(book.sheets_metadata):
        is_seen = about.visible == calamine.SheetVisibleEnum.Visible or about.name == BASE
        if about.typ != calamine.SheetTypeEnum.WorkSheet or not is_seen:
            continue
        sheet = book.get_sheet_by_index(place)
        if sheet.end is None:
            continue
        _check_size(about.name, sheet.end[0] + 1, sheet.end[1] + 1)
        yield Table(index, tuple(_cells(index, about.name, sheet, seen.get(about.name, Look()))), about.name)
        index += 1


def _cells(index: int, name: str, sheet: calamine.CalamineSheet, look: Look) -> Iterator[Cell]:
    end = sheet.end or (0, 0)
    merged = {start: _size(start, stop, end) for start, stop in sheet.merged_cell_ranges or ()}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            text = _as_shown(value, (row, column), look)
            if len(text) > CELL_LIMIT:
                raise Unreadable(f"工作表“{name}”第 {row + 1} 行第 {column + 1} 列的文字超过 10 万字，请拆开后再导入。")
            if text:
                rows, columns = merged.get((row, column), (1, 1))
                if look.hidden.issuperset(range(row, row + rows)):
                    continue
                at = Span(0, len(text), table=index, row=row, cell=column)
                yield Cell(text, at, row, column, rows, columns)


def _size(start: tuple[int, int], stop: tuple[int, int], end: tuple[int, int]) -> tuple[int, int]:
    """How much a merge covers, cut at the last used row and column: sheets are merged to their far corner in vain."""
    return max(1, min(stop[0], end[0]) - start[0] + 1), max(1, min(stop[1], end[1]) - start[1] + 1)


def _as_shown(value: object, place: tuple[int, int], look: Look) -> str:
    if isinstance(value, dt.date) and place in look.months:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年" if isinstance(value, dt.date) and place in look.years else written(value)


def written(value: object) -> str:
    """A cell's value as a person would write it: whole numbers without a fraction, dates as ISO text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def _check_size(name: str, height: int, width: int) -> None:
    if height > ROWS:
        raise Unreadable(f"工作表“{name}”有 {height} 行，超过 20 万行，请拆成几份后再导入。")
    if width > COLUMNS:
        raise Unreadable(f"工作表“{name}”有 {width} 列，超过 200 列，请删去多余的列后再导入。")


def _check_extent(package: Package) -> None:
    for name, content in package.parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _check_sheet(name.rsplit("/", 1)[-1].removesuffix(".xml"), content)
        elif name == "content.xml":
            _check_repeats(content)


def _check_sheet(name: str, content: bytes) -> None:
    height = width = 0
    for letters, digits in _FILLED.findall(content):
        height = max(height, int(digits))
        width = max(width, column_number(letters))
    _check_size(name, height, width)
    if height * width > POSITIONS:
        raise Unreadable(f"工作表“{name}”的范围过大（{height} 行 × {width} 列），请删去多余的行和列后再导入。")


def _check_repeats(content: bytes) -> None:
    """OpenDocument writes "the same cell a million times" in one tag; only empty ones at the end are harmless."""
    for tag in re.findall(rb"<table:table-cell\b[^>]*office:value-type[^>]*>", content):
        if any(int(count) > COLUMNS for count in _REPEATED.findall(tag)):
            raise Unreadable("工作表里有重复过多的单元格，请删去多余的列后再导入。")
