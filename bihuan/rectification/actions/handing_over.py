"""Steps of problems and measures: 下达, 签收, 退回交办, 启动 and whatever the tables offer."""

from datetime import datetime
from typing import Any

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.matters import actions as matters
from bihuan.rectification import queries
from bihuan.rectification.models import Measure, Problem
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
        queries.flow_of(problem),
        name,
        note=note,
        facts=queries.problem_facts(problem, day_of(at)),
        called=f"第{problem.number}项{problem.title}",
        facts_of_round=set_on_round.get(name),
    )
    return problem


@action
def move_measure(measure: Measure, name: str, *, by: Actor, at: datetime, note: str = "") -> Measure:
    """Take one step of a measure's lifecycle, or refuse with the sentence why not."""
    matters.take_step(
        measure.matter,
        MEASURE,
        name,
        note=note,
        facts=queries.measure_facts(measure),
        called=f"措施“{measure.text[:CALLED]}”",
        answering=queries.answering_for(measure),
    )
    return measure
