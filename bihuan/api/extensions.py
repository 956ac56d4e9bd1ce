"""Extensions of deadlines over the API, as their page tells them."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from ninja import Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.matters.rules.extension import EXTENSION
from bihuan.rectification.queries import proofs

TAGS = ["延期"]


class ExtensionLine(Schema):
    """An extension of a deadline: from which day to which, why, what is done until then, and who may do what."""

    id: int
    old_due_on: date
    new_due_on: date
    reason: str
    steps: str
    state: str
    applied_at: datetime
    approved_on: date | None
    moves: list[shapes.Step]


@operation(
    "GET", "/extensions/{slug:code}", "api_extensions", "一件的延期", list[ExtensionLine], who=(BUSINESS,), tags=TAGS
)
def extensions(request: Asked, code: str) -> Any:
    """The extensions of one problem or measure, the last one first."""
    subject = proofs.subject_of(request.actor, code)
    if subject is None:
        raise Http404
    plain = ("old_due_on", "new_due_on", "reason", "steps", "applied_at", "approved_on")
    return [
        {
            "id": row.pk,
            **{name: getattr(row, name) for name in plain},
            "state": EXTENSION.label(row.state),
            "moves": shapes.steps(proofs.extension_offers(subject, row, request.actor)),
        }
        for row in proofs.extensions_of(subject)
    ]
