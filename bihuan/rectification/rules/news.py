"""What became known of a course on which day, in the words of a light's cause."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bihuan.lib.quantity import plain
from bihuan.rectification.rules.course import Course, Milestone, Reading
from bihuan.rectification.rules.schedule import actual

DAY = timedelta(days=1)


def news_days(course: Course) -> Iterator[date]:
    """Every day on which something new became known of a course; a day may come twice, "no change" does not come."""
    yield from filter(None, (course.begun_on, course.done_on, course.signed_off_on))
    yield from (deadline.from_day for deadline in course.deadlines)
    yield from _changing(course.percents)
    yield from (day for one in course.returned for day in (one.since, one.until + DAY))
    for milestone in course.milestones:
        yield from (day for day, _ in _ways(milestone) if day)
    for indicator in course.indicators:
        yield from filter(None, (indicator.known_from, indicator.withdrawn_on))
        yield from _changing(indicator.readings)
    for dark in course.dark:
        yield dark.since
        if dark.until:
            yield dark.until + DAY


def _changing(entries: tuple[Reading, ...]) -> Iterator[date]:
    before = None
    for entry in entries:
        if entry.value != before:
            yield entry.known_on
        before = entry.value


def told(course: Course, day: date, *, is_part: bool = False) -> list[str]:
    """What became known on that day, a phrase each. A measure is handed over with its problem: as a part of it it does
    not say so again.
    """
    whole = replace(course, begun_on=None) if is_part else course
    return [*_of_the_whole(whole, day), *_of_milestones(course, day), *_of_figures(course, day)]


def _of_the_whole(course: Course, day: date) -> Iterator[str]:
    ends = ((course.begun_on, "交办"), (course.done_on, "确认完成"), (course.signed_off_on, "销号"))
    back = (end for one in course.returned for end in ((one.since, "确认完成"), (one.until + DAY, "退回重做")))
    yield from (word for on, word in (*ends, *back) if on == day)
    for deadline in course.deadlines[1:]:
        if deadline.from_day == day and deadline.due_on:
            why = "方案修订" if deadline.is_amended else f"延期获批（{deadline.extension}）"
            yield f"{why}，时限改为{deadline.due_on.isoformat()}"
    for dark in course.dark:
        if dark.since == day:
            yield dark.cause
        if dark.until and dark.until + DAY == day:
            yield f"{dark.cause}结束"


def _of_milestones(course: Course, day: date) -> Iterator[str]:
    for one in course.milestones:
        yield from (f"{word}节点“{one.text}”" for on, word in _ways(one) if on == day)


def _ways(one: Milestone) -> tuple[tuple[date | None, str], ...]:
    back = (end for each in one.taken_back for end in ((each.since, "完成"), (each.until + DAY, "更正为未完成")))
    return (
        *back,
        (one.reached.known_on if one.reached else None, "完成"),
        (one.known_from, "方案修订增加"),
        (one.withdrawn_on, "方案修订取消"),
    )


def _of_figures(course: Course, day: date) -> Iterator[str]:
    for one in course.indicators:
        yield from (f"{word}指标“{one.name}”" for on, word in _changes(one.known_from, one.withdrawn_on) if on == day)
    series = (course.percents, *(one.readings for one in course.indicators))
    if any(entry.known_on == day for entries in series for entry in entries):
        yield f"上报到{plain(actual(course, day).points) or 0}%"


def _changes(known_from: date | None, withdrawn_on: date | None) -> tuple[tuple[date | None, str], ...]:
    return (known_from, "方案修订增加"), (withdrawn_on, "方案修订取消")
