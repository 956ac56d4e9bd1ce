"""Divides the words under 整改措施 into single measures, however they are numbered and wherever the lines break.

Hides the numbering: 1. （一） (1) ① 一是…二是…, one to a paragraph or all in one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bihuan.intake.formats.plan.labels import segments
from bihuan.lib import chinese
from bihuan.lib.chinese import Enumerator
from bihuan.lib.paper.passage import Passage, joined

_BREAK = re.compile(r"(?<=[。;；:：,，、)）\s])(?=\S)")
_OWN_LABELS = re.compile(r"\s*\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*:[^()]*(?:\([^()]*\)[^()]*)*)\)\s*[。;；]?\s*$")
# The title of a stage: short, ended by no stop, measures on the lines below it.
_STAGE = re.compile(r"[^\n。;；]{2,40}\n\s*[\d(（①一]")
_STOP = re.compile(r"[。;；!！]$")
_SENTENCE = re.compile(r"[;；](?=\s*\S)|。(?=\s*\S)")
# A line that opens with a number of its own stays one: the parts of a measure.
_PART = r"(?:\d{1,2}(?:[、.](?!\d)|\.(?=20\d\d年))|\(\d{1,2}\)|[①-⑳])"
_INSIDE = r"(?<=\d)\s+(?=[\d年月日底])|(?<=年)\s+(?=\d)"
_BLANKS = re.compile(rf"(?<=[^\x00-\x7f\s])\s+(?=[^\x00-\x7f])|\s*\n\s*|{_INSIDE}")
_BETWEEN = re.compile(rf"(?<=[^\x00-\x7f\s])[^\S\n]+(?=[^\x00-\x7f])|\s*\n\s*(?!\s|{_PART})|{_INSIDE}")
# How far a number may jump and still continue the list: a measure dropped out in the middle.
_GAP = 3


@dataclass
class Measure:
    """One measure while it is read: its number in the problem, its words, and the fields that are its own.

    `mark` is the number as printed; `shared` names the fields of its own that another measure has, too;
    `labelled_parts` says how many numbered parts of it have fields of their own, all of which are the measure's.
    """

    number: int
    words: Passage
    is_numbered: bool = True
    mark: Passage | None = None
    own: dict[str, Passage] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    labelled_parts: int = 0


def divide(words: Passage) -> list[Measure]:
    """The measures of a passage, in order. Without numbers each paragraph is one."""
    words = words.strip()
    starts = list(_starts(words))
    if not starts:
        lines = _whole_lines(words)
        return [_measure(number, line) for number, line in enumerate(lines, start=1)]
    ends = [at for at, _ in starts[1:]] + [len(words.text)]
    if staged := _staged([words.cut(at + mark.length, end) for (at, mark), end in zip(starts, ends, strict=True)]):
        return staged
    return [
        _measure(mark.number, words.cut(at + mark.length, end), words.cut(at, at + mark.length).strip())
        for (at, mark), end in zip(starts, ends, strict=True)
    ]


def _staged(stages: list[Passage]) -> list[Measure]:
    """The measures below titles of stages, where they are counted on from stage to stage; else none."""
    if len(stages) < 2 or not all(_STAGE.match(stage.folded) for stage in stages):
        return []
    inner = [list(_starts(stage)) for stage in stages]
    marks = [mark for found in inner for _, mark in found if found]
    if not all(inner) or [mark.number for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    return [measure for stage, found in zip(stages, inner, strict=True) for measure in divide(stage.cut(found[0][0]))]


def last_mark(words: Passage) -> Enumerator | None:
    """The number of the last measure of a passage, as printed; `None` where they have none."""
    marks = [mark for _, mark in _starts(words.strip())]
    return marks[-1] if marks else None


def _whole_lines(words: Passage) -> list[Passage]:
    """The paragraphs; a line that the one before did not end is put back onto it, unless no line ever ends."""
    lines = list(words.lines())
    if not any(_STOP.search(line.text) for line in lines):
        return lines
    whole: list[Passage] = []
    for line in lines:
        if whole and not _STOP.search(whole[-1].text):
            whole[-1] = joined([whole[-1], line])
        else:
            whole.append(line)
    return whole


def parts_of(measure: Measure) -> int:
    """How many sentences an unnumbered measure has: several may be several measures."""
    return len(_SENTENCE.findall(measure.words.text)) + 1


def _measure(number: int, words: Passage, mark: Passage | None = None) -> Measure:
    words = words.strip()
    parts = _labelled_parts(words)
    own, rest = ({}, words) if len(parts) > 1 else _own_labels(words)
    for key in dict.fromkeys(key for part in parts for key in part) if len(parts) > 1 else ():
        own[key] = together([part[key] for part in parts if key in part])
    text = unbroken(rest, keeps_parts=True).strip(" \t\n;；")
    return Measure(number, text, mark is not None, mark, own, labelled_parts=len(parts))


def _own_labels(words: Passage) -> tuple[dict[str, Passage], Passage]:
    """The fields in the brackets behind a measure's words, and the words without them."""
    if found := _OWN_LABELS.search(words.folded):
        inner = list(segments(words.cut(found.start("inner"), found.end("inner"))))
        if all(segment.key for segment in inner):
            return {segment.key: segment.words for segment in inner}, words.cut(0, found.start())
    return {}, words


def _labelled_parts(words: Passage) -> list[dict[str, Passage]]:
    """The fields of each part of a measure (①…(责任单位:某局) ②…) that has such of its own."""
    places = [at for at, _ in _starts(words)]
    if len(places) < 2:
        return []
    parts = [words.cut(at, end) for at, end in zip(places, [*places[1:], len(words.text)], strict=True)]
    return [own for own, _ in map(_own_labels, parts) if own]


def _starts(words: Passage) -> Iterator[tuple[int, Enumerator]]:
    """Where each measure begins: every mark of the style of the first one that continues its count."""
    folded = words.folded
    last: Enumerator | None = None
    for at in (0, *(found.start() for found in _BREAK.finditer(folded))):
        mark = chinese.enumerator(folded[at : at + 24])
        opens_line = not folded[:at].strip(" \t") or folded[:at].rstrip(" \t").endswith("\n")
        if mark and mark.style in _LISTED and _continues(mark, last, opens_line=opens_line):
            last = mark
            yield at, mark


_LISTED = ("heading", "section", "item", "subitem", "circled", "word")


def _continues(mark: Enumerator, last: Enumerator | None, *, opens_line: bool) -> bool:
    if last is None:
        return mark.number == 1 or opens_line
    if mark.style != last.style:
        return False
    step = mark.number - last.number
    return step == 1 or (opens_line and 0 <= step <= _GAP)


def unbroken(words: Passage, *, keeps_parts: bool = False) -> Passage:
    """The words without the line breaks and blanks that a page or a typesetter put inside them.

    Lines that open with a number of their own may stay lines.
    """
    return words.without(_BETWEEN if keeps_parts else _BLANKS)


def together(parts: list[Passage]) -> Passage:
    """Several passages as one text, a line each."""
    return joined([part for part in parts if part])
