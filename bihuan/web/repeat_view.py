"""Pairs of petitions as their page and the page of a petition draw them: both texts, common words marked, the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.gate.kinds import url_of
from bihuan.petitions.queries import repeats
from bihuan.petitions.rules.common_words import Span, common_words
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.repeating import STATES, PairState

if TYPE_CHECKING:
    from bihuan.petitions.models import Petition, PetitionPair

SHOWN = 50


def pairs(by: Actor, state: str) -> dict[str, Any]:
    """What petitions/repeat_list.html draws: the pairs in that state, those to be judged where none is named."""
    seen, chosen = repeats.pairs_for(by), PairState(state) if state in STATES else PairState.PROPOSED
    rows = [*seen.filter(state=chosen)[:SHOWN]]
    counts = {one: seen.filter(state=one).count() for one in PairState}
    page = reverse("repeat_list")
    return {
        "waiting": counts[PairState.PROPOSED],
        "pipe": [(STATES[one], counts[one], f"{page}?state={one}", one == chosen) for one in PairState],
        "total": counts[chosen],
        "counted": repeats.counted(by),
        "rows": drawn(rows, by),
    }


def of_petition(petition: Petition, by: Actor) -> list[dict[str, Any]]:
    """The pairs of one petition, but those that were judged to be two."""
    return drawn([*repeats.near_petitions(petition, by)], by)


def drawn(rows: Sequence[PetitionPair], by: Actor) -> list[dict[str, Any]]:
    """Pairs as parts/pairs.html draws them."""
    return [_pair(row, by) for row in rows]


def _pair(row: PetitionPair, by: Actor) -> dict[str, Any]:
    first, second = common_words(row.earlier.content, row.later.content)
    return {
        "pk": row.pk,
        "kind": row.kind,
        "state": STATES[row.state],
        "strength": row.strength,
        "proposed_at": row.proposed_at,
        "reasons": row.reasons,
        "old": _end(row.earlier, first),
        "new": _end(row.later, second),
        "judged": f"{row.judged_by}：{row.opinion}" if row.judged_by and row.opinion else str(row.judged_by or ""),
        "offers": repeats.pair_offers(row, by),
    }


def _end(petition: Petition, spans: Sequence[Span]) -> dict[str, Any]:
    matter = petition.matter
    return {
        "called": f"{petition.number}号信访件",
        "came": f"{petition.batch.inspection.name} {petition.batch.label}",
        "place": str(matter.region or petition.region_raw or "行政区域未定"),
        "state": PETITION.label(matter.state),
        "code": matter.code,
        "url": url_of(matter.code),
        "pieces": [*_pieces(petition.content, spans)],
    }


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether the other text has it as well."""
    at = 0
    for start, end in spans:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False
