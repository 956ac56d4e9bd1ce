"""What the kept lights and figures of matters should be today, by the rules: what a deed writes and `examine` compares.

Hides that drafts and withdrawn matters have none, and that many matters cost the same queries as one.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet

from bihuan.core.prepared import prepared
from bihuan.matters.models import Matter
from bihuan.rectification.models import LightSpan, Measure, Problem, ScheduleFigure
from bihuan.rectification.queries import courses
from bihuan.rectification.queries.courses import Courses
from bihuan.rectification.rules.course import Course, ProblemCourse
from bihuan.rectification.rules.lights import history
from bihuan.rectification.rules.problem import ProblemState
from bihuan.rectification.rules.schedule import Schedule, schedule

CHUNK = 200
FIELDS = ("since", "until", "light", "cause", "terms")
FIGURES = ("on", "planned", "actual", "pace")
Keys = tuple[list[int], list[int]]  # problems, and measures that belong to none


class Span(NamedTuple):
    """One span of days with the same light, as it is stored."""

    since: date
    until: date | None
    light: str
    cause: str
    terms: str


class Figure(NamedTuple):
    """Planned and actual of a matter as of a day, and the word for them."""

    on: date
    planned: Decimal | None
    actual: Decimal
    pace: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one matter, or should be: no spans and no figure where it shows no light yet."""

    spans: tuple[Span, ...] = ()
    figure: Figure | None = None


class _At(NamedTuple):
    day: date
    days: Mapping[int, date]


NOTHING = Kept()
NO_DAYS: Mapping[int, date] = {}


def about(codes: Collection[str], city: str) -> Keys:
    """The problems that these matters are, or belong to, and the measures among them that belong to none."""
    problems, alone = set[int](), set[int]()
    for some in chunks(sorted(codes)):
        problems.update(_problems_of(some, city))
        for key, owner in _measures_of(some, city):
            (problems if owner else alone).add(owner or key)
    return sorted(problems), sorted(alone)


@prepared
def _problems_of(codes: Collection[str], city: str) -> QuerySet[Problem, int]:
    matters = Matter.objects.filter(city=city, code__in=codes).values("pk")
    return Problem.objects.filter(matter__in=matters).order_by().values_list("pk", flat=True)


@prepared
def _measures_of(codes: Collection[str], city: str) -> QuerySet[Measure, tuple[int, int | None]]:
    matters = Matter.objects.filter(city=city, code__in=codes).values("pk")
    return Measure.objects.filter(matter__in=matters).order_by().values_list("pk", "problem")


def everywhere(city: str = "") -> Keys:
    """The same of a whole city, or of all."""
    return [*_handed_over(city or None)], [*_alone(city or None)]


@prepared
def _handed_over(city: str | None) -> QuerySet[Problem, int]:
    rows = Problem.objects.filter(**({"city": city} if city else {})).exclude(matter__state=ProblemState.DRAFT)
    return rows.order_by("pk").values_list("pk", flat=True)


@prepared
def _alone(city: str | None) -> QuerySet[Measure, int]:
    rows = Measure.objects.filter(problem__isnull=True, **({"city": city} if city else {}))
    return rows.order_by("pk").values_list("pk", flat=True)


def chunks(keys: Collection[Any]) -> Iterator[list[Any]]:
    """These keys, some at a time."""
    rest = iter(keys)
    while some := [*islice(rest, CHUNK)]:
        yield some


def parts(keys: Keys) -> Iterator[Keys]:
    """These keys, some at a time."""
    yield from ((some, []) for some in chunks(keys[0]))
    yield from (([], some) for some in chunks(keys[1]))


