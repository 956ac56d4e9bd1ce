"""What to black out in a text before a copy of it is made public: proposals, each with its kind, its place and why.

Hides how far it goes beyond `redact`: in a public copy nobody is named, so that whoever stands beside a telephone, a
title or a part that he plays is proposed too, and a door's number without anybody beside it. A surname with 某某 is no
name any more. What is proposed is decided by a person.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bihuan.lib import redact
from bihuan.lib.chinese import half_width
from bihuan.lib.redact import SHORT_NAME, is_no_name

BLACK = "■■■"  # whatever is under it: its length tells nothing

_TITLED = re.compile(
    rf"(?P<name>{SHORT_NAME})(?=(?:先生|女士|同志|大爷|大妈|大娘|阿姨|老人)(?!们))"
    rf"|(?P<by_number>{SHORT_NAME})(?=\s*+[,、(:]?\s*+(?:电话|手机|联系方式)?[:为是]?\s*+1[3-9]\d{{9}})"
    rf"|(?:户主|当事人|受害人|承包人|村民|居民|业主|住户|经营者|家住[\u4e00-\u9fff]{{2,12}}的)(?P<as>{SHORT_NAME})"
    r"(?=[,.。;、:(的因在家于与称]|$)"
)
_DOOR = re.compile(
    r"(?:(?<=[,.。;、:(\s])|^|(?<=[于在住]))"
    r"(?P<it>(?:(?![于在住])[\u4e00-\u9fff]){2,12}(?:小区|家园|花园|嘉园|公寓|苑|园|院|里|村|庄|屯|街|路|巷)"
    r"\d+(?:号楼|栋|幢|号院|号|#|座)?(?:[-—]?\d+(?:单元|室|号|户)?)+)"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One stretch of a text that a public copy should not show."""

    kind: str
    start: int
    end: int
    words: str

    @property
    def label(self) -> str:
        """How its kind is called."""
        return redact.LABELS[self.kind]


def proposals(text: str) -> tuple[Proposal, ...]:
    """Everything in a text that should be blacked out in a public copy, in order, none overlapping another."""
    taken, covered = list[tuple[str, int, int]](), bytearray(len(text))
    found = ((hit.kind, hit.start, hit.end) for hit in redact.scan(text))
    for kind, start, end in chain(found, _more(half_width(text))):
        if redact.take(covered, start, end):
            taken.append((kind, start, end))
    return tuple(
        Proposal(kind, start, end, text[start:end]) for kind, start, end in sorted(taken, key=lambda it: it[1])
    )


def also(text: str, words: Iterable[str], beside: Collection[Proposal]) -> list[Proposal]:
    """Every place of words that a reader added, but where all of it is blacked out beside; what reaches over the end of
    that is among them.
    """
    found, covered = list[Proposal](), bytearray(len(text))
    for one in beside:
        redact.take(covered, one.start, one.end)
    for word in sorted({one.strip() for one in words} - {""}, key=len, reverse=True):
        for place in re.finditer(re.escape(word), text):
            if not all(covered[place.start() : place.end()]):
                covered[place.start() : place.end()] = b"\1" * len(word)
                found.append(Proposal("name", *place.span(), word))
    return found


def blacked(text: str, chosen: Collection[Proposal]) -> str:
    """The text with the chosen stretches blacked out: whatever their length, they look alike; what overlaps is one."""
    pieces, done = list[str](), 0
    for one in sorted(chosen, key=lambda one: one.start):
        if one.start >= done:
            pieces += [text[done : one.start], BLACK]
        done = max(done, one.end)
    return "".join([*pieces, text[done:]])


def _more(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _TITLED.finditer(text):
        group = str(found.lastgroup)
        if not is_no_name(found[group]):
            yield "name", *found.span(group)
    for found in _DOOR.finditer(text):
        yield "address", *found.span("it")
