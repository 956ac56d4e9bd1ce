"""The automatic numbers of a Word document: what label Word prints before a paragraph, though no text says so.

Hides numbering.xml, styles.xml and their inheritance. A label is part of what people read, so it becomes part of the
paragraph's text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bihuan.lib.paper.counting import label
from bihuan.lib.paper.markup import Element, W, word_attribute, word_number

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    plain_digits: bool


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Styles:
    """Paragraph styles: heading depth and numbering, each looked up along the chain of `basedOn`."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in root.iter(W + "style") if root is not None else ():
            name = word_attribute(style, "styleId") or ""
            self._styles[name] = style
            if word_attribute(style, "type") == "paragraph" and word_attribute(style, "default") in {"1", "true"}:
                self._default = name

    def chain(self, paragraph: Element) -> Iterator[Element]:
        """The paragraph's own properties, then those of its style and of the styles that is based on."""
        own = paragraph.find(W + "pPr")
        if own is not None:
            yield own
        name = word_attribute(paragraph.find(f"{W}pPr/{W}pStyle"), "val") or self._default
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            properties = style.find(W + "pPr")
            if properties is not None:
                yield properties
            name = word_attribute(style.find(W + "basedOn"), "val") or ""

    def depth(self, paragraph: Element) -> int:
        """A heading's depth, 1 the highest; 0 for body text."""
        for properties in self.chain(paragraph):
            outline = properties.find(W + "outlineLvl")
            if outline is not None:
                level = word_number(outline, "val", 9)
                return level + 1 if 0 <= level < _LEVELS else 0
        return 0

    def numbering(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and level that the paragraph is counted in, `None` if in none."""
        identity: str | None = None
        level: int | None = None
        for properties in self.chain(paragraph):
            identity = identity or word_attribute(properties.find(f"{W}numPr/{W}numId"), "val")
            place = properties.find(f"{W}numPr/{W}ilvl")
            if level is None and place is not None:
                level = word_number(place, "val")
        if identity is None or identity == "0":
            return None
        return identity, max(0, min(level or 0, _LEVELS - 1))


@dataclass
class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    lists: dict[str, _List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: Element | None) -> "Numbering":
        """From the root of numbering.xml; a document without one has no lists."""
        if root is None:
            return cls({})
        abstracts = {word_attribute(a, "abstractNumId") or "": a for a in root.findall(W + "abstractNum")}
        lists: dict[str, _List] = {}
        for number in root.findall(W + "num"):
            identity = word_attribute(number, "numId") or ""
            abstract = word_attribute(number.find(W + "abstractNumId"), "val") or ""
            if abstract in abstracts:
                lists[identity] = _read_list(number, abstract, abstracts[abstract])
        return cls(lists)

    def next(self, identity: str, level: int) -> str:
        """The label of the next paragraph of that list and level; empty for a bullet or an unknown list."""
        counted = self.lists.get(identity)
        if counted is None or level not in counted.levels:
            return ""
        counts = self._counts.setdefault(counted.abstract, {})
        self._begin(identity, level, counted, counts)
        counts[level] = counts.get(level, counted.levels[level].start - 1) + 1
        for deeper in [place for place in counts if place > level]:
            if _restarts(counted.levels.get(deeper), deeper, level):
                del counts[deeper]
        return self._written(counted, level, counts)

    def _begin(self, identity: str, level: int, counted: _List, counts: dict[int, int]) -> None:
        if level in counted.restarts and (identity, level) not in self._begun:
            counts[level] = counted.restarts[level] - 1
        self._begun.add((identity, level))

    def _written(self, counted: _List, level: int, counts: dict[int, int]) -> str:
        here = counted.levels[level]
        if here.form == "bullet":
            return ""

        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = counted.levels.get(place)
            if other is None:
                return ""
            form = "decimal" if here.plain_digits else other.form
            return label(counts.get(place, other.start), form)

        return _PLACE.sub(one, here.text)


def _restarts(deeper: _Level | None, place: int, level: int) -> bool:
    """Whether a paragraph at `level` sends the count at the deeper `place` back to its start."""
    if deeper is None or deeper.restart is None:
        return True
    return deeper.restart != 0 and level < deeper.restart <= place


def _read_list(number: Element, identity: str, abstract: Element) -> _List:
    levels = {word_number(found, "ilvl"): _read_level(found) for found in abstract.findall(W + "lvl")}
    restarts: dict[int, int] = {}
    for override in number.findall(W + "lvlOverride"):
        place = word_number(override, "ilvl")
        start = override.find(W + "startOverride")
        if start is not None:
            restarts[place] = word_number(start, "val", 1)
        replaced = override.find(W + "lvl")
        if replaced is not None:
            levels[place] = _read_level(replaced)
    return _List(identity, levels, restarts)


def _read_level(level: Element) -> _Level:
    restart = level.find(W + "lvlRestart")
    return _Level(
        start=word_number(level.find(W + "start"), "val", 1),
        form=_form(level),
        text=word_attribute(level.find(W + "lvlText"), "val") or "",
        restart=None if restart is None else word_number(restart, "val"),
        plain_digits=level.find(W + "isLgl") is not None,
    )


def _form(level: Element) -> str:
    written = next(level.iter(W + "numFmt"), None)  # newer forms stand inside mc:AlternateContent
    return word_attribute(written, "val") or "decimal"
