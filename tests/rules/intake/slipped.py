"""Slips planted in bulletins: one figure off, digits swapped, a place left out, a rate off, another day or batch."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from bihuan.intake.formats.bulletin import understand_bulletin
from bihuan.intake.formats.bulletin_succession import successive
from bihuan.intake.formats.understood import Understanding
from bihuan.lib.chinese import clean, half_width, number, numeral
from bihuan.lib.paper.reading import read_paper

PRINTED = Path(__file__).parents[2] / "samples" / "printed_bulletins"
_COUNT = re.compile(r"(?<![\d.])(?P<n>\d+)(?P<unit>件|家|人|个)")
_RATE = re.compile(r"(?P<n>\d+\.\d+)%")
_MONEY = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<unit>万元|元)")
_ITEM = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8}?(?:市|区|县|类))(?P<n>\d+)件(?=[、,。;]|$)")
_DAY = re.compile(r"(?P<m>\d+)月(?P<d>\d+)日(?!至)")
_ORDINAL = re.compile(r"第(?P<n>[一二三四五六七八九十]+)批")
_RANGE = re.compile(r"(?<=\d-)(?P<n>\d+)(?=批)|(?<=前)(?P<w>[一二三四五六七八九十]+)(?=批)")


def printed() -> dict[str, str]:
    """The printed bulletins by name, as plain as they are compared."""
    return {path.stem: half_width(clean(path.read_text()).text) for path in sorted(PRINTED.glob("*.txt"))}


def _put(text: str, span: tuple[int, int], words: str) -> str:
    return text[: span[0]] + words + text[span[1] :]


def slips(text: str) -> Iterator[tuple[str, str, str]]:
    """Each slip: its kind, what was written instead of what, the whole text with it."""
    yield from _off_by_one(text)
    yield from _swapped(text)
    yield from _rates(text)
    yield from _items(text)
    yield from _days_and_batches(text)


def _off_by_one(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _COUNT.finditer(text):
        for step in (1, -1):
            if (count := int(found["n"]) + step) >= 0:
                yield "off by one", f"{_before(text, found)}→{count}", _put(text, found.span("n"), str(count))


def _swapped(text: str) -> Iterator[tuple[str, str, str]]:
    for found in (*_COUNT.finditer(text), *_RATE.finditer(text), *_MONEY.finditer(text)):
        digits = found["n"]
        for at in range(len(digits) - 1):
            one, other = digits[at : at + 2]
            if one != other and "." not in one + other and not (at == 0 and other == "0"):
                words = digits[:at] + other + one + digits[at + 2 :]
                yield "digits swapped", f"{_before(text, found)}→{words}", _put(text, found.span("n"), words)


def _rates(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _RATE.finditer(text):
        whole, tail = found["n"].split(".")
        for step in (1, -1):
            words = f"{whole}.{(int(tail) + step) % 10 ** len(tail):0{len(tail)}}"
            yield "rate off by the last digit", f"{_before(text, found)}→{words}", _put(text, found.span("n"), words)
            words = f"{int(whole) + step}.{tail}"
            yield "rate off by one", f"{_before(text, found)}→{words}", _put(text, found.span("n"), words)


def _items(text: str) -> Iterator[tuple[str, str, str]]:
    items = list(_ITEM.finditer(text))
    for found in items:
        mark = found.end() + (text[found.end() : found.end() + 1] in "、,")
        yield "part left out", found[0], text[: found.start()] + text[mark:]
        yield "part told twice", found[0], _put(text, (found.end(), found.end()), f"、{found[0]}")
    for one, other in itertools.pairwise(items):
        if one.end() + 1 == other.start() and one["n"] != other["n"]:
            turned = other[0] + text[one.end() : other.start()] + one[0]
            yield "parts out of order", f"{one[0]}{other[0]}", _put(text, (one.start(), other.end()), turned)


def _days_and_batches(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _DAY.finditer(text):
        if text[found.start() - 1 : found.start()] == "至" and text[found.start() - 2 : found.start()] != "截至":
            continue
        for step in (1, -1):
            words = f"{found['m']}月{int(found['d']) + step}日"
            yield "day off by one", f"{_before(text, found)}→{words}", _put(text, found.span(), words)
    for found in _ORDINAL.finditer(text):
        for step in (1, -1) if found["n"] != "一" else (1,):
            words = f"第{numeral((number(found['n']) or 0) + step)}批"
            yield "batch off by one", f"{found[0]}→{words}", _put(text, found.span(), words)
    for found in _RANGE.finditer(text):
        for step in (1, -1):
            last = (number(found[0]) or 0) + step
            words = str(last) if found["n"] else numeral(last)
            yield "range off by one", f"{found[0]}→{words}", _put(text, found.span(), words)


def _before(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 6) : found.end()]


def understood_of(text: str) -> Understanding:
    """The bulletin as it is read, in the year of its context."""
    return understand_bulletin(read_paper("通报.txt", text.encode()), on=dt.date(2024, 6, 1), directory=None)


def findings(text: str) -> frozenset[str]:
    """What the reader says of a bulletin: its doubts, and the notes of sums that do not agree."""
    understood = understood_of(text)
    doubts = [*understood.doubts, *(doubt for record in understood.records for doubt in record.doubts)]
    return frozenset(
        (*(doubt.question for doubt in doubts), *(row.note for row in understood.reconciliation if row.note))
    )


def measured(text: str) -> Iterator[tuple[str, str, bool]]:
    """Of each slip: its kind, what it was, whether something is said that was not said before."""
    before = findings(text)
    for kind, what, slipped in slips(text):
        if slipped != text:
            yield kind, what, bool(findings(slipped) - before)


def measured_together(previous: str, current: str) -> Iterator[tuple[str, str, bool]]:
    """The same for slips in either of two successive bulletins, held against each other as well."""
    before = together(previous, current)
    for kind, what, slipped in slips(previous):
        yield kind, what, bool(together(slipped, current) - before)
    for kind, what, slipped in slips(current):
        yield kind, what, bool(together(previous, slipped) - before)


def together(previous: str, current: str) -> frozenset[str]:
    """What is said of each, and of one against the other."""
    records = [understood_of(text).records[0] for text in (previous, current)]
    return findings(previous) | findings(current) | frozenset(successive(*records))
