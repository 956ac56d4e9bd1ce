"""A stretch of cleaned text that knows, character by character, where it stood in the paper.

Hides that a text may have been cut, joined over paragraphs and cleaned: whoever holds a `Passage` asks for its words,
its raw words and its span, and need not care.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bihuan.lib import chinese
from bihuan.lib.paper.document import Span


@dataclass(frozen=True, slots=True)
class Source:
    """One paragraph or cell: its raw text and the span of the whole of it."""

    raw: str
    at: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Cleaned text with the origin of every character: the index of its source and the place in that source's raw text.

    Characters put in by joining (a line break) belong to the source before them.
    """

    text: str
    sources: tuple[Source, ...] = ()
    origin: tuple[tuple[int, int], ...] = ()

    @property
    def folded(self) -> str:
        """The text in half-width characters; the places are the same."""
        return chinese.half_width(self.text)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def cut(self, start: int, end: int | None = None) -> "Passage":
        """The characters from `start` to `end` (not included)."""
        return Passage(self.text[start:end], self.sources, self.origin[start:end])

    def strip(self, chars: str = " \t\r\n") -> "Passage":
        """Without these characters at both ends."""
        start = len(self.text) - len(self.text.lstrip(chars))
        return self.cut(start, max(start, len(self.text.rstrip(chars))))

    def without(self, pattern: re.Pattern[str]) -> "Passage":
        """Without every stretch that the pattern finds in the half-width text."""
        kept: list[Passage] = []
        at = 0
        for found in pattern.finditer(self.folded):
            kept.append(self.cut(at, found.start()))
            at = found.end()
        return joined([*kept, self.cut(at)], "") if kept else self

    def lines(self) -> Iterator["Passage"]:
        """The lines that hold anything, without the blanks around them."""
        at = 0
        for line in self.text.split("\n"):
            part = self.cut(at, at + len(line)).strip()
            at += len(line) + 1
            if part:
                yield part

    @property
    def raw(self) -> str:
        """The raw words, those of several sources on lines of their own."""
        return "\n".join(source.raw[start:end] for source, start, end in self._stretches())

    @property
    def span(self) -> Span | None:
        """Where the words stand: in the first source that they come from."""
        for source, start, end in self._stretches():
            return replace(source.at, start=source.at.start + start, end=source.at.start + end)
        return None

    def _stretches(self) -> Iterator[tuple[Source, int, int]]:
        for index, source in enumerate(self.sources):
            places = [place for at, place in self.origin if at == index]
            if places:
                yield source, places[0], places[-1] + 1


def passage(raw: str, at: Span) -> Passage:
    """The cleaned text of a paragraph or cell."""
    clean = chinese.clean(raw)
    return Passage(clean.text, (Source(raw, at),), tuple((0, place) for place in clean.starts))


def joined(parts: Iterable[Passage], between: str = "\n") -> Passage:
    """The passages as one, `between` put between them."""
    text = ""
    sources: list[Source] = []
    origin: list[tuple[int, int]] = []
    for part in parts:
        if text and between:
            text += between
            origin += [origin[-1]] * len(between)
        places = {index: _index(sources, source) for index, source in enumerate(part.sources)}
        text += part.text
        origin += [(places[index], place) for index, place in part.origin]
    return Passage(text, tuple(sources), tuple(origin))


def _index(sources: list[Source], source: Source) -> int:
    if source not in sources:
        sources.append(source)
    return sources.index(source)
