"""The courses of problems and measures: what the rows say today, and since which day, as the trail has it.

Hides that a number of matters costs the same queries as one, and how a day is found that no row keeps: the day on which
a state was reached, a milestone came or went, or an amended plan moved a deadline is the day of its trail entry.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from bihuan.core import calendar
from bihuan.core.prepared import prepared
from bihuan.lib.workdays import Count, Workdays
from bihuan.matters.models import Matter
from bihuan.matters.rules.lateness import Light
from bihuan.rectification.models import (
    HandLight,
    Indicator,
    Measure,
    Milestone,
    Problem,
)
from bihuan.rectification.queries import figures, thresholds
from bihuan.rectification.queries.known import Rows, Turn, rows_of
from bihuan.rectification.rules import course as rules
from bihuan.rectification.rules.course import Course, Dark, Deadline, Part, ProblemCourse, Reached, Stretch
from bihuan.rectification.rules.lights import HandSet, Lamp
from bihuan.rectification.rules.lit_by import ACCEPTED, DARK, SHOWN
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.problem import SIGNED_OFF, STATES
from bihuan.rectification.rules.schedule import Schedule, schedule

DAY = timedelta(days=1)
UNKNOWN = "接管时没有记下交办日期"


class Ended(NamedTuple):
    """The course of a round that a later one followed, and its last day."""

    until: date
    course: Course | ProblemCourse


@dataclass(frozen=True, slots=True)
class Courses:
    """The courses of problems and of their measures, by the rows' ids, with what a schedule is computed by; those of
    ended rounds by their matter, oldest first.
    """

    problems: dict[int, ProblemCourse]
    measures: dict[int, Course]
    lamps: dict[int, Lamp]
    taken_over: frozenset[int] = frozenset()
    earlier: dict[int, tuple[Ended, ...]] = field(default_factory=dict)

    def course_of(self, row: Problem | Measure, day: date) -> Course | ProblemCourse:
        """The course of the round in which a problem or a measure was on a day."""
        for ended in self.earlier.get(row.matter_id, ()):
            if day <= ended.until:
                return ended.course
        return self.problems[row.pk] if isinstance(row, Problem) else self.measures[row.pk]

    def schedule_of(self, row: Problem | Measure, day: date, known: date | None = None) -> Schedule:
        """How a problem or a measure stood against its schedule on a day."""
        lamp, course = self.lamps[row.matter_id], self.course_of(row, day)
        stands = schedule(course, day, lamp.count, lamp.limits(min(day, known or day)).tolerance, known)
        return self._said(row, course if isinstance(course, Course) else course.own, stands)

    def _said(self, row: Problem | Measure, own: Course, stands: Schedule) -> Schedule:
        """What was taken over has begun; that nobody knows when is said instead of that it has not."""
        if own.begun_on is None and row.matter_id in self.taken_over:
            return replace(stands, why_untimed=UNKNOWN)
        return stands


@dataclass(slots=True)
class _Made:
    """What is made of rows, as far as it has come."""

    rows: Rows
    problems: dict[int, ProblemCourse] = field(default_factory=dict)
    measures: dict[int, Course] = field(default_factory=dict)
    earlier: dict[int, list[Ended]] = field(default_factory=lambda: defaultdict(list))

    def add(self, measures: Sequence[Measure], turn: Turn, *, is_current: bool, problem: Problem | None = None) -> None:
        """Add the courses of one round of measures, and of the problem that they make."""
        courses = {one.pk: _measure(one, turn, self.rows) for one in measures}
        parts = tuple(Part(f"措施{one.number}", courses[one.pk]) for one in measures)
        whole = problem and ProblemCourse(_problem(problem, turn, self.rows), parts)
        if is_current:
            self.measures |= courses
            if problem and whole:
                self.problems[problem.pk] = whole
        elif turn.until and turn.until >= turn.since:
            for one in measures:
                self.earlier[one.matter_id].append(Ended(turn.until, courses[one.pk]))
            if problem and whole:
                self.earlier[problem.matter_id].append(Ended(turn.until, whole))


def of_problems(problems: Collection[Problem]) -> Courses:
    """The courses of these problems and of all their measures that stand, in a constant number of queries."""
    measures = [*_standing([one.pk for one in problems])]
    made, of = _Made(rows_of(problems, measures)), defaultdict[int | None, list[Measure]](list)
    for measure in measures:
        of[measure.problem_id].append(measure)
    for problem in problems:
        *before, now = made.rows.turns[problem.matter_id]
        for turn in (*before, now):
            made.add(of[problem.pk], turn, is_current=turn is now, problem=problem)
    return _courses(problems, made)


@prepared
def _standing(problems: Collection[int]) -> QuerySet[Measure]:
    rows = Measure.objects.filter(problem__in=problems, matter__is_withdrawn=False)
    return rows.select_related("matter").order_by("number", "pk")


def of_measure(measure: Measure) -> Courses:
    """The course of one measure."""
    return of_measures([measure])


def of_measures(measures: Collection[Measure]) -> Courses:
    """The courses of these measures, in a constant number of queries."""
    made = _Made(rows_of([one.problem for one in measures if one.problem], measures))
    for measure in measures:
        *before, now = made.rows.turns[measure.problem.matter_id if measure.problem else measure.matter_id]
        for turn in (*before, now):
            made.add([measure], turn, is_current=turn is now)
    return _courses(measures, made)


def _courses(asked: Collection[Problem | Measure], made: _Made) -> Courses:
    rows, cities = made.rows, {one.city for one in asked}
    count = Count(Workdays(calendar.corrections(min(cities, default=""))))
    inspections = {turns[-1].inspection for turns in rows.turns.values()}
    lamps = {key: Lamp(count, *one) for key, one in thresholds.by_inspection(inspections).items()}
    hands = _hands(rows.turns)
    by_matter = {
        key: replace(lamps[turns[-1].inspection], hand_set=tuple(hands.get(key, ())))
        for key, turns in rows.turns.items()
    }
    earlier = {key: tuple(ended) for key, ended in made.earlier.items()}
    return Courses(made.problems, made.measures, by_matter, frozenset(rows.taken), earlier)


def _hands(matters: Collection[int]) -> dict[int, list[HandSet]]:
    """What leaders set by hand, until the day before it was lifted; what was lifted on its first day never held."""
    found: dict[int, list[HandSet]] = defaultdict(list)
    for one in _set_by_hand([*matters]):
        until = min(one.until, one.lifted_on - DAY) if one.lifted_on else one.until
        if until >= one.since:
            found[one.matter_id].append(HandSet(one.since, until, Light(one.light), one.reason, str(one.set_by or "")))
    return found


@prepared
def _set_by_hand(matters: Collection[int]) -> QuerySet[HandLight]:
    return HandLight.objects.filter(matter__in=matters).select_related("set_by").order_by("pk")


def _problem(problem: Problem, turn: Turn, rows: Rows) -> Course:
    matter, taken = problem.matter, rows.taken.get(problem.matter_id)
    shown = frozenset() if turn.is_publish_first else SHOWN
    done = _stretches(matter, ACCEPTED | shown | SIGNED_OFF, turn, rows)
    signed_off_on = _still(_stretches(matter, SIGNED_OFF, turn, rows))
    return Course(
        turn.begun_on,
        _deadlines(matter, turn, rows),
        done_on=_still(done),
        signed_off_on=(taken.closed_on if taken and turn.until is None else None) or signed_off_on
        if signed_off_on
        else None,
        dark=tuple(
            Dark(since, until, STATES[one])
            for one in DARK
            for since, until in _stretches(matter, frozenset({one}), turn, rows)
        ),
        lit_from=_lit_from(matter, rows),
        returned=_ended(done),
    )


def _lit_from(matter: Matter, rows: Rows) -> date | None:
    """From when a matter shows a light though nobody handed it over here: since it was taken over."""
    taken = rows.taken.get(matter.pk)
    return rows.created.get(("takenover", taken.mark)) if taken else None


def _measure(measure: Measure, turn: Turn, rows: Rows) -> Course:
    matter = measure.matter
    alone = rows.created.get(("matter", matter.pk)) if measure.problem_id is None else None
    said = [one for one in rows.said[matter.pk] if one.known_on >= turn.since]
    done = _stretches(matter, PROVEN, turn, rows)
    return Course(
        turn.begun_on,
        _deadlines(matter, turn, rows),
        tuple(_milestone(one, turn.since, rows) for one in rows.milestones[measure.pk]),
        tuple(_indicator(one, turn.since, rows) for one in rows.indicators[measure.pk]),
        figures.series([(one, one.percent) for one in said if one.percent is not None], Decimal(0)),
        figures.expected(said),
        done_on=_still(done),
        lit_from=_lit_from(matter, rows) or alone,
        returned=_ended(done),
    )


def _milestone(one: Milestone, since: date, rows: Rows) -> rules.Milestone:
    came, went = _stood("milestone", one, since, rows)
    claims = [(said, day) for said, day in rows.reached[one.pk] if said.known_on >= since]
    stretches = figures.stretches([said for said, _ in claims])
    reached, known_on = None, _still(stretches)
    if known_on:
        reached = Reached(known_on, min(known_on, *(day for said, day in claims if said.known_on >= known_on)))
    return rules.Milestone(one.due_on, one.text, one.weight, reached, came, went, _ended(stretches))


def _indicator(one: Indicator, since: date, rows: Rows) -> rules.Indicator:
    came, went = _stood("indicator", one, since, rows)
    baseline = one.baseline or Decimal(0)
    readings = figures.series([each for each in rows.readings[one.pk] if each[0].known_on >= since], baseline)
    unit = one.measured_in
    return rules.Indicator(one.name, unit, baseline, one.target, readings, known_from=came, withdrawn_on=went)


def _stood(table: str, mark: Milestone | Indicator, since: date, rows: Rows) -> tuple[date | None, date | None]:
    """From when a mark was known, where that was after the hand-over, and when it was taken away."""
    came = rows.created.get((table, mark.pk))
    ends = [one.day for one in rows.changes[(table, mark.pk)] if one.field == "is_withdrawn" and one.after]
    went = max(ends, default=since) if mark.is_withdrawn else None
    return came if came and came > since else None, went


def _stretches(matter: Matter, wanted: Collection[str], turn: Turn, rows: Rows) -> list[figures.Days]:
    """The days of a round on which a matter was in one of these states; the last without an end, where it was still in
    one when the round ended.
    """
    moves = [one for one in rows.changes[("matter", matter.pk)] if one.field == "state"]
    was = (moves[0].before if moves else matter.state) in wanted
    found, since = list[figures.Days](), turn.since if was else None
    for move in moves:
        if turn.until and move.day > turn.until:
            break
        is_in = move.after in wanted
        if is_in and since is None:
            since = move.day
        elif since is not None and not is_in:
            found.append((since, move.day - DAY))
            since = None
    if since is not None:
        found.append((since, None))
    return [(begun, end) for begun, end in found if end is None or end >= max(begun, turn.since)]


def _still(stretches: list[figures.Days]) -> date | None:
    """Since when it stands, None where it does no longer."""
    return stretches[-1][0] if stretches and stretches[-1][1] is None else None


def _ended(stretches: list[figures.Days]) -> tuple[Stretch, ...]:
    return tuple(Stretch(since, until) for since, until in stretches if until is not None)


def _deadlines(matter: Matter, turn: Turn, rows: Rows) -> tuple[Deadline, ...]:
    """The deadline at the hand-over, then each that an extension or an amended plan brought, by its day."""
    moves = [one for one in rows.changes[("matter", matter.pk)] if one.field == "due_on" and one.day > turn.since]
    first = _day(moves[0].before) if moves else matter.due_on
    found = [Deadline(turn.since, first)]
    by_day = {one.day: _day(one.after) for one in moves}
    extensions = {(one.approved_on, one.new_due_on): str(one) for one in rows.extensions[matter.pk]}
    for day, due_on in by_day.items():
        if due_on != found[-1].due_on:
            before = found[-1].due_on
            name = extensions.get((day, due_on), "") if due_on and before and before < due_on else ""
            found.append(Deadline(day, due_on, name, is_amended=not name))
    return tuple(found)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
