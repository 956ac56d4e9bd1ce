"""A table's grid: every position, merged cells everywhere they reach, in time that grows as its cells do."""

import time

from bihuan.lib.paper.document import Cell, Span, Table


def cell(row: int, column: int, text: str = "", *, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, Span(0, len(text), table=0, row=row, cell=column), row, column, rows, columns)


def test_a_merged_cell_stands_in_every_position_that_it_covers() -> None:
    table = Table(0, (cell(0, 0, "合", rows=2), cell(0, 1, "甲"), cell(1, 1, "乙")))

    assert [[one and one.text for one in row] for row in table.grid()] == [["合", "甲"], ["合", "乙"]]


def test_a_position_that_no_cell_covers_is_empty() -> None:
    assert Table(0, (cell(0, 0), cell(1, 1))).grid()[0][1] is None


def test_a_long_table_takes_no_longer_than_its_cells() -> None:
    table = Table(0, tuple(cell(row, column) for row in range(20_000) for column in range(9)))
    begun = time.monotonic()

    grid = table.grid()

    assert (len(grid), len(grid[0])) == (20_000, 9)
    assert time.monotonic() - begun < 5  # a look at every cell for every row would take minutes


def test_a_span_of_pasted_text_reaches_over_indents_and_not_to_words_from_elsewhere() -> None:
    indented = Span(10, 14, also=(Span(20, 24), Span(30, 33)))
    scattered = Span(10, 14, also=(Span(500, 504), Span(2, 4)))

    assert (indented.plain(), scattered.plain()) == ([10, 33], [10, 14])
