"""A ledger of ours that was taken out, filled in, and came back: its rows under our headings, wherever they stand now.

Hides what a spreadsheet does to a table on its way: columns moved, rows sorted or put in, headings over two rows, cells
merged, sums added, sheets added, widths of digits changed. Nothing is matched with anything here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bihuan.lib import chinese
from bihuan.lib.paper.document import BASE, Cell, Document, Table
from bihuan.lib.paper.returnable import KEY

HEADS_WITHIN, FEWEST = 15, 3
WORDS = ("ledger", "city", "by", "on")  # that our hidden sheet says of itself
_SUM = re.compile(r"(?:本页)?(?:合计|总计|小计|共计|累计)[:：]?")
_OURS = re.compile(r"从闭环取出，共\d+")
Heads = Mapping[str, Mapping[str, str]]  # {ledger: {label: column}}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its key as it stands there, and the words under each heading.

    `merged` are the columns whose cell was merged with others: what it says, it says of several.
    """

    sheet: str
    row: int
    key: str
    cells: Mapping[str, str]
    columns: Mapping[str, int]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: of which ledger, what its hidden sheet says (`meta`, `base`: {key: {column: words}}), its rows.

    `left` are rows and columns that were not read, (place, why).
    """

    ledger: str
    meta: Mapping[str, Any]
    base: Mapping[str, Mapping[str, str]]
    lines: tuple[Line, ...]
    left: tuple[tuple[str, str], ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


def returned_of(plain: Mapping[str, Any]) -> Returned:
    """As it was stored."""
    lines = tuple(Line(**{**one, "merged": tuple(one["merged"])}) for one in plain["lines"])
    left = tuple((str(place), str(why)) for place, why in plain["left"])
    return Returned(plain["ledger"], plain["meta"], plain["base"], lines, left)


def read_returned(document: Document, heads: Heads) -> Returned | None:
    """The ledger that this workbook is: our hidden sheet, our key or our line under the title tells; else None."""
    meta, base = _base(document)
    pages = [table for table in document.tables() if table.title != BASE]
    if not meta and not any(_is_ours(table) for table in pages):
        return None
    ledger = str(meta.get("ledger") or "") or _likeliest(pages, heads)
    if ledger not in heads:
        return None
    lines: list[Line] = []
    left = [("整本", remark) for remark in document.remarks]
    for table in pages:
        _read_sheet(table, heads[ledger], lines, left)
    return Returned(ledger, meta, base, tuple(lines), tuple(left))


def _base(document: Document) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    table = next((table for table in document.tables() if table.title == BASE), None)
    if table is None:
        return {}, {}
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell.text
    meta = _meta(rows.get(0, {}).get(1, ""))
    names = {column: name for column, name in rows.get(1, {}).items() if column}
    kept = {
        cells[0]: {name: cells.get(column, "") for column, name in names.items()}
        for row, cells in rows.items()
        if row > 1 and cells.get(0)
    }
    return meta, kept


def _meta(text: str) -> dict[str, Any]:
    """What our sheet says of itself, as far as it says it: anybody may have written there."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    meta: dict[str, Any] = {name: said[name][:60] for name in WORDS if isinstance(said.get(name), str)}
    codes = said.get("inspections")
    return meta | {"inspections": [str(code)[:20] for code in codes[:100]] if isinstance(codes, list) else []}


def _is_ours(table: Table) -> bool:
    return any(
        cell.row < HEADS_WITHIN and (cell.text.strip() == KEY or _OURS.search(cell.text)) for cell in table.cells
    )


def _likeliest(pages: Sequence[Table], heads: Heads) -> str:
    labels = Counter(folded(cell.text) for table in pages for cell in table.cells if cell.row < HEADS_WITHIN)
    found = {ledger: sum(folded(label) in labels for label in columns) for ledger, columns in heads.items()}
    return max(found, key=lambda ledger: found[ledger], default="")


def folded(text: str) -> str:
    """Words as they are compared: half-width, without blanks."""
    return "".join(chinese.half_width(text).split())


def _read_sheet(table: Table, labels: Mapping[str, str], lines: list[Line], left: list[tuple[str, str]]) -> None:
    grid = table.grid()
    names = {folded(label): name for label, name in labels.items()} | {folded(KEY): ""}
    at, height, heads = _heads(grid, names)
    if len(heads) < FEWEST:
        if table.cells:
            left.append((f"工作表“{table.title}”", "没有台账的表头，没有读。"))
        return
    doubled = [name for name, count in Counter(heads.values()).items() if count > 1]
    for name in doubled:
        label = next((label for label, one in labels.items() if one == name), KEY)
        left.append((f"工作表“{table.title}”", f"有不止一列叫“{label}”，这一列没有读。"))
    columns = {name: column for column, name in heads.items() if name not in doubled}
    for row in range(at + height, len(grid)):
        lines += _line(table.title, row, grid[row], columns, names, left)


def _heads(grid: Sequence[Sequence[Cell | None]], names: Mapping[str, str]) -> tuple[int, int, dict[int, str]]:
    """(row, how many rows, {place: column}) of the headings: where most of them stand, in one row or in two."""
    best: tuple[int, int, dict[int, str]] = (0, 1, {})
    for row in range(min(len(grid), HEADS_WITHIN)):
        one = _under(grid, row, 1, names)
        two = _under(grid, row, 2, names) if row + 1 < len(grid) else {}
        for height, found in ((1, one), (2, two)):
            if len(found) > len(best[2]):
                best = (row, height, found)
    row, height, found = best
    is_spread = height == 1 and any((cell := grid[row][place]) is not None and cell.rows > 1 for place in found)
    return row, 2 if is_spread else height, found


def _under(grid: Sequence[Sequence[Cell | None]], row: int, height: int, names: Mapping[str, str]) -> dict[int, str]:
    found = {}
    for place in range(len(grid[row])):
        parts = [folded(_text(one[place])).rstrip("*:") for one in grid[row : row + height]]
        for word in dict.fromkeys((*parts, "".join(dict.fromkeys(parts)))):
            if word and word in names:
                found[place] = names[word]
    return found


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text.strip()


def _line(
    sheet: str,
    row: int,
    cells: Sequence[Cell | None],
    columns: Mapping[str, int],
    names: Mapping[str, str],
    left: list[tuple[str, str]],
) -> Iterator[Line]:
    words = {name: _text(cells[place]) for name, place in columns.items()}
    filled = [folded(_text(cell)) for cell in cells if _text(cell)]
    if not filled or sum(word in names for word in filled) >= FEWEST:
        return
    if not words.get("") and any(_SUM.fullmatch(word) for word in filled):
        left.append((f"{sheet}第{row + 1}行", "合计行，没有读。"))
        return
    merged = tuple(
        name for name, place in columns.items() if (one := cells[place]) is not None and one.rows * one.columns > 1
    )
    key = folded(words.pop("", "")).upper()
    if key or any(words.values()):
        yield Line(sheet, row + 1, key, words, {name: columns[name] for name in words}, merged)
