"""Lights (灯号) by day: the light of a measure or a problem on any day, its cause, and all its changes in order.

Hides that a light is looked for only where it can change: on days with news, at the edges of deadlines and milestones,
and, where the plan goes by time, on the one day between two of these on which the gap passes the tolerance.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bihuan.lib.quantity import plain
from bihuan.lib.workdays import Count
from bihuan.matters.rules import lateness, parameters
from bihuan.matters.rules.lateness import LIGHT_WORDS, Lateness, Light
from bihuan.rectification.rules.course import Course, Milestone, ProblemCourse
from bihuan.rectification.rules.news import news_days, told
from bihuan.rectification.rules.schedule import Schedule, schedule

DAY = timedelta(days=1)
_Lights = Callable[[date], Lateness]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on a light changes; days are calendar days, points of a hundred."""

    due_soon_days: int = parameters.DUE_SOON_DAYS
    due_close_days: int = parameters.DUE_CLOSE_DAYS
    due_close_points: Decimal = Decimal(parameters.DUE_CLOSE_POINTS)
    milestone_days: int = parameters.MILESTONE_MISSED_DAYS
    tolerance: Decimal = Decimal(parameters.TOLERANCE_POINTS)


@dataclass(frozen=True, slots=True)
class HandSet:
    """A light that a leader set by hand: from when to when (that day counted), which, why, who."""

    set_on: date
    until: date
    light: Light
    reason: str
    by: str

    def __post_init__(self) -> None:
        if self.until < self.set_on:
            raise ValueError("手工设灯的截止日期早于设定日期。")
        if not self.reason.strip():
            raise ValueError("手工设灯应写明理由。")


@dataclass(frozen=True, slots=True)
class LightSpan:
    """Days in a row with the same light, and what made it so; `until` None: as far as anybody knows."""

    since: date
    until: date | None
    light: Light
    cause: str


@dataclass(frozen=True, slots=True)
class Lamp:
    """What lights are computed by: the calendar, the thresholds, and what a leader set for this matter.

    `changed` are thresholds that came later, by the day from which they count: a day before keeps its light.
    """

    count: Count
    thresholds: Thresholds = Thresholds()
    hand_set: tuple[HandSet, ...] = ()
    changed: tuple[tuple[date, Thresholds], ...] = ()

    def limits(self, known: date) -> Thresholds:
        """The thresholds that counted on that day."""
        return next((limits for since, limits in reversed(self.changed) if since <= known), self.thresholds)

    def hand(self, day: date, known: date) -> HandSet | None:
        """What a leader set for that day; of several the last."""
        found = [one for one in self.hand_set if one.set_on <= min(known, day) and day <= one.until]
        return found[-1] if found else None


def light(course: Course | ProblemCourse, day: date, lamp: Lamp, known: date | None = None) -> Lateness:
    """The light on a day and why, by what was `known` (default: on that day).

    What is not handed over, done, withdrawn or without a date has none. What a leader set comes before the rest; then
    red before yellow before blue before green.
    """
    known = day if known is None else min(known, day)
    own = course if isinstance(course, Course) else course.own
    if why := _no_light(own, known):
        return Lateness(Light.NONE, why)
    if hand := lamp.hand(day, known):
        return Lateness(
            hand.light, f"{hand.by}设为{LIGHT_WORDS[hand.light]}，至{hand.until.isoformat()}：{hand.reason}"
        )
    return _computed(course, day, lamp, known)


def spans(
    course: Course | ProblemCourse, since: date, until: date, lamp: Lamp, known: date | None = None
) -> list[LightSpan]:
    """All lights from `since` to `until`, as few spans as there are changes, each with the cause of its change.

    Days after `known` (default: none) show what will be if nothing more happens. Refuses an end before the start.
    """
    if until < since:
        raise ValueError("结束日期早于开始日期。")
    known = until if known is None else known

    days, lights = _turning_days(course, since, until, lamp, known), dict[date, Lateness]()

    def on(day: date) -> Lateness:
        if day not in lights:
            lights[day] = light(course, day, lamp, known)
        return lights[day]

    if not _is_stepped(course):
        days = sorted(
            {
                *days,
                *(turn for day in zip(days, [*days[1:], until + DAY], strict=True) for turn in _turn_within(*day, on)),
            }
        )
    found: list[LightSpan] = []
    for day, last, now in _runs(days, until, on):
        cause = _cause(course, day, lamp, now) if found and day <= known else now.reason
        found.append(LightSpan(day, last, now.light, cause))
    return found


def history(course: Course | ProblemCourse, lamp: Lamp, until: date | None = None) -> list[LightSpan]:
    """All lights of a round from the day on which it began to show one: every day from then on is in one span.

    The last is open: beyond it nothing changes by time alone; that of a round that ended with `until` ends with it.
    What shows no light yet has no span.
    """
    own = _courses(course)[0][1]
    begun = own.begun_on or own.lit_from
    if begun is None or (until is not None and until < begun):
        return []
    last = until or date.max
    dues = [one.due_on for _, part in _courses(course) for one in part.deadlines if one.due_on]
    days = [*_turning_days(course, begun, last, lamp, last), *(due_on + DAY for due_on in dues)]
    found = [one for one in spans(course, begun - DAY, min(max(days), last), lamp) if one.since >= begun]
    if not found:
        return [LightSpan(begun, until, *_plainly(light(course, begun, lamp)))]
    first = found[0]
    if first.since > begun:
        found.insert(0, LightSpan(begun, first.since - DAY, *_plainly(light(course, begun, lamp))))
    return [*found[:-1], replace(found[-1], until=until)]


def _plainly(stands: Lateness) -> tuple[Light, str]:
    return stands.light, stands.reason


