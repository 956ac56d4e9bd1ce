"""Schedule progress (序时进度): what should be done by a day, what is, and the sum by which both were reached.

Hides how the figures are rounded: planned and actual to a tenth of a point, and the gap is the difference of what is
shown, so that a person who takes the terms of the sentence reaches the same figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bihuan.lib.quantity import plain
from bihuan.lib.workdays import Count
from bihuan.rectification.rules.course import Course, Indicator, Part, ProblemCourse, latest

ZERO, ALL, TENTH = Decimal(0), Decimal(100), Decimal("0.1")
MOST_WHILE_OPEN = Decimal(99)


class Pace(StrEnum):
    """How a matter keeps its schedule."""

    UNTIMED = "untimed"
    NOT_STARTED = "not_started"
    BEHIND = "behind"
    ON_SCHEDULE = "on_schedule"
    AHEAD = "ahead"
    DONE = "done"
    SIGNED_OFF = "signed_off"


PACE_WORDS: dict[str, str] = {
    Pace.UNTIMED: "不计序时",
    Pace.NOT_STARTED: "尚未启动",
    Pace.BEHIND: "未达到序时进度",
    Pace.ON_SCHEDULE: "达到序时进度",
    Pace.AHEAD: "超过序时进度",
    Pace.DONE: "完成整改",
    Pace.SIGNED_OFF: "完成交账销号",
}


@dataclass(frozen=True, slots=True)
class ByMilestones:
    """Planned by milestones: how many there are and are due, and what they weigh."""

    count: int
    due: int
    weight: Decimal
    due_weight: Decimal

    @property
    def words(self) -> str:
        """The terms, so that the points can be reached by hand."""
        weighed = "" if self.weight == self.count else f"，权重{plain(self.weight)}中{plain(self.due_weight)}"
        return f"{self.count}个节点已到{self.due}个{weighed}"

    @property
    def points(self) -> Decimal:
        """The percent that they make."""
        return points(self.due_weight, self.weight)


@dataclass(frozen=True, slots=True)
class ByTime:
    """Planned by time: working days allowed from hand-over to deadline, and those that have passed."""

    allowed: int
    passed: int
    unknown_years: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The terms; a year whose make-up days are not published is named."""
        untold = "".join(f"，{year}年调休待公布" for year in self.unknown_years)
        return f"按时间推算，{self.allowed}个工作日已过{self.passed}个{untold}"

    @property
    def points(self) -> Decimal:
        """The percent that they make; all of it where nothing was allowed."""
        return points(Decimal(self.passed), Decimal(self.allowed)) if self.allowed else ALL


@dataclass(frozen=True, slots=True)
class Counted:
    """One indicator as it stood: from where to where, and where it was."""

    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    now: Decimal
    weight: Decimal

    @property
    def points(self) -> Decimal:
        """The percent of the way from baseline to target, at least 0 and at most 100."""
        way, gone = self.target - self.baseline, self.now - self.baseline
        if not way:
            return ALL if self.now == self.target else ZERO
        return min(max(points(gone, way), ZERO), ALL)

    @property
    def words(self) -> str:
        """20眼中9眼; where it does not begin at nothing, from where to where."""
        target, now = (f"{plain(one) or 0}{self.unit}" for one in (self.target, self.now))
        return f"由{plain(self.baseline)}{self.unit}到{target}，现{now}" if self.baseline else f"{target}中{now}"


