"""The course of one measure, or of a problem made of measures: each fact with the day from which it was known.

Hides how a past day is looked at: every question takes the day that is asked about and the day by which the facts were
known, so that what came to be known later changes no day before it. A course is one round of the matter.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from typing import Protocol, TypeVar

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, from `from_day` on. The first has no `extension`; a later one names the extension that was approved,
    or is what an amended plan says (`is_amended`), which may be any day.
    """

    from_day: date
    due_on: date | None
    extension: str = ""
    is_amended: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row on which something stood that was taken back afterwards, the last of them included."""

    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Reached:
    """That a milestone was reached, and from which day that was known."""

    known_on: date
    reached_on: date


@dataclass(frozen=True, slots=True)
class Milestone:
    """By when, what. A revision of the plan adds one (`known_from`) or takes one away (`withdrawn_on`); it stood as
    reached on the days of `taken_back`, each until an entry was corrected.
    """

    due_on: date
    text: str
    weight: Decimal = ONE
    reached: Reached | None = None
    known_from: date | None = None
    withdrawn_on: date | None = None
    taken_back: tuple[Stretch, ...] = ()

    def stands(self, known: date) -> bool:
        """Whether it was in the plan, as known by that day."""
        return (self.known_from is None or self.known_from <= known) and (
            self.withdrawn_on is None or known < self.withdrawn_on
        )

    def is_open(self, known: date) -> bool:
        """Whether it was in the plan and not known to be reached."""
        is_reached = self.reached is not None and self.reached.known_on <= known
        return self.stands(known) and not is_reached and not _held(self.taken_back, known)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of an approved entry: the cumulative quantity of an indicator, or the percent done."""

    known_on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, from where to where, with what was reported of it, in the order in which it was known."""

    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    readings: tuple[Reading, ...] = ()
    weight: Decimal = ONE
    known_from: date | None = None
    withdrawn_on: date | None = None

    def stands(self, known: date) -> bool:
        """Whether it was counted, as known by that day."""
        return (self.known_from is None or self.known_from <= known) and (
            self.withdrawn_on is None or known < self.withdrawn_on
        )


@dataclass(frozen=True, slots=True)
class Expected:
    """When the unit itself expects to be done, as an approved entry says."""

    known_on: date
    finish_on: date


@dataclass(frozen=True, slots=True)
class Dark:
    """Days on which the matter was not to be hurried: withdrawn, or turned long-term. `until` None: still so."""

    since: date
    until: date | None
    cause: str


@dataclass(frozen=True, slots=True)
class Course:
    """Everything about one measure that its schedule, its light and its forecast are computed from.

    An entry of "no change" repeats the figure before it. `lit_from` is from when it shows a light though nobody knows
    when it was handed over; on the days of `returned` it counted as done, until it was sent back. Refuses a deadline
    that moves without an approved extension, facts out of the order in which they became known, and figures that nobody
    can count with.
    """

    begun_on: date | None
    deadlines: tuple[Deadline, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    percents: tuple[Reading, ...] = ()
    expected: tuple[Expected, ...] = ()
    done_on: date | None = None
    signed_off_on: date | None = None
    dark: tuple[Dark, ...] = ()
    lit_from: date | None = None
    returned: tuple[Stretch, ...] = ()

    def __post_init__(self) -> None:
        for refusal in chain(_deadlines_refused(self.deadlines), _figures_refused(self)):
            raise ValueError(refusal)

    def due_on(self, known: date) -> date | None:
        """The deadline that held by what was known on that day; None before there was one."""
        return next((one.due_on for one in reversed(self.deadlines) if one.from_day <= known), None)

    def is_begun(self, day: date) -> bool:
        """Whether it had been handed over."""
        return self.begun_on is not None and self.begun_on <= day

    def is_lit(self, day: date) -> bool:
        """Whether it showed a light: from its hand-over on, or from `lit_from`."""
        since = self.begun_on or self.lit_from
        return since is not None and since <= day

    def is_done(self, day: date) -> bool:
        """Whether it was confirmed as done, or signed off."""
        done_on, signed_off_on = self.done_on, self.signed_off_on
        if (done_on is not None and done_on <= day) or (signed_off_on is not None and signed_off_on <= day):
            return True
        return _held(self.returned, day) if self.returned else False

    def darkness(self, day: date) -> str:
        """Why it was not to be hurried on that day, or ""."""
        return next((one.cause for one in self.dark if one.since <= day and not _is_over(one.until, day)), "")

    def open_milestones(self, known: date) -> list[Milestone]:
        """The milestones of the plan that were not known to be reached."""
        return [one for one in self.milestones if one.is_open(known)]


@dataclass(frozen=True, slots=True)
class Part:
    """One measure of a problem: what it is called in a sentence (措施3), its course and its weight."""

    name: str
    course: Course
    weight: Decimal = ONE

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise ValueError("权重应大于0。")


@dataclass(frozen=True, slots=True)
class ProblemCourse:
    """A problem: its own hand-over, deadlines and ends (`own`), and the courses of its measures.

    Refuses milestones and figures of its own: those are its measures'.
    """

    own: Course
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if self.own.milestones or self.own.indicators or self.own.percents:
            raise ValueError("问题的节点和进度由措施算出，不另填。")


class _Known(Protocol):
    @property
    def known_on(self) -> date: ...


_Entry = TypeVar("_Entry", bound=_Known)


def latest(entries: tuple[_Entry, ...], known: date) -> _Entry | None:
    """The last of the entries that was known by that day."""
    place = bisect_right(entries, known, key=_known_on)
    return entries[place - 1] if place else None


def _known_on(entry: _Known) -> date:
    return entry.known_on


def _held(stretches: tuple[Stretch, ...], day: date) -> bool:
    return any(one.holds(day) for one in stretches)


def _is_over(until: date | None, day: date) -> bool:
    return until is not None and until < day


def _deadlines_refused(deadlines: tuple[Deadline, ...]) -> Iterator[str]:
    if deadlines and (deadlines[0].extension or deadlines[0].is_amended):
        yield "第一个时限不是延期。"
    for before, after in pairwise(deadlines):
        if not (after.extension or after.is_amended):
            yield "时限只能由获批的延期或修订的方案改动。"
        if after.from_day <= before.from_day:
            yield "延期应按获批的先后排列。"
        if after.is_amended:
            continue
        if before.due_on is None or after.due_on is None or after.due_on <= before.due_on:
            yield "延期后的时限应晚于原时限。"


def _figures_refused(course: Course) -> Iterator[str]:
    series = (course.percents, *(one.readings for one in course.indicators))
    if not (all(_is_in_order(one) for one in series) and _is_in_order(course.expected)):
        yield "填报应按得知的先后排列。"
    if any(not 0 <= one.value <= 100 for one in course.percents):
        yield "完成比例应在0到100之间。"
    if any(
        one <= 0 for one in (*(one.weight for one in course.milestones), *(one.weight for one in course.indicators))
    ):
        yield "权重应大于0。"
    if any(one.reached and one.reached.known_on < one.reached.reached_on for one in course.milestones):
        yield "节点不能在达到之前得知。"


def _is_in_order(entries: Iterable[_Known]) -> bool:
    return all(before.known_on <= after.known_on for before, after in pairwise(entries))
