"""What units of the sample city write beside their plans: a measure broken down, and why a county's plan differs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import nesting, sharing
from bihuan.rectification.actions.sharing import Part
from bihuan.rectification.queries import nesting as differences
from bihuan.rectification.queries import plans, sight
from bihuan.rectification.queries import sharing as shared
from bihuan.rectification.rules.nesting import LATER

if TYPE_CHECKING:
    from bihuan.core.actor import Actor

AT, DONE_AT = datetime(2022, 8, 12, 2, 0, tzinfo=UTC), datetime(2022, 9, 28, 8, 0, tzinfo=UTC)
PARTS = (("河间市城区自备井封填", 12, date(2022, 9, 30)), ("献县城区自备井封填", 5, date(2022, 10, 15)))
WHY = "9眼井中有1眼在用的人饮备用井，替代水源管网11月中旬通水后才能封填，已报市水利局知悉。"


def break_down(doer: Actor, number: int) -> None:
    """Break the measure of a problem that counts something down to whoever reports for the unit that works on it."""
    rows = sight.measures_for(doer).filter(problem__number=number, indicators__isnull=False, plan__parent=None)
    measure = rows.order_by("number").first()
    if measure is None:
        return
    mark = measure.indicators.filter(is_withdrawn=False).order_by("pk")[0]
    own = scope.units_held_as(doer, Role.UNIT_APPROVER)
    seat = shared.seats(measure, AT.date()).filter(role=Role.REPORTER, post__unit__in=own).first()
    if seat is None:
        return
    for project, quantity, due_on in PARTS:
        part = Part(project, seat.pk, mark.pk, Decimal(quantity), due_on, stage="在建")
        row = sharing.assign_part(measure, part, by=doer, at=AT)
        if due_on == PARTS[0][2]:
            sharing.note_done(row, Decimal(quantity), by=doer, at=DONE_AT)


def explain(writer: Actor) -> None:
    """Explain the first later deadline of the plan that this person writes."""
    for plan in plans.plans_for(writer):
        if plan.is_lower and plans.may_write(plan, writer):
            for one, _ in differences.explained(plan):
                if one.kind == LATER:
                    nesting.explain_difference(plan, one.subject, one.digest, WHY, by=writer, at=AT)
                    return