def _runs(days: list[date], until: date, on: _Lights) -> Iterator[tuple[date, date, Lateness]]:
    """(first day, last day, light) of each run of the same light."""
    begun = days[0]
    for day in days[1:]:
        if on(day).light is not on(begun).light:
            yield begun, day - DAY, on(begun)
            begun = day
    yield begun, until, on(begun)


def _turn_within(day: date, following: date, on: _Lights) -> Iterator[date]:
    """The first day before `following` whose light is not that of `day`: only falling behind comes without news."""
    last, lit = following - DAY, on(day).light
    if lit not in (Light.OK, Light.DUE) or on(last).light is lit:
        return
    while last - day > DAY:
        middle = day + (last - day) // 2
        if on(middle).light is lit:
            day = middle
        else:
            last = middle
    yield last


def _is_stepped(course: Course | ProblemCourse) -> bool:
    """Whether every plan in it goes by milestones at all times, so that nothing passes a bound between two days."""
    measures = [course] if isinstance(course, Course) else [part.course for part in course.parts]
    return all(any(not (one.known_from or one.withdrawn_on) for one in measure.milestones) for measure in measures)


def _turning_days(course: Course | ProblemCourse, since: date, until: date, lamp: Lamp, known: date) -> list[date]:
    """The days on which something but the passing of time may change the light, the first day among them."""
    courses = [one for _, one in _courses(course)]
    days = {day for one in courses for day in news_days(one) if day <= known}
    days |= {one.lit_from for one in courses if one.lit_from}
    for limits in (lamp.thresholds, *(limits for _, limits in lamp.changed)):
        days |= _edges(courses, limits)
    days |= {day for day, _ in lamp.changed} | {
        one for hand in lamp.hand_set for one in (hand.set_on, hand.until + DAY)
    }
    return [since, *sorted(day for day in days if since < day <= until)]


def _edges(courses: list[Course], limits: Thresholds) -> set[date]:
    """The days on which a deadline or a milestone comes near, or is passed, by these thresholds."""
    days = set[date]()
    for due_on in (one.due_on for one in courses[0].deadlines if one.due_on):
        days |= {due_on + DAY, due_on - limits.due_soon_days * DAY, due_on - limits.due_close_days * DAY}
    for milestone in (one for part in courses for one in part.milestones):
        days |= {milestone.due_on, milestone.due_on + (limits.milestone_days + 1) * DAY}
    return days


def _courses(course: Course | ProblemCourse) -> list[tuple[str, Course]]:
    """The matter's own course first, without a name, then each measure's with the name that sentences call it by."""
    if isinstance(course, Course):
        return [("", course)]
    return [("", course.own), *((part.name, part.course) for part in course.parts)]


def _no_light(own: Course, known: date) -> str:
    if own.is_done(known):
        return "已完成"
    if not own.is_lit(known):
        return "尚未交办"
    return own.darkness(known)


def _computed(course: Course | ProblemCourse, day: date, lamp: Lamp, known: date) -> Lateness:
    limits, own = lamp.limits(known), _courses(course)[0][1]
    due_on = own.due_on(known)
    left = (due_on - day).days if due_on else None
    if left is not None and left < 0:
        return Lateness(Light.OVER, lateness.left(left))
    if missed := _missed(course, day - (limits.milestone_days + 1) * DAY, known):
        name, milestone = missed
        return Lateness(Light.OVER, f"{name}节点“{milestone.text}”超期{(day - milestone.due_on).days}天")
    stands = schedule(course, day, lamp.count, limits.tolerance, known)
    if stands.gap is not None and stands.gap < -limits.tolerance:
        return Lateness(Light.LATE, stands.terms)
    if left is None:
        return Lateness(Light.NONE, "没有日期") if stands.gap is None else Lateness(Light.OK, stands.terms)
    return _by_days_left(left, stands, limits)


def _by_days_left(left: int, stands: Schedule, limits: Thresholds) -> Lateness:
    if left <= limits.due_close_days and stands.actual < limits.due_close_points:
        return Lateness(
            Light.LATE, f"{lateness.left(left)}，完成{plain(stands.actual) or 0}%，不足{limits.due_close_points}%"
        )
    if left <= limits.due_soon_days:
        return Lateness(Light.DUE, lateness.left(left))
    return Lateness(Light.OK, lateness.left(left) if stands.gap is None else stands.terms)


def _missed(course: Course | ProblemCourse, last: date, known: date) -> tuple[str, Milestone] | None:
    """The open milestone that has been due longest, of those due by `last`; those of ended measures are not asked."""
    found = (
        (name, milestone)
        for name, one in _courses(course)
        if one.milestones and not _no_light(one, known)
        for milestone in one.milestones
        if milestone.due_on <= last and milestone.is_open(known)
    )
    return min(found, key=lambda each: each[1].due_on, default=None)


def _cause(course: Course | ProblemCourse, day: date, lamp: Lamp, now: Lateness) -> str:
    """What changed the light on that day: the news, where the light would not have changed without it."""
    ended = "手工设灯期满，" if lamp.hand(day, day) is None and lamp.hand(day - DAY, day - DAY) else ""
    if lamp.hand(day, day) or light(course, day, lamp, day - DAY).light is now.light:
        return f"{ended}{now.reason}"
    phrases = [f"{name}{phrase}" for name, one in _courses(course) for phrase in told(one, day, is_part=bool(name))]
    if lamp.limits(day) != lamp.limits(day - DAY):
        phrases.append("灯号规则变动")
    news = "，".join(phrases)
    return news if news and now.light is Light.NONE else f"{news}：{now.reason}" if news else now.reason
