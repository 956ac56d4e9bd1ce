"""Simulated histories of measures whose end is known: how they slip, how it is reported, when they are really done.

A forecast is tried on these. TUNING is what its constants may be chosen by; HOLD_OUT and FINAL, with seeds and ranges
of their own, are what it is judged by, and are never looked at while choosing. FINAL is five cities, so that the habits
of sixteen counties do not decide. The truth of a history is a curve of work done by
day; what the office sees of it is a `Course`: what a county's reporters wrote, rounded, hopeful, late, or not at all.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from random import Random

from bihuan.rectification.rules.course import (
    Course,
    Deadline,
    Expected,
    Indicator,
    Milestone,
    Reached,
    Reading,
)

DAY = timedelta(days=1)
COUNTIES = 16
Range = tuple[float, float]


class Kind(StrEnum):
    """What happens to a measure. Whether it is late is told by its end, not by its kind."""

    STEADY = "steady"
    S_CURVE = "s_curve"
    EARLY = "early"
    RUSH = "rush"
    TENDER = "tender"
    LATE_START = "late_start"
    STALL = "stall"
    SLOW = "slow"
    WINTER = "winter"
    PERMIT = "permit"
    PLATEAU = "plateau"


@dataclass(frozen=True, slots=True)
class World:
    """A set of histories: its seeds, and the ranges from which each is drawn. Shares are of the days allowed."""

    name: str
    seed: int
    allowed_days: Range
    noise: Range  # how unevenly work goes on, fortnight by fortnight
    optimism: Range  # by how much of what is done too much is reported
    gaps: Range  # the share of entries that are missing
    slack: Range  # work of measures that go well takes this share
    late_start: Range
    stall: Range
    slow: Range
    permit: Range
    plateau: Range
    winter_rate: Range
    kinds: tuple[int, ...]  # how often each kind comes, in the order of `Kind`


TUNING = World(
    "tuning",
    1_000,
    (150, 500),
    (0.1, 0.4),
    (0.0, 0.1),
    (0.0, 0.2),
    (0.72, 0.97),
    (0.25, 0.55),
    (0.2, 0.5),
    (1.1, 1.8),
    (0.2, 0.5),
    (0.2, 0.6),
    (0.0, 0.2),
    (3, 3, 1, 2, 1, 2, 2, 2, 2, 2, 2),
)
HOLD_OUT = World(
    "hold-out",
    9_000_000,
    (120, 640),
    (0.15, 0.5),
    (0.0, 0.15),
    (0.0, 0.3),
    (0.68, 0.98),
    (0.2, 0.6),
    (0.15, 0.6),
    (1.05, 2.1),
    (0.15, 0.55),
    (0.15, 0.7),
    (0.0, 0.3),
    (3, 2, 1, 2, 1, 2, 2, 2, 2, 1, 3),
)
_FIRST_CITY = World(
    "final",
    40_000_000,
    (135, 580),
    (0.05, 0.45),
    (0.02, 0.12),
    (0.05, 0.25),
    (0.7, 0.96),
    (0.22, 0.6),
    (0.2, 0.6),
    (1.08, 1.95),
    (0.18, 0.5),
    (0.18, 0.65),
    (0.05, 0.25),
    (4, 2, 1, 2, 1, 2, 2, 3, 2, 2, 2),
)
FINAL = tuple(replace(_FIRST_CITY, seed=_FIRST_CITY.seed + city * 1_000_000) for city in range(5))


@dataclass(frozen=True, slots=True)
class Habits:
    """How the reporters of a county write: how often, how rounded, how hopeful, how late it is approved."""

    every_days: int
    rounded_to: int
    optimism: float
    gaps: float
    approval_days: int
    says_preparing: int
    says_expected: str


@dataclass(frozen=True, slots=True)
class History:
    """One measure: what happened to it, what the office saw, and when it was really done."""

    kind: Kind
    county: int
    course: Course
    due_on: date
    finished_on: date

    @property
    def is_late(self) -> bool:
        """Whether it was done after its deadline."""
        return self.finished_on > self.due_on


def histories(world: World, count: int, first: int = 0) -> Iterator[History]:
    """So many histories of a world, always the same ones; `first` passes over as many."""
    for number in range(first, first + count):
        yield _history(world, Random(world.seed + number))  # noqa: S311 -- a simulation, the same each time


@cache
def _habits(world: World, county: int) -> Habits:
    draw = Random(world.seed * 31 + county)  # noqa: S311 -- as above
    return Habits(
        draw.choice((7, 7, 14, 30)),
        draw.choice((1, 5, 5, 10)),
        draw.uniform(*world.optimism),
        draw.uniform(*world.gaps),
        draw.randint(0, 6),
        draw.choice((0, 0, 5, 8)),
        draw.choice(("", "deadline", "deadline", "honest")),
    )


def _history(world: World, draw: Random) -> History:
    kind = draw.choices(tuple(Kind), world.kinds)[0]
    county, begun_on = draw.randrange(COUNTIES), date(2021, 1, 1) + draw.randrange(700) * DAY
    allowed = round(draw.uniform(*world.allowed_days))
    done = _worked(world, kind, allowed, begun_on, draw)
    finished_on, due_on = begun_on + (len(done) - 1) * DAY, begun_on + allowed * DAY
    course = _seen(_habits(world, county), done, begun_on, due_on, draw)
    return History(kind, county, course, due_on, finished_on)


def _worked(world: World, kind: Kind, allowed: int, begun_on: date, draw: Random) -> list[float]:
    """The share of the work that is done on each day from the hand-over to the day on which all of it is."""
    rate, spread = _Rate(world, kind, draw), draw.uniform(*world.noise)
    winter = draw.uniform(*world.winter_rate) if kind is Kind.WINTER else 1.0
    done, luck = [0.0], 1.0
    while done[-1] < 1 and len(done) < 4 * allowed:
        number = len(done)
        if number % 14 == 1:
            luck = math.exp(draw.gauss(0, spread) - spread * spread / 2)
        season = winter if _is_winter(begun_on + number * DAY) else 1.0
        done.append(min(1.0, done[-1] + rate(number / allowed, done[-1]) * luck * season / allowed))
    return done


def _is_winter(day: date) -> bool:
    return (day.month, day.day) >= (11, 15) or (day.month, day.day) < (3, 15)


class _Rate:
    """How fast work goes, as a share of all of it in the whole time allowed, by the time passed and what is done."""

    def __init__(self, world: World, kind: Kind, draw: Random) -> None:
        waits = {Kind.TENDER: (0.12, 0.3), Kind.LATE_START: world.late_start, Kind.PERMIT: world.permit}
        faster = {Kind.EARLY: (0.5, 0.8), Kind.LATE_START: (0.8, 1.0), Kind.PERMIT: (0.75, 0.95)}
        self._kind = kind
        self._begins = draw.uniform(*waits.get(kind, (0.0, 0.08)))
        self._takes = draw.uniform(*world.slack) * draw.uniform(*faster.get(kind, (1.0, 1.0)))
        self._turn, self._rest, self._resting_until = draw.uniform(0.3, 0.7), 0.0, 0.0
        if kind in (Kind.TENDER, Kind.STEADY, Kind.S_CURVE):  # planned to begin then
            self._takes -= self._begins
        self._turns(world, draw)

    def _turns(self, world: World, draw: Random) -> None:
        match self._kind:
            case Kind.STALL:
                self._rest = draw.uniform(*world.stall)
            case Kind.SLOW:
                self._takes = draw.uniform(*world.slow)
            case Kind.PLATEAU:
                self._turn, self._rest = draw.uniform(0.84, 0.95), draw.uniform(*world.plateau)
                self._takes *= draw.uniform(0.85, 1.0)
            case Kind.RUSH:
                self._turn, self._rest = draw.uniform(0.25, 0.5), draw.uniform(0.6, 0.8)

    def __call__(self, time: float, done: float) -> float:
        if time < self._begins:
            return 0.0
        even = 1 / self._takes
        match self._kind:
            case Kind.S_CURVE:
                # The logistic's own rate, from 2 % to 98 % in the time the work takes; a little always goes on.
                return even * max(7.8 * (done + 0.02) * (1.02 - done), 0.16) * 0.93
            case Kind.STALL:
                return self._stalled(time, done, even)
            case Kind.PLATEAU:
                return even if done < self._turn else (1 - self._turn) / self._rest
            case Kind.RUSH:
                return self._turn / self._rest if time < self._rest else (1 - self._turn) / (0.97 - self._rest)
            case _:
                return even

    def _stalled(self, time: float, done: float, even: float) -> float:
        if done >= self._turn and not self._resting_until:
            self._resting_until = time + self._rest
        return 0.0 if time < self._resting_until else even


def _seen(habits: Habits, done: list[float], begun_on: date, due_on: date, draw: Random) -> Course:
    """What the office sees of the work, up to the day on which the end is confirmed."""
    shape, total = draw.choice(("milestones", "quantities", "time")), draw.choice((8, 20, 60, 350))
    entries = list(_entries(habits, done, draw))
    end = begun_on + (len(done) - 1 + habits.approval_days) * DAY
    readings = tuple(
        Reading(begun_on + (number + habits.approval_days) * DAY, _figure(habits, share, shape, total))
        for number, share in entries
    )
    is_counted = shape == "quantities"
    return Course(
        begun_on,
        (Deadline(begun_on, due_on),),
        tuple(_milestones(habits, done, begun_on, due_on, draw)) if shape == "milestones" else (),
        (Indicator("项目", "个", Decimal(0), Decimal(total), readings),) if is_counted else (),
        () if is_counted else readings,
        tuple(_expected(habits, entries, len(done) - 1, begun_on, due_on, draw)),
        done_on=end,
    )


def _entries(habits: Habits, done: list[float], draw: Random) -> Iterator[tuple[int, float]]:
    """(day, share reported) of each entry: what is done, made a little more of, never less than before."""
    reported, first = 0.0, draw.randrange(habits.every_days)
    for number in range(first, len(done), habits.every_days):
        if draw.random() < habits.gaps:
            continue
        share = done[number]
        hopeful = share + habits.optimism * share * (1 - share) * 4
        prepared = habits.says_preparing / 100 if number > 20 else 0.0
        if hopeful - reported >= 0.01:  # less is "no change"
            reported = min(hopeful, 0.99)
        reported = max(reported, prepared)
        yield number, reported
    yield len(done) - 1, 1.0


def _figure(habits: Habits, share: float, shape: str, total: int) -> Decimal:
    if shape == "quantities":
        return Decimal(total if share >= 1 else min(math.floor(share * total), total - 1))
    points = habits.rounded_to * round(100 * share / habits.rounded_to)
    return Decimal(100 if share >= 1 else min(points, 99))


def _milestones(habits: Habits, done: list[float], begun_on: date, due_on: date, draw: Random) -> Iterator[Milestone]:
    count, allowed = draw.randint(3, 6), (due_on - begun_on).days
    for step in range(1, count + 1):
        # A plan is made with some room: the steps are due a little after an even pace would reach them.
        share = (step / count) ** draw.uniform(0.7, 1.0)
        number = next((day for day, part in enumerate(done) if part >= step / count - 1e-9), len(done) - 1)
        reached_on = begun_on + number * DAY
        known_on = reached_on + draw.randint(0, habits.every_days) * DAY + habits.approval_days * DAY
        yield Milestone(
            min(begun_on + round(share * allowed) * DAY, due_on), f"第{step}步", reached=Reached(known_on, reached_on)
        )


def _expected(
    habits: Habits, entries: list[tuple[int, float]], end: int, begun_on: date, due_on: date, draw: Random
) -> Iterator[Expected]:
    """When the unit says it will be done: nothing, always the deadline, or, near its end, about when it will be."""
    for number, _ in entries:
        finish_on = due_on
        if habits.says_expected == "honest" and end - number < 60:
            finish_on = begun_on + round(end + draw.gauss(0, 10)) * DAY
        if habits.says_expected:
            yield Expected(begun_on + (number + habits.approval_days) * DAY, finish_on)
