"""The sample city's petitions that may be one: the background has proposed them, one pair was judged and merged."""

from __future__ import annotations

from datetime import UTC, datetime

from bihuan.core.actor import Actor
from bihuan.petitions.actions.repeats import keep_keys, merge_pair, propose_pairs
from bihuan.petitions.queries import repeats
from bihuan.sample.second_round import TOLD_AGAIN, TOLD_FIRST

COMPARED, MERGED = datetime(2022, 12, 9, 12, 10, tzinfo=UTC), datetime(2022, 12, 9, 13, 20, tzinfo=UTC)
WHY = "同一家厂、同一处沟渠，两件反映的是一件事，随先来的一件办理。"


def tell_apart(desk: Actor) -> None:
    """Compare every petition with those before it, and let the desk merge the one that was told by two people."""
    found = repeats.compared([*repeats.uncompared()])
    proposed = propose_pairs(repeats.unproposed(found), by=Actor.system("信访件查重", desk.city), at=COMPARED)
    keep_keys(found)
    [told_twice] = [one for one in proposed if (one.earlier.number, one.later.number) == (TOLD_FIRST, TOLD_AGAIN)]
    merge_pair(told_twice, by=desk, at=MERGED, note=WHY)
