"""The courses of problems and measures: what the rows say today, and since which day, as the trail has it.

Hides that a number of matters costs the same queries as one, and how a day is found that no row keeps: the day on which
a state was reached, a milestone came or went, or an amended plan moved a deadline is the day of its trail entry.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from bihuan.core import calendar
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
from bihuan.rectification.queries.known import Change, Rows, rows_of
from bihuan.rectification.rules import course as rules
from bihuan.rectification.rules.course import Course, Dark, Deadline, Part, ProblemCourse, Reached
from bihuan.rectification.rules.lights import HandSet, Lamp
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.problem import STATES, ProblemState
from bihuan.rectification.rules.schedule import Schedule, schedule

S = ProblemState
CLOSED = frozenset({S.SIGNED_OFF, S.FILED})
SHOWN = frozenset({S.NOTICED, S.OBJECTED, S.UNCONTESTED})
ACCEPTED = frozenset({S.ACCEPTED, S.REPORTED_UP, S.AWAITING_CONSENT, S.CONSENTED})
DARK = (S.SUSTAINED, S.WITHDRAWN)
LONG_AGO = date.min
DAY = timedelta(days=1)
UNKNOWN = "接管时没有记下交办日期"


@dataclass(frozen=True, slots=True)
class Courses:
    """The courses of problems and of their measures, by the rows' ids, with what a schedule is computed by."""

    problems: dict[int, ProblemCourse]
    measures: dict[int, Course]
    lamps: dict[int, Lamp]
    taken_over: frozenset[int] = frozenset()

    def of_problem(self, problem: Problem, day: date, known: date | None = None) -> Schedule:
        """How a problem stood against its schedule on a day."""
        stands = self._on(self.problems[problem.pk], problem.matter_id, day, known)
        return self._said(problem, self.problems[problem.pk].own, stands)

    def of_measure(self, measure: Measure, day: date, known: date | None = None) -> Schedule:
        """How a measure stood against its schedule on a day."""
        stands = self._on(self.measures[measure.pk], measure.matter_id, day, known)
        return self._said(measure, self.measures[measure.pk], stands)

    def _on(self, course: Course | ProblemCourse, matter: int, day: date, known: date | None) -> Schedule:
        lamp = self.lamps[matter]
        return schedule(course, day, lamp.count, lamp.limits(min(day, known or day)).tolerance, known)

    def _said(self, row: Problem | Measure, own: Course, stands: Schedule) -> Schedule:
        """What was taken over has begun; that nobody knows when is said instead of that it has not."""
        if own.begun_on is None and row.matter_id in self.taken_over:
            return replace(stands, why_untimed=UNKNOWN)
        return stands


def of_problems(problems: Collection[Problem]) -> Courses:
    """The courses of these problems and of all their measures that stand, in a constant number of queries."""
    kept = Measure.objects.filter(problem__in=[one.pk for one in problems], matter__is_withdrawn=False)
    measures = [*kept.select_related("matter").order_by("number", "pk")]
    rows = rows_of(problems, measures)
    owners = {one.pk: one for one in problems}
    courses = {one.pk: _measure(one, owners[one.problem_id or 0].matter_id, rows) for one in measures}
    parts = defaultdict(list)
    for one in measures:
        parts[one.problem_id].append(Part(f"措施{one.number}", courses[one.pk]))
    whole = {one.pk: ProblemCourse(_problem(one, rows), tuple(parts[one.pk])) for one in problems}
    return _courses(problems, whole, courses, rows)


def of_measure(measure: Measure) -> Courses:
    """The course of one measure."""
    return of_measures([measure])


def of_measures(measures: Collection[Measure]) -> Courses:
    """The courses of these measures, in a constant number of queries."""
    rows = rows_of([one.problem for one in measures if one.problem], measures)
    owners = {one.pk: one.problem.matter_id if one.problem else one.matter_id for one in measures}
    return _courses(measures, {}, {one.pk: _measure(one, owners[one.pk], rows) for one in measures}, rows)


def _courses(
    asked: Collection[Problem | Measure], whole: dict[int, ProblemCourse], parts: dict[int, Course], rows: Rows
) -> Courses:
    cities = {one.city for one in asked}
    count = Count(Workdays(calendar.corrections(min(cities, default=""))))
    lamps = {key: Lamp(count, *one) for key, one in thresholds.by_inspection(_inspections(rows)).items()}
    hands = _hands(rows.turns)
    by_matter = {
        key: replace(lamps[turn.inspection], hand_set=tuple(hands.get(key, ()))) for key, turn in rows.turns.items()
    }
    return Courses(whole, parts, by_matter, frozenset(rows.taken))


