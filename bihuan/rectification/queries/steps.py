"""The steps that somebody sees on a problem or a measure, and the facts that they ask for."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from bihuan.core import moving
from bihuan.core.actor import Actor
from bihuan.lib.flow import Flow, Offer
from bihuan.lib.reading.deadlines import WITHOUT_DAY
from bihuan.matters import queries as matters
from bihuan.matters.models import Matter
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Answering, DutyRole
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries.facts import MeasureFacts, ProblemFacts
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.plan import not_in_force
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM


def flow_of(problem: Problem) -> Flow:
    """The lifecycle that was fixed for the problem when it was issued; until then the rule set's."""
    publish_first = problem.matter.inspection.rule_set.is_publish_first
    variant = matters.last_round(problem.matter).variant
    return PROBLEM[variant or ("publish_first" if publish_first else ACCEPT_FIRST)]


def why_not_issued(draft: Any) -> str:
    """Why a draft may not be handed over yet, or "". Asks nothing: the draft comes from `problems_for`."""
    roles = [duty.role for duty in draft.matter.bearers]
    facts = SimpleNamespace(
        plan_state=not_in_force(draft.plan.state),
        lead_units=roles.count(DutyRole.LEAD),
        first_responsible=roles.count(DutyRole.FIRST_RESPONSIBLE),
        is_deadline_settled=draft.matter.due_on is not None or draft.deadline_kind in WITHOUT_DAY,
        measures=draft.measure_count,
    )
    conditions = PROBLEM[ACCEPT_FIRST].rows("issue")[0].conditions
    return next((missing for one in conditions if (missing := one.objection(facts))), "")


def answering_for(measure: Measure) -> tuple[Answering, ...]:
    """Who answers for a measure: its own bearers, and where it names no lead, those who lead its problem."""
    own = matters.answering(measure.matter)
    if measure.problem is None or any(duty.role == DutyRole.LEAD for duty in own):
        return own
    return (*own, *(duty for duty in matters.answering(measure.problem.matter) if duty.role == DutyRole.LEAD))


def locked(measure: Measure) -> Matter:
    """Inside an action: a measure's matter as it stands; whoever acts on it or on its problem waits until this is done.

    The problem is locked first, as its own steps do: it is not closed while something is put on one of its measures.
    """
    if measure.problem is not None:
        measure.problem.matter = matters.locked_round(measure.problem.matter).matter
    measure.matter = matters.locked_round(measure.matter).matter
    return measure.matter


def problem_offers(problem: Problem, by: Actor, today: date) -> tuple[Offer, ...]:
    """The steps that this actor sees on a problem, each with why not yet."""
    able = scope.capacities(by, matters.answering(problem.matter))
    offered = moving.offers(flow_of(problem), problem.matter, able, ProblemFacts(problem, today))
    flows = {"round": flow_of(problem)}
    return (*offered, *matters.corrections(problem.matter, flows, by, measures_of(problem)))


def measure_offers(measure: Measure, by: Actor) -> tuple[Offer, ...]:
    """The steps that this actor sees on a measure, each with why not yet."""
    able = scope.capacities(by, answering_for(measure))
    offered = moving.offers(MEASURE, measure.matter, able, MeasureFacts(measure))
    return (*offered, *matters.corrections(measure.matter, {"round": MEASURE}, by, ()))


def measures_of(problem: Problem) -> list[str]:
    """The codes of a problem's measures: a step of theirs builds on its last step."""
    return [*Matter.objects.filter(measure__problem=problem, is_withdrawn=False).values_list("code", flat=True)]
