"""Petitions as forms: a table or part of one for each, labels beside or above the words that they name.

Hides whether a row holds one label or two, and whether one table holds several petitions.
"""

from collections.abc import Iterator

from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats.petition_alignment import Row
from bihuan.intake.formats.petition_prose import begins
from bihuan.lib.paper.document import Cell, Document, Table
from bihuan.lib.paper.passage import Passage, of_cell, passage

_LONGEST = 20


def read(document: Document) -> tuple[list[Passage], list[Row]]:
    """What stands above the first form, and the petitions; none where a table holds no labels of theirs."""
    above: list[Passage] = []
    found: list[dict[str, Passage]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            if found or _may_be_forms(block):
                _fill(found, block)
        elif not found:
            above.append(passage(block.text, block.at))
    petitions: list[Row] = [row for row in found if "number" in row and heads.are_petitions(row.keys())]
    return (above, petitions) if petitions else ([], [])


def _may_be_forms(table: Table) -> bool:
    return any(len(cell.text) <= _LONGEST and heads.column(cell.text) == "number" for cell in table.cells)


def _fill(found: list[dict[str, Passage]], table: Table) -> None:
    for name, value in _pairs(table):
        if begins(name, found[-1] if found else None):
            found.append({})
        if found and value:
            found[-1].setdefault(name, value)


def _pairs(table: Table) -> Iterator[tuple[str, Passage]]:
    """Each label with its words: the next cell of its row, or the row below where it stands alone."""
    waiting: str | None = None
    for row in table.grid():
        cells = [of_cell(cell).strip() for cell in _distinct(row)]
        names = [heads.column(cell.text) if len(cell.text) <= _LONGEST else None for cell in cells]
        if waiting and len(cells) == 1 and not names[0]:
            yield waiting, cells[0]
        waiting = names[0] if len(cells) == 1 else None
        for place in range(len(cells) - 1):
            name = names[place]
            if name and not names[place + 1]:
                yield name, cells[place + 1]


def _distinct(row: list[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell}.values())
