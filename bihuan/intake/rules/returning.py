"""Rows of a ledger that came back, held against the ledger: which row is which, and what became of each cell.

Hides how a row is known again without its key, and when a change is doubtful rather than meant. Pure: nothing is ever
guessed; what is not sure is asked, what is not understood is refused in one sentence.
"""

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bihuan.intake.formats.returned import Line, Returned, folded
from bihuan.lib.flow import Refused
from bihuan.lib.paper.sheets import column_letters

ALIKE, SURE, OFFERED, ASKED_MOST = 0.6, 0.9, 3, 200
CHANGE, CONFLICT, CLEARED, UNSURE = "change", "conflict", "cleared", "unsure"
FAULT, SHUT, LOCKED = "fault", "shut", "locked"
TAKEABLE = (CHANGE, CONFLICT, CLEARED, UNSURE)
UNKEPT = "底稿不在了，不知道取出时是什么，请核对后勾选。"
MERGED = "这一格与别的格子合并了，请核对后勾选。"
MOVED_DOWN = "这一列像是上下错了行，请核对后勾选。"
MOVED_ASIDE = "这一行像是左右错了格，请核对后勾选。"
EMPTIED = "清空了，确要清空请勾选。"
ONE_ROW_TWICE = "同一件填了两次，填得不一样（{others}），都没有收。"
NOT_IN_SHEET = "不是可填的列，没有收。"


@dataclass(frozen=True, slots=True)
class Known:
    """One row of the ledger as it stands: its code, what tells it apart, what stands in each column, what is shut."""

    code: str
    called: str
    tells: Mapping[str, str]
    now: Mapping[str, str]
    shut: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """The ledger's columns: their labels, which of the telling ones is the long one, and those that are filled in.

    `read(column, words)` is what words mean, as one text, and refuses those that mean nothing. Of the columns in
    `lists` it is a list whose order means nothing.
    """

    labels: Mapping[str, str]
    tells: Sequence[str]
    filled: Sequence[str]
    lists: Collection[str]
    read: Callable[[str, str], str]

    def is_same(self, column: str, one: str | None, other: str | None) -> bool:
        """Whether two meanings are one."""
        if one is None or other is None or column not in self.lists:
            return one == other
        return sorted(one.split("、")) == sorted(other.split("、"))


