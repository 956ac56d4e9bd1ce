"""Intakes as somebody may see them, and the balance of an inspection's papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from bihuan.core import correction
from bihuan.core.actor import Actor
from bihuan.intake.models import Intake
from bihuan.intake.queries import drafting
from bihuan.intake.rules.lifecycle import IntakeFacts, IntakeState
from bihuan.matters.models import Inspection
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role

IMPORTERS = (Role.COORDINATION, Role.OFFICE_HEAD, Role.PETITION_DESK)


@dataclass(frozen=True, slots=True)
class Balance:
    """Papers written and waiting to be; of the written: the rows that were read, and those that are accounted for."""

    papers: int
    waiting: int
    read: int
    settled: int


def intakes_for(by: Actor) -> QuerySet[Intake]:
    """The intakes of the city, newest first; only the office takes papers in."""
    if not scope.has_role(by, IMPORTERS):
        return Intake.objects.none()
    return (
        Intake.objects.filter(city=by.city).select_related("inspection", "file", "understood", "unit").order_by("-pk")
    )


def intake_facts(intake: Intake) -> IntakeFacts:
    """What an intake's steps ask."""
    touched = correction.built_upon(intake.deed) if intake.deed else ()
    undecided, joined = drafting.undecided(intake) if intake.state == IntakeState.PREVIEWED else (0, 0)
    return IntakeFacts(intake.rows_read, len(touched), undecided, joined)


def with_balance(inspections: QuerySet[Inspection], by: Actor) -> QuerySet[Inspection]:
    """Inspections, each with what came of its papers (`papers`, `waiting`, `read`, `settled`: see `Balance`).

    It costs no query of its own. Those who do not take papers in are told of none.
    """
    if not scope.has_role(by, IMPORTERS):
        return inspections
    written = Q(intakes__state=IntakeState.COMMITTED)
    unwritten = Q(intakes__state=IntakeState.PREVIEWED, intakes__kind__in=drafting.WRITABLE)
    settled = sum(
        (F(f"intakes__rows_{name}") for name in ("changed", "same", "refused", "joined")), F("intakes__rows_created")
    )
    return inspections.annotate(
        papers=Count("intakes", filter=written),
        waiting=Count("intakes", filter=unwritten),
        read=Sum("intakes__rows_read", filter=written, default=0),
        settled=Sum(settled, filter=written, default=0),
    )


def balance_of(inspections: Sequence[Any]) -> Balance | None:
    """The sum of these inspections' papers; None where they were fetched without it, or none came in."""
    counted = [one for one in inspections if hasattr(one, "papers") and one.papers + one.waiting]
    sums = {name: sum(getattr(one, name) for one in counted) for name in Balance.__slots__}
    return Balance(**sums) if counted else None
