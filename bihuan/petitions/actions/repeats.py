"""Proposing that petitions are one, judging it, and merging one into another (并案); nothing is merged by itself."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from bihuan.core import audit, moving, rows
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Written
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.models import Duty
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions import queries
from bihuan.petitions.models import Merger, Petition, PetitionPair, RepeatKey
from bihuan.petitions.queries import repeat_keys, repeats, steps
from bihuan.petitions.queries.repeats import Compared
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.repeating import ELSEWHERE, LEAST, REPEAT, PairState, merge_refusal
from bihuan.petitions.rules.repeats import Repeat
from bihuan.petitions.rules.undertaking import GIVEN_UP


def keep_keys(found: Sequence[Compared]) -> None:
    """Put petitions that were compared under their keys, and no others, but for those whose words have changed since.

    Derived rows, which no deed answers for.
    """
    ids = [one.petition.pk for one in found]
    with transaction.atomic():
        RepeatKey.objects.filter(petition__in=ids).delete()
        now = repeat_keys.said_now(ids)
        kept = [
            RepeatKey(petition=one.petition, key=key)
            for one in found
            if now.get(one.petition.pk) == (said := repeat_keys.said_key(one.petition))
            for key in dict.fromkeys((repeat_keys.EDITION, said, *repeats.keys_of(one.told)))
        ]
        if kept:
            rows.add(kept)


def compare_anew(written: Sequence[Written], _at: datetime) -> None:
    """After a deed, in its transaction: let the petitions whose words it changed be compared anew. Until then they are
    found by the keys that they had.
    """
    changed: dict[str, list[int]] = {"petition": [], "petition__matter": []}
    for one in written:
        compared = repeat_keys.COMPARED.get(one.table)
        if one.kind == "change" and compared and compared & {*json.loads(one.changes)}:
            changed["petition" if one.table == "petition" else "petition__matter"].append(one.row)
    for of, ids in changed.items():
        for start in range(0, len(ids), repeats.AT_ONCE):
            stale = {f"{of}__in": ids[start : start + repeats.AT_ONCE]}
            RepeatKey.objects.filter(key=repeat_keys.EDITION, **stale).delete()


@action
def propose_pairs(found: Sequence[tuple[Petition, Petition, Repeat]], *, by: Actor, at: datetime) -> list[PetitionPair]:
    """Ask of every (earlier, later) whether they are one; a person answers."""
    proposed = [
        PetitionPair(
            city=later.city,
            earlier=earlier,
            later=later,
            kind=likeness.kind,
            strength=likeness.strength,
            reasons=[*likeness.reasons],
            state=REPEAT.initial,
            proposed_at=at,
        )
        for earlier, later, likeness in found
    ]
    audit.create_many(proposed)
    return proposed


@action
def judge_pair(pair: PetitionPair, name: str, *, by: Actor, at: datetime, note: str = "") -> PetitionPair:
    """Take one step of a pair (认定重复, 同一对象，分别办理, 不是一件, 重新研判), or refuse with the sentence why not.

    Nothing else happens: neither petition moves.
    """
    _judge(pair, name, note)
    return pair


def _judge(pair: PetitionPair, name: str, note: str) -> None:
    matter_queries.lock([pair.earlier.matter.code, pair.later.matter.code], pair.city)
    acting.take_post(REPEAT, name, pair.state, (), pair.later.matter.code)
    by = audit.deed().by
    facts = repeats.pair_facts(pair)
    moving.make_move(REPEAT, pair, name, note=note, capacities=scope.capacities(by, ()), facts=facts)
    audit.change(pair, judged_by_id=by.person, judged_at=audit.deed().at, opinion=note.strip(), because=note)


@action
def merge_petition(petition: Petition, target: Petition, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Merge a petition into another one (并案): it is handled with that one, and its units' parts end.

    Refuses without a reason, into itself, into another city, into one that was merged or transferred, where others were
    merged into this one, and across regions where the reason says nothing. `correct_petition` takes it back.
    """
    matter_queries.lock([petition.matter.code, target.matter.code], petition.city)
    target.matter.refresh_from_db()
    refusal = merge_refusal(repeats.merge_facts(petition, target))
    if not refusal and petition.matter.region_id != target.matter.region_id and len(note.strip()) < LEAST:
        refusal = ELSEWHERE
    matters.take_step(
        petition.matter,
        PETITION,
        "merge",
        note=note,
        facts=replace(steps.petition_facts(petition, by), merge_refused=refusal),
        called=f"{petition.number}号信访件并入{target.number}号",
    )
    audit.create(Merger(petition=petition, target=target), because=note)
    _end_parts(petition, note)
    return petition


def _end_parts(petition: Petition, note: str) -> None:
    """The parts that units still held end with the merger, and so does what the units answered for."""
    for part in queries.undertakings_of(petition).exclude(state__in=GIVEN_UP):
        part.petition = petition
        audit.change(part, is_withdrawn=True, because=note)
    held = Duty.objects.filter(matter=petition.matter, role=DutyRole.RESPONSIBLE, is_ended=False)
    for duty in held.order_by("pk"):
        duty.matter = petition.matter
        audit.change(duty, is_ended=True, because=note)


@action
def merge_pair(pair: PetitionPair, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Merge the later petition of a pair into the earlier one; that they are one is judged with it.

    Refuses a pair that was judged to be two, and what `merge_petition` refuses.
    """
    if pair.state in (PairState.UNRELATED, PairState.SAME_OBJECT):
        raise Refused(f"这两件已研判为“{REPEAT.label(pair.state)}”，要并案请先改判。")
    if pair.state == PairState.PROPOSED:
        _judge(pair, "confirm", note)
    return merge_petition(pair.later, pair.earlier, by=by, at=at, note=note)


@action
def settle_pair(pair: PetitionPair, name: str, *, by: Actor, at: datetime, note: str = "") -> PetitionPair:
    """Take one of the steps that a pair offers: judge it, or merge the later petition into the earlier one."""
    if name == repeats.MERGE:
        merge_pair(pair, by=by, at=at, note=note)
    else:
        judge_pair(pair, name, by=by, at=at, note=note)
    return pair
