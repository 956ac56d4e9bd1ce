"""What every import's page offers: the steps of its lifecycle, and an answer to one of its doubts."""

from typing import Any

from django.shortcuts import get_object_or_404

from bihuan.core import moving
from bihuan.core.actor import Actor
from bihuan.gate import papers
from bihuan.gate.answers import deed
from bihuan.gate.policy import Asked
from bihuan.intake.queries import drafting, sight
from bihuan.intake.rules.lifecycle import INTAKE
from bihuan.lib.quantity import whole
from bihuan.organisation.queries import scope


def offered(by: Actor, intake: Any) -> list[dict[str, Any]]:
    """The steps that this actor sees on an import."""
    able = scope.capacities(by, ())
    return [
        {
            "name": offer.name,
            "label": offer.label,
            "refusal": offer.refusal,
            "is_main": offer.name == "commit",
            "note_required": offer.note_required,
        }
        for offer in moving.offers(INTAKE, intake, able, sight.intake_facts(intake))
    ]


def answer(request: Asked, intake: Any) -> None:
    """Give the answer that was sent: one of the choices, or what was written. Refuses none at all."""
    doubt = get_object_or_404(drafting.doubts_of(intake), pk=whole(request.POST.get("doubt")) or 0)
    place, seen = whole(request.POST.get("choice", ""), most=len(doubt.choices) - 1), whole(request.POST.get("seen"))
    papers.answer(doubt, place, request.POST.get("other", ""), seen=seen, **deed(request))
