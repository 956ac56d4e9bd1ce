"""Watch hits as their page and the page of a problem draw them: both texts side by side, the reasons, the steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.gate.kinds import url_of
from bihuan.matters.rules.watch import LIVE, STATES, WatchState
from bihuan.rectification.queries import watching

if TYPE_CHECKING:
    from bihuan.matters.models import WatchHit
    from bihuan.rectification.models import Problem

SHOWN = 50


def hits(by: Actor, state: str) -> dict[str, Any]:
    """What rectification/watch_list.html draws: the hits in that state, or all that are not settled."""
    seen, chosen = watching.hits_for(by), [WatchState(state)] if state in STATES else [*LIVE]
    rows = [*seen.filter(state__in=chosen)[:SHOWN]]
    counts = {one: seen.filter(state=one).count() for one in WatchState}
    page = reverse("watch_list")
    return {
        "waiting": counts[WatchState.RAISED],
        "pipe": [(STATES[one], counts[one], f"{page}?state={one}", one == state) for one in WatchState],
        "total": sum(counts[one] for one in chosen),
        "rows": drawn(rows, by),
    }


def of_problem(problem: Problem, by: Actor) -> list[dict[str, Any]]:
    """The hits of one problem, those to be judged in front."""
    return drawn(watching.waiting_of(problem, by), by)


def drawn(rows: Sequence[WatchHit], by: Actor) -> list[dict[str, Any]]:
    """Hits as parts/hits.html draws them."""
    texts = watching.texts_of(rows)
    return [
        {
            "pk": row.pk,
            "state": STATES[row.state],
            "strength": row.strength,
            "raised_at": row.raised_at,
            "reasons": row.reasons,
            "old": _end(row.matter, texts),
            "new": _end(row.newcomer, texts),
            "judged": f"{row.judged_by}：{row.opinion}" if row.judged_by and row.opinion else str(row.judged_by or ""),
            "offers": watching.hit_offers(row, by),
        }
        for row in rows
    ]


def _end(matter: Any, texts: dict[int, tuple[str, str]]) -> dict[str, str]:
    called, words = texts.get(matter.pk, (matter.code, ""))
    return {"called": called, "text": words, "code": matter.code, "url": url_of(matter.code)}
