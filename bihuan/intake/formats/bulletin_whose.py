"""Whose the figures of a bulletin are, settled once all of them are known: of the whole or a part, of now or of all.

Hides that one figure is told twice in other words, and which of two that look alike is meant.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bihuan.intake.formats.bulletin_counts import Count

_OURS = re.compile(r"[我本][省市区县州旗盟]")
_PARTS = ("region", "type", "intake")


def settled(found: Sequence[Count]) -> list[Count]:
    """The counts, none told twice, each of what it is of."""
    return _apart(_of_the_batch(_own(_ours(_once(found)))))


def _once(found: Sequence[Count]) -> list[Count]:
    """The counts, a place that a headline names by its short name, or that comes again as 宗, left out."""
    full = {(count.name[:-1], count.figure, count.is_cumulative) for count in found if count.group == "region"}
    units: dict[tuple[str, str, bool, float], str] = {}
    kept = []
    for one in found:
        unit = units.setdefault((one.group, one.name, one.is_cumulative, one.figure), one.unit)
        if one.group != "region" or ((one.name, one.figure, one.is_cumulative) not in full and unit == one.unit):
            kept.append(one)
    return kept


def _ours(found: Sequence[Count]) -> list[Count]:
    """The counts, what came to 我市 as a part where the whole of a province is told before it."""
    totals: dict[bool, Count] = {}
    told = []
    for one in found:
        first = totals.setdefault(one.is_cumulative, one) if one.group == "total" and not one.heading else one
        is_part = first is not one and _OURS.search(one.piece.folded) and not _OURS.search(first.piece.folded)
        told.append(replace(one, group="region", name=_OURS.findall(one.piece.folded)[-1]) if is_part else one)
    return _of_us(told, totals)


def _of_us(found: Sequence[Count], totals: Mapping[bool, Count]) -> list[Count]:
    """The counts; where the sum since the beginning is told of us alone, what came to us of a batch is its total."""
    whole, since = totals.get(False), totals.get(True)
    ours = next((one for one in found if one.group == "region" and _OURS.fullmatch(one.name) and not one.heading), None)
    if not whole or not since or not ours or ours.is_cumulative or _OURS.search(whole.piece.folded):
        return list(found)
    if not _OURS.search(since.piece.folded):
        return list(found)
    turned = {id(whole): replace(whole, group="upper_total"), id(ours): replace(ours, group="total")}
    return [turned.get(id(one), one) for one in found]


def _own(found: Sequence[Count]) -> list[Count]:
    """The counts, that of 我市, or of the city whose parts make it up, as the total where none other is told.

    Beside another total it is a part of no sum here.
    """
    totals = {one.is_cumulative for one in found if one.group == "total" and not one.heading}
    own = [one for one in found if one.group == "region" and _OURS.fullmatch(one.name) and not one.within]
    for is_cumulative in {False, True} - totals:
        parts = [
            one for one in found if one.group == "region" and one.is_cumulative == is_cumulative and not one.heading
        ]
        if len(parts) > 2 and parts[0].figure == sum(one.figure for one in parts[1:]):
            own.append(parts[0])
    return [
        replace(one, group="total") if one in own else one
        for one in found
        if one not in own or one.is_cumulative not in totals
    ]


def _of_the_batch(found: Sequence[Count]) -> list[Count]:
    """The counts, parts that stand behind the total of all but make up that of the batch given back to the batch."""
    totals = {one.is_cumulative: one.figure for one in reversed(found) if one.group == "total" and not one.heading}
    for group in _PARTS:
        parts = [one for one in found if one.group == group and not one.heading and not one.within]
        made_up = sum(one.figure for one in parts)
        if parts and all(one.is_cumulative for one in parts) and made_up == totals.get(False) != totals.get(True):
            found = [replace(one, is_cumulative=False) if one in parts else one for one in found]
    return list(found)


def _apart(found: Sequence[Count]) -> list[Count]:
    """The counts without a number closed that takes in those closed in part, where the text tells the two apart."""

    def told(group: str, *, is_cumulative: bool) -> list[int | float]:
        alike = (one for one in found if one.is_cumulative == is_cumulative and not one.heading)
        return [one.figure for one in alike if one.group == group]

    whole = {
        (is_cumulative, closed + staged)
        for is_cumulative in (False, True)
        for closed in told("closed", is_cumulative=is_cumulative)
        for staged in told("staged", is_cumulative=is_cumulative)
        if staged
    }
    return [
        one for one in found if one.group != "closed" or one.heading or (one.is_cumulative, one.figure) not in whole
    ]
