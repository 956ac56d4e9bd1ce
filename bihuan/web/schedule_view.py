"""Planned against actual as pages draw it: the bar, the sentence with its sum, the curve, the forecast, any past day.

Hides where the curves are looked at: at the edges of what changes them, and evenly between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from bihuan.lib.ledger import Light
from bihuan.lib.quantity import plain
from bihuan.matters.rules.lateness import LIGHT_WORDS
from bihuan.matters.rules.lateness import Light as Lamp
from bihuan.rectification.rules.course import Course, ProblemCourse
from bihuan.rectification.rules.forecast import Forecast, forecast
from bihuan.rectification.rules.schedule import Pace, Schedule, apart
from bihuan.web.measure_timeline import months

if TYPE_CHECKING:
    from bihuan.rectification.models import LightSpan

DAY = timedelta(days=1)
STEPS = 24
LATE = (Pace.BEHIND, Pace.NOT_STARTED)
On = Callable[[date, date], Schedule]  # how it stands on a day, by what was known on another
Places = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Bar:
    """Points of a hundred; `planned` None where nothing was."""

    planned: float | None
    actual: float
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Planned and actual along the time, places as shares of it."""

    months: list[tuple[str, float]]
    planned: Places
    actual: Places
    dots: list[tuple[float, float, str]]
    now: tuple[float, float, float]
    label: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of a light: on which day, from which word, to which light, why, and the sum of that day."""

    day: date
    before: str
    light: Light
    cause: str
    terms: str


@dataclass(frozen=True, slots=True)
class Told:
    """A day's schedule, as parts/schedule.html draws it."""

    day: date
    is_today: bool
    word: str
    sentence: str
    chart: Chart | None
    forecast: str
    warns: bool
    fault: str
    url: str
    turns: list[Turn]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which day is asked about; `fault` says why another one is shown."""

    day: date
    today: date
    fault: str = ""


def asked(request: HttpRequest, today: date) -> Asked:
    """The day of `?on=`, today where none is named; a day that is none, or is yet to come, is answered with today."""
    words = request.GET.get("on", "").strip()
    if not words:
        return Asked(today, today)
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return Asked(today, today, "日期要写成“2022-11-25”这样，下面是今天的样子。")
    if day > today:
        return Asked(today, today, f"{day}还没有到，下面是今天的样子。")
    return Asked(day, today)


def bar(stands: Schedule) -> Bar:
    """One matter's bar."""
    planned = None if stands.planned is None else float(stands.planned)
    words = "没有序时" if planned is None else f"序时{planned:g}%"
    return Bar(
        planned,
        float(stands.actual),
        "late" if stands.pace in LATE else "ok",
        f"实际{float(stands.actual):g}%，{words}",
    )


def gap(stands: Schedule) -> str:
    """How far it is from its plan, with both terms, in few words."""
    actual = f"上报{plain(stands.actual) or 0}%"
    if stands.gap is None or stands.planned is None:
        return f"{stands.word}，{actual}"
    return f"序时{plain(stands.planned) or 0}%，{actual}，{apart(stands.gap)}"


def told(
    course: Course | ProblemCourse, on: On, at: Asked, name: str, code: str, spans: Sequence[LightSpan]
) -> Told | None:
    """What the section on the schedule says, `spans` its lights of all days; None of a matter not handed over."""
    own = course if isinstance(course, Course) else course.own
    if own.begun_on is None:
        return None
    fault = at.fault
    if at.day < own.begun_on:
        fault, at = f"{at.day}还没有交办，下面是今天的样子。", Asked(at.today, at.today)
    stands = on(at.day, at.day)
    found = _forecast(course, at.day)
    called, ahead = found or ("", None)
    return Told(
        at.day,
        at.day == at.today,
        stands.word,
        stands.sentence,
        _chart(course, on, at.day, own.begun_on),
        f"{called}{ahead.sentence}" if ahead else "",
        ahead is not None and ahead.will_be_late,
        fault,
        reverse(name, args=[code]),
        turns([one for one in spans if one.since <= at.day]),
    )


def turns(spans: Sequence[LightSpan]) -> list[Turn]:
    """Every change of a light, newest first."""
    words = [LIGHT_WORDS[Lamp(one.light)] if one.light != Lamp.NONE else "无灯" for one in spans]
    return [
        Turn(one.since, before, Light(one.light, word), one.cause, one.terms)
        for before, word, one in zip(["", *words], words, spans, strict=False)
    ][::-1]


def _parts(course: Course | ProblemCourse) -> list[Course]:
    return [course] if isinstance(course, Course) else [part.course for part in course.parts]


def _forecast(course: Course | ProblemCourse, day: date) -> tuple[str, Forecast] | None:
    """The forecast of a measure, of a problem that of the measure that will be last, with its name."""
    named = [("", course)] if isinstance(course, Course) else [(f"{one.name}：", one.course) for one in course.parts]
    found = [(name, ahead) for name, one in named if (ahead := forecast(one, day))]
    return max(found, key=lambda each: each[1].finish_on, default=None)


def _chart(course: Course | ProblemCourse, on: On, day: date, begun: date) -> Chart | None:
    """The curves from the hand-over to the last deadline; None on a day or with a matter that has no plan."""
    parts = _parts(course)
    last = max([day, *(due for one in parts for due in _dues(one, day))])
    if on(day, day).planned is None or last <= begun:
        return None
    whole = (last - begun).days

    def at(moment: date) -> float:
        return round((moment - begun).days / whole, 4)

    entries = sorted({moment for one in parts for moment in _entries(one) if begun <= moment <= day})
    dues = {due for one in parts for due in _dues(one, day)}
    spread = {begun + DAY * (whole * step // STEPS) for step in range(STEPS + 1)}
    edges = sorted(
        moment for moment in {*spread, *dues, *(due - DAY for due in dues), begun, last} if begun <= moment <= last
    )
    steps = sorted({begun, day, *entries, *(one - DAY for one in entries if one > begun)})
    seen = {moment: on(moment, moment) for moment in steps}
    stands = seen[day]
    return Chart(
        [(label, at(moment)) for moment, label in months(begun, last)],
        [(at(moment), float(planned)) for moment in edges if (planned := on(moment, day).planned) is not None],
        [(at(moment), float(one.actual)) for moment, one in seen.items()],
        [(at(moment), float(seen[moment].actual), f"{moment}：{seen[moment].sentence}") for moment in entries],
        (at(day), float(stands.planned or 0), float(stands.actual)),
        f"序时与实际曲线：{day}{bar(stands).label}",
    )


def _dues(course: Course, day: date) -> Iterator[date]:
    yield from (one.due_on for one in course.milestones if one.stands(day))
    if due_on := course.due_on(day):
        yield due_on


def _entries(course: Course) -> Iterator[date]:
    for readings in (course.percents, *(one.readings for one in course.indicators)):
        yield from (one.known_on for one in readings)
