"""Petitions in the tables of a Word, Excel or PDF file: the heading found, its columns named, a row each.

Hides headings over two rows or broken inside words, headings repeated on every page, and title rows above them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_alignment import Row
from bihuan.lib.paper.document import Cell, Document, Table
from bihuan.lib.paper.passage import Passage, joined, of_cell, passage
from bihuan.lib.reading.petition_numbers import read_petition_number

_Grid = Sequence[Sequence[Cell | None]]
# A row, and whether it is for certain the rest of the one above.
Line = tuple[Row, bool]
_LONG = frozenset(("content", "findings", "handling", "accountability", "goal", "remark", "truth", "region", "types"))
_ENDED = re.compile(r"[。.!?;)”\"]$")
_SUM = re.compile(r"合计|总计|小计")


def parts(document: Document) -> Iterator[tuple[list[Passage], list[Line]]]:
    """The lines of each table of petitions with the words that stand above it since the table before.

    A table without a heading goes on with the columns of the one before.
    """
    above: list[Passage] = []
    columns: Mapping[int, str] = {}
    width = 0
    for block in document.blocks:
        if not isinstance(block, Table):
            above.append(passage(block.text, block.at))
            continue
        grid = block.grid()
        heading = _heading(grid)
        if heading is None and block.width != width:
            continue
        if heading is not None:
            columns, width = {**heading[1], **_unknown(grid[: heading[0]], heading[1])}, block.width
            above.extend(_title_rows(grid[: heading[0] - heading[2]]))
        yield above, list(_rows(grid, heading[0] if heading else 0, columns))
        above = []


def passed_over(document: Document) -> Iterator[Passage]:
    """The first words of each table that holds petitions' numbers and was not read: no heading, other columns."""
    width = 0
    for table in document.tables():
        heading = _heading(table.grid())
        width = table.width if heading else width
        if heading or table.width == width:
            continue
        numbered = [cell for cell in table.cells if re.fullmatch(words.NUMBER, re.sub(r"\s+", "", cell.text))]
        if numbered:
            yield of_cell(numbered[0]).strip()


def _unknown(grid: _Grid, columns: Mapping[int, str]) -> dict[int, str]:
    """The columns whose heading is not known, by that heading behind a question mark."""
    named = {at: of_cell(cell).strip() for at, cell in enumerate(grid[-1]) if cell and at not in columns}
    return {at: f"?{words.value}" for at, words in named.items() if words}


def personal_columns(document: Document) -> list[Passage]:
    """Headings of columns that would hold who the petitioner is."""
    return [
        of_cell(cell).strip()
        for table in document.tables()
        for cell in table.cells
        if cell.row < 4 and len(cell.text) < 12 and heads.PERSONAL.search(cell.text.strip())
    ]


def _title_rows(grid: _Grid) -> Iterator[Passage]:
    """The rows above the headings: titles, batch and date."""
    for row in grid:
        for cell in {id(cell): cell for cell in row if cell and cell.text.strip()}.values():
            yield of_cell(cell)


def _heading(grid: _Grid) -> tuple[int, Mapping[int, str], int] | None:
    """The first row below the heading, the columns by their place, and how many rows the heading takes."""
    for place in range(min(len(grid), 12)):
        above = _names(grid[place], None)
        if len(above) < 2:
            continue
        if place + 1 < len(grid):
            both = _names(grid[place], grid[place + 1])
            if len(both) > len(above) and _is_petitions(both) and not _has_values(grid[place + 1], both):
                return place + 2, both, 2
        if _is_petitions(above):
            return place + 1, above, 1
    return None


def _is_petitions(columns: Mapping[int, str]) -> bool:
    return heads.are_petitions(columns.values())


def _has_values(row: Sequence[Cell | None], columns: Mapping[int, str]) -> bool:
    return any(cell and columns.get(at) == "number" and re.search(r"\d{3}", cell.text) for at, cell in enumerate(row))


def _names(row: Sequence[Cell | None], below: Sequence[Cell | None] | None) -> dict[int, str]:
    names: dict[int, str] = {}
    for at, cell in enumerate(row):
        over = of_cell(cell).text if cell else ""
        under = below[at] if below is not None and at < len(below) else None
        lower = of_cell(under).text if under is not None and under is not cell else ""
        name = next((name for name in map(heads.column, (over + lower, lower, over)) if name), None)
        if name and name not in names.values():
            names[at] = name
    return names


def _rows(grid: _Grid, begin: int, columns: Mapping[int, str]) -> Iterator[Line]:
    for place in range(begin, len(grid)):
        cells = {name: grid[place][at] for at, name in columns.items() if at < len(grid[place])}
        pieces = {name: of_cell(cell).strip() for name, cell in cells.items() if cell}
        row = {name: piece for name, piece in pieces.items() if piece}
        own = {name: row[name] for name in row if (cell := cells[name]) and cell.row == place}
        if "number" in row and "number" not in own and place > begin and own:
            yield own, True
        elif len({id(cells[name]) for name in row}) > 1 and _is_row(row):
            yield row, False
        elif own and own.keys() <= _LONG and {"row", "number"} & {*columns.values()}:
            yield own, False


def whole(lines: Iterable[Line]) -> list[Row]:
    """The petitions, each whose row the page broke, or whose number stands beside several rows, put together again."""
    found: list[Row] = []
    for row, is_rest in lines:
        if found and (is_rest or _goes_on(row, found[-1])):
            before = found.pop()
            rest = {name: joined([before[name], piece]) if name in before else piece for name, piece in row.items()}
            found.append({**before, **rest})
        elif "number" in row or "content" in row:
            found.append(row)
    return found


def _goes_on(row: Row, before: Row) -> bool:
    if "row" not in row and "number" in row:
        return _completes(row["number"], before.get("number"))
    return not {"row", "number"} & row.keys() and _is_rest(row, before)


def _completes(piece: Passage, before: Passage | None) -> bool:
    """Whether a page broke a number in two: alone the first half is none, together they are one."""
    if not before or not read_petition_number(before.text).question:
        return False
    return read_petition_number(before.text + piece.text).question is None


def _is_rest(row: Row, before: Row) -> bool:
    """Whether a row without a number is the rest of the one before: it has no complaint, or ends a broken one."""
    if "content" not in row:
        return True
    return "content" in before and not _ENDED.search(before["content"].folded) and row.keys() <= _LONG


def _is_row(row: Row) -> bool:
    if sum(1 for name, piece in row.items() if heads.column(piece.text) == name) >= 2:
        return False
    lead = row.get("row") or row.get("number")
    return ("number" in row or "content" in row) and not (lead and _SUM.match(lead.text))


def of_table(table: Table) -> bool:
    """Whether the table's heading is one of petitions."""
    return _heading(table.grid()) is not None
