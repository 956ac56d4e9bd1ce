"""A petition's sub-items (分项) over the API: which stand, what its text proposes; added, corrected, taken back."""

from typing import Any

from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.findings import ItemLine
from bihuan.api.writing import Key, Words, deed, once
from bihuan.gate.answers import or_404
from bihuan.gate.policy import Asked
from bihuan.lib.quantity import MOST
from bihuan.petitions.actions import splitting as actions
from bihuan.petitions.queries import called, sub_items
from bihuan.petitions.rules import splitting as rules

TAGS = ["信访件核实"]
SAYS = "要带 Idempotency-Key。只有市整改办可以，反馈以前可以；姓名和号码会遮盖。"


class Items(Schema):
    """The sub-items that stand, by their places; what the text counts, where none stands; why shut, or ""."""

    code: str
    items: list[ItemLine]
    proposed: list[str]
    shut: str


class Texts(Schema, extra="forbid"):
    """New sub-items, in order."""

    texts: list[Words] = Field(min_length=1, max_length=rules.MOST)


class Text(Schema, extra="forbid"):
    """A sub-item (its id) and its text, put right."""

    item: int = Field(ge=0, le=MOST)
    text: Words


class Reason(Schema, extra="forbid"):
    """Which sub-item is taken back (its id), and why."""

    item: int = Field(ge=0, le=MOST)
    note: Words


@operation("GET", "/petitions/{slug:code}/items", "api_items", "一件信访的分项", Items, who=sub_items.OFFICE, tags=TAGS)
def items(request: Asked, code: str) -> Any:
    """What stands, and the split that the petition's own text proposes."""
    petition = or_404(called.petition(request.actor, code))
    rows = sub_items.of_petition(petition)
    return {
        "code": code,
        "items": [{"id": one.pk, "number": one.place, "text": one.text} for one in rows],
        "proposed": [] if rows else [*rules.proposed(petition.content)],
        "shut": rules.shut(petition.matter.state),
    }


@operation(
    "POST",
    "/petitions/{slug:code}/items",
    "api_items",
    "添分项",
    shapes.Done,
    who=sub_items.OFFICE,
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def split(request: Asked, code: str, asked: Texts, key: Key) -> Any:
    """Add sub-items."""
    petition = or_404(called.petition(request.actor, code))
    _, is_repeated = once(lambda: actions.split_petition(petition, asked.texts, **deed(request, key)))
    return {"done": "已添上分项。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/petitions/{slug:code}/items/correct",
    "api_item",
    "更正分项",
    shapes.Done,
    who=sub_items.OFFICE,
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def correct(request: Asked, code: str, asked: Text, key: Key) -> Any:
    """Put a sub-item's text right."""
    item = _item(request, code, asked.item)
    _, is_repeated = once(lambda: actions.correct_sub_item(item, asked.text, **deed(request, key)))
    return {"done": "分项文字已改。", "is_repeated": is_repeated, "code": code}


@operation(
    "POST",
    "/petitions/{slug:code}/items/end",
    "api_item_end",
    "收回分项",
    shapes.Done,
    who=sub_items.OFFICE,
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def end(request: Asked, code: str, asked: Reason, key: Key) -> Any:
    """Take a sub-item back."""
    item = _item(request, code, asked.item)
    told = {**deed(request, key), "note": asked.note.strip()}
    _, is_repeated = once(lambda: actions.end_sub_item(item, **told))
    return {"done": "已收回，其余分项依次排好。", "is_repeated": is_repeated, "code": code}


def _item(request: Asked, code: str, pk: int) -> Any:
    petition = or_404(called.petition(request.actor, code))
    return or_404(sub_items.item_of(petition, pk))
