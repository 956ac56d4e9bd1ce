"""Reads a list of responsible units as plans write it into single units, or into questions.

Hides where such a list divides: "党工委和管委会" is one unit, "自然资源和规划局" has no second half, and
"各县(市、区)党委和人民政府" stands for sixteen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bihuan.lib import chinese
from bihuan.lib.reading import unit_names
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.question import Question

_SEPARATOR = re.compile(r"[、,，;；。\n]+")
_AND = re.compile(r"以及|[和与及]")
_BETWEEN = re.compile(rf"{_AND.pattern}|\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
# How much of a stretch shows whether a unit's name or a set phrase ends it.
_NEAR = 60
_TAIL = re.compile(
    r"(?:等)?(?:按照?(?:各自)?职责(?:分工)?(?:分别|共同)?负责|分工负责|分别负责|负责落实|共同负责|具体负责|具体实施|具体落实|组织实施|组织落实|抓好落实|牵头负责|负责)$"
)
_NOTE = re.compile(r"\((?:牵头|配合|责任|主责|按职责分工负责|按职责分工|排名不分先后)[^()]*\)$")
# What the name of a unit ends in.
ENDS = re.compile(
    r"(?:局|委|办|办公室|政府|管委会|委员会|党委|公司|中心|处|所|站|部|院|厅|队|会|社|镇|乡|街道|办事处|集团|厂|[省市县区])$"
)
_PARTY = re.compile(r"(?P<place>.*?)(?:党工委|党\(工\)委|工委|党委|省委|市委|县委|区委|旗委)$")
_GOVERNMENT = re.compile(r"(?P<place>.*?)(?:人民政府|政府|管委会|管理委员会|办事处)(?:\(管委会\))?$")
_COUNTIES = re.compile(r"(?:全市)?各(?:县\([^()]*\)|区\([^()]*\)|县市区|市县区|县区|区县)")
_ZONES = re.compile(r"各?类?(?:开发区|功能区|园区|新区)")


@dataclass(frozen=True, slots=True)
class UnitRead:
    """One unit of a list. `start` and `end` are where its words stand; `derived` names the rule behind another name."""

    name: str
    raw: str
    start: int
    end: int
    kind: str
    region_code: str | None = None
    derived: str | None = None

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "name": self.name,
            "raw": self.raw,
            "span": [self.start, self.end],
            "kind": self.kind,
            "region_code": self.region_code,
            "derived": self.derived,
        }


@dataclass(frozen=True, slots=True)
class UnitDoubt:
    """A stretch of the list that is not settled, and the question about it."""

    raw: str
    start: int
    end: int
    question: Question

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {"raw": self.raw, "span": [self.start, self.end], **self.question.plain()}


@dataclass(frozen=True, slots=True)
class UnitsRead:
    """The units of a list in their order, and what must be asked."""

    units: tuple[UnitRead, ...] = field(default=())
    doubts: tuple[UnitDoubt, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {"units": [unit.plain() for unit in self.units], "doubts": [doubt.plain() for doubt in self.doubts]}


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int


def read_units(text: str, directory: Directory) -> UnitsRead:
    """The units that a list names. Units without a match stay in the list as printed, each with a question."""
    folded = chinese.half_width(text)
    units: list[UnitRead] = []
    doubts: list[UnitDoubt] = []
    for piece, suffix in _distributed(_merged(folded, list(_pieces(folded)))):
        raw = text[piece.start : piece.end]
        read = unit_names.resolve(re.sub(r"\s+", "", piece.text), suffix, directory)
        units += [
            UnitRead(one.name, raw, piece.start, piece.end, one.kind, one.region_code, one.derived)
            for one in read.units
        ]
        if read.question:
            doubts.append(UnitDoubt(raw, piece.start, piece.end, read.question))
    return UnitsRead(tuple(_without_repeats(units)), tuple(doubts))


def _without_repeats(units: list[UnitRead]) -> Iterator[UnitRead]:
    seen: set[str] = set()
    for unit in units:
        if unit.name not in seen:
            yield unit
        seen.add(unit.name)


def _pieces(text: str) -> Iterator[_Piece]:
    """The stretches between separators outside brackets, blanks and set phrases trimmed."""
    start, masked = 0, _masked(text)
    for found in _SEPARATOR.finditer(masked):
        yield from _divided(text, masked, start, found.start())
        start = found.end()
    yield from _divided(text, masked, start, len(text))


def _masked(text: str) -> str:
    return _BRACKETS.sub(lambda found: "x" * len(found[0]), text)


def _divided(text: str, masked: str, start: int, end: int) -> Iterator[_Piece]:
    """One stretch, divided at blanks and 和 where a whole unit ends before them."""
    at = start
    for found in _BETWEEN.finditer(masked, start, end):
        left = masked[max(at, found.start() - _NEAR) : found.start()].strip()
        right = masked[max(found.end(), end - _NEAR) : end].strip()
        if found.start() > at and len(left) > 1 and ENDS.search(left) and ENDS.search(_plain_end(right)):
            yield from _trimmed(text, at, found.start())
            at = found.end()
    yield from _trimmed(text, at, end)


def _plain_end(text: str) -> str:
    return _TAIL.sub("", _NOTE.sub("", text))


def _trimmed(text: str, start: int, end: int) -> Iterator[_Piece]:
    part = text[start:end]
    lead = len(part) - len(part.lstrip(" \t:。"))
    part = part.strip(" \t:。")
    shorter = _plain_end(part).rstrip()
    if shorter:
        yield _Piece(shorter, start + lead, start + lead + len(shorter))


def _merged(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """A party committee and the government of the same place, written side by side, are one unit."""
    merged: list[_Piece] = []
    for piece in pieces:
        if merged and _is_other_half(merged[-1].text, piece.text):
            start = merged[-1].start
            merged[-1] = _Piece(text[start : piece.end], start, piece.end)
        else:
            merged.append(piece)
    return merged


def _is_other_half(party: str, government: str) -> bool:
    if _COUNTIES.fullmatch(party) and _ZONES.match(government):
        return True
    left, right = _PARTY.fullmatch(party), _GOVERNMENT.fullmatch(government)
    if not left or not right:
        return False
    return right["place"] in ("", "省", "市", "县", "区", "旗", left["place"]) or left["place"].endswith(right["place"])


def _distributed(pieces: list[_Piece]) -> Iterator[tuple[_Piece, str]]:
    """Each piece with the words that a later place lends it: 沧州开发区、沧州高新区党工委和管委会."""
    for at, piece in enumerate(pieces):
        suffix = ""
        if unit_names.is_place(piece.text):
            following = next((one.text for one in pieces[at + 1 :] if not unit_names.is_place(one.text)), "")
            suffix = unit_names.government_words(following)
        yield piece, suffix
