"""What was signed off, and came back, in somebody's scope: the records behind the counts of `rules.rebounds`."""

from datetime import date
from typing import Any

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.matters.models import Duty, Signature, TakenOver
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import sight
from bihuan.rectification.rules.problem import CLOSING
from bihuan.rectification.rules.rebounds import NOBODY, Named, SignedOff

_ACCEPTING = ("accept", "sustain")
_TAKEN_AS = ("已销号", "已备案", "长期坚持")


def signed_off(by: Actor) -> list[SignedOff]:
    """Every round of a problem in this actor's scope that was signed off or became long-term, the newest first; what
    came closed from another ledger is one too, accepted by nobody here.
    """
    seen = sight.problems_seen(by).order_by()
    problems = {one.matter_id: one for one in seen.select_related("matter")}
    within = seen.values("matter")
    leading = _leading(within)
    taken = TakenOver.objects.filter(matter__in=within, is_withdrawn=False, standing__in=_TAKEN_AS)
    closed: dict[tuple[int, int], date | None] = {
        (matter, 1): day for matter, day in taken.values_list("matter_id", "closed_on")
    }
    signatures = Signature.objects.filter(matter__in=within, is_ended=False, step__in={*CLOSING, *_ACCEPTING})
    accepted: dict[tuple[int, int], Named] = {}
    for one in signatures.order_by("pk"):
        turn = one.matter_id, one.round_number
        if one.step in CLOSING:
            closed[turn] = day_of(one.signed_at)
        if one.step in _ACCEPTING:
            accepted[turn] = Named(one.person_id, one.name)
    found = [
        _record(problems[matter], number, day, leading.get(matter, ()), accepted.get((matter, number), NOBODY))
        for (matter, number), day in closed.items()
    ]
    return sorted(found, key=lambda one: (one.closed_on or date.min, one.code), reverse=True)


def _record(problem: Problem, number: int, day: date | None, units: tuple[Named, ...], signer: Named) -> SignedOff:
    is_rebounded = problem.matter.round_number > number
    return SignedOff(problem.matter.code, problem.title, number, day, units, signer, is_rebounded)


def _leading(within: Any) -> dict[int, tuple[Named, ...]]:
    duties = Duty.objects.filter(matter__in=within, role=DutyRole.LEAD, is_ended=False, unit__isnull=False)
    leading: dict[int, tuple[Named, ...]] = {}
    for matter, unit, name in duties.order_by("-is_first", "pk").values_list("matter_id", "unit_id", "unit__name"):
        leading[matter] = (*leading.get(matter, ()), Named(unit, name))
    return leading
