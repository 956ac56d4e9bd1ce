"""A plan as tables: any columns in any order, merged or broken, continued over pages; or one table to a problem.

Hides where the header is, how high it is, and which rows belong to one problem.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from bihuan.intake.formats.plan.drafts import Aspect, Draft, Entry
from bihuan.intake.formats.plan.labels import column_key
from bihuan.intake.formats.plan.measures import Measure, divide, together, unbroken
from bihuan.intake.formats.plan.values import UNIT_FIELDS
from bihuan.lib import chinese
from bihuan.lib.paper.document import Cell, Table
from bihuan.lib.paper.passage import Passage, joined, passage

_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计)")
# What stands below a table without being a row of it.
_FOOT = re.compile(
    r"\s*(?:(?:填表|填报|制表|审核|审批|复核|联系|经办|负责|签发)(?:人|单位|部门|日期|时间|领导)?|注|附注|备注|说明)\s*\d?\s*:"
)
_BEARING = {"text", "target", "measures", "deadline", "responsible", "lead", "new_deadline", "title"}
_STOP = re.compile(r"[。;；！!]\s*$")
# What a further row of a problem never says of its measure alone.
_OF_PROBLEM = {"number", "text", "title", "target", "aspect", "campaign", "measures", "measure_number"}
# A page may break inside the very number of a measure.
_CUT_MARK = re.compile(r"(?:^|\n)\s*[（(]?\s*\d{0,2}\s*$")
_LABEL_NUMBER = re.compile(r"(?:反馈|整改)?(?:任务|问题)\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})")
_NUMBER = re.compile(r"\D{0,6}(?P<n>\d{1,4}|[一二三四五六七八九十百]+)\D{0,3}")


@dataclass(frozen=True)
class Slot:
    """One position of a grid: its words, and what cell it is (a merged cell is the same in all its positions)."""

    words: Passage
    identity: int
    width: int = 1
    height: int = 1


Grid = list[list[Slot | None]]


@dataclass
class _Rows:
    """What is carried from row to row, and from a table to its continuation."""

    columns: dict[int, str] = field(default_factory=dict)
    width: int = 0
    entry: Entry | None = None
    aspect: Aspect | None = None
    seen: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def read_grids(grids: Sequence[Grid], above: Sequence[Passage | None] = ()) -> Draft:
    """The draft that grids of passages hold; `above` is the line above each, where there is one."""
    draft, rows = Draft(), _Rows()
    for grid, line in zip_longest(grids, above[: len(grids)]):
        if _is_two_columned(grid):
            draft.entries.append(_two_columned(grid, rows, line))
        else:
            _read_grid(grid, rows, draft)
    return draft


def grid_of(table: Table) -> Grid:
    """The grid of a table, its cells cleaned."""
    slots: dict[int, Slot] = {}

    def slot(cell: Cell | None) -> Slot | None:
        if cell is None:
            return None
        known = slots.get(id(cell))
        if known is None:
            known = slots[id(cell)] = Slot(passage(cell.text, cell.at), id(cell), cell.columns, cell.rows)
        return known

    return [[slot(cell) for cell in row] for row in table.grid()]


def _is_two_columned(grid: Grid) -> bool:
    labels = [row[0] for row in grid if row and row[0] and len([slot for slot in row if slot]) >= 2]
    distinct = {slot.identity for row in grid for slot in row if slot}
    named = [slot for slot in labels if column_key(slot.words.text)]
    rest = {column_key(row[1].words.text) for row in grid[:1] if len(row) > 1 and row[1]}
    return len(named) >= 3 and len(named) * 2 >= len(labels) and rest == {""} and len(distinct) <= len(grid) * 4


def _two_columned(grid: Grid, rows: _Rows, above: Passage | None) -> Entry:
    """Left the labels, right the values: one problem."""
    entry = Entry("problem")
    for row in grid:
        cells = _distinct(row)
        if len(cells) == 1 and entry.number is None and chinese.enumerator(cells[0].words.text):
            entry.count(cells[0].words)
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            _pair(entry, label.words, value.words)
    mark = chinese.enumerator(above.text) if entry.number is None and above else None
    if mark and above:
        entry.number, entry.number_words = mark.number, above.cut(0, mark.length)
    if entry.number is None:
        entry.number = rows.seen["two"] = rows.seen.get("two", 0) + 1
    entry.measures = divide(together(entry.fields.get("measures", [])))
    return entry


def _pair(entry: Entry, label: Passage, value: Passage) -> None:
    """Put a value under the field that the label beside it names."""
    key = column_key(label.text)
    if key == "number":
        entry.count(value)
    elif _LABEL_NUMBER.fullmatch(label.folded.strip()):
        entry.count(label)
        entry.add("text", value)
    elif key:
        entry.add(key, value)


def _distinct(row: Sequence[Slot | None]) -> list[Slot]:
    kept: dict[int, Slot] = {}
    for slot in row:
        if slot:
            kept.setdefault(slot.identity, slot)
    return list(kept.values())


def _read_grid(grid: Grid, rows: _Rows, draft: Draft) -> None:
    at, columns = _header(grid)
    if columns:
        same = list(columns.values()) == list(rows.columns.values())
        rows.columns, rows.width = columns, len(grid[0])
        draft.unread += [slot.words for slot in _distinct(_unkeyed(grid[at - 1], columns))]
        rows.entry = rows.entry if same else None
    elif not rows.columns or not grid or len(grid[0]) != rows.width:
        _outside(grid, draft)
        return
    first = True
    for place, row in enumerate(grid):
        if place < at and columns:
            _outside([row], draft) if place < _header_start(grid) else None
        elif not _is_header(row, rows.columns):
            _row(row, rows, draft, is_first=first)
            first = False


def _outside(grid: Grid, draft: Draft) -> None:
    draft.outside += [slot.words for row in grid for slot in _distinct(row) if slot.words]


def _keys(row: Sequence[Slot | None]) -> dict[int, str]:
    found = {column: column_key(slot.words.text) for column, slot in enumerate(row) if slot}
    return {column: key for column, key in found.items() if key}


def _header_start(grid: Grid) -> int:
    for place, row in enumerate(grid[:8]):
        keys = _keys(row)
        headings = {slot.identity for column, slot in enumerate(row) if slot and column in keys}
        if len(headings) >= 2 and _BEARING & set(keys.values()):
            return place
    return -1


def _header(grid: Grid) -> tuple[int, dict[int, str]]:
    """The first row below the header, and the field of each column; nothing where there is no header."""
    start = _header_start(grid)
    if start < 0:
        return 0, {}
    columns = _keys(grid[start])
    following = grid[start + 1] if start + 1 < len(grid) else []
    below = _keys(following)
    wide = any(slot and slot.width > 1 for slot in grid[start])
    tall = any(slot and slot.height > 1 for slot in grid[start])
    is_second = (wide or tall) and bool(below) and not _looks_like_data(following, grid[start])
    if is_second:
        columns |= {column: key for column, key in below.items() if key != columns.get(column)}
        return start + 2, dict(sorted(columns.items()))
    return start + 1, columns


def _unkeyed(row: Sequence[Slot | None], columns: dict[int, str]) -> list[Slot | None]:
    return [slot for place, slot in enumerate(row) if slot and slot.words and place not in columns]


def _looks_like_data(row: Sequence[Slot | None], header: Sequence[Slot | None]) -> bool:
    above = {slot.identity for slot in header if slot}
    fresh = [slot for slot in _distinct(row) if slot.identity not in above and slot.words]
    return any(not column_key(slot.words.text) for slot in fresh)


def _is_header(row: Sequence[Slot | None], columns: dict[int, str]) -> bool:
    filled = [slot for slot in _distinct(row) if slot.words]
    named = [slot for slot in filled if column_key(slot.words.text) in columns.values()]
    return len(filled) >= 2 and len(named) * 2 > len(filled) and all(len(slot.words.text) < 16 for slot in named)


def _row(row: Sequence[Slot | None], rows: _Rows, draft: Draft, *, is_first: bool) -> None:
    cells = _distinct(row)
    filled = [slot for slot in cells if slot.words]
    if not filled:
        return
    if _TOTAL.match(filled[0].words.text) or _FOOT.match(filled[0].words.folded):
        draft.outside.append(together([slot.words for slot in filled]))
        return
    if len(filled) == 1 and (filled[0].width > 2 or len(cells) > 2) and _is_title(filled[0], row, rows):
        mark = chinese.enumerator(filled[0].words.text)
        rows.aspect = Aspect(mark.number if mark else 0, filled[0].words.cut(mark.length if mark else 0).strip())
        rows.entry = None
    elif len(filled) == 2 and _is_counted_title(filled, row, rows):
        rows.aspect = Aspect(chinese.number(filled[0].words.text.strip(" 、.")) or 0, filled[1].words.strip())
        rows.entry = None
    else:
        _entry_row(row, rows, draft, is_first=is_first)


def _is_counted_title(filled: Sequence[Slot], row: Sequence[Slot | None], rows: _Rows) -> bool:
    """Whether a row has its number and then one cell that reaches over the columns of several fields."""
    count, title = filled
    keys = {rows.columns.get(column) for column, slot in enumerate(row) if slot is title}
    return len(keys - {None}) > 2 and bool(_NUMBER.fullmatch(count.words.folded.strip()))


def _is_title(slot: Slot, row: Sequence[Slot | None], rows: _Rows) -> bool:
    if slot.width > 2:
        return True
    column = next(place for place, one in enumerate(row) if one is slot)
    return (
        column == 0
        and rows.columns.get(column) in ("number", None)
        and not _NUMBER.fullmatch(slot.words.folded.strip())
    )


def _entry_row(row: Sequence[Slot | None], rows: _Rows, draft: Draft, *, is_first: bool) -> None:
    cells = {key: row[column] for column, key in reversed(rows.columns.items()) if column < len(row)}
    named = {key: slot for key, slot in cells.items() if slot and slot.words}
    fresh = {key: slot for key, slot in named.items() if rows.seen.get(key) != slot.identity}
    if _repeats(named, rows):
        fresh = {
            key: slot for key, slot in fresh.items() if key == "measures" or rows.texts.get(key) != slot.words.text
        }
    if _opens_problem(fresh, rows, is_unnumbered="number" not in named and not is_first):
        rows.entry = Entry("problem", aspect=rows.aspect)
        draft.entries.append(rows.entry)
        fresh = named
    entry = rows.entry
    if entry is None:
        draft.outside += [slot.words for slot in fresh.values()]
        return
    rows.seen.update({key: slot.identity for key, slot in named.items()})
    rows.texts = rows.texts | {key: slot.words.text for key, slot in named.items()}
    if entry.fields and ((is_first and _is_broken(fresh, entry)) or _is_cut(fresh, entry)):
        _go_on(entry, fresh)
    else:
        _take(entry, fresh, set(named) - set(fresh))


def _repeats(named: dict[str, Slot], rows: _Rows) -> bool:
    """Whether a row says its problem once more, number and words, where others merge the cells."""
    columns = {"number", "text", "title"} & set(rows.columns.values())
    same = all(key in named and rows.texts.get(key) == named[key].words.text for key in columns)
    return rows.entry is not None and len(columns) > 1 and "measures" in named and same


def _opens_problem(fresh: dict[str, Slot], rows: _Rows, *, is_unnumbered: bool) -> bool:
    """Whether a row begins a problem: it has the next number, or a text of its own where no number stands."""
    if rows.entry is None:
        return bool({"number", "text", "measures", "target", "title"} & set(fresh))
    if "number" in rows.columns.values():
        return "number" in fresh or (is_unnumbered and {"text", "measures"} <= set(fresh))
    return "text" in fresh or "title" in fresh


def _is_broken(fresh: dict[str, Slot], entry: Entry) -> bool:
    """Whether the first row of a page goes on with the last row of the page before."""
    words = fresh.get("measures")
    if "number" in fresh:
        return False
    if words is None:
        return True
    if _CUT_MARK.search(together(entry.fields.get("measures", [])).text):
        return True
    ended = not entry.measures or bool(_STOP.search(entry.measures[-1].words.text))
    mark = chinese.enumerator(words.words.text)
    return mark is None and not ("deadline" in fresh and ended)


def _is_cut(fresh: dict[str, Slot], entry: Entry) -> bool:
    """Whether a row has nothing but the end of the measure above it and the next measures."""
    if set(fresh) != {"measures"} or not entry.measures or _STOP.search(entry.measures[-1].words.text):
        return False
    words = fresh["measures"].words
    first = divide(words)[:1]
    starts_inside = chinese.enumerator(words.text) is None and bool(first) and first[0].is_numbered
    return starts_inside and first[0].number == entry.measures[-1].number + 1


def _go_on(entry: Entry, fresh: dict[str, Slot]) -> None:
    """Put the cells of a broken row behind those of the row they belong to."""
    own = entry.measures[-1].own if entry.measures else {}
    for key, slot in fresh.items():
        before = entry.fields.get(key, [])
        if key == "measures" and before:
            before[-1] = joined([before[-1], slot.words], "" if _CUT_MARK.search(before[-1].text) else "\n")
        elif key in own:
            own[key] = unbroken(together([own[key], slot.words]))
        elif before and key != "aspect":
            before[-1] = unbroken(together([before[-1], slot.words]))
        else:
            entry.add(key, slot.words)
    if "measures" in fresh:
        settled = entry.measures[:-1]
        read = divide(together(entry.fields["measures"]))[len(settled) :]
        if read:
            read[0].own = own
        entry.measures = [*settled, *read]


def _take(entry: Entry, fresh: dict[str, Slot], shared: set[str]) -> None:
    """Put a row's cells under the entry; with a second measure row, its other cells are the measure's own."""
    words = fresh.get("measures")
    read = _measures(words, fresh, entry) if words is not None else []
    is_next = bool(entry.measures and read)
    for key, slot in fresh.items():
        if is_next and key not in _OF_PROBLEM:
            _own(read, key, slot.words)
        else:
            _put(entry, key, slot.words)
    if is_next:
        _own_of_first(entry, fresh, shared)
        for key in shared - _OF_PROBLEM & set(entry.measures[-1].own):
            _own([entry.measures[-1], *read], key, entry.measures[-1].own[key])
    entry.measures += read
    if entry.number is None:
        _number_in_text(entry)


def _number_in_text(entry: Entry) -> None:
    """A number that opens the text, where no column holds it: 1.饮用水水源…."""
    text = entry.fields.get("text", [])
    mark = chinese.enumerator(text[0].text) if text and entry.number_words is None else None
    if mark and mark.style in ("item", "section", "heading", "ordinal", "subitem") and len(divide(together(text))) == 1:
        entry.number, entry.number_words = mark.number, text[0].cut(0, mark.length)
        text[0] = text[0].cut(mark.length).strip()


def _own(measures: Sequence[Measure], key: str, words: Passage) -> None:
    """Give measures words of their own; several share them."""
    for measure in measures:
        measure.own[key] = words
        if len(measures) > 1:
            measure.shared.add(key)


def _put(entry: Entry, key: str, words: Passage) -> None:
    if key == "number":
        entry.count(words)
    elif key in ("aspect", "campaign"):
        entry.fields[key] = [words]
    elif key != "measure_number":
        entry.add(key, words)


def _own_of_first(entry: Entry, fresh: dict[str, Slot], shared: set[str]) -> None:
    """When a later measure row has cells of its own, what stood in the rows before it was those measures' own.

    A cell that reaches down beside all rows (`shared`) stays with the problem.
    """
    units = set(UNIT_FIELDS) | {"persons"}
    moved = set(fresh) & {"deadline", "completion_sign", "progress"} | (units if units & set(fresh) else set())
    for key in moved - shared:
        if len(entry.fields.get(key, [])) == 1:
            _own([measure for measure in entry.measures if key not in measure.own], key, entry.fields[key][0])
            del entry.fields[key]


def _measures(slot: Slot, fresh: dict[str, Slot], entry: Entry) -> list[Measure]:
    read = divide(slot.words)
    numbered = fresh.get("measure_number")
    last = entry.measures[-1].number if entry.measures else 0
    if numbered and len(read) == 1 and (found := _NUMBER.fullmatch(_last_part(numbered.words.folded))):
        read[0].number, read[0].is_numbered = chinese.number(found["n"]) or last + 1, True
        read[0].mark = numbered.words
    elif not all(measure.is_numbered for measure in read):
        for offset, measure in enumerate(read, start=1):
            measure.number = last + offset
            measure.is_numbered = len(read) == 1 and (slot.height == 1)
    return read


def _last_part(text: str) -> str:
    return re.split(r"[-—.]", text.strip())[-1]
