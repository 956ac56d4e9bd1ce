"""Putting facts of a problem or a measure right by hand (改台账): what the office may change, while it still may."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.models import Matter
from bihuan.matters.rules.settling import Settled
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity, DutyRole
from bihuan.rectification.actions.plan import index_measures, index_problems
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries import steps
from bihuan.rectification.rules import facts as rules
from bihuan.rectification.rules.problem import ProblemState

OFFICE = frozenset({Capacity.OFFICE, Capacity.OFFICE_HEAD})
NOT_YOURS = "只有市整改办综合协调组或主任可以改台账。"


@action
def change_problem(problem: Problem, facts: Mapping[str, Any], *, by: Actor, at: datetime, note: str = "") -> Problem:
    """Set facts of a problem: {fact: value}, a `Settled` deadline, the units of a role (ids), or words.

    What is not named stays. Refuses everybody but the office, a fact that its state no longer lets change, and a change
    that changes nothing. A first deadline follows while the problem is a draft, and never after.
    """
    turn = matter_queries.locked_round(problem.matter)
    problem.matter = turn.matter
    state = problem.matter.state
    _refuse(by, facts, lambda fact: rules.problem_shut(fact, state))
    own = {name: facts[name] for name in rules.PROBLEM_FACTS if name in facts}
    _settle(problem, facts, own, note, is_draft=state == ProblemState.DRAFT)
    index_problems([problem])
    return problem


@action
def change_measure(measure: Measure, facts: Mapping[str, Any], *, by: Actor, at: datetime, note: str = "") -> Measure:
    """As `change_problem`, of a measure."""
    steps.locked(measure)
    above = measure.problem.matter.state if measure.problem else ""
    _refuse(by, facts, lambda fact: rules.measure_shut(fact, measure.matter.state, above))
    own = {name: facts[name] for name in rules.MEASURE_FACTS if name in facts}
    _settle(measure, facts, own, note, is_draft=above in rules.OPEN)
    index_measures([measure])
    return measure


def _refuse(by: Actor, facts: Mapping[str, Any], shut: Callable[[str], str]) -> None:
    if not scope.capacities(by, ()) & OFFICE:
        raise Refused(NOT_YOURS)
    for fact in facts:
        if refusal := shut(fact):
            raise Refused(refusal)


def _settle(
    row: Problem | Measure, facts: Mapping[str, Any], own: dict[str, Any], note: str, *, is_draft: bool
) -> None:
    before = len(audit.deed().entries)
    settled: Settled | None = facts.get("deadline")
    if settled is not None:
        own |= {"deadline_kind": settled.kind} | ({"deadline_raw": settled.words[:200]} if settled.words else {})
        _settle_day(row.matter, settled, note, is_draft=is_draft)
    said = own.keys() | ({"deadline"} if "deadline_raw" in own else set())
    spans = {
        name: span for name, span in row.spans.items() if name not in said
    }  # it no longer says what the paper says
    audit.change(row, because=note, spans=spans, **own)
    for role in DutyRole:
        if role.value in facts:
            matters.exchange_bearers(row.matter, role, facts[role.value], because=note)
    if len(audit.deed().entries) == before:
        raise Refused("没有改动，不用存。")


def _settle_day(matter: Matter, settled: Settled, note: str, *, is_draft: bool) -> None:
    first: dict[str, Any] = {"first_due_on": settled.on} if is_draft or matter.first_due_on is None else {}
    audit.change(matter, because=note, due_on=settled.on, **first)
