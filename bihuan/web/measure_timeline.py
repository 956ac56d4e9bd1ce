"""The measures of a problem along the time: from the hand-over to their deadlines, with their milestones.

Hides the arithmetic of places. What was done is not drawn until somebody reports it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bihuan.rectification.ledger import milestone_quantity
from bihuan.rectification.queries.shown import measure_light
from bihuan.rectification.rules.measure import STATES

if TYPE_CHECKING:
    from bihuan.rectification.models import Measure

MOST_BARS, MOST_MONTHS = 12, 8
BEFORE = timedelta(days=30)  # how far a bar reaches back where the hand-over is not known


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure: where it starts and ends, as shares of the whole time; its milestones."""

    label: str
    note: str
    starts: float
    ends: float
    milestones: list[tuple[float, str, str]]


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What parts/drawing.html draws."""

    months: list[tuple[str, float]]
    bars: list[Bar]
    today: tuple[str, float] | None
    label: str


def timeline(measures: Sequence[Measure], begun: date | None, today: date) -> TimeLine | None:
    """The measures that have a date, at most a dozen; None where there are none, or more than a picture holds.

    `begun` is the day of the hand-over.
    """
    dated = [(one, _marks(one)) for one in measures if one.matter.due_on is not None]
    if not dated or len(dated) > MOST_BARS:
        return None
    days = [day for _, marks in dated for day, _ in marks]
    start = min([begun or min(days) - BEFORE, *days])
    end = max([*days, today]) + timedelta(days=7)

    def at(day: date) -> float:
        return round((day - start).days / (end - start).days, 4)

    return TimeLine(
        months=[(label, at(day)) for day, label in months(start, end)],
        bars=[_bar(one, marks, at(begun or start), at, today) for one, marks in dated],
        today=(f"今天 {today:%m-%d}", at(today)) if start <= today else None,
        label=f"{len(dated)}项措施的起止和节点",
    )


def _marks(measure: Measure) -> list[tuple[date, str]]:
    """The milestones by date, the deadline among them, each with its quantity."""
    marks = {one.due_on: milestone_quantity(one, measure) for one in measure.milestones.all() if not one.is_withdrawn}
    if measure.matter.due_on is not None:
        marks.setdefault(measure.matter.due_on, "")
    return sorted(marks.items())


def _bar(
    measure: Measure, marks: list[tuple[date, str]], start: float, at: Callable[[date], float], today: date
) -> Bar:
    is_over = measure_light(measure, today).state == "over"
    last = marks[-1][0]
    return Bar(
        label=f"{measure.number} {measure.text}",
        note=STATES[measure.matter.state],
        starts=min(start, at(marks[0][0])),
        ends=at(last),
        milestones=[
            (at(day), f"{day:%m-%d} {quantity}".strip(), "missed" if is_over and day == last else "open")
            for day, quantity in marks
        ],
    )


def months(start: date, end: date) -> list[tuple[date, str]]:
    """The first days of months, as many as there is room for; January names its year."""
    first = [date(year, month, 1) for year in range(start.year, end.year + 1) for month in range(1, 13)]
    inside = [day for day in first if start <= day <= end]
    step = next(width for width in (1, 2, 3, 6, 12, 24, 60, 120) if len(inside) <= width * MOST_MONTHS or width == 120)
    shown = [day for day in inside if (day.year * 12 + day.month - 1) % step == 0]
    return [(day, f"{day.year}年" if day.month == 1 else f"{day.month}月") for day in shown]
