"""The light of a matter over the API: today's, what the rules compute, every change; a leader sets or lifts one."""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.writing import Key, Words, deed, once
from bihuan.core import clock
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.rectification.actions import hand_light as actions
from bihuan.rectification.queries import lights, proofs, shown

TAGS = ["灯号"]
SAYS = "要带 Idempotency-Key。is_lifted 为 true 时撤去手工设的灯，其余不填；否则三项都要。"


class LightTurn(Schema):
    """Days in a row with one light; `until` is null for the last. `terms` is the sum of the first day."""

    since: date
    until: date | None
    light: str
    cause: str
    terms: str


class HandSetLine(Schema):
    """A light that a leader set."""

    light: str
    since: date
    until: date
    reason: str
    set_by: str
    lifted_on: date | None


class Lights(Schema):
    """The light of a matter on a day; `computed` is what the rules alone say, beside what a leader set."""

    on: date
    light: shapes.LightCell
    computed: shapes.LightCell
    hand_set: list[HandSetLine]
    spans: list[LightTurn]


class LightAsked(Schema):
    """A light to be set by hand, or that it is to be lifted."""

    is_lifted: bool = False
    light: str = Field("", max_length=8)
    until: date | None = None
    reason: Words = ""
    note: Words = ""


def _subject(request: Asked, code: str) -> Any:
    subject = proofs.subject_of(request.actor, code)
    if subject is None:
        raise Http404
    return subject


@operation("GET", "/lights/{slug:code}", "api_lights", "一件的灯号", Lights, who=(BUSINESS,), tags=TAGS)
def told(request: Asked, code: str) -> Any:
    """The light of one problem or measure today, and all its spans."""
    subject, today = _subject(request, code), clock.today()
    light, computed = shown.light_of(subject, today), shown.computed(subject, today)
    plain = ("light", "since", "until", "reason", "lifted_on")
    return {
        "on": today,
        "light": {"state": light.state, "word": light.word, "reason": light.reason},
        "computed": {"state": computed.light, "word": computed.word, "reason": computed.reason},
        "hand_set": [
            {**{name: getattr(one, name) for name in plain}, "set_by": str(one.set_by or "")}
            for one in lights.hands_of(subject.matter)
        ],
        "spans": [
            {name: getattr(one, name) for name in ("since", "until", "light", "cause", "terms")}
            for one in lights.spans_of(subject.matter)
        ],
    }


@operation(
    "POST",
    "/lights/{slug:code}",
    "api_lights",
    "手工设灯，或撤去",
    shapes.Done,
    who=(BUSINESS,),
    refuses=(409,),
    tags=TAGS,
    description=SAYS,
)
def set_by_hand(request: Asked, code: str, asked: LightAsked, key: Key) -> Any:
    """Set a light by hand, or lift the one that was."""
    subject, more = _subject(request, code), {**deed(request, key), "note": asked.note.strip()}
    if asked.is_lifted:
        _, is_repeated = once(lambda: actions.lift_light(subject, **more))
        return {"done": "已撤去手工设的灯。", "is_repeated": is_repeated, "code": code}
    until = asked.until
    if until is None:
        raise Wrong(422, "手工设灯应写明截止日期。")
    _, is_repeated = once(lambda: actions.set_light(subject, asked.light, until, asked.reason, **more))
    return {"done": "已手工设灯。", "is_repeated": is_repeated, "code": code}