@dataclass(frozen=True, slots=True)
class Matched:
    """A row of the sheet: its code, the codes it might be (asked), or why it is none. `how`: key, content, answer."""

    line: Line
    code: str = ""
    how: str = ""
    candidates: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not as it was: where it stands, what it said when it was taken out, now, and in the sheet."""

    code: str
    column: str
    place: str
    base: str | None
    now: str
    mine: str
    status: str
    why: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.code}/{self.column}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole workbook against the ledger."""

    matched: tuple[Matched, ...] = ()
    cells: tuple[Cell, ...] = field(default=())

    def of(self, *statuses: str) -> list[Cell]:
        """The cells that came out so."""
        return [cell for cell in self.cells if cell.status in statuses]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could be taken."""
        return not self.of(*TAKEABLE)


def matched(back: Returned, known: Sequence[Known], shape: Shape, answers: Mapping[str, str]) -> tuple[Matched, ...]:
    """Each row of the sheets with the row of the ledger that it is. `answers`: {row: code or ""} of what was asked."""
    rows = _Rows(known, shape)
    sorted_apart = rows.sorted_apart(back.lines)
    return tuple(
        _answered(line, rows, answers) or rows.find(line, by_words=row_key(line) in sorted_apart) for line in back.lines
    )


def row_key(line: Line) -> str:
    """How a question names a row of a sheet."""
    return f"{line.row}@{line.sheet}"[:40]


def _answered(line: Line, rows: "_Rows", answers: Mapping[str, str]) -> Matched | None:
    answer = answers.get(row_key(line))
    if answer is None:
        return None
    if answer in rows.by_code:
        return Matched(line, answer, "answer")
    return Matched(line, why="已定为不收。")


class _Rows:
    """The ledger's rows, found by code and by what tells them apart."""

    def __init__(self, known: Sequence[Known], shape: Shape) -> None:
        self.shape, self.long = shape, shape.tells[-1]
        self.by_code = {one.code: one for one in known}
        self.by_words: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            self.by_words[folded(one.tells[self.long])].append(one)
        self.asked = 0

    def sorted_apart(self, lines: Sequence[Line]) -> frozenset[str]:
        """Lines whose keys stayed where they were while the rest was sorted: each says by words and numbers which row
        it is, exactly, and together they name the very rows that their keys name.
        """
        apart = {}
        for line in lines:
            own, alike = self.by_code.get(line.key), self._same(line)
            if own is None or self._agrees(line, own):
                continue
            if len(alike) == 1 and self._shorts_agree(line, alike[0]):
                apart[row_key(line)] = (line.key, alike[0].code)
        keys, words = ([one[side] for one in apart.values()] for side in (0, 1))
        return frozenset(apart) if sorted(keys) == sorted(words) else frozenset()

    def find(self, line: Line, *, by_words: bool = False) -> Matched:
        """The row that this line is, or what must be asked, or why there is none. `by_words`: its key is another's."""
        own, alike = self.by_code.get(line.key), self._same(line)
        if by_words:
            return Matched(line, alike[0].code, "content")
        if own is not None and self._agrees(line, own):
            return Matched(line, own.code, "key")
        if own is None and not line.key and len(alike) == 1 and self._shorts_agree(line, alike[0]):
            return Matched(line, alike[0].code, "content")
        nearest = [*([own] if own else []), *alike]
        nearest += [] if alike else self._similar(line)
        codes = tuple(dict.fromkeys(one.code for one in nearest))[:OFFERED]
        if codes and self.asked < ASKED_MOST:
            self.asked += 1
            return Matched(line, candidates=codes)
        return Matched(line, why="台账里没有这一行；新增的请走方案或信访表导入。")

    def _agrees(self, line: Line, own: Known) -> bool:
        said = folded(line.cells.get(self.long, ""))
        if not said:
            return self.long not in line.cells and self._shorts_agree(line, own)
        words = folded(own.tells[self.long])
        return said == words or (self._shorts_agree(line, own) and _ratio(said, words) >= SURE)

    def _shorts_agree(self, line: Line, own: Known) -> bool:
        shorts = [name for name in self.shape.tells if name != self.long and name in line.cells]
        return all(folded(line.cells[name]) == folded(own.tells[name]) for name in shorts)

    def _same(self, line: Line) -> list[Known]:
        said = folded(line.cells.get(self.long, ""))
        found = self.by_words.get(said, []) if said else []
        return [one for one in found if self._shorts_agree(line, one)] or found

    def _similar(self, line: Line) -> list[Known]:
        said = folded(line.cells.get(self.long, ""))
        near = difflib.get_close_matches(said, self.by_words, n=OFFERED, cutoff=ALIKE) if said else []
        if not said:  # nothing but its numbers
            return [one for one in self.by_code.values() if self._shorts_agree(line, one)][:OFFERED]
        return [one for words in near for one in self.by_words[words]]


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def compared(back: Returned, known: Sequence[Known], shape: Shape, answers: Mapping[str, str]) -> Comparison:
    """What the workbook would change, cell by cell."""
    rows = {one.code: one for one in known}
    found = matched(back, known, shape, answers)
    cells: list[tuple[Line, Cell]] = []
    for one in found:
        if one.code:
            cells += [(one.line, cell) for cell in _cells(one.line, rows[one.code], back, shape)]
    cells = _not_shifted_down(_not_shifted_aside(cells, back), found, back)
    return Comparison(found, tuple(_once(cells)))


def _cells(line: Line, own: Known, back: Returned, shape: Shape) -> Iterator[Cell]:
    kept = back.base.get(own.code)
    for column, words in line.cells.items():
        base = None if kept is None or column not in kept else kept[column]
        if base is not None and folded(base) == folded(words):
            continue
        if column in shape.filled:
            yield from _filled(line, own, column, base, shape)
        elif base is not None and column not in shape.tells:
            yield Cell(own.code, column, _place(line, column), base, base, words, LOCKED, NOT_IN_SHEET)


