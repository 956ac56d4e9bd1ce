"""Courses of measures for properties: anything that can happen to one, and a course as it was known on a day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bihuan.lib.workdays import Count, Workdays
from bihuan.rectification.rules.course import (
    Course,
    Dark,
    Deadline,
    Indicator,
    Milestone,
    Part,
    ProblemCourse,
    Reached,
    Reading,
    Stretch,
)

BEGUN = date(2022, 3, 1)
COUNT = Count(Workdays())
DAYS = st.integers(0, 120)
FEW = st.integers(1, 3)


def day(number: int) -> date:
    """That many days after the hand-over."""
    return BEGUN + timedelta(days=number)


def some(most: int) -> st.SearchStrategy[list[int]]:
    """Some days in order, each once."""
    return st.lists(DAYS, unique=True, max_size=most).map(sorted)


@st.composite
def milestones(draw: st.DrawFn) -> Milestone:
    due, known = draw(DAYS), draw(DAYS)
    fate = draw(st.sampled_from(("plain", "reached", "added", "withdrawn", "taken back", "reached again")))
    again = known + 1 + draw(DAYS)
    return Milestone(
        day(due),
        f"第{due}步",
        Decimal(draw(FEW)),
        {
            "reached": Reached(day(known), day(min(due, known))),
            "reached again": Reached(day(again + 1), day(known)),
        }.get(fate),
        day(known) if fate == "added" else None,
        day(known) if fate == "withdrawn" else None,
        (Stretch(day(known), day(again - 1)),) if fate in ("taken back", "reached again") else (),
    )


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    baseline, target = draw(st.sampled_from(((0, 20), (10, 2), (0, 7), (3, 3))))
    readings = tuple(Reading(day(on), Decimal(draw(st.integers(0, 25)))) for on in draw(some(4)))
    return Indicator("自备井", "眼", Decimal(baseline), Decimal(target), readings, Decimal(draw(FEW)))


@st.composite
def deadlines(draw: st.DrawFn) -> tuple[Deadline, ...]:
    due = draw(st.one_of(st.none(), DAYS))
    if due is None:
        return ()
    later = draw(some(2).filter(lambda days: 0 not in days))
    moved = (Deadline(day(on), day(due + 20 * n), f"延〔2022〕{n}号") for n, on in enumerate(later, 1))
    return Deadline(BEGUN, day(due)), *moved


@st.composite
def courses(draw: st.DrawFn) -> Course:
    since, length = draw(DAYS), draw(st.integers(0, 20))
    return Course(
        draw(st.sampled_from((BEGUN, BEGUN, BEGUN, day(30), None))),
        draw(deadlines()),
        tuple(draw(st.lists(milestones(), max_size=3))),
        tuple(draw(st.lists(indicators(), max_size=2))),
        tuple(Reading(day(on), Decimal(draw(st.integers(0, 100)))) for on in draw(some(4))),
        done_on=day(since + length) if length > 15 else None,
        dark=(Dark(day(since), day(since + length) if length else None, "已撤销"),) if length < 5 else (),
        returned=(Stretch(day(since - length), day(since - length // 2 - 1)),) if length in (6, 7, 16) else (),
    )


def problems() -> st.SearchStrategy[ProblemCourse]:
    """Problems of one or two measures."""
    parts = st.lists(st.builds(Part, st.just("措施1"), courses(), FEW.map(Decimal)), min_size=1, max_size=2)
    own = courses().map(lambda one: replace(one, milestones=(), indicators=(), percents=()))
    return st.builds(ProblemCourse, own, parts.map(tuple))


def as_known(course: Course, on: date) -> Course:
    """The course without anything that came to be known after that day."""

    def known(when: date | None) -> date | None:
        return when if when and when <= on else None

    def over(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        return tuple(one for one in stretches if one.until < on)

    def still(stretches: tuple[Stretch, ...]) -> date | None:
        return next((one.since for one in stretches if one.holds(on)), None)

    def reached(one: Milestone) -> Reached | None:
        if since := still(one.taken_back):
            return Reached(since, since)
        return one.reached if one.reached and one.reached.known_on <= on else None

    return replace(
        course,
        begun_on=known(course.begun_on),
        deadlines=tuple(one for one in course.deadlines if one.from_day <= on),
        milestones=tuple(
            replace(
                one,
                reached=reached(one),
                withdrawn_on=known(one.withdrawn_on),
                taken_back=over(one.taken_back),
            )
            for one in course.milestones
            if one.known_from is None or one.known_from <= on
        ),
        indicators=tuple(
            replace(one, readings=tuple(each for each in one.readings if each.known_on <= on))
            for one in course.indicators
        ),
        percents=tuple(one for one in course.percents if one.known_on <= on),
        done_on=known(course.done_on) or still(course.returned),
        returned=over(course.returned),
        dark=tuple(
            replace(one, until=one.until if one.until and one.until < on else None)
            for one in course.dark
            if one.since <= on
        ),
    )


def problem_as_known(problem: ProblemCourse, on: date) -> ProblemCourse:
    """The same of a problem."""
    parts = tuple(replace(part, course=as_known(part.course, on)) for part in problem.parts)
    return ProblemCourse(as_known(problem.own, on), parts)
