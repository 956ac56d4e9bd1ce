"""Petitions that may be one over the API: the pairs with both texts, and a person's judgement or merger."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.steps import StepAsked
from bihuan.api.writing import SAYS, WRITES, Key, Match, deed, hold, once
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.petitions.actions import repeats as actions
from bihuan.petitions.queries import repeats
from bihuan.petitions.rules.repeating import REPEAT

TAGS = ["信访件"]


class PairLine(Schema):
    """Two petitions that may be one: their texts, what they may be, how near, why, where it stands, who may do what."""

    id: int
    version: int
    earlier: str
    later: str
    earlier_text: str
    later_text: str
    kind: str
    strength: int
    reasons: list[str]
    state: shapes.Named
    proposed_at: datetime
    judged_by: str
    opinion: str
    steps: list[shapes.Step]


@operation(
    "GET", "/petition-pairs", "api_petition_pairs", "疑似重复的信访件", list[PairLine], who=(BUSINESS,), tags=TAGS
)
def pairs(request: Asked) -> Any:
    """The pairs of which one may read both petitions, the nearest first."""
    return [
        {
            "id": row.pk,
            "earlier": row.earlier.matter.code,
            "later": row.later.matter.code,
            "earlier_text": row.earlier.content,
            "later_text": row.later.content,
            **{
                name: getattr(row, name)
                for name in ("version", "kind", "strength", "reasons", "proposed_at", "opinion")
            },
            "state": {"name": row.state, "label": REPEAT.label(row.state)},
            "judged_by": str(row.judged_by or ""),
            "steps": shapes.steps(repeats.pair_offers(row, request.actor)),
        }
        for row in repeats.pairs_for(request.actor)
    ]


@operation(
    "POST",
    "/petition-pairs/{int:pk}/steps",
    "api_petition_pair_step",
    "研判一对疑似重复的信访件",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def pair_step(request: Asked, pk: int, asked: StepAsked, key: Key, match: Match) -> Any:
    """Take one step of a pair: 认定重复, 同一对象，分别办理, 不是一件, 重新研判, 并案."""
    row = get_object_or_404(repeats.pairs_for(request.actor), pk=pk)
    hold(request, row, match, asked.version, key)
    told = {**deed(request, key), "note": asked.note.strip()}
    _, is_repeated = once(lambda: actions.settle_pair(row, asked.step, **told))
    now = repeats.pairs_for(request.actor).get(pk=pk)
    state = {"name": now.state, "label": REPEAT.label(now.state)}
    done = f"已研判：{state['label']}。"
    code = now.later.matter.code
    return {"done": done, "is_repeated": is_repeated, "code": code, "version": now.version, "state": state}