@dataclass(frozen=True, slots=True)
class Actual:
    """What is done: by indicators, or else the reported percent (None: none was); `held` milestones are open."""

    counted: tuple[Counted, ...] = ()
    reported: Decimal | None = None
    held: int = 0
    is_done: bool = False

    @property
    def points(self) -> Decimal:
        """The percent; never all of it with an open milestone."""
        whole = self._whole
        return min(whole, MOST_WHILE_OPEN) if self.held else whole

    @property
    def _whole(self) -> Decimal:
        if self.is_done:
            return ALL
        if not self.counted:
            return _rounded(self.reported or ZERO)
        return weighed((one.points, one.weight) for one in self.counted)

    @property
    def words(self) -> str:
        """The terms; that an open milestone holds it under 100 is said."""
        if held := self.held if self._whole > MOST_WHILE_OPEN else 0:
            return f"{self._terms}，尚有{held}个节点未完成，按99%计"
        return self._terms

    @property
    def _terms(self) -> str:
        if self.is_done:
            return "已确认完成"
        if not self.counted:
            return "尚无填报" if self.reported is None else "按填报"
        if len(self.counted) == 1:
            return self.counted[0].words
        weighed = len({one.weight for one in self.counted}) > 1
        return "；".join(
            f"{one.name}{one.words}为{plain(one.points) or 0}%{f'、权重{plain(one.weight)}' if weighed else ''}"
            for one in self.counted
        )


@dataclass(frozen=True, slots=True)
class Mean:
    """The weighted mean of a problem's measures: (name, planned, actual, weight) of each; the others are left out."""

    terms: tuple[tuple[str, Decimal, Decimal, Decimal], ...]
    left_out: int = 0

    @property
    def planned(self) -> Decimal:
        """The mean of what the measures should have done."""
        return weighed((planned, weight) for _, planned, _, weight in self.terms)

    @property
    def actual(self) -> Decimal:
        """The mean of what they have done."""
        return weighed((actual, weight) for _, _, actual, weight in self.terms)

    @property
    def words(self) -> str:
        """How many measures the mean is of, and how many have no schedule."""
        weighed = "加权平均" if len({term[3] for term in self.terms}) > 1 else "平均"
        rest = f"，另{self.left_out}项不计序时" if self.left_out else ""
        return f"{len(self.terms)}项措施{weighed}{rest}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Planned and actual in points of a hundred, the gap between them, the word, and the terms of the sum."""

    planned: Decimal | None
    actual: Decimal
    pace: Pace
    planned_by: ByMilestones | ByTime | None = None
    actual_by: Actual | None = None
    mean: Mean | None = None
    why_untimed: str = ""

    @property
    def gap(self) -> Decimal | None:
        """Actual less planned; None where nothing was planned."""
        return None if self.planned is None else self.actual - self.planned

    @property
    def word(self) -> str:
        """The word of the ledger."""
        return PACE_WORDS[self.pace]

    @property
    def terms(self) -> str:
        """Planned, reported and the gap, in few words."""
        done = f"上报{plain(self.actual) or 0}%"
        if self.gap is None or self.planned is None:
            return done
        return f"序时{plain(self.planned) or 0}%，{done}，{apart(self.gap)}"

    @property
    def sentence(self) -> str:
        """The sum, as one sentence that a person can do again by hand."""
        gap = self.gap
        done = f"上报{plain(self.actual) or 0}%{f'（{self.actual_by.words}）' if self.actual_by else ''}"
        if gap is None:
            return f"{self.why_untimed}，不计序时；{done}。"
        planned = f"序时{plain(self.planned) or 0}%{f'（{self.planned_by.words}）' if self.planned_by else ''}"
        return (
            f"{self.mean.words}：{planned}；{done}：{apart(gap)}。"
            if self.mean
            else f"{planned}；{done}：{apart(gap)}。"
        )


def apart(gap: Decimal) -> str:
    """How far actual is from planned, in words."""
    if not gap:
        return "与序时持平"
    return f"{'落后' if gap < 0 else '超前'}{plain(abs(gap))}个百分点"


def points(part: Decimal, whole: Decimal) -> Decimal:
    """The percent that a part makes, to a tenth of a point; what is not the whole never reads 100."""
    return _rounded(ALL * part / whole)


