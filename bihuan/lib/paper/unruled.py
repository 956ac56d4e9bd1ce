"""Tables without ruled lines, read by where their characters stand.

Hides the geometry: columns are the stretches that no character of a run of lines crosses; rows are told apart by rules
across the page, else by wider gaps between lines, else by what stands in the first column.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

COLUMNS, LINES = 4, 3
_Gaps = tuple[tuple[float, float], ...]
_Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A table on a page: from where to where it reaches, where its columns are parted, and its rows of texts."""

    top: float
    bottom: float
    gaps: _Gaps
    rows: tuple[_Texts, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    chars: tuple[dict[str, Any], ...]

    @property
    def top(self) -> float:
        return float(min(char["top"] for char in self.chars))

    @property
    def bottom(self) -> float:
        return float(max(char["bottom"] for char in self.chars))

    @property
    def size(self) -> float:
        return float(max(char["bottom"] - char["top"] for char in self.chars))

    def gaps(self) -> _Gaps:
        """The stretches between its words."""
        wide = 0.3 * self.size
        pairs = ((float(one["x1"]), float(other["x0"])) for one, other in pairwise(self.chars))
        return tuple((left, right) for left, right in pairs if right - left > wide)

    def left_by(self, gaps: _Gaps) -> _Gaps:
        """What the line leaves free of these gaps."""
        free = []
        for left, right in gaps:
            inside = [char for char in self.chars if char["x0"] < right and char["x1"] > left]
            middle = (left + right) / 2
            if any(char["x0"] < middle < char["x1"] for char in inside):
                inside_left, inside_right = _widest(left, right, inside)
            else:
                inside_left = max([left, *(char["x1"] for char in inside if char["x1"] <= middle)])
                inside_right = min([right, *(char["x0"] for char in inside if char["x0"] >= middle)])
            if inside_right - inside_left > 0.2 * self.size:
                free.append((float(inside_left), float(inside_right)))
        return tuple(free)


def _widest(left: float, right: float, chars: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """The widest stretch between these edges that none of the characters covers."""
    edges = [left]
    for char in sorted(chars, key=lambda one: one["x0"]):
        edges += [max(left, char["x0"]), min(right, char["x1"])]
    edges.append(right)
    return max(zip(edges[::2], edges[1::2], strict=True), key=lambda pair: pair[1] - pair[0])


def find_table(chars: Sequence[dict[str, Any]], rules: Sequence[float], before: Region | None = None) -> Region | None:
    """The table among these characters of a page, `None` where there is none.

    `rules` are the heights of lines across the page; `before` is the table that may go on from the page before.
    """
    known, heading = (before.gaps, before.rows[0]) if before else ((), ())
    lines = _lines([char for char in chars if char["text"].strip()])
    for start, line in enumerate(lines):
        own = line.gaps()
        gone_on = known if known and len(line.left_by(known)) == len(known) and len(own) >= 1 else ()
        if not gone_on and len(own) + 1 < COLUMNS:
            continue
        stop, gaps = _reach(lines, start, gone_on or own)
        if stop - start >= (1 if gone_on else LINES) and len(gaps) + 1 >= COLUMNS:
            held = lines[start if gone_on else _heading(lines, start, gaps) : stop]
            gaps = gone_on or _free(held)
            return Region(held[0].top, held[-1].bottom, gaps, tuple(_rows(held, rules, gaps, heading)))
    return None


def _free(lines: Sequence[_Line]) -> _Gaps:
    """The stretches that no character of these lines crosses."""
    chars = sorted((char for line in lines for char in line.chars), key=lambda one: one["x0"])
    free: list[tuple[float, float]] = []
    reached = float(chars[0]["x1"])
    for char in chars:
        if char["x0"] - reached > 0.2 * lines[0].size:
            free.append((reached, float(char["x0"])))
        reached = max(reached, float(char["x1"]))
    return tuple(free)


def _lines(chars: Sequence[dict[str, Any]]) -> list[_Line]:
    """Characters on one height together, from left to right; those of other columns may stand half a line lower."""
    lines: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda one: (one["bottom"], one["x0"])):
        size = char["bottom"] - char["top"]
        if lines and abs(lines[-1][0]["bottom"] - char["bottom"]) < 0.3 * size:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [_Line(tuple(sorted(line, key=lambda one: one["x0"]))) for line in lines]


def _reach(lines: Sequence[_Line], start: int, gaps: _Gaps) -> tuple[int, _Gaps]:
    """The line where the table ends, and the gaps that its lines leave: a line of few words that fills one ends it."""
    for at in range(start + 1, len(lines)):
        line = lines[at]
        free = line.left_by(gaps)
        if len(free) < len(gaps) and (len(line.gaps()) < 2 or len(free) + 1 < COLUMNS):
            return at, gaps
        if line.top - lines[at - 1].bottom > 4 * line.size:
            return at, gaps
        gaps = free
    return len(lines), gaps


def _heading(lines: Sequence[_Line], start: int, gaps: _Gaps) -> int:
    """Where headings begin that run over several lines, not all of them filling every column."""
    while start:
        above, line = lines[start - 1], lines[start]
        is_near = line.top - above.bottom < 0.8 * line.size and above.size < 1.15 * line.size
        if not is_near or len(above.left_by(gaps)) < len(gaps):
            break
        start -= 1
    return start


def _rows(lines: Sequence[_Line], rules: Sequence[float], gaps: _Gaps, heading: Sequence[str]) -> list[_Texts]:
    edges = [(left + right) / 2 for left, right in gaps]
    repeated = next((at for at in range(1, len(lines)) if heading and _cells(lines[:at], edges) == heading), 0)
    parted = _parted(lines[repeated:], rules, edges)
    return [_cells(row, edges) for row in ([lines[:repeated], *parted] if repeated else parted)]


def _parted(lines: Sequence[_Line], rules: Sequence[float], edges: Sequence[float]) -> list[list[_Line]]:
    inside = [rule for rule in rules if lines[0].top < rule < lines[-1].bottom]
    if len(inside) > 1:
        return _cut(lines, {at for at in range(1, len(lines)) if _is_ruled(lines[at - 1], lines[at], inside)})
    first = [_cells([line], edges)[0] for line in lines]
    opened, counted = [bool(words) for words in first], [words.isdecimal() and len(words) < 5 for words in first]
    runs = sum(1 for at, is_open in enumerate(opened) if is_open and not (at and opened[at - 1]))
    for count in sorted({sum(opened), sum(opened) - 1, runs, runs - 1}, reverse=True):  # a heading may open twice
        breaks = _widest_spaces(lines, count - 1)
        rows = _cut(lines, breaks) if breaks else []
        if rows and all(_cells(row, edges)[0] for row in rows):
            return rows
    return _cut(lines, {at for at in range(1, len(lines)) if opened[at] and (not opened[at - 1] or counted[at])})


def _is_ruled(above: _Line, line: _Line, rules: Sequence[float]) -> bool:
    return any(above.bottom - 1 <= rule <= line.top + 1 for rule in rules)


def _widest_spaces(lines: Sequence[_Line], count: int) -> set[int]:
    """The lines below the widest spaces, where these are clearly wider than all others."""
    spaces = sorted(((lines[at].top - lines[at - 1].bottom, at) for at in range(1, len(lines))), reverse=True)
    if not 0 < count < len(spaces) or spaces[count - 1][0] - spaces[count][0] < 0.1 * lines[0].size:
        return set()
    return {at for _, at in spaces[:count]}


def _cut(lines: Sequence[_Line], breaks: Collection[int]) -> list[list[_Line]]:
    places = [0, *sorted(breaks), len(lines)]
    return [list(lines[start:stop]) for start, stop in pairwise(places)]


def _cells(lines: Sequence[_Line], edges: Sequence[float]) -> _Texts:
    texts = [[""] for _ in range(len(edges) + 1)]
    for line in lines:
        for column in texts:
            column.append("")
        for char in line.chars:
            middle = (char["x0"] + char["x1"]) / 2
            texts[sum(1 for edge in edges if edge < middle)][-1] += char["text"]
    return tuple("\n".join(part for part in column if part) for column in texts)
