"""From the loose cells of a pasted table to rows: where each row begins, and which cell belongs to which column.

Hides that copying loses cells, doubles them and breaks them over lines: the cheapest assignment of cells to columns,
each column asking for what it can hold, wins.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise

from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_endings import is_note
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.petition_numbers import read_petition_number

Row = Mapping[str, Passage]

_SERIAL = re.compile(r"\d{1,4}")
# Ruled lines, page numbers and sums hold no petition.
_RULE = re.compile(r":?-{2,}:?|[—–-]+\s*\d{1,4}\s*[—–-]+|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?")
_SUM = re.compile(r"合\s*计|总\s*计|小\s*计")
_MISFIT, _SEVERAL, _ABSENT = 8.0, 20.0, 3.0
_CUT = 0.5  # a text that breaks off lacks its last columns, not some in the middle
_SHORT = 24
# A number that goes on counting: its text began in the cell before.
_GOES_ON = re.compile(
    r"(?:[2-9]|1\d)(?:、|\.(?!\d)|\.(?=\d{1,2}月|20\d\d年))|\((?:[2-9]|1\d|[二三四五六七八九])\)|[②-⑳]|[二三四五六七八九]、"
)
_VERDICT = re.compile(r"(?:基本|部[分份]|全部|不)?属实")


def rows(cells: Sequence[Passage]) -> tuple[int, list[Row]]:
    """Where the heading begins among the cells, and the rows below it; no rows where there is no heading.

    A column heading that is not known keeps its place: its words stand under that heading behind a question mark.
    """
    first = _heading(cells)
    if first is None:
        return 0, []
    cells = [*cells[: first + 1], *(cell for cell in cells[first + 1 :] if not _RULE.fullmatch(cell.folded.strip()))]
    columns = [heads.column(last_line(cells[first]).text)]
    labels = [""]
    at = first + 1
    while at < len(cells) and not _begins(cells, at, columns):
        columns.append(heads.column(cells[at].text))
        labels.append(cells[at].value)
        at += 1
    if not heads.are_petitions({name for name in columns if name}):
        return 0, []
    named = [name or f"?{label or place}" for place, (name, label) in enumerate(zip(columns, labels, strict=True))]
    starts = [place for place in range(at, len(cells)) if _begins(cells, place, columns)]
    found: list[Row] = []
    for start, stop in pairwise([*starts, len(cells)]):
        row = _aligned(_own(cells[start:stop], columns), tuple(named))
        if not _is_heading(row):
            found.append(row)
    return first, found


def _own(cells: Sequence[Passage], columns: Sequence[str | None]) -> Sequence[Passage]:
    """The cells of one row without what follows it: the heading of the next page, a sum, a note."""
    known = [heads.column(cell.text) for cell in cells]
    for place in range(2, len(cells)):
        is_heading = sum(1 for name in known[place : place + len(columns)] if name) * 2 > len(columns)
        if (is_heading and known[place]) or _SUM.fullmatch(cells[place].folded) or is_note(cells[place].folded):
            return cells[:place]
    return cells


def last_line(cell: Passage) -> Passage:
    """The last line of a cell: a title without a bar stands in one cell with the first heading."""
    cut = cell.text.rfind("\n") + 1
    return cell.piece(cut, len(cell.text))


def _heading(cells: Sequence[Passage]) -> int | None:
    for place in range(len(cells) - 2):
        near = [
            heads.column(last_line(cells[place]).text),
            *(heads.column(cell.text) for cell in cells[place + 1 : place + 4]),
        ]
        if near[0] and sum(1 for name in near if name) >= 3 and len({name for name in near if name}) >= 3:
            return place
    return None


def _begins(cells: Sequence[Passage], place: int, columns: Sequence[str | None]) -> bool:
    """Whether a row begins at this cell: its serial and a petition's number, or the number alone."""
    if "row" in columns:
        if not _SERIAL.fullmatch(cells[place].folded):
            return False
        return "number" not in columns or (place + 1 < len(cells) and is_number(cells[place + 1].folded))
    return "number" in columns and bool(re.fullmatch(words.NUMBER, cells[place].folded))


def is_number(folded: str) -> bool:
    """Whether the words are a petition's number in any form, damaged ones and several in one cell included."""
    several = re.split(r"[、,;/]+", folded)
    if len(several) > 1:
        return all(map(is_number, several))
    folded = re.sub(rf"^(?:{words.MARK}\s?)+|(?:\s?\(?{words.MARK}\)?)+$", "", folded)
    if re.fullmatch(r"\d{1,6}号?", folded):
        return True
    if not re.fullmatch(r"[\u4e00-\u9fffA-Z]{0,8}[A-Z\d〔〕\[\]()号*★\s-]{4,40}", folded) or not re.search(
        r"\d{3}", folded
    ):
        return False
    return read_petition_number(folded).form != "unknown" or bool(re.fullmatch(r"[A-Z]+[\dA-Z\s]{8,24}[*★]?", folded))