def wanted(keys: Keys, day: date, days: Mapping[int, date] = NO_DAYS) -> dict[int, Kept]:
    """{matter: what should be kept of it} of these problems, all their measures, and measures alone; the figures as of
    a day, of some matters as of one of their own (`days`).
    """
    at = _At(day, days)
    problems = [*_problems(keys[0])] if keys[0] else []
    rows = [*(_parts(keys[0]) if keys[0] else _measures(keys[1]))]
    found = dict.fromkeys([*(one.matter_id for one in problems), *(one.matter_id for one in rows)], NOTHING)
    lit = [one for one in problems if one.matter.state != ProblemState.DRAFT and not one.matter.is_withdrawn]
    if lit:
        known = courses.of_problems(lit)
        found |= {one.matter_id: _kept(known.problems[one.pk], known, one.matter_id, at) for one in lit}
        found |= _of_measures([one for one in rows if one.pk in known.measures], known, at)
    if alone := [one for one in rows if one.problem_id is None and not one.matter.is_withdrawn]:
        found |= _of_measures(alone, courses.of_measures(alone), at)
    return found


@prepared
def _problems(keys: Collection[int]) -> QuerySet[Problem]:
    return Problem.objects.filter(pk__in=keys).select_related("matter")


@prepared
def _parts(problems: Collection[int]) -> QuerySet[Measure]:
    return Measure.objects.filter(problem__in=problems).select_related("matter").defer("spans")


@prepared
def _measures(keys: Collection[int]) -> QuerySet[Measure]:
    return Measure.objects.filter(pk__in=keys).select_related("matter").defer("spans")


def _of_measures(rows: list[Measure], known: Courses, at: _At) -> dict[int, Kept]:
    return {one.matter_id: _kept(known.measures[one.pk], known, one.matter_id, at) for one in rows}


def _kept(course: Course | ProblemCourse, known: Courses, matter: int, at: _At) -> Kept:
    lamp = known.lamps[matter]

    def on(one: Course | ProblemCourse, when: date) -> Schedule:
        return schedule(one, when, lamp.count, lamp.limits(when).tolerance)

    rounds = ((ended.until, ended.course) for ended in known.earlier.get(matter, ()))
    spans = tuple(
        Span(found.since, found.until, found.light, found.cause, on(one, found.since).sentence)
        for until, one in (*rounds, (None, course))
        for found in history(one, lamp, until)
    )
    if not spans:
        return NOTHING
    day = at.days.get(matter, at.day)
    stands = on(course, day)
    return Kept(spans, Figure(day, stands.planned, stands.actual, stands.pace))


def kept_of(keys: Keys) -> dict[int, Kept]:
    """What is kept of these problems and all their measures, and of measures alone."""
    return kept([*_matters_of(keys[0]), *_matters_below(keys[0])] if keys[0] else [*_matters_alone(keys[1])])


@prepared
def _matters_of(problems: Collection[int]) -> QuerySet[Problem, int]:
    return Problem.objects.filter(pk__in=problems).order_by().values_list("matter", flat=True)


@prepared
def _matters_below(problems: Collection[int]) -> QuerySet[Measure, int]:
    return Measure.objects.filter(problem__in=problems).order_by().values_list("matter", flat=True)


@prepared
def _matters_alone(measures: Collection[int]) -> QuerySet[Measure, int]:
    return Measure.objects.filter(pk__in=measures).order_by().values_list("matter", flat=True)


def kept(matters: Collection[int]) -> dict[int, Kept]:
    """{matter: what is kept of it}; those of which nothing is are not named."""
    spans: dict[int, list[Span]] = {}
    keys = [*matters]
    for matter, *values in _spans(keys):
        spans.setdefault(matter, []).append(Span(*values))
    figures = {key: Figure(*values) for key, *values in _figures(keys)}
    return {key: Kept(tuple(spans.get(key, ())), figures.get(key)) for key in {*spans, *figures}}


@prepared
def _spans(matters: Collection[int]) -> QuerySet[LightSpan, Any]:
    rows = LightSpan.objects.filter(matter__in=matters).order_by("matter", "since")
    return rows.values_list("matter", *FIELDS)


@prepared
def _figures(matters: Collection[int]) -> QuerySet[ScheduleFigure, Any]:
    return ScheduleFigure.objects.filter(matter__in=matters).values_list("matter", *FIGURES)