def weighed(figures: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """The mean of (points, weight), to a tenth of a point; it never reads 100 while one of them does not."""
    total = weight = ZERO
    for figure, its_weight in figures:
        total += figure * its_weight
        weight += its_weight
    return _rounded(total / weight)


def _rounded(figure: Decimal) -> Decimal:
    found = figure.quantize(TENTH, ROUND_HALF_UP)
    return found if found < ALL or figure >= ALL else ALL - TENTH


def schedule(
    course: Course | ProblemCourse, day: date, count: Count, tolerance: Decimal, known: date | None = None
) -> Schedule:
    """How a measure or a problem stood against its schedule on a day, by what was `known` (default: on that day).

    With `known` before `day` it is the schedule that will stand if nothing more happens.
    """
    known = day if known is None else min(known, day)
    if isinstance(course, Course):
        return _of_measure(course, day, count, tolerance, known)
    return _of_problem(course, day, count, tolerance, known)


def _of_measure(course: Course, day: date, count: Count, tolerance: Decimal, known: date) -> Schedule:
    actual_by, untimed = actual(course, known), _untimed(course, known)
    planned_by = None if untimed else _planned(course, day, count, known)
    planned = planned_by.points if planned_by else None
    done = actual_by.points
    pace = _pace(course, planned, done, tolerance, known)
    return Schedule(planned, done, pace, planned_by, actual_by, why_untimed=untimed or "没有时限")


def _of_problem(problem: ProblemCourse, day: date, count: Count, tolerance: Decimal, known: date) -> Schedule:
    found = [(part, _of_measure(part.course, day, count, tolerance, known)) for part in problem.parts]
    terms = tuple(_term(part, one, one.planned) for part, one in found if one.planned is not None)
    why = _untimed(problem.own, known)
    if why or not terms:
        done = Mean(tuple(_term(part, one, ZERO) for part, one in found)).actual if found else ZERO
        pace = _pace(problem.own, None, done, tolerance, known)
        return Schedule(None, done, pace, why_untimed=why or "没有计序时的措施")
    mean = Mean(terms, len(found) - len(terms))
    pace = _pace(problem.own, mean.planned, mean.actual, tolerance, known)
    return Schedule(mean.planned, mean.actual, pace, mean=mean)


def _term(part: Part, one: Schedule, planned: Decimal) -> tuple[str, Decimal, Decimal, Decimal]:
    return part.name, planned, one.actual, part.weight


def _untimed(course: Course, known: date) -> str:
    if not course.is_begun(known):
        return "尚未交办"
    return course.darkness(known)


def _planned(course: Course, day: date, count: Count, known: date) -> ByMilestones | ByTime | None:
    if weights := [(one.weight, one.due_on <= day) for one in course.milestones if one.stands(known)]:
        due = [weight for weight, is_due in weights if is_due]
        return ByMilestones(len(weights), len(due), sum((one[0] for one in weights), ZERO), sum(due, ZERO))
    begun_on, due_on = course.begun_on, course.due_on(known)
    if due_on is None or begun_on is None:
        return None
    passed = count.after(begun_on, min(day, due_on))
    return ByTime(count.after(begun_on, due_on), passed, count.unknown_years(begun_on, due_on))


def actual(course: Course, known: date) -> Actual:
    """What was known to be done of a measure by that day."""
    held = len(course.open_milestones(known)) if course.milestones else 0
    if course.is_done(known):
        return Actual(held=held, is_done=True)
    indicators = [one for one in course.indicators if one.stands(known)]
    if any(latest(one.readings, known) for one in indicators):
        return Actual(tuple(_counted(one, known) for one in indicators), held=held)
    last = latest(course.percents, known)
    return Actual(reported=last.value if last else None, held=held)


def _counted(indicator: Indicator, known: date) -> Counted:
    last = latest(indicator.readings, known)
    now = last.value if last else indicator.baseline
    return Counted(indicator.name, indicator.unit, indicator.baseline, indicator.target, now, indicator.weight)


def _pace(course: Course, planned: Decimal | None, actual: Decimal, tolerance: Decimal, known: date) -> Pace:
    if course.is_done(known):
        is_signed = course.signed_off_on is not None and course.signed_off_on <= known
        return Pace.SIGNED_OFF if is_signed else Pace.DONE
    if planned is None:
        return Pace.UNTIMED
    if planned and not actual:
        return Pace.NOT_STARTED
    gap = actual - planned
    if gap < -tolerance:
        return Pace.BEHIND
    return Pace.AHEAD if gap > tolerance else Pace.ON_SCHEDULE
