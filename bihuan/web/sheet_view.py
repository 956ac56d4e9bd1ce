"""How a table of a paper lies on a page: every cell under the heading that it stands under in the file.

Hides that a reading names only the cells in which something is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any


def laid_out(cells: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The cells row by row, with an empty one over each gap before a cell, so that no word slips to the left.

    A row that is one cell at the very left is a title: it goes across the table, as it runs over its neighbours in a
    sheet.
    """
    found = [*cells]
    width = max((cell["column"] + cell["columns"] for cell in found), default=0)
    rows: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    covered: dict[int, set[int]] = defaultdict(set)
    for cell in found:
        rows[cell["row"]].append(cell)
        for row in range(cell["row"], cell["row"] + cell["rows"]):
            covered[row].update(range(cell["column"], cell["column"] + cell["columns"]))
    return [_row(sorted(rows[row], key=_column), covered[row], width) for row in sorted(rows)]


def _column(cell: Mapping[str, Any]) -> int:
    return int(cell["column"])


def _row(cells: list[Mapping[str, Any]], covered: set[int], width: int) -> list[Mapping[str, Any]]:
    if len(cells) == 1 and covered == {0} and cells[0]["rows"] == 1:
        return [{**cells[0], "columns": width}]
    row: list[Mapping[str, Any]] = []
    at = 0
    for cell in cells:
        if gap := len(set(range(at, cell["column"])) - covered):
            row.append({"text": "", "at": None, "row": cell["row"], "column": at, "rows": 1, "columns": gap})
        row.append(cell)
        at = cell["column"] + cell["columns"]
    return row
