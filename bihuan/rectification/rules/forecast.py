"""When a measure will be done, and whether it will be late, before it is.

Hides the weights by which a warning is given. They were chosen on simulated histories (docs/forecast.md says how well
they do, and where not); what an office has finished corrects the dates, as soon as there is enough of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from math import log

from bihuan.lib.quantity import plain
from bihuan.rectification.rules.course import Course, latest
from bihuan.rectification.rules.schedule import ALL, ZERO, actual

DAY, HUNDREDTH = timedelta(days=1), Decimal("0.01")
LOOKED_BACK = 120  # days
ENOUGH = 20  # figures, before an office's own past counts
FIRST_WEEK = 7

# Log odds of being late, with everything as a share of the whole work in the whole time. A warning is given above WARN,
# and taken back under CALM only: what was warned of must have recovered, not merely been reported once.
BEGIN, SLOWED, NEEDED, ELAPSED, LEFT_BY_NOW, MILESTONES, SAYS_SO = -1.29, -1.09, 1.9, 1.86, 2.12, 0.72, 0.72
WARN, CALM = 1.5, -0.5
SMALLEST_PACE, LEAST, MOST = 0.3, 0.05, 8.0


@dataclass(frozen=True, slots=True)
class Factor:
    """How many times the computed days it really took: of ten measures two less than `low`, two more than `high`."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Past:
    """How such measures went, by the quarter of the time allowed; `measures` is 0 where it is nobody's own past."""

    quarters: tuple[Factor, Factor, Factor, Factor]
    measures: int = 0

    def factor(self, elapsed: float) -> Factor:
        """What holds after that share of the time; after the deadline what held just before."""
        return self.quarters[min(int(4 * elapsed), 3)]


NO_PAST = Past(
    (
        Factor(Decimal("0.4"), Decimal("0.52"), Decimal("0.78")),
        Factor(Decimal("0.4"), Decimal("0.78"), Decimal("1.33")),
        Factor(Decimal("0.5"), Decimal("1.03"), Decimal("1.92")),
        Factor(Decimal("0.5"), Decimal("0.96"), Decimal("1.73")),
    )
)


@dataclass(frozen=True, slots=True)
class Pace:
    """What was done lately: points in `days`, and what is reckoned with a day, at least half of an even pace."""

    days: int
    points: Decimal
    reckoned: Decimal
    remaining: Decimal

    @property
    def takes(self) -> int:
        """The days that the rest takes at this pace."""
        return int((self.remaining / self.reckoned).to_integral_value(ROUND_CEILING))

    @property
    def words(self) -> str:
        """The sum, as it can be done again."""
        daily = _daily(self.points, self.days)
        slower = "" if daily == self.reckoned else f"，按平均速度的一半即日均{plain(self.reckoned)}个百分点计"
        rest = f"余{plain(self.remaining) or 0}个百分点照此需{self.takes}天"
        return f"近{self.days}天日均{plain(daily) or 0}个百分点{slower}，{rest}"


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a measure will probably be done, from when to when at the outside, and whether its lateness is warned of."""

    day: date
    due_on: date
    pace: Pace
    factor: Factor
    finish_on: date
    earliest_on: date
    latest_on: date
    will_be_late: bool
    says_itself: date | None
    missed: int

    @property
    def sentence(self) -> str:
        """The date with its sum, against the deadline, and what else speaks for lateness."""
        low, middle, high = map(plain, (self.factor.low, self.factor.middle, self.factor.high))
        times = f"以往实际用时为推算的{middle}倍（{low}至{high}倍）"
        said = f"，单位自报{self.says_itself.isoformat()}完成" if self.says_itself else ""
        span = f"{self.earliest_on.isoformat()}至{self.latest_on.isoformat()}"
        end = f"预计{self.finish_on.isoformat()}完成（{span}）{said}，{_against(self.finish_on, self.due_on)}"
        return f"{self.pace.words}；{times}：{end}{self._judged}。"

    @property
    def _judged(self) -> str:
        missed = f"，{self.missed}个节点到期未完成" if self.missed else ""
        if self.will_be_late:
            return f"{missed}；预警：难以按期完成"
        return f"{missed}；余下时间尚可追赶，暂不预警" if self.finish_on > self.due_on else missed


def forecast(course: Course, day: date, past: Past = NO_PAST, *, was_warned: bool = False) -> Forecast | None:
    """What a measure's end looks like on a day, by what was known then; None where there is none to forecast.

    That is where it is not handed over, done, withdrawn or without a deadline, or was handed over that day.
    `was_warned`: whether a warning stands from the last look at it; it is not taken back for a single entry.
    """
    due_on, begun_on = course.due_on(day), course.begun_on
    if due_on is None or begun_on is None or begun_on >= day or course.is_done(day) or course.darkness(day):
        return None
    allowed = max((due_on - begun_on).days, 1)
    pace, factor = _pace(course, day, allowed), past.factor((day - begun_on).days / allowed)
    finish_on = day + _times(pace.takes, factor.middle)
    said = latest(course.expected, day)
    says_itself = said.finish_on if said and said.finish_on > finish_on else None
    missed = [one for one in course.open_milestones(day) if one.due_on < day]
    return Forecast(
        day,
        due_on,
        pace,
        factor,
        says_itself or finish_on,
        day + _times(pace.takes, factor.low),
        max(day + _times(pace.takes, factor.high), says_itself or day),
        _is_late(course, day, due_on, pace, was_warned=was_warned),
        says_itself,
        len(missed),
    )


def past_of(courses: Iterable[Course]) -> Past:
    """How an office's own finished measures went; a quarter with too few of them stays as it is without a past."""
    ratios: tuple[list[Decimal], ...] = ([], [], [], [])
    measures = 0
    for course in courses:
        found = list(_ratios(course))
        measures += bool(found)
        for quarter, ratio in found:
            ratios[quarter].append(ratio)
    factors = (_factor(sorted(each), before) for each, before in zip(ratios, NO_PAST.quarters, strict=True))
    first, second, third, fourth = factors
    return Past((first, second, third, fourth), measures)


