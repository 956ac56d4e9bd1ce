"""How early a late measure is warned of, and how often one that is on time: ours against the straight line.

Every measure is looked at once a week from its hand-over until it is done or late. One that ends late counts as warned
of on the first day of the last unbroken run of warnings before its deadline, so a warning that was taken back does not
count; one that a rule never warns of counts from the day after its deadline, when it is late. One that ends on time is
a false alarm if it was warned of on any day.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from bihuan.lib.workdays import Count, Workdays
from bihuan.rectification.rules.course import Course, latest
from bihuan.rectification.rules.forecast import NO_PAST, Past, forecast, past_of
from bihuan.rectification.rules.lights import Lamp, spans
from bihuan.rectification.rules.schedule import actual
from tests.bench.slips import FINAL, History, Kind, histories

ROOT = Path(__file__).resolve().parents[2]
DAY, WEEK, FORTNIGHT = timedelta(days=1), timedelta(days=7), 14
Warns = Callable[[Course, date, bool], bool]  # (course, day, whether it warned a week ago)


def ours(course: Course, day: date, was_warned: bool) -> bool:  # noqa: FBT001 -- one shape for all that are compared
    found = forecast(course, day, was_warned=was_warned)
    return bool(found and found.will_be_late)


def straight(course: Course, day: date, _was: bool) -> bool:  # noqa: FBT001 -- as above
    """From the hand-over through the latest entry; where nothing is done there is no line."""
    return _drawn_out(course, day) > 1


def redmine(course: Course, day: date, _was: bool) -> bool:  # noqa: FBT001 -- as above
    """Redmine's own sum: the share done, laid off on the time allowed, is not after today."""
    begun_on, due_on = _dates(course)
    done = float(actual(course, day).points) / 100
    return begun_on + int(((due_on - begun_on).days + 1) * done) * DAY <= day


def quiet(course: Course, day: date, was_warned: bool) -> bool:  # noqa: FBT001 -- as above
    """The straight line, held to as few false alarms as ours: by the constants that warn earliest on TUNING."""
    begun_on, due_on = _dates(course)
    return (day - begun_on) >= 0.6 * (due_on - begun_on) and _drawn_out(course, day) > (0.9 if was_warned else 1.15)


def tolerant(course: Course, day: date, _was: bool) -> bool:  # noqa: FBT001 -- as above
    """The straight line with one tolerance: it ends so much too late that TUNING has 20 % false alarms."""
    return _drawn_out(course, day) > 3.9


def behind(course: Course, day: date, _was: bool) -> bool:  # noqa: FBT001 -- as above
    """So many points behind the straight line from the hand-over to the deadline that TUNING has 19 % false alarms."""
    return missing(course, day) > 31


def above(figure: Callable[[Course, date], float], tolerance: float) -> Warns:
    """The rule that warns where a line's figure is above a tolerance."""
    return lambda course, day, _was: figure(course, day) > tolerance


def as_quiet(figure: Callable[[Course, date], float], alarms: float, made: Iterable[History]) -> Warns:
    """A line with the smallest tolerance that warns of no more than that share of these very matters on time."""
    on_time = [one for one in made if not one.is_late]
    highest = sorted(max((figure(one.course, day) for day in looks(one)), default=0.0) for one in on_time)
    return above(figure, highest[len(highest) - 1 - int(alarms * len(highest))])


RULES: dict[str, Warns] = {
    "ours": ours,
    "straight": straight,
    "redmine": redmine,
    "tolerant": tolerant,
    "behind": behind,
    "quiet": quiet,
}


def _dates(course: Course) -> tuple[date, date]:
    due_on = course.due_on(date.max)
    if course.begun_on is None or due_on is None:
        raise ValueError("a simulated measure has both its dates")
    return course.begun_on, due_on


def missing(course: Course, day: date) -> float:
    """How many points are missing to the straight line from the hand-over to the deadline."""
    begun_on, due_on = _dates(course)
    return 100 * (day - begun_on).days / (due_on - begun_on).days - float(actual(course, day).points)


def _drawn_out(course: Course, day: date) -> float:
    """Where the line through the latest entry ends, as a share of the time allowed; 0 where there is no line."""
    begun_on, due_on = _dates(course)
    entry, done = latest(course.percents or course.indicators[0].readings, day), float(actual(course, day).points) / 100
    if entry is None or not done:
        return 0.0
    return (entry.known_on - begun_on).days / done / (due_on - begun_on).days


@dataclass(frozen=True, slots=True)
class Warned:
    """What one rule said of one measure."""

    since: date
    ever: bool


def looks(history: History) -> Iterator[date]:
    """The days on which a measure is looked at, while it is open and not yet late."""
    day, due_on = _dates(history.course)
    while (day := day + WEEK) <= due_on and not history.course.is_done(day):
        yield day


def warned(history: History, warns: Warns) -> Warned:
    """Since when it was warned of without a break until its deadline, and whether it was at all."""
    since, is_warned, ever = None, False, False
    for day in looks(history):
        is_warned = warns(history.course, day, is_warned)
        since = (since or day) if is_warned else None
        ever = ever or is_warned
    return Warned(since or history.due_on + DAY, ever)


