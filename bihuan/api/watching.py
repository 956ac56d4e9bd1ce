"""Watch hits over the API: what came in near something signed off, and a person's judgement of it."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Schema

from bihuan.api import shapes
from bihuan.api.door import operation
from bihuan.api.steps import StepAsked
from bihuan.api.writing import SAYS, WRITES, Key, Match, deed, hold, once
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.matters.rules.watch import WATCH
from bihuan.rectification.actions import watching as actions
from bihuan.rectification.queries import watching

TAGS = ["验收销号"]


class HitLine(Schema):
    """A watch hit: the signed-off matter and what came in, how near, why, where it stands, and who may do what."""

    id: int
    version: int
    matter: str
    newcomer: str
    matter_text: str
    newcomer_text: str
    strength: int
    reasons: list[str]
    state: shapes.Named
    raised_at: datetime
    judged_by: str
    opinion: str
    steps: list[shapes.Step]


@operation("GET", "/watch-hits", "api_watch_hits", "反弹线索", list[HitLine], who=(BUSINESS,), tags=TAGS)
def hits(request: Asked) -> Any:
    """The hits of which one may read both matters, the nearest first."""
    rows = [*watching.hits_for(request.actor)]
    texts = watching.texts_of(rows)
    return [
        {
            "id": row.pk,
            "matter": row.matter.code,
            "newcomer": row.newcomer.code,
            "matter_text": texts.get(row.matter_id, ("", ""))[1],
            "newcomer_text": texts.get(row.newcomer_id, ("", ""))[1],
            **{name: getattr(row, name) for name in ("version", "strength", "reasons", "raised_at", "opinion")},
            "state": {"name": row.state, "label": WATCH.label(row.state)},
            "judged_by": str(row.judged_by or ""),
            "steps": shapes.steps(watching.hit_offers(row, request.actor)),
        }
        for row in rows
    ]


@operation(
    "POST",
    "/watch-hits/{int:pk}/steps",
    "api_watch_hit_step",
    "研判一条反弹线索",
    shapes.Done,
    who=(BUSINESS,),
    refuses=WRITES,
    tags=TAGS,
    description=SAYS,
)
def hit_step(request: Asked, pk: int, asked: StepAsked, key: Key, match: Match) -> Any:
    """Take one step of a hit: 确认反弹线索, 无关, 另行关注, 重新研判."""
    row = get_object_or_404(watching.hits_for(request.actor), pk=pk)
    hold(request, row, match, asked.version, key)
    told = {**deed(request, key), "note": asked.note.strip()}
    _, is_repeated = once(lambda: actions.judge_hit(row, asked.step, **told))
    now = watching.hits_for(request.actor).get(pk=pk)
    state = {"name": now.state, "label": WATCH.label(now.state)}
    done = f"已研判：{state['label']}。"
    return {"done": done, "is_repeated": is_repeated, "code": now.matter.code, "version": now.version, "state": state}
