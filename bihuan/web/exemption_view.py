"""What leaders let pass, as its pages draw it: on one problem's file for acceptance, and as a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.rectification.queries import exemptions
from bihuan.rectification.rules.exemptions import LABELS

if TYPE_CHECKING:
    from bihuan.rectification.models import Exemption, Problem


def of_problem(problem: Problem, by: Actor) -> dict[str, Any]:
    """What was let pass on a problem, and what this actor may let pass: [(key, label)], empty where nothing."""
    may_exempt = exemptions.may_exempt(problem, by)
    return {
        "rows": [_row(one) for one in exemptions.exemptions_of(problem.matter)],
        "missing": [*exemptions.missing(problem).items()] if may_exempt else [],
    }


def _row(one: Exemption) -> dict[str, Any]:
    return {
        "what": LABELS[one.what],
        "who": f"{one.name} {one.post}".strip(),
        "at": one.passed_at,
        "reason": one.reason,
        "round": one.round_number,
    }


def register(by: Actor, most: int) -> dict[str, Any]:
    """What rectification/exemption_list.html draws."""
    found = [*exemptions.register(by)]
    return {
        "count": len(found),
        "leaders": exemptions.by_leader(found),
        "rows": [
            {
                **_row(one),
                "title": one.matter.problem.title,
                "code": one.matter.code,
                "url": reverse("acceptance_detail", args=[one.matter.code]),
            }
            for one in found[:most]
        ],
    }
