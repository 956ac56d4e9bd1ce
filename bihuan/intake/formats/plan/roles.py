"""Who leads, answers and supports, where a list of units says so itself: 甲局牵头，乙局配合; 甲局（牵头）、乙局.

Hides how such words stand in a list, and which brackets behind a measure name its units.
"""

import re
from collections.abc import Iterator

from bihuan.lib.paper.passage import Passage, joined
from bihuan.lib.reading.units import ENDS

_TOKEN = re.compile(r"(?P<words>(?:\([^()]*\)|[^、,;。\n()])+)(?P<stop>[、,;。\n]?)")
_LEADS = r"牵头(?:单位|部门)?(?:负责|落实|实施|组织实施)?"
_SUPPORTS = r"(?:协同|积极|协助)?(?:配合|协办)(?:单位|部门)?(?:落实|实施)?"
_SAID = re.compile(rf"(?P<marked>\()?(?:(?P<lead>{_LEADS})|(?P<supporting>{_SUPPORTS}))(?(marked)\))\s*$")
_FROM = re.compile(r"\s*由(?=.{2})")
_BEHIND = re.compile(r"\((?P<units>(?:\([^()]*\)|[^()]){2,120}?)(?P<tail>负责|落实|牵头|配合|实施)\)\s*[。;,]?\s*$")
_DUTY = re.compile(
    r"(?:按照?(?:各自)?职责(?:分工)?|分工|分别|共同|具体|组织|牵头|抓好|等)*(?:负责|落实|牵头|配合|实施)(?:落实|实施)?$"
)


def parted(words: Passage) -> dict[str, Passage]:
    """The units by their role; nothing where the list does not tell one from the other."""
    found: dict[str, list[Passage]] = {}
    waiting: list[Passage] = []
    for piece, said, stop in _tokens(words):
        role = next((name for name in ("lead", "supporting") if said and said[name]), "")
        name = piece.cut(0, said.start()).strip() if said else piece
        if (said and said["marked"]) or _FROM.match(piece.folded):
            found.setdefault("responsible", []).extend(waiting)
            waiting = []
        waiting.append(_without_from(name))
        if role or stop in ";。\n":
            found.setdefault(role or "responsible", []).extend(one for one in waiting if one)
            waiting = []
    found.setdefault("responsible", []).extend(waiting)
    if not found.keys() & {"lead", "supporting"}:
        return {}
    return {role: joined(parts, "、") for role, parts in found.items() if parts}


def _tokens(words: Passage) -> Iterator[tuple[Passage, re.Match[str] | None, str]]:
    for token in _TOKEN.finditer(words.folded):
        piece = words.cut(*token.span("words")).strip()
        if piece:
            yield piece, _SAID.search(piece.folded), token["stop"] or "\n"


def _without_from(piece: Passage) -> Passage:
    found = _FROM.match(piece.folded)
    return piece.cut(found.end()).strip() if found else piece


def units_behind(measure: Passage) -> dict[str, Passage]:
    """The units that a bracket at the end of a measure names for it: …8处。（某局牵头，某县政府配合）."""
    found = _BEHIND.search(measure.folded)
    if not found:
        return {}
    inside = measure.cut(found.start("units"), found.end("tail"))
    names = [_DUTY.sub("", piece.folded) for piece, _, _ in _tokens(inside)]
    if not all(ENDS.search(re.sub(r"\([^()]*\)$", "", name)) for name in names):
        return {}
    return parted(inside) or {"responsible": inside}
