"""Petitions in pasted tables: divided by bars or tabs, one cell per line, or run together without any sign.

Hides which of these it is. Rows come with the place where the table begins, so that what stands above is the title.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_alignment import Row, last_line, rows
from bihuan.lib.paper.passage import Passage

_TABBED = re.compile(r'(?P<cell>"(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)(?:\t|\n|$)')
_COMMAED = re.compile(r'(?P<cell>"(?:[^"]|"")*"(?=[,;\n]|$)|[^,;\n]*)(?:[,;]|\n|$)')
_BAR = re.compile(r"\|")
# Where no bar stands behind the last cell, the line of the next row divides it from that row.
_BAR_OR_ROW = re.compile(
    rf"\||\n(?=[ \t]*(?:(?:\d{{1,4}}|{words.NUMBER}|序号|受理编号|合\s*计|总\s*计)[ \t]*\|"
    r"|[—–-]+\s*\d{1,4}\s*[—–-]+[ \t]*\n))"
)
_LINE = re.compile(r"[^\n]+")
_LED = re.compile(r"^[ \t]*\|(?=[^|\n]*\S[^|\n]*\|)", re.MULTILINE)


def read(passage: Passage) -> tuple[int, list[Row]]:
    """Where the table begins in the passage, and its rows; no rows where there is no table."""
    for divide in (_by_bars, _by_tabs, _by_commas, _by_lines):
        cells = divide(passage)
        first, found = rows(cells)
        if found:
            return last_line(cells[first]).start, found
    return _run_together(passage)


def _by_bars(passage: Passage) -> list[Passage]:
    text = passage.folded
    if text.count("|") < 6:
        return []
    heading = next((line for line in _LINE.finditer(text) if line[0].count("|") > 1 and _is_heading(line[0])), None)
    skipped = _leading_bars(text) if heading and heading[0].lstrip().startswith("|") else set()
    bare = heading is not None and not heading[0].rstrip().endswith("|")
    cells: list[Passage] = []
    start = 0
    for mark in (_BAR_OR_ROW if bare else _BAR).finditer(text):
        cell = passage.piece(start, mark.start())
        if cell or mark.start() not in skipped:
            cells.append(cell)
        start = mark.end()
    last = passage.piece(start, len(text))
    return [*cells, last] if last else cells


def _is_heading(line: str) -> bool:
    return _known(line.split("|")) > 2


def _leading_bars(text: str) -> set[int]:
    """The bars that open a line, in a table where every line is opened by one."""
    return {match.end() - 1 for match in _LED.finditer(text)}


def _known(cells: list[str]) -> int:
    return sum(1 for cell in cells if heads.column(cell))


def _by_tabs(passage: Passage) -> list[Passage]:
    if passage.text.count("\t") < 4:
        return []
    return [_unquoted(passage.found(match, "cell")) for match in _TABBED.finditer(passage.text) if match[0]]


def _by_commas(passage: Passage) -> list[Passage]:
    """A file of separated values that came as text; commas inside Chinese text are others."""
    heading = next((line for line in passage.lines() if _known(re.split(r"[,;]", line.text)) > 3), None)
    if heading is None:
        return []
    return [_unquoted(passage.found(match, "cell")) for match in _COMMAED.finditer(passage.text) if match[0]]


def _unquoted(cell: Passage) -> Passage:
    """The words of a cell that a spreadsheet put in quotes because they hold line breaks."""
    if len(cell.text) < 2 or cell.text[0] != '"' or cell.text[-1] != '"':
        return cell
    return cell.piece(1, len(cell.text) - 1)


def _by_lines(passage: Passage) -> list[Passage]:
    return list(passage.lines())


def _run_together(passage: Passage) -> tuple[int, list[Row]]:
    """A heading divided by blanks or nothing, then a paragraph or more per row in which nothing divides the values."""
    heading, words_ = _headings(passage)
    if heading is None:
        return 0, []
    columns = list(dict.fromkeys(heads.column(word) or "?" for word in words_))
    pattern = re.compile("".join(_FRAGMENTS.get(name, "") for name in columns) + r"\s*$", re.DOTALL)
    body = passage.folded
    starts = [match.start() for match in _ROW.finditer(body, heading.end)]
    found: list[Row] = []
    for start, stop in pairwise([*starts, len(body)]):
        piece = passage.piece(start, stop)
        match = pattern.match(piece.folded)
        if match:
            found.append(_row(piece, match, columns))
        elif opening := re.match(_FRAGMENTS["row"] + _FRAGMENTS["number"], piece.folded):
            row = {name: piece.found(opening, name) for name in ("row", "number")}
            found.append({**row, "content": piece.piece(opening.end(), len(piece.folded))})
    return heading.start, found


_GLUED = re.compile(rf"序号\s*(?:(?:{heads.WORDS})\s*){{4,40}}(?=\n)")


def _headings(passage: Passage) -> tuple[Passage | None, list[str]]:
    """The heading and its columns."""
    for line in passage.lines():
        named = re.split(r"\s+", line.folded)
        if _known(named) >= 4:
            return line, named
    glued = _GLUED.search(passage.folded)
    if not glued:
        return None, []
    return passage.found(glued), re.findall(heads.WORDS, glued[0])


def _row(piece: Passage, match: re.Match[str], columns: list[str]) -> Row:
    found: Mapping[str, Passage] = {
        name: piece.found(match, name) for name in columns if name in _FRAGMENTS and match[name] is not None
    }
    return {name: words_ for name, words_ in found.items() if words_}


_ROW = re.compile(rf"(?<=\n)[ \t]*\d{{1,4}}\s*(?:{words.NUMBER})")
_PLACE = r"[\u4e00-\u9fff]{1,10}?(?:新区|开发区|高新区|经开区|管理区|示范区|市|区|县|旗|新城|功能区)"
_ENDED = r"(?<=[。.!?;)\]”\"\n\s])"
_NO_COMPLAINT = r"(?![\u4e00-\u9fff]{0,3}(?:严重|扰民))"
_PUNISHED = "(?:约谈|问责|诫勉|处分|通报批评|批评教育)"
_FRAGMENTS: Mapping[str, str] = {
    "row": r"\s*(?P<row>\d{1,4})\s*",
    "number": rf"(?P<number>{words.NUMBER}|\d{{1,6}}号?)\s*",
    "intake": r"(?P<intake>来电|来信|来访|微信|网络|电话|信件)?\s*",
    "content": rf"(?P<content>.+?){_ENDED}\s*",
    "region": rf"(?P<region>{_PLACE}(?:[、,]{_PLACE})*)\s*",
    "types": rf"(?P<types>{words.TYPE_WORD}(?:[、,;\s和]{{1,2}}{words.TYPE_WORD})*){_NO_COMPLAINT}\s*",
    "findings": rf"(?P<findings>.+?){_ENDED}\s*",
    "truth": rf"(?P<truth>{words.TRUTH})\s*",
    "handling": r"(?P<handling>.*?)\s*",
    "closing": r"(?P<closing>已办结|阶段性办结|未办结|正在办理)\s*",
    "accountability": rf"(?P<accountability>(?:无|/)|(?<=[。;])[^。]*{_PUNISHED}[^。]*。?)?",
}
