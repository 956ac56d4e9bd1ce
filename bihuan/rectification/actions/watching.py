"""Recording what was compared with what is signed off, and judging what came near it."""

from collections.abc import Sequence
from datetime import datetime

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.matters.actions import watching
from bihuan.matters.models import WatchHit
from bihuan.matters.queries import watching as watched
from bihuan.matters.queries.watching import Held
from bihuan.rectification.queries.watching import CLOSED, texts_of


@action
def record_comparisons(held: Sequence[Held], *, by: Actor, at: datetime) -> list[WatchHit]:
    """Record what was held against the signed-off matters, and raise a question for everything that is near."""
    return watching.record(held)


@action
def judge_hit(hit: WatchHit, name: str, *, by: Actor, at: datetime, note: str = "") -> WatchHit:
    """Take one step of a watch hit (确认反弹线索, 无关, 另行关注, 重新研判), or refuse with the sentence why not.

    Nothing else happens: the rebound itself is a step of the problem, for which a confirmed hit counts as proof.
    """
    called, _ = texts_of([hit])[hit.matter_id]
    return watching.judge(hit, name, note, watched.facts_of(hit, CLOSED), called)