def _is_heading(row: Row) -> bool:
    return sum(1 for name, piece in row.items() if heads.column(piece.text) == name) >= 2


def _aligned(cells: Sequence[Passage], columns: tuple[str, ...]) -> Row:
    cells = list(cells)
    while len(cells) > len(columns) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) == len(columns) and _cost_of_all(cells, columns) < _MISFIT:
        chunks = [(place, place + 1) for place in range(len(cells))]
    else:
        cells = [cell for cell in cells if cell]
        chunks = _cheapest(cells, columns)
    row: dict[str, Passage] = {}
    for name, (start, stop) in zip(columns, chunks, strict=True):
        if stop > start:
            piece = cells[start].upto(cells[stop - 1])
            if piece:
                row[name] = piece
    return row


def _cost_of_all(cells: Sequence[Passage], columns: tuple[str, ...]) -> float:
    pairs = [(cell.folded, name) for cell, name in zip(cells, columns, strict=True) if cell]
    return sum(_cost(name, [text], 4.0 if _VERDICT.fullmatch(text) else 0.0) for text, name in pairs)


def _cheapest(cells: Sequence[Passage], columns: tuple[str, ...]) -> list[tuple[int, int]]:
    texts = [cell.folded for cell in cells]
    slips = [0.0, *accumulate(4.0 if _VERDICT.fullmatch(text) else 0.0 for text in texts)]

    @cache
    def best(column: int, start: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if column == len(columns):
            return (len(texts) - start) * _SEVERAL, ()
        choices = []
        for stop in range(start, _reach(columns[column], texts, start) + 1):
            slipped = slips[stop] - slips[start]
            cost = _cost(columns[column], texts[start:stop], slipped) if start < len(texts) else _CUT
            rest, chunks = best(column + 1, stop)
            choices.append((cost + rest, ((start, stop), *chunks)))
        return min(choices)

    return list(best(0, 0)[1])


def _reach(column: str, texts: Sequence[str], start: int) -> int:
    """How far the cells of a column may reach: a short answer takes one, or those below each other that fit."""
    if column not in _FITS:
        return len(texts)
    fits = _LISTED.get(column)
    stop = min(start + 1, len(texts))
    while fits and stop < len(texts) and fits(texts[start]) and fits(texts[stop]):
        stop += 1
    return stop


def _cost(column: str, texts: Sequence[str], slipped: float) -> float:
    if not texts:
        return 1.0 if column in {"accountability", "remark"} or column.startswith("?") else _ABSENT
    if column in _FITS:
        fits = _FITS[column] if len(texts) == 1 else _LISTED.get(column)
        if fits is None:
            return _SEVERAL
        return (len(texts) - 1) * 0.25 + (0.0 if all(fits(text) for text in texts) else _MISFIT)
    # A short answer of another column inside a long text is a sign that the columns slipped.
    extra = 0.0 if column == "accountability" else slipped
    tiny = 2.0 if column in {"content", "findings"} and len(texts) < 6 and sum(map(len, texts)) < 6 else 0.0
    severed = 2.0 if _GOES_ON.match(texts[0]) else 0.0
    return (len(texts) - 1) * 0.5 + extra + tiny + severed


def _is_region(text: str) -> bool:
    return len(text) <= _SHORT and not re.search(r"[。:;\d]", text)


def _are_types(text: str) -> bool:
    return len(text) <= _SHORT and (
        any(known for _, known in words.pollution_types(text)) or bool(re.search(r"(?:污染|破坏|类)$", text))
    )


_FITS: Mapping[str, Callable[[str], bool]] = {
    "row": lambda text: bool(_SERIAL.fullmatch(text)),
    "number": is_number,
    "intake": lambda text: len(text) < 12 and words.intake(text) is not None,
    "region": _is_region,
    "types": _are_types,
    "truth": lambda text: bool(_VERDICT.fullmatch(text)) or words.truth(text) is not None or bool(words.verdicts(text)),
    "closing": lambda text: words.closing(text) is not None,
    "received": lambda text: bool(re.search(r"\d", text)) and len(text) <= _SHORT,
}
# Short answers that may stand one below the other.
_LISTED: Mapping[str, Callable[[str], bool]] = {
    "types": _are_types,
    "region": lambda text: _is_region(text) and bool(re.search(r"[市县区旗盟州镇乡]$|街道$", text)),
    "truth": lambda text: bool(re.match(r"(?:问题)?[\d一二三四五六七八九十①-⑨]", text)) and bool(_VERDICT.search(text)),
}
