"""Petitions told in prose: "编号D008,群众反映…经查…", labelled paragraphs, and sections under numbered headings.

Hides where one petition ends and the next begins, and where the complaint ends and the finding begins.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from bihuan.intake.formats import petition_columns as heads
from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_alignment import Row, is_number
from bihuan.lib.paper.passage import Passage

# Blanks are bounded: at every one of a long run a search begins anew.
_LEAD = (
    r"(?:(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[、.)]|【|\*(?!\s?[DX]\d))\s{0,20})?"
    r"[ \t]{0,20}"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[\n;。,\s]))[ \t]{{0,20}}{_LEAD}(?P<label>{heads.LABELS})\s*(?:】\s*:?|:|(?=\n))\s*", re.MULTILINE
)
_OPENED = re.compile(
    rf"^[ \t]{{0,40}}(?P<lead>[一二三四五六七八九十]{{1,3}}、|\([一二三四五六七八九十\d]{{1,3}}\)|\d{{1,3}}[、.)])?"
    rf"\s{{0,20}}(?:第?(?P<row>\d{{1,4}})号?\s*)?(?:信访|举报|受理|交办)*(?:件)?编号?\s*:?\s*(?P<number>{words.NUMBER}|\d{{1,6}}号)"
    r"(?:号?\s*(?:群众)?(?:信访|举报|投诉|交办)*(?:件|案件|问题)?)?\s*(?P<end>[,,。:;\n]|$)",
    re.MULTILINE,
)


_NAMED = re.compile(
    rf"(?:^|(?<=[\n;。,:\s]))[ \t]{{0,20}}{_LEAD}(?:受理|信访|举报|交办|转办)(?:件)?编号\s*:?\s*"
    rf"(?P<number>{words.NUMBER})",
    re.MULTILINE,
)


# The number in brackets behind the title of a section: 一、某县举报案件(受理编号:D…).
_HEADED = re.compile(
    r"^[ \t]*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[、.)])[^\n。;:()]{0,40}"
    rf"\((?:受理|信访|举报|交办|转办)?(?:件)?编号\s*:?\s*(?P<number>{words.NUMBER})[^\n()]*\)[。:]?[ \t]*$",
    re.MULTILINE,
)


_NUMBER_WORDS = re.compile(rf"{words.NUMBER}|[^\s,。;]+")


_PARTS = frozenset(("findings", "told", "truth", "handling", "goal", "closing", "accountability", "deadline", "remark"))


def labelled(passage: Passage) -> tuple[int, list[Row]]:
    """Petitions as labelled lines; a record begins at each number, or where a label comes again.

    A label of what was found or done that comes a second time opens nothing: its words go on in the part before.
    """
    found: list[dict[str, _Mark]] = []
    kept: list[tuple[_Mark, bool]] = []
    for mark in sorted(_marks(passage.folded)):
        is_first = begins(mark.name, found[-1] if found else None)
        if is_first:
            found.append({})
        elif found and _goes_on(mark.name, found[-1]):
            continue
        kept.append((mark, is_first))
        if found:
            found[-1].setdefault(mark.name, mark)
    read = _cut(passage, kept)
    petitions = [row for row in read if heads.are_petitions(row.keys()) or ("number" in row and "content" in row)]
    first = next((mark.cut for mark, is_first in kept if is_first), 0)
    return (first, petitions) if petitions else (0, [])


def _goes_on(name: str, row: Collection[str]) -> bool:
    """Whether a label inside the words of a part opens no other: it comes again, or tells of findings told already."""
    return (name in row and name in _PARTS | {"content"}) or (name == "findings" and "told" in row)


def _cut(passage: Passage, marks: Sequence[tuple["_Mark", bool]]) -> list[Row]:
    """The words behind each mark, a row from each mark that begins one."""
    rows: list[dict[str, Passage]] = []
    for place, (mark, is_first) in enumerate(marks):
        until = marks[place + 1][0].cut if place + 1 < len(marks) else len(passage.text)
        piece = passage.piece(mark.start, mark.stop or until)
        if is_first:
            rows.append({})
        if piece and rows:
            rows[-1].setdefault(mark.name, piece)
    return [_parted(row) for row in rows]


def _parted(row: dict[str, Passage]) -> dict[str, Passage]:
    """The row, its complaint parted from the findings that follow it without a label."""
    content = row.get("content")
    found = _FINDING.search(content.folded) if content and not {"findings", "told"} & row.keys() else None
    if not content or not found:
        return row
    rest = content.piece(found.start(), len(content.folded))
    told = {"findings": rest} if "handling" in row else found_and_done(rest)
    return {**row, "content": content.piece(0, found.start()), **told}


def begins(name: str, before: Collection[str] | None) -> bool:
    """Whether a label opens a new petition: a number or serial, or a complaint where petitions bear no number."""
    if before is None:
        return name in {"number", "row", "content"}
    if name in {"number", "row"}:
        return name in before or "content" in before
    return name == "content" and "content" in before and "number" not in before


class _Mark(NamedTuple):
    """A label: where the value before it is cut off, where its own begins, and (a number) where that stops."""

    cut: int
    start: int
    stop: int
    name: str


def _marks(text: str) -> Iterator[_Mark]:
    numbered: list[tuple[int, int]] = []
    for match in (*_OPENED.finditer(text), *_NAMED.finditer(text), *_HEADED.finditer(text)):
        is_opening = match.re is not _OPENED or not match["end"] or match["end"] in "\n:"
        if is_opening and not _lies_in(match.start("number"), numbered):
            numbered.append(match.span())
            yield _Mark(_line_of(text, match.start()), match.start("number"), match.end("number"), "number")
    for match in _LABEL.finditer(text):
        mark = None if _lies_in(match.start("label"), numbered) else _labelled(text, match)
        if mark:
            yield mark


def _lies_in(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < stop for start, stop in spans)


def _labelled(text: str, match: re.Match[str]) -> _Mark | None:
    name = heads.column(match["label"])
    if name != "number":
        return _Mark(match.start(), match.end(), 0, name) if name else None
    value = _NUMBER_WORDS.match(text, match.end())
    if value is None or not (is_number(value[0].strip()) or _STRANGE.match(text, match.end())):
        return None
    return _Mark(match.start(), value.start(), value.end(), "number")


# A number of a form nobody knows, alone before the label of a complaint.
_STRANGE = re.compile(r"(?=[^\n]*\d)[\u4e00-\u9fffA-Z\d〔〕\[\]()\-—.]{3,24}号?\s*\n\W*(?:群众|举报|信访|投诉|反映)")


_STORY = re.compile(
    rf"(?:(?:^[ \t]{{0,40}}{_LEAD}(?:来电|来信|来访|网络|微信)?(?:举报|信访|投诉)*件?\s{{0,20}})?"
    r"(?:受理|信访|举报|交办)?编号为?\s*:?\s*"
    rf"(?P<number>{words.NUMBER}|\d{{1,6}}号?)|^[ \t]{{0,40}}{_LEAD}(?P<bare>{words.NUMBER}))"
    r"\s*(?:号?(?:信访|举报|投诉)*(?:件|案件|问题)?)?\s*[,:。、]?\s*(?=[^\n]{0,12}?(?:反映|举报|投诉|称))",
    re.MULTILINE,
)
_COMPLAINT = re.compile(
    r"(?:群众|投诉人|举报人|信访人|来电人)?(?:来电|来信)?(?:反映|举报|投诉|称)的?(?:问题)?\s*[:,]?\s*"
)
_FINDING = re.compile(
    r"(?<=[。;!\n])\s*(?:接到?(?:交办|转办|举报|信访)|收到(?:交办|转办)|经(?:现场)?(?:核查|查|调查|核实|检查|排查|勘)|调查核实|核查情况)"
)
_HANDLING = re.compile(
    r"(?<=[。;!\n])\s*(?:对此|针对(?:该|此|上述|以上|群众|存在)|处理(?:和整改)?情况|整改情况|下一步|目前,?(?:该|已)|责令|责成)"
)


def narrative(passage: Passage) -> tuple[int, list[Row]]:
    """Petitions as stories, one after the other: number, complaint, what was found, what was done."""
    text = passage.folded
    stories = list(_STORY.finditer(text))
    found: list[Row] = []
    for place, story in enumerate(stories):
        stop = _line_of(text, stories[place + 1].start()) if place + 1 < len(stories) else len(text)
        body = passage.piece(story.end(), stop)
        number = passage.found(story, "number" if story["number"] else "bare")
        found.append({"number": number, **_told(body)})
    return (stories[0].start(), found) if stories else (0, [])


_OPENER = re.compile(rf"[ \t]*{_LEAD}[\u4e00-\u9fff]{{0,10}}[:,]?[ \t]*")


def _line_of(text: str, at: int) -> int:
    """Where the line begins, if nothing but a number and a place ((二)正定县:) stands in it before the petition."""
    start = text.rfind("\n", 0, at) + 1
    return start if _OPENER.fullmatch(text, start, at) else at


def _told(body: Passage) -> dict[str, Passage]:
    text = body.folded
    complaint = _COMPLAINT.search(text, 0, 24)
    begin = complaint.end() if complaint else 0
    marks = [mark for mark in _LABEL.finditer(text, begin) if heads.column(mark["label"]) in _PARTS]
    if marks:
        told = {"content": body.piece(begin, marks[0].start())}
        for mark, stop in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=True):
            told.setdefault(heads.column(mark["label"]) or "", body.piece(mark.end(), stop))
        return _parted({name: piece for name, piece in told.items() if piece})
    finding = _FINDING.search(text, begin)
    if finding is None:
        return {"content": body.piece(begin, len(text))}
    return {
        "content": body.piece(begin, finding.start()),
        **found_and_done(body.piece(finding.start(), len(text))),
    }


_CONCLUDED = re.compile(r"(?<!是否)(?:不|部分|基本)?属实(?!的?情况)")


_DEED = re.compile(
    r"\s*(?!经)[^。\n]{0,24}?(?:已[^。]{0,6}(?:清|拆|停|取缔|整改|完成)|责令|责成|罚款|立案|取缔|拆除|清运|约谈|实施|予以|督促)"
)


def found_and_done(told: Passage) -> dict[str, Passage]:
    """What was found and what was done, where one text tells both: from the words that open it, else what follows the
    verdict.
    """
    handling = _HANDLING.search(told.folded, 2)
    ends = [told.folded.find("。", match.end()) + 1 for match in _CONCLUDED.finditer(told.folded)]
    verdicts = [end for end in ends if end and _DEED.match(told.folded, end)]
    cut = handling.start() if handling else verdicts[-1] if verdicts else len(told.folded)
    done = told.piece(cut, len(told.folded))
    return {"findings": told.piece(0, cut)} | ({"handling": done} if done else {})
