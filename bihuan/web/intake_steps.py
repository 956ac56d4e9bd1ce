"""What every import's page offers: the steps of its lifecycle, and an answer to one of its doubts."""

from typing import Any

from django.shortcuts import get_object_or_404

from bihuan.core import moving
from bihuan.gate.answers import deed
from bihuan.gate.policy import Asked
from bihuan.intake import actions
from bihuan.intake.queries import drafting, sight
from bihuan.intake.rules.lifecycle import INTAKE
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.organisation.queries import scope

STEPS = {
    "commit": (actions.commit_intake, "已写入台账。"),
    "discard": (actions.discard_intake, "已放弃，台账没有动。"),
    "withdraw": (actions.withdraw_intake, "已整批撤回；这次新增的编号不再使用，改过的恢复原值。"),
}


def offered(request: Asked, intake: Any) -> list[dict[str, Any]]:
    """The steps that this actor sees on an import."""
    able = scope.capacities(request.actor, ())
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
    choice, other = request.POST.get("choice", ""), request.POST.get("other", "").strip()
    place, seen = whole(choice, most=len(doubt.choices) - 1), whole(request.POST.get("seen"))
    if place is not None:
        chosen = doubt.choices[place]
        actions.answer_doubt(doubt, chosen["value"], label=str(chosen["label"]), seen=seen, **deed(request))
    elif other:
        actions.answer_doubt(doubt, other, label=other, seen=seen, **deed(request))
    else:
        raise Refused("请选一项，或写明答复。")
