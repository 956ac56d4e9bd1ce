"""Petitions in the tables of a Word, Excel or PDF file: the heading found, its columns named, a row each.

Hides headings over two rows or broken inside words, headings repeated on every page, and title rows above them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_alignment import Row
from bihuan.intake.formats.petition_endings import is_note
from bihuan.intake.formats.petition_titles import batch_of
from bihuan.lib.paper.document import Cell, Document, Table
from bihuan.lib.paper.passage import Passage, joined, of_cell, passage
from bihuan.lib.reading.petition_numbers import read_petition_number

_Grid = Sequence[Sequence[Cell | None]]
# A row, and whether it is for certain the rest of the one above.
Line = tuple[Row, bool]
_LONG = frozenset(("content", "findings", "handling", "accountability", "goal", "remark", "truth", "region", "types"))
_ENDED = re.compile(r"[。.!?;)”\"]$")
_SUM = re.compile(r"合计|总计|小计")
_TITLE = 120


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of a table by their place, how wide it is, and their names in order, `None` for one not known."""

    columns: Mapping[int, str] = field(default_factory=dict)
    width: int = 0
    order: tuple[str | None, ...] = ()

    def carried(self, table: Table) -> Mapping[int, str] | None:
        """The columns of a table without a heading that goes on with this one, `None` where it does not fit.

        A page counts only the lines that cross it: there each heading may be one column.
        """
        if table.width == self.width:
            return self.columns
        if len(self.order) > 3 and table.width == len(self.order):
            return {at: name for at, name in enumerate(self.order) if name}
        return None


def parts(document: Document) -> Iterator[tuple[list[Passage], list[Line]]]:
    """The lines of each table of petitions with the words that stand above it since the table before.

    A table without a heading goes on with the columns of the one before; a row that names a batch begins another part.
    """
    above: list[Passage] = []
    layout = _Layout()
    for block in document.blocks:
        if not isinstance(block, Table):
            above.append(passage(block.text, block.at))
            continue
        grid = block.grid()
        heading = _heading(grid)
        if heading is not None and not _is_told(grid, heading, above):
            layout, above = _Layout(), []
            continue
        if heading is not None:
            layout = _layout(block, grid, heading)
            above.extend(_title_rows(grid[: heading[0] - heading[2]]))
        columns = layout.carried(block)
        if columns is None:
            continue
        yield from _by_batch(grid, heading[0] if heading else 0, columns, above)
        above = []


def _is_told(grid: _Grid, heading: tuple[int, Mapping[int, str], int], above: Sequence[Passage]) -> bool:
    rows = ("".join(cell.text for cell in row if cell) for row in grid[: heading[0]])
    numbered = next((at for at, name in heading[1].items() if name == "number"), None)
    numbers = [row[numbered] for row in grid[heading[0] : heading[0] + 3]] if numbered is not None else []
    told = "".join([*(piece.folded for piece in above), *rows])
    return heads.tell(heading[1].values(), told, (cell.text for cell in numbers if cell))


def _layout(table: Table, grid: _Grid, heading: tuple[int, Mapping[int, str], int]) -> _Layout:
    columns = {**heading[1], **_unknown(grid[: heading[0]], heading[1])}
    first: dict[int, int] = {}
    for at, cell in enumerate(grid[heading[0] - 1]):
        first.setdefault(id(cell) if cell else -1 - at, at)
    return _Layout(columns, table.width, tuple(columns.get(at) for at in first.values()))


def _by_batch(
    grid: _Grid, begin: int, columns: Mapping[int, str], above: list[Passage]
) -> Iterator[tuple[list[Passage], list[Line]]]:
    for place in range(begin, len(grid)):
        cells = list({id(cell): cell for cell in grid[place] if cell and cell.text.strip()}.values())
        title = of_cell(cells[0]) if len(cells) == 1 else None
        if title and len(title.text) <= _TITLE and batch_of(title).value and not is_note(title.folded):
            yield above, list(_rows(grid[:place], begin, columns))
            above, begin = [title], place + 1
    yield above, list(_rows(grid, begin, columns))


def passed_over(document: Document) -> Iterator[Passage]:
    """The first words of each table that holds petitions' numbers and was not read: no heading, other columns."""
    layout = _Layout()
    for table in document.tables():
        grid = table.grid()
        heading = _heading(grid)
        layout = _layout(table, grid, heading) if heading else layout
        if heading or layout.carried(table) is not None:
            continue
        numbered = [cell for cell in table.cells if re.fullmatch(words.NUMBER, re.sub(r"\s+", "", cell.text))]
        if numbered:
            yield of_cell(numbered[0]).strip()


def _unknown(grid: _Grid, columns: Mapping[int, str]) -> dict[int, str]:
    """The columns whose heading is not known, by that heading behind a question mark."""
    known = {id(grid[-1][at]) for at in columns if at < len(grid[-1])}
    named = {at: of_cell(cell).strip() for at, cell in enumerate(grid[-1]) if cell and id(cell) not in known}
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
            rest = {name: _together(before.get(name), piece) for name, piece in row.items()}
            found.append({**before, **rest})
        elif "number" in row or "content" in row:
            found.append(row)
    return found


def _together(before: Passage | None, piece: Passage) -> Passage:
    if before is None:
        return piece
    return before if before.folded == piece.folded else joined([before, piece])  # 无 beside each of several rows


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
