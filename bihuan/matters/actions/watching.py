"""Keeping the watch over signed-off matters: their keys, what was compared, what came near, and what is said of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from bihuan.core import audit, moving, rows
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.models import Comparison, Matter, WatchHit, WatchKey
from bihuan.matters.queries import watching
from bihuan.matters.queries.watching import Held
from bihuan.matters.rules.likeness import Trace
from bihuan.matters.rules.nearness import keys
from bihuan.matters.rules.watch import WATCH, WatchFacts, WatchState
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity

LONGEST = 160


def keep_keys(watched: Iterable[tuple[Matter, Trace, date | None]]) -> int:
    """Put signed-off matters under their keys; how many matters. Derived rows, which no deed answers for."""
    some = [*watched]
    known = {*watching.every_key([matter.pk for matter, _, _ in some])}
    kept = [
        WatchKey(matter=matter, round_number=matter.round_number, key=key[:LONGEST], since=since)
        for matter, trace, since in some
        for key in dict.fromkeys((watching.EDITION, *keys(trace)))
        if (matter.pk, matter.round_number, key[:LONGEST]) not in known
    ]
    if kept:
        with transaction.atomic():
            rows.add(kept)
    return sum(one.key == watching.EDITION for one in kept)


def record(held: Sequence[Held]) -> list[WatchHit]:
    """Record what was compared, and raise a question for everything that is near, inside an action."""
    at = audit.deed().at
    audit.create_many(
        [
            Comparison(
                matter=one.newcomer,
                city=one.newcomer.city,
                compared_at=at,
                held_against=one.against,
                found=len(one.near),
            )
            for one in held
        ]
    )
    raised = [
        WatchHit(
            matter=matter,
            city=matter.city,
            round_number=matter.round_number,
            newcomer=one.newcomer,
            strength=found.strength,
            reasons=[*found.reasons],
            state=WATCH.initial,
            raised_at=at,
        )
        for one in held
        for matter, found in one.near
    ]
    audit.create_many(raised)
    return raised


def judge(hit: WatchHit, name: str, note: str, facts: WatchFacts, called: str) -> WatchHit:
    """Take one step of a hit, inside an action, in the appointment whose duty allows it; whom it concerns is told."""
    matter_queries.locked_round(hit.matter)
    answering = matter_queries.answering(hit.matter)
    acting.take_post(WATCH, name, hit.state, answering, hit.matter.code)
    by = audit.deed().by
    move = moving.make_move(WATCH, hit, name, note=note, capacities=scope.capacities(by, answering), facts=facts)
    audit.change(hit, judged_by_id=by.person, judged_at=audit.deed().at, opinion=note.strip(), because=note)
    matters.tell_about(hit.matter, f"{move.label}：{called}", move.tells, by=by, at=audit.deed().at)
    return hit


SETTLED: Mapping[str, str] = {WatchState.CONFIRMED: "rebound", WatchState.RAISED: "lapse", WatchState.FOLLOWED: "lapse"}


def settle(matter: Matter, because: str) -> None:
    """Let a rebound settle what was raised about the matter, inside its deed: what was confirmed led to it."""
    for hit in watching.live(matter):
        moving.make_move(
            WATCH,
            hit,
            SETTLED[hit.state],
            note=because,
            capacities={Capacity.CONSEQUENCE},
            facts=WatchFacts(is_still_closed=False),
        )
