"""The light and the schedule of a row as ledgers and pages tell them: shape, word, and why in few words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from bihuan.lib.ledger import Light
from bihuan.lib.quantity import plain
from bihuan.matters.rules import lateness
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import courses, lights
from bihuan.rectification.rules import measure, problem, schedule
from bihuan.rectification.rules.lights import light
from bihuan.rectification.rules.problem import ProblemState

UNDER_WAY = (ProblemState.ISSUED, ProblemState.RECTIFYING)
UNTIMED = ("立行立改", "长期坚持")
NOT_HANDED_OVER = "尚未交办"


def problem_light(row: Problem, day: date) -> Light:
    """The light that a problem shows on a day; one that shows none says where it stands instead."""
    if found := _lit(row, day):
        return found
    if row.matter.state in UNDER_WAY:
        return Light("none", row.nature if row.nature in UNTIMED else lateness.LIGHT_WORDS[lateness.Light.NONE])
    return Light("none", problem.STATES[row.matter.state])


def _lit(row: Problem | Measure, day: date) -> Light | None:
    """The light that is kept for a day, with the days left or, where that is not its cause, since when; or None."""
    span, due_on = lights.shown(row, day), row.matter.due_on
    if span is None or span.light == lateness.Light.NONE:
        return None
    word = lateness.LIGHT_WORDS[lateness.Light(span.light)]
    left = (due_on - day).days if due_on else 0
    if span.light == lateness.Light.LATE or not due_on or (span.light == lateness.Light.OVER) != (left < 0):
        return Light(span.light, word, f"{span.since.isoformat()}起")
    return Light(span.light, word, lateness.left(left))


def where(values: Sequence[str], day: date) -> Q:
    """What choosing lights in a ledger means."""
    return lights.showing(values, day)


def measure_light(row: Measure, day: date) -> Light:
    """The light that a measure shows on a day; one that shows none says where it stands instead."""
    if found := _lit(row, day):
        return found
    if row.matter.state in measure.PROVEN:
        return Light("none", measure.STATES[row.matter.state])
    is_draft = row.problem_state == ProblemState.DRAFT
    return Light("none", "草案" if is_draft else lateness.LIGHT_WORDS[lateness.Light.NONE])


def progress(row: Problem | Measure, day: date) -> str:
    """Actual and planned as they were computed last, and of which day, where not of this."""
    figure = lights.figure_of(row.matter)
    if figure is None:
        return NOT_HANDED_OVER
    planned = "不计序时" if figure.planned is None else f"序时{plain(figure.planned) or 0}%"
    return f"{plain(figure.actual) or 0}%，{planned}" + ("" if figure.on == day else f"（{figure.on}）")


def pace(row: Problem | Measure, _: date) -> str:
    """The word for them."""
    figure = lights.figure_of(row.matter)
    return schedule.PACE_WORDS[figure.pace] if figure else NOT_HANDED_OVER


def days_left(row: Problem | Measure, day: date) -> str:
    """The days that are left of a deadline, or have passed since; "" where the row shows no light or has no date."""
    is_lit = _lit(row, day) is not None and row.matter.due_on is not None
    return lateness.left((row.matter.due_on - day).days) if is_lit and row.matter.due_on else ""


def light_of(row: Problem | Measure, day: date) -> Light:
    """The light that a problem or a measure shows on a day."""
    return problem_light(row, day) if isinstance(row, Problem) else measure_light(row, day)


def computed(row: Problem | Measure, day: date) -> lateness.Lateness:
    """The light that the rules alone compute for a day, whatever a leader set."""
    if isinstance(row, Problem):
        found = courses.of_problems([row])
        return light(found.problems[row.pk], day, replace(found.lamps[row.matter_id], hand_set=()))
    found = courses.of_measure(row)
    return light(found.measures[row.pk], day, replace(found.lamps[row.matter_id], hand_set=()))
