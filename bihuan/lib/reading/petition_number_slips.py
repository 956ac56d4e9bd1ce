"""Which place of a petition's number is wrong: where it fits no form, and where a part of it cannot be.

Hides the forms as strings of slots, and that a number is held against each of them one stroke away: a letter for a
digit, two neighbours turned round, one too few or one too many. Places are counted from 1, as a person counts them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_DIGITS = "0123456789"
_SLOTS = {
    "I": ("D(来电)或X(来信)", "DX"),
    "R": ("轮次", "123456789"),
    "A": ("字母", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "9": ("数字", _DIGITS),
}
"""{slot: (what it is called, the characters that fit)}; every other character of a form stands for itself."""
_SHORT = tuple("9" * count for count in (2, 3, 4))
_DAY = "20999999"
_FORMS = (
    "IRAA" + "9" * 12,
    "I" + "9" * 18,
    *(f"I{code}{_DAY}999" for code in ("99999", "99", "999999")),
    *(f"AAI{_DAY}{serial}" for serial in _SHORT),
    *(f"IAA{_DAY}{serial}" for serial in _SHORT),
    *(f"AA{_DAY}-{serial}" for serial in _SHORT),
    *(f"I{_DAY}{serial}" for serial in _SHORT),
    *(f"{_DAY}-I-{serial}" for serial in _SHORT),
    *(f"{_DAY}{serial}" for serial in _SHORT),
)
_OF_PLACES = (*(f"I{_DAY}{serial}" for serial in _SHORT), *(f"{_DAY}-{serial}" for serial in _SHORT))
_OF_PAPERS = ("〔9999〕9999999号", "〔9999〕9999999", *(f"〔9999〕{'9' * count}号" for count in (1, 2, 3, 4)))
_SERIALS = tuple(f"{head}{'9' * count}" for count in (2, 3, 4, 5) for head in ("I", ""))
_HEAD = re.compile(r"[\u4e00-\u9fff]{1,8}(?=[^\u4e00-\u9fff])")
# What the eye takes for a digit.
_LIKE = dict(zip("OQ〇○LI|ZSBG", "000011|2586".replace("|", "1"), strict=True))


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a number, as the end of a sentence that begins with it, and the number put right if only one
    could be meant. `tries` are numbers that it may have been.
    """

    text: str
    right: str = ""
    tries: tuple[str, ...] = ()


def slip(key: str, is_number: Callable[[str], bool]) -> Slip | None:
    """What is wrong with a number that fits no form, if it is one stroke away from one; the likeliest is one away from
    a number that `is_number`, with a place and a day that there are.
    """
    told = [*_slips(key)]
    likely = next((one for one in told if any(map(is_number, one.tries))), None)
    return likely or next(iter(told), None)


def _slips(key: str) -> Iterator[Slip]:
    head = _HEAD.match(key)
    start = head.end() if head else 0
    forms = (*_OF_PLACES, *_OF_PAPERS) if head else _FORMS
    for find in (_other, _turned, _missing, _extra):
        yield from (told for form in forms if (told := find(key, start, form)))
    yield from (told for form in _SERIALS if (told := _mistaken(key, form)))


def culprit(part: str, is_right: Callable[[str], bool]) -> int | None:
    """The one place of a part, from 0, where another digit would put it right; None where it may be several or none."""
    places = [at for at in range(len(part)) if any(is_right(_put(part, at, digit)) for digit in _DIGITS)]
    return places[0] if len(places) == 1 else None


def like(text: str) -> str:
    """The digits that were meant, where letters stand that look like them."""
    return "".join(_LIKE.get(char, char) for char in text)


def _put(text: str, at: int, char: str) -> str:
    return text[:at] + char + text[at + 1 :]


def _fits(char: str, slot: str) -> bool:
    return char in _SLOTS[slot][1] if slot in _SLOTS else char == slot


def _all_fit(text: str, form: str) -> bool:
    return len(text) == len(form) and all(map(_fits, text, form))


def _called(slot: str) -> str:
    return _SLOTS[slot][0] if slot in _SLOTS else f"“{slot}”"


