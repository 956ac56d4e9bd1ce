"""Two petitions of the sample city that come near what was signed off: one waits to be judged, one was judged."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bihuan.core.actor import Actor
from bihuan.matters.actions.watching import keep_keys
from bihuan.matters.queries.watching import unwatched
from bihuan.petitions import actions as petitions
from bihuan.petitions import queries as petition_queries
from bihuan.rectification.actions.watching import judge_hit, record_comparisons
from bihuan.rectification.queries import watching
from bihuan.sample.second_round import OF_ANOTHER_KIND, SAME_AGAIN

if TYPE_CHECKING:
    from bihuan.organisation.models import Unit

HANDED_OVER = datetime(2022, 12, 8, 13, 0, tzinfo=UTC)
COMPARED, JUDGED = datetime(2022, 12, 8, 14, 0, tzinfo=UTC), datetime(2022, 12, 9, 1, 30, tzinfo=UTC)
WHY = "反映的是厂前道路扬尘，与岸线占用不是一件事；岸线一件另有来件，单独研判。"


def come_back(clerk: Actor, judge: Actor, unit: Unit) -> None:
    """Hand the two over to that unit, let the watch compare them, and judge the one that is of another kind."""
    rows = petition_queries.petitions_for(clerk).filter(number__in=(SAME_AGAIN, OF_ANOTHER_KIND))
    for petition in rows:
        petitions.assign_petition(petition, [unit], by=clerk, at=HANDED_OVER)
    closed = [*unwatched(watching.CLOSED)]
    days, found = watching.closing_days(closed), watching.traces(closed)
    keep_keys((one, found[one.pk], days.get(one.pk)) for one in closed if one.pk in found)
    held = watching.held_against([*watching.uncompared(clerk.city)])
    by = Actor.system("防反弹比对", clerk.city)
    for hit in record_comparisons(held, by=by, at=COMPARED):
        if any(one.number == OF_ANOTHER_KIND for one in rows if one.matter_id == hit.newcomer_id):
            judge_hit(hit, "dismiss", by=judge, at=JUDGED, note=WHY)
