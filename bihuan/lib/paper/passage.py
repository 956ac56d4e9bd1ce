"""A stretch of a paper as one cleaned text in which every character leads back to the raw words.

Hides whether the words came from pasted text, from paragraphs or from a cell, and what cleaning took away. Readers
match on `folded` (Simplified, half-width), take values from `text`, and name their source by `raw` and `span`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from bihuan.lib.chinese import Clean, clean, half_width
from bihuan.lib.paper.document import Cell, Document, Paragraph, Span

_BLANKS = re.compile(r"[ \t\u3000\u00a0]+")
_TIGHT = re.compile(r"(?<=[^\x21-\x7e\s])[ \t\u3000\u00a0]+|[ \t\u3000\u00a0]+(?=[^\x21-\x7e\s])")
_SOFT = re.compile(r"(?<![。;；:：!！?？\n])\s*\n\s*(?!\s*(?:[一二三四五六七八九十]+[、是]|[(（]?\d+[)）.、]))")


@dataclass(frozen=True)
class Passage:
    """Cleaned text with its way back. `parts` are the cleaned blocks, each with the span of its whole raw text."""

    parts: tuple[tuple[Clean, Span], ...]

    @cached_property
    def text(self) -> str:
        """The cleaned text, blocks divided by line breaks."""
        return "\n".join(part.text for part, _ in self.parts)

    @cached_property
    def folded(self) -> str:
        """As `text`, full-width signs made half-width; the same length."""
        return half_width(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for part, _ in self.parts:
            starts.append(at)
            at += len(part.text) + 1
        return starts

    def whole(self) -> "Piece":
        """All of it, without the blanks around it."""
        return self.piece(0, len(self.text))

    def piece(self, start: int, end: int) -> "Piece":
        """The words from `start` to `end`, without the blanks around them."""
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip())
        return Piece(self, start + lead, start + max(lead, len(words.rstrip())))

    def found(self, match: re.Match[str], group: str | int = 0) -> "Piece":
        """The words that a group of a match on `folded` found."""
        return self.piece(*match.span(group))

    def until(self, end: int) -> "Passage":
        """The passage up to `end`, its last block cut there."""
        kept: list[tuple[Clean, Span]] = []
        for (part, at), begin in zip(self.parts, self._starts, strict=True):
            if begin < end:
                size = end - begin
                cut = Clean(part.text[:size], part.raw, part.starts[:size]) if size < len(part.text) else part
                kept.append((cut, at))
        return Passage(tuple(kept))

    def raw(self, start: int, end: int) -> str:
        """The raw words of the cleaned ones from `start` to `end`."""
        first, last = self._place(start), self._place(max(start, end - 1))
        if first == last:
            part = self.parts[first][0]
            return part.raw[slice(*part.raw_span(start - self._starts[first], end - self._starts[first]))]
        pieces = []
        for index in range(first, last + 1):
            part, begin = self.parts[index][0], self._starts[index]
            bounds = part.raw_span(max(0, start - begin), min(len(part.text), end - begin))
            pieces.append(part.raw[slice(*bounds)])
        return "\n".join(pieces)

    def span(self, start: int, end: int) -> Span:
        """Where the raw words stand. Words over several paragraphs begin in one and end in another (`last`)."""
        first, last = self._place(start), self._place(max(start, end - 1))
        part, at = self.parts[first]
        begin, stop = part.raw_span(start - self._starts[first], end - self._starts[first] if first == last else 0)
        if first != last:
            other, to = self.parts[last]
            stop = other.raw_span(0, end - self._starts[last])[1]
            return replace(at, start=begin, end=stop, last=to.paragraph)
        return replace(at, start=at.start + begin, end=at.start + stop)

    def _place(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)


@dataclass(frozen=True)
class Piece:
    """Some words of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The cleaned words as they stand."""
        return self.passage.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The cleaned words with half-width signs."""
        return self.passage.folded[self.start : self.end]

    @property
    def raw(self) -> str:
        """The raw words."""
        return self.passage.raw(self.start, self.end)

    @property
    def span(self) -> Span:
        """Where the raw words stand."""
        return self.passage.span(self.start, self.end)

    @property
    def value(self) -> str:
        """The cleaned words for people: lines that were broken inside a sentence joined, needless blanks removed."""
        return tidy(self.text)

    def piece(self, start: int, end: int) -> "Piece":
        """Some of these words, counted from the first of them."""
        return self.passage.piece(self.start + start, self.start + end)

    def found(self, match: re.Match[str], group: str | int = 0) -> "Piece":
        """The words that a group of a match on this piece's `folded` found."""
        return self.piece(*match.span(group))

    def upto(self, other: "Piece") -> "Piece":
        """From the first of these words to the last of the other piece's."""
        return Piece(self.passage, min(self.start, other.start), max(self.end, other.end))

    def __bool__(self) -> bool:
        return self.end > self.start


def tidy(text: str) -> str:
    """The text with blanks between Chinese characters removed and lines joined that break inside a sentence."""
    joined = _SOFT.sub("", text.strip())
    return re.sub(r"\s*\n\s*", "\n", _BLANKS.sub(" ", _TIGHT.sub("", joined)))


def of_document(document: Document) -> Passage:
    """The text of a pasted paper, or the paragraphs of another one (its tables left out)."""
    if document.text:
        return Passage(((clean(document.text), Span(0, len(document.text))),))
    return of_paragraphs(document.paragraphs())


def of_paragraphs(paragraphs: Iterable[Paragraph]) -> Passage:
    """These paragraphs as one passage."""
    return Passage(tuple((clean(one.text), one.at) for one in paragraphs))


def of_cell(cell: Cell) -> Passage:
    """One cell."""
    return Passage(((clean(cell.text), cell.at),))


def lines(passage: Passage) -> Iterator[Piece]:
    """The lines that hold anything, without the blanks around them."""
    for match in re.finditer(r"[^\n\r]+", passage.text):
        piece = passage.found(match)
        if piece:
            yield piece
