"""A stretch of cleaned text that knows, character by character, where it stood in the paper.

Hides whether the words came from pasted text, paragraphs or cells, what cleaning took away, and that they may have been
cut and joined. Readers match on `folded` (Simplified, half-width), take values from `text`, name `raw` and `span`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import repeat

from bihuan.lib import chinese
from bihuan.lib.paper.document import Cell, Document, Paragraph, Span

# Lines of a pasted text are one stretch of it where only a break lies between them.
_BREAK = 2
_LINE = re.compile(r"[^\n\r]+")
_BLANKS = re.compile(r"[ \t\u3000\u00a0]+")
_TIGHT = re.compile(r"(?<=[^\x21-\x7e\s])[ \t\u3000\u00a0]+|[ \t\u3000\u00a0]+(?=[^\x21-\x7e\s])")
_SOFT = re.compile(
    r"(?<![。;；:：!！?？\n])\s*\n\s*(?!\s*(?:[一二三四五六七八九十]+[、是]|[(（]?\d+(?:[)）、]|\.(?!\d)|\.(?=20\d\d年))))"
)


@dataclass(frozen=True, slots=True)
class Source:
    """One paragraph or cell: its raw text and the span of the whole of it."""

    raw: str
    at: Span


@dataclass(frozen=True)
class Passage:
    """Cleaned text with the origin of every character: the index of its source and the place in that source's raw text.

    Characters put in by joining (a line break) belong to the source before them. A passage that was cut out of another
    knows that one (`root`) and where it begins there (`start`); one that was joined is a root itself.
    """

    text: str
    sources: tuple[Source, ...] = ()
    origin: tuple[tuple[int, int], ...] = ()
    start: int = field(default=0, compare=False)
    _root: "Passage | None" = field(default=None, compare=False, repr=False)

    @cached_property
    def folded(self) -> str:
        """The text in half-width characters; the places are the same."""
        return chinese.half_width(self.text)

    @property
    def end(self) -> int:
        """Where it ends in its root."""
        return self.start + len(self.text)

    @property
    def root(self) -> "Passage":
        """What it was cut from; itself, if it was not."""
        return self._root or self

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def cut(self, start: int, end: int | None = None) -> "Passage":
        """The characters from `start` to `end` (not included)."""
        origin = self.origin[start:end]
        return Passage(self.text[start:end], self.sources, origin, self.start + start, self.root)

    def strip(self, chars: str = " \t\r\n\u3000\u00a0") -> "Passage":
        """Without these characters at both ends."""
        start = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(start, max(start, len(self.text.rstrip(chars))))

    def piece(self, start: int, end: int) -> "Passage":
        """The words from `start` to `end`, without the blanks around them."""
        return self.cut(start, end).strip()

    def found(self, match: re.Match[str], group: str | int = 0) -> "Passage":
        """The words that a group of a match on `folded` found."""
        return self.piece(*match.span(group))

    def upto(self, other: "Passage") -> "Passage":
        """From the first of these words to the last of the other passage's; both were cut out of one."""
        return self.root.cut(min(self.start, other.start), max(self.end, other.end))

    def without(self, pattern: re.Pattern[str]) -> "Passage":
        """Without every stretch that the pattern finds in the half-width text."""
        kept: list[Passage] = []
        at = 0
        for match in pattern.finditer(self.folded):
            kept.append(self.cut(at, match.start()))
            at = match.end()
        return joined([*kept, self.cut(at)], "") if kept else self

    def unbroken(self) -> "Passage":
        """Without the line breaks that stand inside a sentence, as a narrow column makes them."""
        return self.without(_SOFT) if "\n" in self.text else self

    def lines(self) -> Iterator["Passage"]:
        """The lines that hold anything, without the blanks around them."""
        for match in _LINE.finditer(self.text):
            line = self.found(match)
            if line:
                yield line

    @property
    def value(self) -> str:
        """The words for people: lines that were broken inside a sentence joined, needless blanks removed."""
        return tidy(self.text)

    @cached_property
    def raw(self) -> str:
        """The raw words, those of several sources on lines of their own."""
        return "\n".join(source.raw[start:end] for source, start, end in self._stretches)

    @cached_property
    def span(self) -> Span | None:
        """Where the words stand: the first of them, and `also` those that were joined to them from elsewhere."""
        spans: list[Span] = []
        for source, start, end in self._stretches:
            at = source.at
            here = Span(at.start + start, at.start + end, at.paragraph, at.table, at.row, at.cell)
            if spans and here.is_of_text and 0 <= here.start - spans[-1].end <= _BREAK:
                here = replace(spans.pop(), end=here.end)
            spans.append(here)
        return replace(spans[0], also=tuple(spans[1:])) if len(spans) > 1 else spans[0] if spans else None

    @cached_property
    def _stretches(self) -> tuple[tuple[Source, int, int], ...]:
        """Each run of characters of one source; a join parts two runs of the same source."""
        if self.origin:
            index, first = self.origin[0]
            # Nearly every passage is one run, and to see that is much faster than to walk along it.
            if self.origin[-1] == (index, first + len(self.origin) - 1) and self.origin == tuple(
                zip(repeat(index), range(first, first + len(self.origin)), strict=False)
            ):
                return ((self.sources[index], first, first + len(self.origin)),)
        runs: list[tuple[int, int, int]] = []
        before: tuple[int, int] | None = None
        is_join = False
        for index, place in self.origin:
            if (index, place) == before:
                is_join = True
                continue
            apart = place < runs[-1][2] or (is_join and place > runs[-1][2] + _BREAK) if runs else True
            if not runs or runs[-1][0] != index or apart:
                runs.append((index, place, place + 1))
            else:
                runs[-1] = (index, runs[-1][1], place + 1)
            before, is_join = (index, place), False
        return tuple((self.sources[index], start, end) for index, start, end in runs)


def passage(raw: str, at: Span) -> Passage:
    """The cleaned text of a paragraph or cell."""
    clean = chinese.clean(raw)
    return Passage(clean.text, (Source(raw, at),), tuple(zip(repeat(0), clean.starts, strict=False)))


def joined(parts: Iterable[Passage], between: str = "\n") -> Passage:
    """The passages as one, `between` put between them."""
    texts: list[str] = []
    places: dict[Source, int] = {}
    origin: list[tuple[int, int]] = []
    for part in parts:
        if origin and between:
            texts.append(between)
            origin += [origin[-1]] * len(between)
        known = {index: places.setdefault(part.sources[index], len(places)) for index, _ in dict.fromkeys(part.origin)}
        texts.append(part.text)
        origin += [(known[index], place) for index, place in part.origin]
    return Passage("".join(texts), tuple(places), tuple(origin))


def tidy(text: str) -> str:
    """The text with blanks between Chinese characters removed and lines joined that break inside a sentence."""
    closed = _SOFT.sub("", text.strip())
    return re.sub(r"\s*\n\s*", "\n", _BLANKS.sub(" ", _TIGHT.sub("", closed)))


def of_document(document: Document) -> Passage:
    """The text of a pasted paper, or the paragraphs of another one (its tables left out)."""
    if document.text:
        return passage(document.text, Span(0, len(document.text)))
    return of_paragraphs(document.paragraphs())


def of_paragraphs(paragraphs: Iterable[Paragraph]) -> Passage:
    """These paragraphs as one passage."""
    return joined(passage(one.text, one.at) for one in paragraphs)


def of_cell(cell: Cell) -> Passage:
    """One cell, without the blanks around its words."""
    return passage(cell.text, cell.at)
