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

CAME_IN = frozenset(drafting.WRITABLE) - {"returned"}
"""The kinds of papers that come in and are written; a ledger of ours that comes back is none."""
IMPORTERS = (Role.COORDINATION, Role.OFFICE_HEAD, Role.PETITION_DESK)


@dataclass(frozen=True, slots=True)
class Balance:
    """Papers written and waiting to be; of the written: the rows that were read, and those that are accounted for.

    A ledger of ours that came back is no paper that came in; `back` are those that wait to be written.
    """

    papers: int
    waiting: int
    back: int
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
    """Inspections, each with what came of its papers (`papers`, `waiting`, `back`, `read`, `settled`: see `Balance`).

    It costs no query of its own. Those who do not take papers in are told of none.
    """
    if not scope.has_role(by, IMPORTERS):
        return inspections
    written = Q(intakes__state=IntakeState.COMMITTED, intakes__kind__in=CAME_IN)
    unwritten = Q(intakes__state=IntakeState.PREVIEWED, intakes__kind__in=CAME_IN)
    returned = Q(intakes__state=IntakeState.PREVIEWED, intakes__kind="returned")
    settled = sum(
        (F(f"intakes__rows_{name}") for name in ("changed", "same", "refused", "joined")), F("intakes__rows_created")
    )
    return inspections.annotate(
        papers=Count("intakes", filter=written),
        waiting=Count("intakes", filter=unwritten),
        back=Count("intakes", filter=returned),
        read=Sum("intakes__rows_read", filter=written, default=0),
        settled=Sum(settled, filter=written, default=0),
    )


def balance_of(inspections: Sequence[Any]) -> Balance | None:
    """The sum of these inspections' papers; None where they were fetched without it, or none came in."""
    counted = [one for one in inspections if hasattr(one, "papers") and one.papers + one.waiting + one.back]
    sums = {name: sum(getattr(one, name) for one in counted) for name in Balance.__slots__}
    return Balance(**sums) if counted else None
