"""Editions of a plan as frozen lines, one held against another: what was softened, what hardened, what reads otherwise.

Hides how a line becomes JSON and back. A record is known by the code of its matter, which no amendment changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bihuan.lib.quantity import plain

SOFTENED, HARDENED, REWORDED = "softened", "hardened", "reworded"
DIRECTIONS = {SOFTENED: "放宽", HARDENED: "收紧", REWORDED: "改写"}


@dataclass(frozen=True, slots=True)
class Count:
    """An indicator: what is counted, in which unit, how much is wanted; `is_falling` where less is more."""

    name: str
    measured_in: str
    target: Decimal
    is_falling: bool = False

    @property
    def words(self) -> str:
        """How one line tells it: 关停自备井20眼."""
        return f"{self.name}{plain(self.target)}{self.measured_in}"


@dataclass(frozen=True, slots=True)
class Line:
    """One problem or measure of an edition; `units` are those who lead it or answer for it. `held` is the kind of a
    deadline that a draft paper says and that waits for the issued one; "" where nothing waits.
    """

    code: str
    label: str
    text: str
    due_on: date | None = None
    deadline: str = ""
    target: str = ""
    units: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    held: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """One difference between two editions: on which record, of what, in which direction, before and after."""

    code: str
    label: str
    what: str
    direction: str
    before: str
    after: str


def shifts(old: Sequence[Line], new: Sequence[Line]) -> list[Shift]:
    """Everything in which the newer edition differs, in its order, what it dropped at the end.

    Softened: a later day or none any more, a lower target, an indicator, a unit or a whole record dropped. Hardened:
    the opposite. Units exchanged and words changed are neither: they are shown, and people judge.
    """
    known = {one.code: one for one in old}
    found: list[Shift] = []
    for line in new:
        before = known.pop(line.code, None)
        found += [_whole(line, HARDENED)] if before is None else _of(before, line)
    return found + [_whole(line, SOFTENED) for line in known.values()]


def with_held(lines: Iterable[Line], said: Mapping[str, tuple[date | None, str, str]]) -> list[Line]:
    """The lines with the deadlines that a draft says of them, {code: (day, words, kind)}: those that differ are held"""
    return [_held(one, *said[one.code]) if one.code in said else one for one in lines]


def _held(line: Line, due_on: date | None, words: str, kind: str) -> Line:
    if due_on == line.due_on and (due_on is not None or words == line.deadline):
        return line
    return replace(line, due_on=due_on, deadline=words, held=kind)


def _whole(line: Line, direction: str) -> Shift:
    pair = ("", line.text) if direction == HARDENED else (line.text, "")
    return Shift(line.code, line.label, "新增" if direction == HARDENED else "取消", direction, *pair)


def _of(old: Line, new: Line) -> Iterator[Shift]:
    for what, direction, before, after in (*_day(old, new), *_counts(old, new), *_units(old, new), *_words(old, new)):
        yield Shift(new.code, new.label, what, direction, before, after)


Change = tuple[str, str, str, str]


def _day(old: Line, new: Line) -> Iterator[Change]:
    if old.due_on != new.due_on:
        later = new.due_on is None or (old.due_on is not None and new.due_on > old.due_on)
        yield "时限", SOFTENED if later else HARDENED, _when(old), _when(new)


def _when(line: Line) -> str:
    return line.due_on.isoformat() if line.due_on else line.deadline or "没有期限"


def _counts(old: Line, new: Line) -> Iterator[Change]:
    before, after = ({(one.name, one.measured_in): one for one in line.counts} for line in (old, new))
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if now is None and was is not None:
            yield "指标取消", SOFTENED, was.words, ""
        elif was is None and now is not None:
            yield "指标新增", HARDENED, "", now.words
        elif was is not None and now is not None and was.target != now.target:
            lower = now.target > was.target if was.is_falling or now.is_falling else now.target < was.target
            yield "指标", SOFTENED if lower else HARDENED, was.words, now.words


def _units(old: Line, new: Line) -> Iterator[Change]:
    before, after = {*old.units}, {*new.units}
    if before == after:
        return
    direction = SOFTENED if after < before else HARDENED if before < after else REWORDED
    yield "责任范围", direction, "、".join(old.units), "、".join(new.units)


def _words(old: Line, new: Line) -> Iterator[Change]:
    for what, before, after in (("内容", old.text, new.text), ("目标", old.target, new.target)):
        if _bare(before) != _bare(after):
            yield what, REWORDED, before, after


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def tally(found: Iterable[Shift]) -> dict[str, int]:
    """{direction: how many} of a comparison, all three named."""
    directions = [one.direction for one in found]
    return {direction: directions.count(direction) for direction in DIRECTIONS}


def to_plain(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """An edition as JSON holds it."""
    return [
        {
            "code": one.code,
            "label": one.label,
            "text": one.text,
            "due_on": one.due_on.isoformat() if one.due_on else "",
            "deadline": one.deadline,
            "target": one.target,
            "units": [*one.units],
            **({"held": one.held} if one.held else {}),
            "counts": [[count.name, count.measured_in, str(count.target), count.is_falling] for count in one.counts],
        }
        for one in lines
    ]


def from_plain(stored: Iterable[Mapping[str, Any]]) -> list[Line]:
    """An edition as it was frozen."""
    return [
        Line(
            **{name: one[name] for name in ("code", "label", "text", "deadline", "target")},
            due_on=date.fromisoformat(one["due_on"]) if one["due_on"] else None,
            units=tuple(one["units"]),
            held=one.get("held", ""),
            counts=tuple(Count(name, unit, Decimal(target), falls) for name, unit, target, falls in one["counts"]),
        )
        for one in stored
    ]
