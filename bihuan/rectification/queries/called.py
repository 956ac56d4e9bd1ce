"""The problem, measure or plan that somebody calls by its code, where he may read it: how every page of one begins.

Hides that the words of such a question are the same for whoever holds the same posts.
"""

from typing import Any

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.core.prepared import prepared
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.queries import plans, sight


def problem(by: Actor, code: str) -> Problem | None:
    """The problem with this code in the actor's scope, with all that a page of it says."""
    return _problems(by, code).first()


def measure(by: Actor, code: str) -> Measure | None:
    """As `problem`, of a measure."""
    return _measures(by, code).first()


def measures(by: Actor, problem: Problem) -> list[Measure]:
    """The measures of a problem in the actor's scope, with all that a page of one says."""
    return [*_measures_of(by, problem.pk)]


def plan(by: Actor, code: str) -> Plan | None:
    """The plan with this code that the actor may read."""
    return _plans(by, code).first()


@prepared
def _problems(by: Actor, code: str) -> QuerySet[Problem]:
    return sight.problems_for(by).filter(matter__code=code)


@prepared
def _measures(by: Actor, code: str) -> QuerySet[Measure]:
    return sight.measures_for(by).filter(matter__code=code)


@prepared
def _measures_of(by: Actor, problem: int) -> QuerySet[Measure]:
    return sight.measures_for(by).filter(problem=problem)


@prepared
def _plans(by: Actor, code: str) -> QuerySet[Plan]:
    rows: QuerySet[Any] = plans.plans_for(by)  # which knows what each is called
    return rows.filter(called_code=code)
