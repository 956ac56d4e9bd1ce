"""Intakes and their doubts as somebody may see them; what an open doubt forbids; whether rows are accounted for."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.core.examine import Finding
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.organisation import queries as organisation
from bihuan.organisation.rules.duties import Role

IMPORTERS = (Role.COORDINATION, Role.OFFICE_HEAD, Role.PETITION_DESK)
COMMITTED = "committed"


def intakes_for(by: Actor) -> QuerySet[Intake]:
    """The intakes of the city, newest first; only the office takes papers in."""
    if not organisation.has_role(by, IMPORTERS):
        return Intake.objects.none()
    return Intake.objects.filter(city=by.city).select_related("inspection", "file", "unit").order_by("-pk")


def unanswered_doubts(turn: Any) -> str:
    """Why a matter may not be handed over while a question of its import stands open, or "".

    `turn` is the round (or the matter) that would move.
    """
    matter = getattr(turn, "matter", turn)
    record = getattr(matter, "problem", None) or getattr(matter, "petition", None)
    if matter.intake_id is None or record is None:
        return ""
    count = IntakeDoubt.objects.filter(
        intake_id=matter.intake_id, record_key=record.record_key, answer__isnull=True
    ).count()
    return f"导入时还有{count}处存疑没有答复。" if count else ""


def open_doubts(city: str) -> QuerySet[IntakeDoubt]:
    """The questions of committed intakes that nobody has answered."""
    return (
        IntakeDoubt.objects.filter(city=city, intake__state=COMMITTED, answer__isnull=True)
        .select_related("intake")
        .order_by("intake_id", "number")
    )


def rows_accounted_for() -> Iterator[Finding]:
    """I6: of every committed intake, rows read = created + changed + same + refused."""
    for intake in Intake.objects.filter(state=COMMITTED):
        settled = intake.rows_created + intake.rows_changed + intake.rows_same + intake.rows_refused
        if intake.rows_read != settled:
            yield Finding("I6", f"导入 {intake.title}", f"读到{intake.rows_read}行，入账{settled}行。")


def every_open_doubt() -> QuerySet[IntakeDoubt]:
    """The open questions of every city, for the examination."""
    return (
        IntakeDoubt.objects.filter(intake__state=COMMITTED, answer__isnull=True)
        .select_related("intake")
        .order_by("intake_id", "number")
    )
