"""Steps of problems and measures, as far as the tables offer them (下达, 签收, 退回交办, 启动); their correction."""

from datetime import datetime
from typing import Any

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import steps
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PUBLISH_FIRST

CALLED = 40


@action
def move_problem(problem: Problem, name: str, *, by: Actor, at: datetime, note: str = "") -> Problem:
    """Take one step of a problem's lifecycle, or refuse with the sentence why not.

    Issuing starts the clock and fixes the order of acceptance and notice for this round.
    """
    publish_first = problem.matter.inspection.rule_set.is_publish_first
    set_on_round: dict[str, dict[str, Any]] = {
        "issue": {"handed_over_at": at, "variant": PUBLISH_FIRST if publish_first else ACCEPT_FIRST},
        "receive": {"received_at": at},
        "decline": {"handed_over_at": None, "variant": ""},
    }
    matters.take_step(
        problem.matter,
        steps.flow_of(problem),
        name,
        note=note,
        facts=steps.problem_facts(problem, day_of(at)),
        called=_called(problem),
        facts_of_round=set_on_round.get(name),
    )
    return problem


@action
def correct_problem(problem: Problem, *, by: Actor, at: datetime, note: str = "") -> Problem:
    """Correct (更正) the last step on a problem, on which its measures' steps build: see `matters.correct_last`."""
    flows, measures = {"round": steps.flow_of(problem)}, steps.measures_of(problem)
    matters.correct_last(problem.matter, flows, note=note, called=_called(problem), built_upon=measures)
    return problem


@action
def move_measure(measure: Measure, name: str, *, by: Actor, at: datetime, note: str = "") -> Measure:
    """Take one step of a measure's lifecycle, or refuse with the sentence why not."""
    if measure.problem is not None:  # whose last step is not corrected meanwhile, nor was since the measure was read
        measure.problem.matter = matter_queries.locked_round(measure.problem.matter).matter
    matters.take_step(
        measure.matter,
        MEASURE,
        name,
        note=note,
        facts=steps.measure_facts(measure),
        called=_measure_called(measure),
        answering=steps.answering_for(measure),
    )
    return measure


@action
def correct_measure(measure: Measure, *, by: Actor, at: datetime, note: str = "") -> Measure:
    """Correct (更正) the last step on a measure: see `matters.correct_last`."""
    matters.correct_last(measure.matter, {"round": MEASURE}, note=note, called=_measure_called(measure))
    return measure


def _called(problem: Problem) -> str:
    return f"第{problem.number}项{problem.title}"


def _measure_called(measure: Measure) -> str:
    return f"措施“{measure.text[:CALLED]}”"
