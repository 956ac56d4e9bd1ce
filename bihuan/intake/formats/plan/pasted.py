"""A table that lost its lines: cells one to a line as copied from a web page, or parted by tabs or bars.

Hides how lines are dealt to columns: a row begins with its number, and what looks like a deadline or a list of units
goes where such a column is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.intake.formats.plan.labels import column_key
from bihuan.intake.formats.plan.tables import Grid, Slot
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage, joined
from bihuan.lib.reading.deadlines import read_deadline

_BAR = re.compile(r"\t|\s*[|｜]\s*")
_UNIT = re.compile(r"(?:局|委|办|办公室|政府|管委会|委员会|党委|公司|中心|单位|部门)(?:[、,，;；]|$|等)")
_UNIT_KEYS = {"lead", "responsible", "supporting", "supervising", "accepting"}
_NO_WAY = -10_000


def barred_grid(lines: Sequence[Passage]) -> tuple[Grid, list[Passage]]:
    """The grid of the lines that tabs or bars part into three cells or more, and the lines that are none."""
    grid: Grid = []
    outside: list[Passage] = []
    width = 0
    for line in lines:
        cells = _cells(line)
        if len(cells) >= 3 and (width or any(column_key(cell.text) for cell in cells)):
            width = max(width, len(cells))
            grid.append([Slot(cell, len(grid) * 100 + place) for place, cell in enumerate(cells)])
        else:
            outside.append(line)
    return [[*row, *[None] * (width - len(row))] for row in grid], outside


def _cells(line: Passage) -> list[Passage]:
    at, cells = 0, []
    for found in _BAR.finditer(line.text):
        cells.append(line.cut(at, found.start()).strip())
        at = found.end()
    last = line.cut(at).strip()
    return [*cells, last] if last or not cells else cells


def lined_grid(lines: Sequence[Passage]) -> tuple[Grid, list[Passage]]:
    """The grid of cells that stand one to a line below a header of one heading to a line, and the lines before it."""
    start, headings = _header(lines)
    if not headings:
        return [], list(lines)
    keys = [column_key(line.text) for line in headings]
    rows = _rows(lines[start + len(headings) :], keys)
    grid: Grid = [[Slot(cell, place) for place, cell in enumerate(headings)]]
    for number, row in enumerate(rows, start=1):
        dealt = _deal(row, keys)
        grid.append([Slot(cell, number * 100 + place) if cell else None for place, cell in enumerate(dealt)])
    return grid, list(lines[:start])


def _header(lines: Sequence[Passage]) -> tuple[int, list[Passage]]:
    """The longest run of at least four lines that are column headings and hold a measure or a problem."""
    for start, line in enumerate(lines):
        if not column_key(line.text):
            continue
        run = [line]
        for following in lines[start + 1 :]:
            if not column_key(following.text) or column_key(following.text) in {column_key(one.text) for one in run}:
                break
            run.append(following)
        if len(run) >= 4:
            return start, run
    return 0, []


def _rows(lines: Sequence[Passage], keys: Sequence[str]) -> list[list[Passage]]:
    """Lines grouped to rows: each begins with the next number, or, without a number column, has as many as columns."""
    if keys[0] != "number":
        return [list(lines[at : at + len(keys)]) for at in range(0, len(lines), len(keys))]
    rows: list[list[Passage]] = []
    expected: int | None = None
    for line in lines:
        number = chinese.number(line.text) if len(line.text) <= 4 else None
        if number is not None and (expected is None or 0 <= number - expected <= 3):
            rows.append([line])
            expected = number + 1
        elif rows and not (column_key(line.text) and column_key(line.text) in keys and len(line.text) < 8):
            rows[-1].append(line)
    return rows


def _deal(row: Sequence[Passage], keys: Sequence[str]) -> list[Passage | None]:
    """Each column's lines, in order: the dealing whose lines suit their columns best (dynamic programming)."""
    best = [_Path(_suits(row[0], keys[0]), (0,)) if not column else _Path(_NO_WAY, ()) for column in range(len(keys))]
    for line in row[1:]:
        best = [
            max(_stepped(path, earlier, column, key) for earlier, path in enumerate(best[: column + 1])).plus(
                _suits(line, key), column
            )
            for column, key in enumerate(keys)
        ]
    chosen = max(_stepped(path, column, len(keys) - 1, "") for column, path in enumerate(best)).columns
    dealt: list[Passage | None] = []
    for column in range(len(keys)):
        parts = [line for line, place in zip(row, chosen, strict=True) if place == column]
        dealt.append(joined(parts) if parts else None)
    return dealt


@dataclass(frozen=True, order=True)
class _Path:
    """A way to deal the lines so far: what it is worth, and the column of each line."""

    score: int
    columns: tuple[int, ...]

    def plus(self, score: int, column: int) -> "_Path":
        return _Path(self.score + score, (*self.columns, column))


def _stepped(path: _Path, earlier: int, column: int, key: str) -> _Path:
    """The path with what it costs to go from one column to another: leaving columns empty, or doubling a short one."""
    doubled = 1 if earlier == column and key not in ("measures", "text", "") else 0
    return _Path(path.score - max(0, column - earlier - 1) * 2 - doubled, path.columns)


def _suits(line: Passage, key: str) -> int:
    """How well a line suits a column."""
    text = line.text
    is_list = chinese.enumerator(text) is not None and len(text) > 4
    is_deadline = len(text) <= 24 and not is_list and read_deadline(text).kind != "unknown"
    is_units = bool(_UNIT.search(text)) and len(text) < 200 and "。" not in text and not is_list
    if key == "number":
        return 6 if chinese.number(text) is not None else -6
    if key == "deadline":
        return 6 if is_deadline else -6
    if key in _UNIT_KEYS:
        return 4 if is_units else -4
    if key == "measures":
        return 3 if is_list else (-3 if is_units or is_deadline else 1)
    return -2 if is_units or is_deadline or is_list else 1
