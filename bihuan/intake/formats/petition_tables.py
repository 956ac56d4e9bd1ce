"""Petitions in the tables of a Word, Excel or PDF file: the heading found, its columns named, a row each.

Hides headings over two rows or broken inside words, headings repeated on every page, and title rows above them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_alignment import Row
from bihuan.lib.paper.document import Cell, Document, Table
from bihuan.lib.paper.passage import Passage, of_cell

_Grid = Sequence[Sequence[Cell | None]]
_SUM = re.compile(r"合计|总计|小计")


def rows(document: Document) -> list[Row]:
    """The petitions in the document's tables; a table without a heading goes on with the columns of the one before."""
    found: list[Row] = []
    columns: Mapping[int, str] = {}
    width = 0
    for table in document.tables():
        grid = table.grid()
        heading = _heading(grid)
        if heading is None and table.width != width:
            continue
        if heading is not None:
            columns, width = heading[1], table.width
        begin = heading[0] if heading else 0
        found.extend(_rows(grid[begin:], columns))
    return found


def personal_columns(document: Document) -> list[Passage]:
    """Headings of columns that would hold who the petitioner is."""
    return [
        of_cell(cell).strip()
        for table in document.tables()
        for cell in table.cells
        if cell.row < 4 and len(cell.text) < 12 and words.PERSONAL.search(cell.text.strip())
    ]


def title_passages(document: Document) -> Iterator[Passage]:
    """The rows above the headings: titles, batch and date."""
    for table in document.tables():
        grid = table.grid()
        heading = _heading(grid)
        for row in grid[: heading[0] - heading[2] if heading else 0]:
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
    return words.are_petitions(columns.values())


def _has_values(row: Sequence[Cell | None], columns: Mapping[int, str]) -> bool:
    return any(cell and columns.get(at) == "number" and re.search(r"\d{3}", cell.text) for at, cell in enumerate(row))


def _names(row: Sequence[Cell | None], below: Sequence[Cell | None] | None) -> dict[int, str]:
    names: dict[int, str] = {}
    for at, cell in enumerate(row):
        over = of_cell(cell).text if cell else ""
        under = below[at] if below is not None and at < len(below) else None
        lower = of_cell(under).text if under is not None and under is not cell else ""
        name = next((name for name in map(words.column, (over + lower, lower, over)) if name), None)
        if name and name not in names.values():
            names[at] = name
    return names


def _rows(grid: _Grid, columns: Mapping[int, str]) -> Iterator[Row]:
    for line in grid:
        row: dict[str, Passage] = {}
        for at, name in columns.items():
            cell = line[at] if at < len(line) else None
            piece = of_cell(cell).strip() if cell else None
            if piece:
                row[name] = piece
        if _is_row(row):
            yield row


def _is_row(row: Row) -> bool:
    headings = sum(1 for name, piece in row.items() if words.column(piece.text) == name)
    if headings >= 2 or len({piece.span for piece in row.values()}) < 2:
        return False
    lead = row.get("row") or row.get("number")
    return ("number" in row or "content" in row) and not (lead and _SUM.match(lead.text))


def of_table(table: Table) -> bool:
    """Whether the table's heading is one of petitions."""
    return _heading(table.grid()) is not None