def _unlike(text: str, form: str) -> Iterator[int]:
    return (at for at, (char, slot) in enumerate(zip(text, form, strict=True)) if not _fits(char, slot))


def _other(key: str, start: int, form: str) -> Slip | None:
    """One character that stands where another kind belongs."""
    text = key[start:]
    places = [*_unlike(text, form)] if len(text) == len(form) else []
    if len(places) != 1:
        return None
    at, char = places[0], text[places[0]]
    if form[at] == "I" and start + at == 0:
        return Slip(f"首位“{char}”既不是D(来电)，也不是X(来信)。", "", _filled(key, 0, 1, "I"))
    meant = _LIKE.get(char, "") if form[at] not in _SLOTS or form[at] in "9R" else ""
    right = _put(key, start + at, meant) if meant and _fits(meant, form[at]) else ""
    tries = _filled(key, start + at, start + at + 1, form[at])
    return Slip(f"第{start + at + 1}位应为{_called(form[at])}，现为“{char}”。", right, tries)


def _turned(key: str, start: int, form: str) -> Slip | None:
    """Two neighbours in each other's place."""
    text = key[start:]
    places = [*_unlike(text, form)] if len(text) == len(form) else []
    if not 1 <= len(places) <= 2:
        return None
    for at in (places[0], places[0] - 1):
        turned = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :] if at >= 0 else ""
        if _all_fit(turned, form):
            pair, right = text[at : at + 2], turned[at : at + 2]
            where = f"第{start + at + 1}、{start + at + 2}位"
            whole = key[:start] + turned
            return Slip(f"{where}“{pair}”像是写颠倒了，应为“{right}”。", whole, (whole,))
    return None


def _missing(key: str, start: int, form: str) -> Slip | None:
    """One character too few: named by its place where it is no digit among digits, else by how many there are."""
    text = key[start:]
    if len(text) + 1 != len(form):
        return None
    at = next((at for at in range(len(form)) if _all_fit(text, form[:at] + form[at + 1 :])), None)
    if at is None:
        return None
    slot, place = form[at], start + at
    tries = _filled(key, place, place, slot)
    if slot in "920":
        tries = tuple(one for before in range(start, len(key) + 1) for one in _filled(key, before, before, "9"))
        return Slip(f"少了一位数字：这种编号应为{start + len(form)}位，现为{len(key)}位。", "", tries)
    return Slip(f"缺少第{place + 1}位的{_called(slot)}。", "" if slot in _SLOTS else tries[0], tries)


def _extra(key: str, start: int, form: str) -> Slip | None:
    """One character too many, named by its place where it is no digit among digits."""
    text = key[start:]
    if len(text) != len(form) + 1:
        return None
    at = next((at for at in range(len(text)) if _all_fit(text[:at] + text[at + 1 :], form)), None)
    if at is None:
        return None
    less = tuple(key[:place] + key[place + 1 :] for place in range(start, len(key)))
    if text[at] in _DIGITS:
        return Slip(f"多了一位数字：这种编号应为{start + len(form)}位，现为{len(key)}位。", "", less)
    return Slip(f"第{start + at + 1}位的“{text[at]}”多余。", less[at], (less[at],))


def _filled(key: str, begin: int, end: int, slot: str) -> tuple[str, ...]:
    """The key with each character that fits the slot from one place to another."""
    return tuple(key[:begin] + char + key[end:] for char in (_SLOTS[slot][1] if slot in _SLOTS else slot))


def _mistaken(key: str, form: str) -> Slip | None:
    """A letter in a serial where a digit belongs, or a first letter that is none of the two."""
    text = key.removeprefix("第").removesuffix("号")
    told = _other(text, 0, form) if re.fullmatch("[0-9A-Z〇○]+", text) else None
    start = len(key) - len(key.removeprefix("第"))
    if not told or not start:
        return told
    right = f"第{told.right}" if told.right else ""
    moved = re.sub(r"第(\d+)位", lambda found: f"第{int(found[1]) + start}位", told.text)
    return Slip(moved, right)
