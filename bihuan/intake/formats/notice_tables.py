"""The parts of the problems of a notice that stand in tables: labels beside the words, or headings above them.

Hides which of the two forms a table has.
"""

from collections.abc import Iterator, Mapping

from bihuan.intake.formats.notice_sections import part_named, sections
from bihuan.lib.paper.document import Cell, Document
from bihuan.lib.paper.passage import Passage, joined, of_cell

_TELLING = frozenset(("results", "measures_results", "measures", "conclusion", "finished_on", "target"))
_HEADING_ROWS = 4


def two_columns(document: Document) -> Iterator[dict[str, Passage]]:
    """The form with labels on the left and words on the right, one table for one problem."""
    for table in document.tables():
        found: dict[str, Passage] = {}
        for row in table.grid():
            cells = [cell for cell in _distinct(row) if cell.text.strip()]
            if len(cells) == 2:
                label = of_cell(cells[0]).strip()
                named = sections(joined([of_cell(cells[0]), of_cell(cells[1])]))
                known = next((name for name in named if name not in {"opening", "ending"}), None)
                if known and label:
                    found.setdefault(known, of_cell(cells[1]).strip())
        yield found


def by_columns(document: Document) -> Iterator[dict[str, Passage]]:
    """The form with a row for each problem. A table without headings goes on with the columns of the one before."""
    columns: dict[int, str] = {}
    width = 0
    for table in document.tables():
        grid = table.grid()
        named = [_columns(row) for row in grid[:_HEADING_ROWS]]
        heading = next((at for at, names in enumerate(named) if _is_heading(names)), None)
        if heading is not None:
            columns, width = named[heading], table.width
        if not columns or table.width != width:
            continue
        for row in grid[0 if heading is None else heading + 1 :]:
            cells = {name: row[at] for at, name in columns.items() if at < len(row)}
            parts = {name: piece for name, cell in cells.items() if cell and (piece := of_cell(cell).strip())}
            if "problem" in parts and len({id(cell) for cell in cells.values()}) > 2 and _columns(row) != columns:
                yield parts


def _columns(row: list[Cell | None]) -> dict[int, str]:
    names: dict[int, str] = {}
    for at, cell in enumerate(row):
        name = part_named(cell.text) if cell else None
        if name and name not in names.values():
            names[at] = name
    return names


def _is_heading(names: Mapping[int, str]) -> bool:
    return len(names) > 2 and "problem" in names.values() and bool(_TELLING & set(names.values()))


def _distinct(row: list[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell}.values())
