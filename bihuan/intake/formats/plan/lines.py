"""The lines of a narrative plan, each cut at its labels and with the number it opens with.

Hides how a label that only heads a chapter (二、整改任务) is told from one that opens the words of a problem.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bihuan.intake.formats.plan.labels import Segment, segments
from bihuan.lib import chinese
from bihuan.lib.chinese import Enumerator
from bihuan.lib.paper.passage import Passage

RANK = {"chapter": 0, "heading": 1, "section": 2, "item": 3, "subitem": 4, "circled": 5, "ordinal": 3, "word": 9}
_CHAPTER_MARK = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")


@dataclass
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
    def keys(self) -> list[str]:
        return [part.key for part in self.parts if part.key]


def counts_fields(lines: Iterable[Line]) -> bool:
    """Whether the paper numbers its fields (一、整改任务 二、整改目标) and not its problems."""
    return any(line.is_chapter and line.keys[0] != "text" for line in lines)


def read_lines(paragraphs: Iterable[Passage]) -> list[Line]:
    """The lines of the paragraphs."""
    lines = [_line(line) for paragraph in paragraphs for line in paragraph.lines()]
    if counts_fields(lines):
        return lines
    return [_as_heading(line) if _is_bare_chapter(lines, at) else line for at, line in enumerate(lines)]


def _is_bare_chapter(lines: list[Line], at: int) -> bool:
    """Whether 二、整改任务 is the heading of a chapter, headings following, and not the label of a problem's words."""
    line, following = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    if not line.is_chapter or line.keys != ["text"] or line.parts[-1].words or following is None:
        return False
    return following.mark is not None and following.mark.style in ("section", "ordinal") and not following.keys


def _as_heading(line: Line) -> Line:
    return Line(line.words, [Segment("", "", line.words)], chinese.enumerator(line.words.text))


def _line(words: Passage) -> Line:
    parts = list(segments(words))
    lead = parts[0] if parts and not parts[0].key else None
    return Line(words, parts, chinese.enumerator(lead.words.text) if lead else None)