def _hands(matters: Collection[int]) -> dict[int, list[HandSet]]:
    """What leaders set by hand, until the day before it was lifted; what was lifted on its first day never held."""
    found: dict[int, list[HandSet]] = defaultdict(list)
    for one in HandLight.objects.filter(matter__in=matters).select_related("set_by").order_by("pk"):
        until = min(one.until, one.lifted_on - DAY) if one.lifted_on else one.until
        if until >= one.since:
            found[one.matter_id].append(HandSet(one.since, until, Light(one.light), one.reason, str(one.set_by or "")))
    return found


def _inspections(rows: Rows) -> set[int]:
    return {turn.inspection for turn in rows.turns.values()}


def _problem(problem: Problem, rows: Rows) -> Course:
    matter, turn = problem.matter, rows.turns[problem.matter_id]
    changes = rows.changes[("matter", matter.pk)]
    shown = frozenset() if turn.is_publish_first else SHOWN
    state = S(matter.state)
    taken = rows.taken.get(matter.pk)
    return Course(
        turn.begun_on,
        _deadlines(matter, turn.begun_on, rows),
        done_on=_since(state, ACCEPTED | shown | CLOSED, changes, turn.begun_on),
        signed_off_on=(taken and taken.closed_on) or _since(state, CLOSED, changes, turn.begun_on)
        if state in CLOSED
        else None,
        dark=tuple(
            Dark(since, None, STATES[one])
            for one in DARK
            if (since := _since(state, frozenset({one}), changes, turn.begun_on))
        ),
        lit_from=_lit_from(matter, rows),
    )


def _lit_from(matter: Matter, rows: Rows) -> date | None:
    """From when a matter shows a light though nobody handed it over here: since it was taken over."""
    taken = rows.taken.get(matter.pk)
    return rows.created.get(("takenover", taken.mark)) if taken else None


def _measure(measure: Measure, owner: int, rows: Rows) -> Course:
    matter, begun_on = measure.matter, rows.turns[owner].begun_on
    since = begun_on or LONG_AGO
    alone = rows.created.get(("matter", matter.pk)) if measure.problem_id is None else None
    said = [one for one in rows.said[matter.pk] if one.known_on >= since]
    return Course(
        begun_on,
        _deadlines(matter, begun_on, rows),
        tuple(_milestone(one, since, rows) for one in rows.milestones[measure.pk]),
        tuple(_indicator(one, since, rows) for one in rows.indicators[measure.pk]),
        figures.series([(one, one.percent) for one in said if one.percent is not None], Decimal(0)),
        figures.expected(said),
        done_on=_since(matter.state, PROVEN, rows.changes[("matter", matter.pk)], begun_on),
        lit_from=_lit_from(matter, rows) or alone,
    )


def _milestone(one: Milestone, since: date, rows: Rows) -> rules.Milestone:
    came, went = _stood("milestone", one, since, rows)
    claims = [(said, day) for said, day in rows.reached[one.pk] if said.known_on >= since]
    reached = None
    if any(said.corrected_on is None for said, _ in claims):
        known_on, day = min((said.known_on, day) for said, day in claims)
        reached = Reached(known_on, min(day, known_on))
    return rules.Milestone(one.due_on, one.text, one.weight, reached, came, went)


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


def _since(state: str, wanted: Collection[str], changes: list[Change], begun_on: date | None) -> date | None:
    """Since which day a matter has been in one of these states, without a break; None where it is in none."""
    if state not in wanted:
        return None
    entered = [one.day for one in changes if one.field == "state" and one.before not in wanted and one.after in wanted]
    return max(entered, default=begun_on or LONG_AGO)


def _deadlines(matter: Matter, begun_on: date | None, rows: Rows) -> tuple[Deadline, ...]:
    """The deadline at the hand-over, then each that an extension or an amended plan brought, by its day."""
    since = begun_on or LONG_AGO
    moves = [one for one in rows.changes[("matter", matter.pk)] if one.field == "due_on" and one.day > since]
    first = _day(moves[0].before) if moves else matter.due_on
    found = [Deadline(since, first)]
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