def _filled(line: Line, own: Known, column: str, base: str | None, shape: Shape) -> Iterator[Cell]:
    words, now = line.cells[column], own.now[column]
    if folded(words) == folded(now):
        return
    cell = Cell(own.code, column, _place(line, column), base, now, words, CHANGE)
    try:
        mine = shape.read(column, words)
    except Refused as refusal:
        yield replace(cell, status=FAULT, why=str(refusal))
        return
    before, stands = (None if base is None else _meaning(shape, column, base)), _meaning(shape, column, now)
    if shape.is_same(column, mine, before) or shape.is_same(column, mine, stands):
        return
    cell = replace(cell, mine=mine)
    if own.shut.get(column):
        yield replace(cell, status=SHUT, why=own.shut[column])
    elif before is None:
        yield replace(cell, status=UNSURE, why=UNKEPT)
    elif not shape.is_same(column, before, stands):
        yield replace(cell, status=CONFLICT)
    elif column in line.merged:
        yield replace(cell, status=UNSURE, why=MERGED)
    else:
        yield replace(cell, status=CHANGE if mine else CLEARED, why="" if mine else EMPTIED)


def _meaning(shape: Shape, column: str, words: str) -> str:
    try:
        return shape.read(column, words)
    except Refused:
        return words


def _place(line: Line, column: str) -> str:
    return f"{line.sheet}!{column_letters(line.columns[column])}{line.row}"


def _not_shifted_aside(cells: Sequence[tuple[Line, Cell]], back: Returned) -> list[tuple[Line, Cell]]:
    """A cell that says what its neighbour said was pushed there, perhaps; two of them, and the whole row was."""
    signs: Counter[tuple[str, int]] = Counter()
    for line, cell in cells:
        kept = back.base.get(cell.code, {})
        others = {folded(words) for name, words in kept.items() if name != cell.column and words}
        signs[line.sheet, line.row] += bool(cell.mine) and folded(line.cells[cell.column]) in others
    return [
        (line, _doubted(cell, MOVED_ASIDE))
        if signs[line.sheet, line.row] >= 2 or (signs[line.sheet, line.row] and _is_odd(cell, line, cells))
        else (line, cell)
        for line, cell in cells
    ]


def _is_odd(cell: Cell, line: Line, cells: Sequence[tuple[Line, Cell]]) -> bool:
    """Whether something else is wrong in that row too: words that mean nothing there, or a cell that is shut."""
    return any(other.status in (FAULT, LOCKED) for where, other in cells if where is line and other is not cell)


def _not_shifted_down(
    cells: Sequence[tuple[Line, Cell]], found: Sequence[Matched], back: Returned
) -> list[tuple[Line, Cell]]:
    """Cells of one column that say what the rows above or below said, or say the same in another order, were moved."""
    order = {(one.line.sheet, one.line.row): one.code for one in found if one.code}
    moved = set()
    groups: dict[tuple[str, str], list[tuple[Line, Cell]]] = defaultdict(list)
    for line, cell in cells:
        groups[line.sheet, cell.column].append((line, cell))
    for (sheet, column), group in groups.items():
        rows = sorted(row for where, row in order if where == sheet)
        at = {row: place for place, row in enumerate(rows)}
        said = [folded(line.cells[column]) for line, _ in group]
        were = [folded(back.base.get(cell.code, {}).get(column, "")) for _, cell in group]
        others = sum(word != "" and word in were for word in said)
        beside = sum(
            word != "" and word in _beside(order, rows, at[line.row], sheet, column, back)
            for word, (line, _) in zip(said, group, strict=True)
        )
        if others > 1 or (len(group) > 2 and beside >= 0.6 * len(group)):
            moved.add((sheet, column))
    return [(line, _doubted(cell, MOVED_DOWN) if (line.sheet, cell.column) in moved else cell) for line, cell in cells]


def _beside(
    order: Mapping[tuple[str, int], str], rows: Sequence[int], at: int, sheet: str, column: str, back: Returned
) -> set[str]:
    """What the rows right above and below said in that column when it was taken out."""
    near = [rows[place] for place in (at - 1, at + 1) if 0 <= place < len(rows)]
    return {folded(back.base.get(order[sheet, row], {}).get(column, "")) for row in near}


def _doubted(cell: Cell, why: str) -> Cell:
    return replace(cell, status=UNSURE, why=why) if cell.status in (CHANGE, CLEARED) else cell


def _once(cells: Sequence[tuple[Line, Cell]]) -> Iterator[Cell]:
    """One cell of the ledger once: of two rows that say the same, the first; of two that differ, neither."""
    said: dict[str, list[Cell]] = defaultdict(list)
    for _, cell in cells:
        said[cell.key].append(cell)
    for ones in said.values():
        if len({one.mine for one in ones}) == 1:
            yield ones[0]
            continue
        others = "、".join(one.place for one in ones)
        yield from (replace(one, status=FAULT, why=ONE_ROW_TWICE.format(others=others)) for one in ones)
