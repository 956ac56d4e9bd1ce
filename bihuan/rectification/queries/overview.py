"""How the problems in somebody's sight stand: by light, by state, which to ask after, what falls due.

Plain counts and rows, the same for the home page and for programs.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from bihuan.core.actor import Actor
from bihuan.matters.rules.lateness import Light
from bihuan.rectification.queries import lights as by_light
from bihuan.rectification.queries import sight
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.problem import CLOSED

CASES = 8
LOUD = (Light.OVER, Light.LATE, Light.DUE)
AHEAD, MOST_AHEAD = 10, 200


def lights(by: Actor, today: date) -> Counter[str]:
    """{light: how many problems show it}."""
    return by_light.counted(sight.problems_seen(by), today)


def states(by: Actor) -> dict[str, int]:
    """{state: how many problems stand there}."""
    return dict(sight.problems_seen(by).order_by().values_list("matter__state").annotate(count=Count("pk")))


def measures(by: Actor) -> tuple[int, int]:
    """(how many measures there are, how many of them are confirmed)."""
    seen = sight.measures_seen(by).order_by()
    return seen.count(), seen.filter(matter__state__in=PROVEN).count()


def loud(by: Actor, today: date) -> Collection[Any]:
    """The first problems to ask after: what is red, the oldest first, then what is behind, then what falls due."""
    found: list[Any] = []
    for light in LOUD:
        rows = sight.problems_seen(by).filter(by_light.showing((light,), today)).order_by("matter__due_on", "pk")
        found += sight.problem_words(rows)[: CASES - len(found)] if len(found) < CASES else []
    return found


def ahead(by: Actor, today: date) -> dict[date, list[tuple[str, str]]]:
    """{day: [(code, title) of the problems that fall due then]} of the next ten days."""
    within = Q(matter__due_on__range=(today, today + timedelta(days=AHEAD)))
    soon = sight.problems_seen(by).filter(within).exclude(matter__state__in=CLOSED).order_by("matter__due_on", "pk")
    days: dict[Any, list[tuple[str, str]]] = {}
    for due, code, title in soon.values_list("matter__due_on", "matter__code", "title")[:MOST_AHEAD]:
        days.setdefault(due, []).append((code, title))
    return days