@dataclass(slots=True)
class Result:
    """Counts of one rule, against ours and by itself."""

    alarms: list[bool] = field(default_factory=list)
    leads: list[int] = field(default_factory=list)
    earlier: list[bool] = field(default_factory=list)  # ours, by a fortnight or more
    by_kind: dict[Kind, list[bool]] = field(default_factory=lambda: defaultdict(list))

    @property
    def false_alarms(self) -> float:
        return _share(self.alarms)

    @property
    def lead(self) -> float:
        return sum(self.leads) / len(self.leads)


def _share(found: list[bool]) -> float:
    return sum(found) / len(found)


def compared(made: Iterable[History], rules: dict[str, Warns] = RULES) -> dict[str, Result]:
    """Every rule on every measure; one of them is ours."""
    results = {name: Result() for name in rules}
    for history in made:
        said = {name: warned(history, warns) for name, warns in rules.items()}
        for name, result in results.items():
            if not history.is_late:
                result.alarms.append(said[name].ever)
                continue
            result.leads.append((history.due_on - said[name].since).days)
            is_earlier = (said[name].since - said["ours"].since).days >= FORTNIGHT
            result.earlier.append(is_earlier)
            result.by_kind[history.kind].append(is_earlier)
    return results


def covered(made: Iterable[History], past: Past = NO_PAST) -> float:
    """The share of forecasts, one a month, whose range holds the day of the true end."""
    found: list[bool] = []
    for history in made:
        day = history.course.begun_on or history.due_on
        while (day := day + 30 * DAY) <= min(history.due_on, history.finished_on):
            if told := forecast(history.course, day, past):
                found.append(told.earliest_on <= history.finished_on <= told.latest_on)
    return _share(found)


def light_milliseconds(made: Iterable[History]) -> float:
    """What all lights of one measure cost, from its hand-over to its end."""
    lamp, courses = Lamp(Count(Workdays())), [one.course for one in made]
    spans(courses[0], date(2020, 1, 1), date(2026, 1, 1), lamp)  # the calendar's tables are read once
    begun = time.perf_counter()
    for course in courses:
        spans(course, _dates(course)[0], _dates(course)[1] + 100 * DAY, lamp)
    return 1000 * (time.perf_counter() - begun) / len(courses)


FIGURES = "## Figures\n"
NAMES = {
    "ours": "ours",
    "straight": "straight line, through the latest entry",
    "redmine": "Redmine's straight line",
    "tolerant": "straight line, with a tolerance of its end",
    "behind": "straight line, with a tolerance in points",
    "quiet": "straight line, held as quiet as ours",
    "tolerant here": "tolerance of its end, set on these very histories to our false alarms",
    "behind here": "tolerance in points, set on these very histories to our false alarms",
}
HERE = {"tolerant here": _drawn_out, "behind here": missing}
AGAINST = {"straight": "the straight line", "tolerant": "its end", "behind": "in points", "quiet": "the quiet one"}


def judged(count: int, first: int = 0) -> list[History]:
    """So many histories of the last judge, as many of each of its cities; `first` passes over as many in each."""
    return [one for city in FINAL for one in histories(city, count // len(FINAL), first)]


def _as_quiet_here(made: list[History], alarms: float) -> dict[str, Result]:
    """Both tolerances set on the very histories that judge, which no office could."""
    lines = {name: as_quiet(figure, alarms, made) for name, figure in HERE.items()}
    found = compared(made, {"ours": ours, **lines})
    return {name: found[name] for name in HERE}


def rows(count: int, finished: int = 400) -> Iterator[str]:
    """The lines of the page; the office's own past is so many `finished` measures of the same world, not of these."""
    made = judged(count)
    results = compared(made)
    results |= _as_quiet_here(made, results["ours"].false_alarms)
    late = len(results["ours"].leads)
    yield f"{count:,} histories of the final world, {late:,} of them late.\n"
    yield "| rule | false alarms among matters on time | mean days of warning | ours earlier by 14 days or more |"
    yield "|---|---|---|---|"
    for name, one in results.items():
        earlier = "" if name == "ours" else f"{_share(one.earlier):.1%}"
        yield f"| {NAMES[name]} | {one.false_alarms:.1%} | {one.lead:.0f} | {earlier} |"
    yield "\nOurs earlier by 14 days or more, by what happened (late matters only):\n"
    yield f"| slip | late | {' | '.join(f'than {AGAINST[name]}' for name in AGAINST)} |"
    yield f"|---|---|{'---|' * len(AGAINST)}"
    for kind, found in sorted(results["quiet"].by_kind.items()):
        shares = (f"{_share(results[name].by_kind[kind]):.0%}" for name in AGAINST)
        yield f"| {kind.replace('_', ' ')} | {len(found)} | {' | '.join(shares)} |"
    own = past_of(one.course for one in judged(finished, 500_000))
    yield f"\nRanges that hold the true end (meant: 60 %): {covered(made):.0%} without a past, "
    yield f"{covered(made, own):.0%} with the office's own past of {finished} measures.\n"
    yield f"All lights of one measure: {light_milliseconds(made[:400]):.1f} ms."


def main() -> int:
    """Print and write the page's figures."""
    page, text = ROOT / "docs/forecast.md", "\n".join(rows(2000))
    sys.stdout.write(f"{text}\n")
    page.write_text(f"{page.read_text().partition(FIGURES)[0]}{FIGURES}\n{text}\n")
    return 0
