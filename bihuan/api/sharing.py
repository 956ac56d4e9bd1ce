"""The parts of a measure over the API, as their page tells them."""

from datetime import date
from decimal import Decimal
from typing import Any

from ninja import Schema

from bihuan.api.door import operation
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.rectification.queries import called, sharing

TAGS = ["任务分解"]


class Part(Schema):
    """A part of a measure: on which project, in which post, by whom, how much of which indicator, by when."""

    id: int
    project: str
    stage: str
    investment_wan: Decimal | None
    post: str
    person: str
    indicator: str
    quantity: Decimal | None
    done: Decimal | None
    due_on: date | None


class Parts(Schema):
    """The parts of a measure, and each indicator's sum in words."""

    parts: list[Part]
    balances: list[str]


@operation(
    "GET", "/measures/{slug:code}/assignments", "api_assignments", "措施的任务分解", Parts, who=(BUSINESS,), tags=TAGS
)
def assignments(request: Asked, code: str) -> Any:
    """The parts of one measure."""
    measure = or_404(called.measure(request.actor, code))
    plain = ("project", "stage", "investment_wan", "quantity", "done", "due_on")
    return {
        "balances": [one.sentence for one in sharing.balances_of(measure)],
        "parts": [
            {
                "id": one.pk,
                **{name: getattr(one, name) for name in plain},
                "post": str(one.post),
                "person": str(one.person),
                "indicator": one.indicator.name if one.indicator else "",
            }
            for one in sharing.parts_of(measure)
        ],
    }