def _ratios(course: Course) -> Iterable[tuple[int, Decimal]]:
    """(quarter, true days / computed days) in the middle of each quarter that it was still open in."""
    begun_on, done_on = course.begun_on, course.done_on
    due_on = course.deadlines[0].due_on if course.deadlines else None
    if begun_on is None or done_on is None or due_on is None:
        return
    for quarter in range(4):
        day = begun_on + (due_on - begun_on) * (2 * quarter + 1) / 8
        found = forecast(course, day)
        if found and found.pace.takes:
            yield quarter, Decimal((done_on - day).days) / found.pace.takes


def _factor(ratios: list[Decimal], default: Factor) -> Factor:
    if len(ratios) < ENOUGH:
        return default
    low, middle, high = (ratios[len(ratios) * tenths // 10] for tenths in (2, 5, 8))
    return Factor(*(one.quantize(HUNDREDTH, ROUND_HALF_UP) for one in (low, middle, high)))


def _pace(course: Course, day: date, allowed: int) -> Pace:
    begun_on = course.begun_on or day
    since = max(begun_on, day - LOOKED_BACK * DAY)
    now, days = actual(course, day).points, (day - since).days
    done = max(now - (actual(course, since).points if since > begun_on else ZERO), ZERO)
    least = (ALL / (2 * allowed)).quantize(HUNDREDTH, ROUND_CEILING)
    return Pace(days, done, max(_daily(done, days), least), ALL - now)


def _daily(points: Decimal, days: int) -> Decimal:
    return (points / days).quantize(HUNDREDTH, ROUND_HALF_UP)


def _times(days: int, factor: Decimal) -> timedelta:
    return int((days * factor).to_integral_value(ROUND_CEILING)) * DAY


def _is_late(course: Course, day: date, due_on: date, pace: Pace, *, was_warned: bool) -> bool:
    if day > due_on:
        return True
    if not pace.remaining:
        return False
    return _odds(course, day, due_on, pace) > (CALM if was_warned else WARN)


def _odds(course: Course, day: date, due_on: date, pace: Pace) -> float:
    """The log odds of being late."""
    passed = (day - (course.begun_on or day)).days
    allowed = passed + (due_on - day).days
    elapsed, remaining = passed / allowed, float(pace.remaining) / 100
    needed = remaining * allowed / (allowed - passed + FIRST_WEEK)
    overall = (1 - remaining) / elapsed
    lately = float(pace.points) / 100 * allowed / max(pace.days, FIRST_WEEK)
    said = latest(course.expected, day)
    return (
        BEGIN
        + SLOWED * _over(needed, overall)
        + NEEDED * _over(needed, lately)
        + ELAPSED * elapsed
        + LEFT_BY_NOW * remaining * elapsed
        + MILESTONES * _behind(course, day)
        + SAYS_SO * bool(said and said.finish_on > due_on + FIRST_WEEK * DAY)
    )


def _over(needed: float, pace: float) -> float:
    return log(max(min(needed / (pace + SMALLEST_PACE), MOST), LEAST))


def _behind(course: Course, day: date) -> float:
    """By which share of its milestones the plan is ahead of what was reached."""
    standing = [one for one in course.milestones if one.stands(day)]
    if not standing:
        return 0.0
    return (sum(one.due_on <= day for one in standing) - sum(not one.is_open(day) for one in standing)) / len(standing)


def _against(finish_on: date, due_on: date) -> str:
    late = (finish_on - due_on).days
    if not late:
        return "正在时限当天"
    return f"{'晚' if late > 0 else '早'}于时限{abs(late)}天"
