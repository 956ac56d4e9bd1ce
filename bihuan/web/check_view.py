"""Field checks as the pages of problems and of petitions draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bihuan.core.clock import SHANGHAI
from bihuan.matters.queries import work

if TYPE_CHECKING:
    from bihuan.matters.models import FieldCheck, Matter


def lines(matter: Matter) -> list[dict[str, Any]]:
    """The field checks of a matter as parts/checks.html draws them, newest first, of every round."""
    return [_check(one) for one in work.checks_of(matter)]


def _check(check: FieldCheck) -> dict[str, Any]:
    return {
        "title": f"{check.kind}（{'县级' if check.level == 'county' else '市级'}）",
        "when": check.checked_at.astimezone(SHANGHAI),
        "unit": str(check.unit or ""),
        "team": "、".join(check.team),
        "place": check.place,
        "position": f"{check.latitude:.5f}, {check.longitude:.5f}（{check.datum}）"
        if check.latitude is not None
        else "",
        "received_by": check.received_by,
        "is_signed": check.signature_id is not None,
        "findings": check.findings,
        "opinion": check.opinion,
        "disagreement": check.disagreement,
        "demand": check.demand,
        "demand_due_on": check.demand_due_on,
        "verdicts": [(one.matter.code, one.verdict, one.words) for one in check.checked.all() if not one.is_ended],
        "round": check.round_number,
    }
