"""The parts of measures as somebody may read them, and who may be given one."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from bihuan.core.actor import Actor
from bihuan.lib.quantity import plain
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import scope
from bihuan.rectification.models import Assignment, Measure
from bihuan.rectification.queries import sight, steps
from bihuan.rectification.rules import sharing as rules
from bihuan.rectification.rules.sharing import Balance

_SHARED = Exists(Assignment.objects.filter(measure=OuterRef("pk"), is_ended=False))
_PARTS = Assignment.objects.filter(is_ended=False).select_related("indicator", "person", "post__unit").order_by("pk")
PARTS = Prefetch("shared__assignments", _PARTS, to_attr="parts")
NOBODYS = (Prefetch("measures", Measure.objects.none(), to_attr="shared"), PARTS)
"""What `hands` reads, for nobody: a ledger without its reader tells no part."""


def brought_for(by: Actor) -> tuple[Any, ...]:
    """What `hands` reads: the measures in this reader's scope that were broken down, with their parts."""
    return (Prefetch("measures", sight.measures_seen(by).filter(_SHARED), to_attr="shared"), PARTS)


def hands(problem: Any) -> str:
    """In whose hands the parts of a problem's measures are, one after the other. Asks nothing: the problem comes with
    what `brought_for` its reader names.
    """
    return "；".join(f"措施{one.number}{_hand(part)}" for one in problem.shared for part in one.parts)


def _hand(part: Assignment) -> str:
    unit = part.indicator.measured_in if part.indicator else ""
    quantity = f"，{plain(part.quantity)}{unit}" if part.quantity is not None else ""
    return f"“{part.project}”{part.post.unit}{part.post.title}{part.person}{quantity}"


def parts_of(measure: Measure) -> QuerySet[Assignment]:
    """The parts of a measure that hold, in the order in which they were given."""
    rows = Assignment.objects.filter(measure=measure, is_ended=False)
    return rows.select_related("indicator", "person", "post__unit", "measure__matter").order_by("pk")


def parts_for(by: Actor, person: int) -> QuerySet[Assignment]:
    """What one person answers for, of the measures in this reader's scope."""
    seen = sight.measures_seen(by).order_by().values("pk")
    rows = Assignment.objects.filter(person=person, is_ended=False, measure__in=seen)
    return rows.select_related("indicator", "post__unit", "measure__matter").order_by("due_on", "pk")


def balances_of(measure: Measure) -> list[Balance]:
    """Each indicator of which a part was given, against the sum of its parts."""
    wanted = {
        one.pk: rules.wanted_of(one.name, one.measured_in, one.baseline, one.target)
        for one in measure.indicators.filter(is_withdrawn=False).order_by("pk")
    }
    return rules.balances(wanted, [(one.indicator_id, one.quantity, one.done) for one in parts_of(measure)])


def may_share(measure: Measure, by: Actor) -> bool:
    """Whether this person may break the measure down."""
    return bool(scope.capacities(by, steps.answering_for(measure)) & rules.SHARERS)


def seats(measure: Measure, day: date) -> QuerySet[Appointment]:
    """The appointments of that day in the units that answer for a measure, or below them: who may be given a part."""
    under = scope.below(measure.city, day)
    units = {one.unit for one in steps.answering_for(measure) if one.unit is not None}
    own = frozenset[int]().union(*(under.get(unit, frozenset({unit})) for unit in units))
    rows = Appointment.objects.filter(scope.in_force(day), city=measure.city, post__unit__in=own)
    return rows.select_related("person", "post__unit").order_by("post__unit_id", "pk")
