"""Petition numbers in every known form, one stroke wrong: as a typist, a scanner or a torn line would have it."""

import re
from collections.abc import Iterator

from bihuan.lib.reading.petition_numbers import PetitionNumber, read_petition_number

FORMS = {
    "central": "D2HE202204170031",
    "central, key case": "X2HA202104290093*",
    "code": "D410000201806230057",
    "code of five, serial of three": "X3600220200718005",
    "code of six, serial of three": "D13090020210718005",
    "code of two, serial of three": "X3220210518008",
    "letters of a city": "D2HH202403270005",
    "letters of a city before": "BCD2022092801",
    "name of a city before": "新乡D20181124488",
    "letters of a province": "DSN20210618003",
    "letters and a stroke": "SD20170818-15",
    "document": "访受〔2021〕0518031号",
    "day": "202207180045",
    "way and day": "D20160718001",
    "day, way and strokes": "20180608-D-012",
    "serial": "1547",
    "serial with its word": "31号",
    "way and serial": "D007",
}
SPELLINGS = frozenset({"small letter", "full width", "blank", "line end", "stroke"})
"""Other spellings of the same number."""
_WRONG = "ABCDEHKNSXZ"
_POSITION = re.compile(r"第(\d+)(?:([、至])(\d+))?位")


def mutations(number: str) -> Iterator[tuple[str, int, str]]:
    """(kind, place from 0, the number with it)."""
    for at, char in enumerate(number):
        before, after = number[:at], number[at + 1 :]
        if char.isdecimal():
            yield from (("other digit", at, before + one + after) for one in "0123456789" if one != char)
            yield "letter for a digit", at, before + "K" + after
            alike = {"0": "Oo〇", "1": "lI"}.get(char, "")
            yield from (("letter like a digit", at, before + one + after) for one in alike)
        elif char.isascii() and char.isalpha():
            yield from (("other letter", at, before + one + after) for one in _WRONG if one != char)
            yield "digit for a letter", at, before + "8" + after
            yield "small letter", at, before + char.lower() + after
        if char == "-":
            yield from (("stroke", at, before + one + after) for one in "－–—‐‑−")
        yield "left out", at, before + after
        yield "twice", at, before + char + char + after
        if after and after[0] != char:
            yield "turned round", at, before + after[0] + char + after[1:]
        if 33 <= ord(char) <= 126:
            yield "full width", at, before + chr(ord(char) + 0xFEE0) + after
        yield "blank", at, f"{before} {char}{after}"
        yield "line end", at, f"{before}\n{char}{after}"


def outcome(number: str, kind: str, at: int, wrong: str) -> str:
    """What the reader makes of it: same, placed (the place is named), counted (how many digits are missing), asked
    (something else), or legal: a number that could be one as well.
    """
    read, right = read_petition_number(wrong), read_petition_number(number)
    if read.question is None:
        is_same = (read.number_key, read.key_case) == (right.number_key, right.key_case)
        return "same" if is_same else "legal"
    if _is_placed(read, at, 2 if kind in ("turned round", "left out") else 1):
        return "placed"
    return "counted" if re.search(r"应为\d+位", read.question.text) else "asked"


def _is_placed(read: PetitionNumber, at: int, width: int) -> bool:
    text = read.question.text if read.question else ""
    if "首位" in text:
        return at == 0
    found = _POSITION.search(text)
    if not found:
        return False
    first = int(found[1])
    last = int(found[3] or first)
    return first <= at + width and at + 1 <= last + width - 1
