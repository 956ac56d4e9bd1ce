"""What leaders let pass by name, over the API: the register of what is in sight, and letting something pass."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.writing import SAYS, WRITES, Key, Match, Words, deed, hold, once
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.rectification.actions import exemptions as actions
from bihuan.rectification.queries import called, exemptions
from bihuan.rectification.rules.exemptions import LABELS

TAGS = ["验收销号"]


class ExemptionLine(Schema):
    """A missing item, or a condition not met, that a leader let pass."""

    code: str
    round: int
    what: shapes.Named
    name: str
    post: str
    passed_at: datetime
    reason: str


class ExemptionAsked(Schema, extra="forbid"):
    """What to let pass (the key of an item or of a condition), and why."""

    what: str = Field(max_length=30)
    reason: Words
    version: int | None = Field(None, ge=0, le=MOST)


@operation("GET", "/exemptions", "api_exemptions", "破例放行登记", list[ExemptionLine], who=(BUSINESS,), tags=TAGS)
def register(request: Asked) -> Any:
    """Everything that was let pass on the problems in sight, newest first."""
    return [
        {
            "code": one.matter.code,
            "round": one.round_number,
            "what": {"name": one.what, "label": LABELS[one.what]},
            **{name: getattr(one, name) for name in ("name", "post", "passed_at", "reason")},
        }
        for one in exemptions.register(request.actor)
    ]


@operation(
    "POST",
    "/problems/{slug:code}/exemptions",
    "api_exempt",
    "破例放行一项",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def exempt(request: Asked, code: str, asked: ExemptionAsked, key: Key, match: Match) -> Any:
    """Let one missing item, or one condition answered with no, pass on a problem."""
    row = or_404(called.problem(request.actor, code))
    hold(request, row.matter, match, asked.version, key)
    _, is_repeated = once(lambda: actions.exempt(row, asked.what, asked.reason, **deed(request, key)))
    return {"done": "已放行，记在您的名下。", "is_repeated": is_repeated, "code": code}
