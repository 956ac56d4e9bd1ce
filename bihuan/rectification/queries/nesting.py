"""A lower plan beside the city's: the measures of both, their differences, and what was said to explain them.

Hides how a row becomes a promise, and which units are a plan's own.
"""

from collections.abc import Collection, Iterator

from bihuan.core import clock
from bihuan.matters.models import Duty
from bihuan.organisation.models import Unit
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.models import Measure, Plan, PlanRemark, Problem
from bihuan.rectification.rules import nesting as rules
from bihuan.rectification.rules.editions import Count
from bihuan.rectification.rules.nesting import Finding, Promise


def own_units(unit: int, city: str) -> frozenset[int]:
    """The ids of a unit and of all below it today."""
    return scope.below(city, clock.today()).get(unit, frozenset({unit}))


def measures_in(plan: Plan) -> list[Measure]:
    """The living measures of a plan with all that a promise says."""
    rows = Measure.objects.filter(plan=plan, matter__is_withdrawn=False)
    rows = rows.select_related("matter", "problem__matter", "campaign", "carries_out__matter", "plan__unit")
    return [*rows.prefetch_related("indicators").order_by("problem__number", "campaign__number", "number", "pk")]


def called(measure: Measure) -> str:
    """How a measure is called within its plan: 第8项措施2."""
    above = f"第{measure.problem.number}项" if measure.problem else ""
    return f"{above or (f'举措{measure.campaign.number}' if measure.campaign else '')}措施{measure.number}"


def promises(measures: Collection[Measure]) -> list[Promise]:
    """These measures as promises; where one names no unit, its problem's answer for it."""
    matters = {one.matter_id for one in measures} | {one.problem.matter_id for one in measures if one.problem}
    duties = Duty.objects.filter(matter__in=matters, is_ended=False, unit__isnull=False, role__in=rules.BEARING)
    borne: dict[int, dict[int, str]] = {}
    for duty in duties.select_related("unit").order_by("pk"):
        borne.setdefault(duty.matter_id, {})[duty.unit_id or 0] = str(duty.unit)
    return [
        Promise(
            one.matter.code,
            called(one),
            one.text,
            one.matter.due_on,
            borne.get(one.matter_id) or borne.get(one.problem.matter_id if one.problem else 0, {}),
            tuple(_counts(one)),
            one.carries_out.matter.code if one.carries_out else "",
            _problem(one),
        )
        for one in measures
    ]


def _problem(measure: Measure) -> int:
    """The number of its problem in the city's plan."""
    of = measure.problem
    if of is None:
        return 0
    return rules.problem_above(of.upper_number, of.title) if measure.plan.is_lower else of.number


def _counts(measure: Measure) -> Iterator[Count]:
    for mark in measure.indicators.all():
        if not mark.is_withdrawn:
            is_falling = mark.baseline is not None and mark.baseline > mark.target
            yield Count(mark.name, mark.measured_in, mark.target, is_falling)


def bearing(row: Problem | Measure, role: DutyRole) -> list[int]:
    """The ids of the units that bear a role on a problem or a measure, the first lead first."""
    rows = Duty.objects.filter(matter=row.matter, role=role, is_ended=False, unit__isnull=False)
    return [*rows.order_by("-is_first", "pk").values_list("unit", flat=True)]


def bearers_for(row: Problem | Measure) -> list[Unit]:
    """The units that may bear a problem or a measure of a lower plan: its own ones, and those that stand there."""
    roles = (*bearing(row, DutyRole.LEAD), *bearing(row, DutyRole.RESPONSIBLE))
    units = Unit.objects.filter(pk__in={*own_units(row.plan.unit_id, row.city), *roles})
    return [*units.select_related("region").order_by("region__code", "pk")]


def difference(kind: str, code: str, words: str) -> Finding:
    """A difference as somebody names it: which, and in which words he read it."""
    return Finding(kind, code, "", words)


def both(plan: Plan) -> tuple[list[Promise], list[Promise]]:
    """The measures of the plan above that name a unit of this plan's, and this plan's own."""
    if plan.parent is None:
        return [], []
    own = own_units(plan.unit_id, plan.city)
    above = [one for one in promises(measures_in(plan.parent)) if own & one.units.keys()]
    return above, promises(measures_in(plan))


def explained(plan: Plan) -> list[tuple[Finding, PlanRemark | None]]:
    """Every difference of a lower plan from the one above, each with what explains it as it stands."""
    if plan.parent_id is None:
        return []
    above, below = both(plan)
    remarks = PlanRemark.objects.filter(plan=plan, is_withdrawn=False).select_related("person")
    said = {(one.subject, one.digest): one for one in remarks}
    found = rules.findings(above, below, own_units(plan.unit_id, plan.city))
    return [(one, said.get((one.subject, one.digest))) for one in found]
