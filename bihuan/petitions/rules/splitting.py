"""Into what a petition is split by hand (分项): when it may be, what a sub-item may say, and the split that its text
proposes where it counts what it complains of (一是…二是…, 1.…2.…, （1）…, ①…).
"""

import re
from collections.abc import Iterator, Sequence

from bihuan.lib.chinese import half_width, number
from bihuan.petitions.rules.petition import STATES, PetitionState

OPEN = (
    PetitionState.IN_TRAY,
    PetitionState.ASSIGNED,
    PetitionState.HANDLING,
    PetitionState.COUNTY_REVIEW,
    PetitionState.CITY_REVIEW,
)
"""Where a petition stands that has not been answered: only then is it split otherwise."""
LEAST, LONGEST, MOST = 2, 2_000, 40  # characters that a sub-item has; sub-items that a petition has
_BEFORE = r"(?:(?<=[^\d第.A-Za-z(])|^)"
_HAN = r"[一二三四五六七八九十]{1,3}"
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?<=[。;:,、!?\s\"”])|^)(?P<n>{_HAN})(?:是(?!否)|、?是指)",
        rf"(?:(?<=[。;:,、!?\s\"”])|^)第(?P<n>{_HAN})[,、:]\s*",
        r"(?P<n>[①-⑳])[、.\s]*",
        r"\(\s*(?P<n>\d{1,2})\s*\)[、.:\s]*",
        rf"\(\s*(?P<n>{_HAN})\s*\)[、.:\s]*",
        rf"(?:(?<=[。;:!?\s])|^)(?P<n>{_HAN})[、.]\s*",
        rf"{_BEFORE}(?P<n>\d{{1,2}})\s*(?:[、)]|\.(?!\d)|\.(?=20\d\d年))\s*",
    )
)
_EDGE = " \t\r\n　,，;；、:："
_WISH = re.compile(r"(?:群众|举报人|信访人|投诉人|反映人)?(?:们|均)?(?:希望|要求|恳请|请求|请|望|盼)")


def proposed(text: str) -> tuple[str, ...]:
    """The parts that a text counts itself, word by word; () where it does not count from one to at least two.

    What stands before the first is no part. What the last one's sentence is followed by is none either where it only
    asks for something (希望有关部门查处) and the parts before have one sentence each.
    """
    folded = half_width(text)
    found = [marks for pattern in _MARKS if len(marks := _counted(pattern, folded)) > 1]
    if not found:
        return ()
    marks = min(found, key=lambda one: one[0].start())
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    if all("。" not in one.rstrip(f"。{_EDGE}") for one in parts[:-1]):
        parts[-1] = _without_wish(parts[-1])
    told = tuple(_trimmed(one) for one in parts)
    return told if len(told) <= MOST and all(len(one) >= LEAST for one in told) else ()


def _counted(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The marks that count up from one."""
    counted: list[re.Match[str]] = []
    for mark in pattern.finditer(text):
        if number(mark["n"]) == len(counted) + 1:
            counted.append(mark)
    return counted


def _without_wish(part: str) -> str:
    first, stop, rest = part.partition("。")
    return f"{first}{stop}" if _WISH.match(rest.strip(_EDGE)) else part


def _trimmed(part: str) -> str:
    return trimmed(part).rstrip(f"。{_EDGE}")


def trimmed(text: str) -> str:
    """A sub-item as it stands alone: without what joined it to the one before or after it (；、，)."""
    return text.strip(_EDGE)


def places_of(text: str, parts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(from, to, which part) of the parts that stand in a text word by word, from left to right, none over another."""
    spans = sorted((text.find(part), place) for place, part in enumerate(parts) if part)
    at = 0
    for start, place in spans:
        if start >= at:
            at = start + len(parts[place])
            yield start, at, place


def shut(state: str) -> str:
    """Why a petition in that state is not split otherwise, or ""."""
    return "" if state in OPEN else f"{STATES[PetitionState(state)]}的信访件不能再改分项。"


def refusal(texts: Sequence[str], standing: Sequence[str]) -> str:
    """Why these texts do not become sub-items beside those that stand, or ""."""
    if not texts:
        return "请至少写一个分项。"
    known = {*standing}
    for text in texts:
        if len(text) < LEAST:
            return f"分项“{text}”太短，请照原文写清反映的是什么。"
        if len(text) > LONGEST:
            return f"分项“{text[:12]}…”超过{LONGEST}个字，请只写一个问题。"
        if text in known:
            return f"分项“{text[:30]}”已经有了，请不要重复。"
        known.add(text)
    return f"一件信访最多{MOST}个分项。" if len(known) > MOST else ""
