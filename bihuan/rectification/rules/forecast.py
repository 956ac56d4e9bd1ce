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

# Points for what speaks for lateness (`Signs`). A warning is given above WARN, and taken back under CALM only: what was
# warned of must have recovered, not merely been reported once.
NEEDED, SLOWED, ELAPSED, BEGUN_LATE, MILESTONES, SAYS_SO = 1.55, (1.75, 1.2), 1.6, 5.1, 0.7, 0.75
WARN, CALM = 2.6, 0.2
SHORT = 60  # days
LATELY = (LOOKED_BACK, SHORT)
BEGUN, BEGUN_BY = 10, 0.25  # points from which work has begun in earnest, and by which share of the time
SMALLEST_PACE, LEAST, MOST = 0.3, 0.2, 6.0
NOTABLY_MORE, NOTABLY_LESS = 1.1, 0.9  # from when a pace is worth a word


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
class Signs:
    """What speaks for a measure's being late; a pace is so many times the even one, that does all in the time allowed.

    `needed` is the pace of the rest with a week of grace, `lately` the paces over LATELY, `begun_after` the days until
    work had begun in earnest (those passed where it has not: `has_begun`), `behind` by which share of its milestones
    the plan is ahead of what was reached, `said` the end that the unit reports where that is more than a week late.
    """

    passed: int
    allowed: int
    needed: float
    overall: float
    lately: tuple[float, ...]
    begun_after: int
    has_begun: bool
    behind: float
    said: date | None

    @property
    def points(self) -> float:
        """Their sum, each by its weight."""
        return (
            NEEDED * log(max(min(self.needed, MOST), LEAST))
            + sum(
                weight * log((self.overall + SMALLEST_PACE) / (pace + SMALLEST_PACE))
                for weight, pace in zip(SLOWED, self.lately, strict=True)
            )
            + ELAPSED * self.passed / self.allowed
            + BEGUN_LATE * max(self.begun_after / self.allowed - BEGUN_BY, 0)
            + MILESTONES * self.behind
            + SAYS_SO * bool(self.said)
        )

    @property
    def words(self) -> str:
        """Each that speaks for lateness, in the office's words; milestones are told with the date."""
        told = [f"时间已过{_percent(self.passed / self.allowed)}"]
        if self.needed >= NOTABLY_MORE:
            told.append(f"宽限{FIRST_WEEK}天余下仍须达到平均速度的{self.needed:.1f}倍")
        for days, pace in zip(LATELY, self.lately, strict=True):
            if pace < NOTABLY_LESS * self.overall:
                told.append(f"近{days}天速度为交办以来的{_percent(pace / self.overall)}")
        if self.begun_after > BEGUN_BY * self.allowed:
            told.append(f"交办{self.begun_after}天{'后完成才过一成' if self.has_begun else '完成仍未过一成'}")
        if self.said:
            told.append(f"单位自报{self.said.isoformat()}完成")
        return "，".join(told)


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
    reasons: str

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
            return f"{missed}；预警：难以按期完成（{self.reasons}）"
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
    signs = None if day > due_on else _signs(course, day, due_on, pace)
    return Forecast(
        day,
        due_on,
        pace,
        factor,
        says_itself or finish_on,
        day + _times(pace.takes, factor.low),
        max(day + _times(pace.takes, factor.high), says_itself or day),
        signs is None or (bool(pace.remaining) and signs.points > (CALM if was_warned else WARN)),
        says_itself,
        len(missed),
        signs.words if signs else "已过时限",
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
    now = actual(course, day).points
    done, days = _since(course, day, LOOKED_BACK, now)
    least = (ALL / (2 * allowed)).quantize(HUNDREDTH, ROUND_CEILING)
    return Pace(days, done, max(_daily(done, days), least), ALL - now)


def _since(course: Course, day: date, days: int, now: Decimal) -> tuple[Decimal, int]:
    """(points done, days) over the last so many days, fewer where it was handed over since."""
    begun_on = course.begun_on or day
    since = max(begun_on, day - days * DAY)
    before = actual(course, since).points if since > begun_on else ZERO
    return max(now - before, ZERO), (day - since).days


def _daily(points: Decimal, days: int) -> Decimal:
    return (points / days).quantize(HUNDREDTH, ROUND_HALF_UP)


def _times(days: int, factor: Decimal) -> timedelta:
    return int((days * factor).to_integral_value(ROUND_CEILING)) * DAY


def _signs(course: Course, day: date, due_on: date, pace: Pace) -> Signs:
    begun_on, done = course.begun_on or day, ALL - pace.remaining
    passed, allowed = (day - begun_on).days, (due_on - begun_on).days
    worked_from = _worked_from(course, day) if done > BEGUN else None
    said = latest(course.expected, day)
    return Signs(
        passed,
        allowed,
        float(pace.remaining) / 100 * allowed / (allowed - passed + FIRST_WEEK),
        float(done) / 100 * allowed / passed,
        (_even(pace.points, pace.days, allowed), _even(*_since(course, day, SHORT, done), allowed)),
        ((worked_from or day) - begun_on).days,
        worked_from is not None,
        _behind(course, day),
        said.finish_on if said and said.finish_on > due_on + FIRST_WEEK * DAY else None,
    )


def _even(points: Decimal, days: int, allowed: int) -> float:
    """A pace as so many times the even one."""
    return float(points) / 100 * allowed / max(days, FIRST_WEEK)


def _worked_from(course: Course, day: date) -> date:
    """The first day on which more than BEGUN points were known, of what is past that."""
    series = (course.percents, *(one.readings for one in course.indicators))
    days = sorted({one.known_on for readings in series for one in readings if one.known_on <= day})
    return next((known for known in days if actual(course, known).points > BEGUN), day)


def _behind(course: Course, day: date) -> float:
    """By which share of its milestones the plan is ahead of what was reached."""
    standing = [one for one in course.milestones if one.stands(day)]
    if not standing:
        return 0.0
    return (sum(one.due_on <= day for one in standing) - sum(not one.is_open(day) for one in standing)) / len(standing)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _against(finish_on: date, due_on: date) -> str:
    late = (finish_on - due_on).days
    if not late:
        return "正在时限当天"
    return f"{'晚' if late > 0 else '早'}于时限{abs(late)}天"
