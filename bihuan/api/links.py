"""Links between matters (关联事项) over the API: those of which one sees both ends, one made, one ended."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.writing import Key, Words, deed, once
from bihuan.gate import proofs
from bihuan.gate.answers import or_404
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import MOST
from bihuan.rectification.actions import linking as actions
from bihuan.rectification.queries import linking

TAGS = ["关联事项"]
SAYS = "要带 Idempotency-Key。一头是信访件，另一头是整改问题或措施；市整改办，或两件都归本县的县整改办。"


class LinkLine(Schema):
    """A link that stands: its id, the other matter's code, the word for it, why, by whom and when."""

    id: int
    other: str
    kind: str
    reason: str
    by: str
    at: datetime


class LinkAsked(Schema, extra="forbid"):
    """The other matter, the word for it, and why."""

    other: str = Field(max_length=24)
    kind: Literal["同一问题", "同一对象", "同一地点", "整改不到位", "其他"]
    reason: str = Field(min_length=1, max_length=300)


class LinkEnded(Schema, extra="forbid"):
    """Which link ends, and why."""

    id: int = Field(ge=0, le=MOST)
    note: Words


@operation("GET", "/links/{slug:code}", "api_links", "一件的关联事项", list[LinkLine], who=(BUSINESS,), tags=TAGS)
def links(request: Asked, code: str) -> Any:
    """The links of a problem, measure or petition of which this person may read both ends."""
    subject: Any = or_404(proofs.subject_of(request.actor, code))
    return [
        {
            "id": one.pk,
            "other": linking.other_end(one, subject.matter).code,
            "kind": one.kind,
            "reason": one.reason,
            "by": str(one.linked_by or ""),
            "at": one.linked_at,
        }
        for one in linking.links_for(request.actor, subject.matter)
        if not one.is_ended
    ]


@operation(
    "POST",
    "/links/{slug:code}",
    "api_links",
    "关联另一件",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def link(request: Asked, code: str, asked: LinkAsked, key: Key) -> Any:
    """Link a matter with another one."""
    subject: Any = or_404(proofs.subject_of(request.actor, code))
    _, is_repeated = once(
        lambda: actions.link_matters(subject.matter, asked.other, asked.kind, asked.reason, **deed(request, key))
    )
    return {"done": "已关联。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/links/{slug:code}/end",
    "api_link_end",
    "解除一条关联",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description="要带 Idempotency-Key。",
)
def link_end(request: Asked, code: str, asked: LinkEnded, key: Key) -> Any:
    """End a link."""
    subject: Any = or_404(proofs.subject_of(request.actor, code))
    row = or_404(linking.link_for(request.actor, subject.matter, asked.id))
    told = {**deed(request, key), "note": asked.note.strip()}
    _, is_repeated = once(lambda: actions.end_link(row, **told))
    return {"done": "已解除。", "is_repeated": is_repeated, "code": code}
