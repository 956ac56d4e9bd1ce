"""The lines of a narrative plan, each cut at its labels and with the number it opens with.

Hides how a label that only heads a chapter (二、整改任务) is told from one that opens the words of a problem.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bihuan.intake.formats.plan.labels import Segment, segments
from bihuan.lib import chinese
from bihuan.lib.chinese import Enumerator
from bihuan.lib.paper.passage import Passage

RANK = {"chapter": 0, "heading": 1, "section": 2, "item": 3, "subitem": 4, "circled": 5, "ordinal": 3, "word": 9}
_PREFACE = (
    r"(?:总体要求|总体思路|总体目标|指导思想|基本原则|工作原则|整改原则|保障措施|保障机制|组织领导|组织保障|组织实施|工作目标|主要目标|整改目标|目标任务"
    r"|责任追究|工作要求|有关要求|相关要求|督办落实|整改宣传)"
)
# A chapter of the paper that lists no problem, whatever words of a problem it uses.
ASIDE = re.compile(rf"(?:整改|工作|主要|[加强化])*{_PREFACE}(?:[、和与及]{_PREFACE})*\s*(?:[。:：]|$)")
_CHAPTER_MARK = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")


_DAY = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_SIGNS = re.compile(r"[^。;；:：,，]{3,36}(?:办公室|政府|委员会|党委|领导小组|指挥部|局|厅|委|[省市县区旗])")


@dataclass(eq=False)
class Line:
    words: Passage
    parts: list[Segment]
    mark: Enumerator | None

    @property
    def lead(self) -> Passage | None:
        """The words before the first label, if it opens with any."""
        return self.parts[0].words if self.parts and not self.parts[0].key else None

    @property
    def is_chapter(self) -> bool:
        """Whether a label stands as a chapter of the paper: 二、整改目标."""
        return bool(self.parts and self.parts[0].key and _CHAPTER_MARK.match(self.words.folded))

    @property
    def is_numbered_text(self) -> bool:
        """Whether the number of a problem stands before its very label: 1.反馈问题：."""
        return self.keys[:1] == ["text"] and not self.lead and chinese.enumerator(self.words.text) is not None

    @property
    def keys(self) -> list[str]:
        return [part.key for part in self.parts if part.key]


def counts_fields(lines: Iterable[Line]) -> bool:
    """Whether the paper numbers its fields (一、整改任务 二、整改目标) and not its problems.

    Where problems carry the same labels without such a number, those with it only head chapters of the paper.
    """
    chapters = {line.keys[0] for line in lines if line.is_chapter} - {"text"}
    inner = {key for line in lines if not line.is_chapter for key in line.keys}
    return bool(chapters) and not chapters & inner & {"target", "measures"}


def numbered_texts(lines: Sequence[Line]) -> list[Line]:
    """The lines whose label has its problem's number before it; where every label is numbered, none has."""
    labels = (line.words.text for line in lines if line.keys and not line.lead and line.keys[0] != "text")
    styles = {mark.style for text in labels if (mark := chinese.enumerator(text))}
    texts = [(line, chinese.enumerator(line.words.text)) for line in lines if line.is_numbered_text]
    return [line for line, mark in texts if mark and mark.style not in styles]


def read_lines(paragraphs: Iterable[Passage]) -> list[Line]:
    """The lines of the paragraphs."""
    lines = [_line(line) for paragraph in paragraphs for line in paragraph.lines()]
    lines = [_outside(line) if _is_signature(lines, at) else line for at, line in enumerate(lines)]
    if counts_fields(lines):
        return lines
    return [_as_heading(line) if _is_bare_chapter(lines, at) else line for at, line in enumerate(lines)]


def _is_bare_chapter(lines: list[Line], at: int) -> bool:
    """Whether 二、整改任务 is the heading of a chapter, headings following, and not the label of a problem's words."""
    line, following = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    if not line.is_chapter or line.keys != ["text"] or line.parts[-1].words or following is None:
        return False
    if any(other.is_chapter and other.keys[0] != "text" for other in lines):
        return True
    return following.mark is not None and following.mark.style in ("section", "ordinal") and not following.keys


def _as_heading(line: Line) -> Line:
    return Line(line.words, [Segment("", "", line.words)], chinese.enumerator(line.words.text))


def _is_signature(lines: list[Line], at: int) -> bool:
    """Whether a line is the day below the name of who signs a paper, or that name above it."""
    name, day = (at, at + 1) if at + 1 < len(lines) and _DAY.fullmatch(lines[at + 1].words.folded) else (at - 1, at)
    if name < 0 or not _DAY.fullmatch(lines[day].words.folded):
        return False
    signs = lines[name]
    return not signs.keys and signs.mark is None and bool(_SIGNS.fullmatch(signs.words.folded))


def _outside(line: Line) -> Line:
    return Line(line.words, [], None)


def _line(words: Passage) -> Line:
    parts = list(segments(words))
    lead = parts[0] if parts and not parts[0].key else None
    return Line(words, parts, chinese.enumerator(lead.words.text) if lead else None)
