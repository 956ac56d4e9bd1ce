"""Everything that writes petitions: a batch received, 交办 to one or more units, 签收, 退办, 移送."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bihuan.core import audit, moving, numbering, search
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib import redact
from bihuan.lib.flow import Move, Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.models import Duty, Inspection, Matter
from bihuan.matters.rules.difference import CHANGED, Difference
from bihuan.organisation.actions import acting
from bihuan.organisation.models import Unit
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Answering, Capacity, DutyRole
from bihuan.petitions import queries
from bihuan.petitions.models import Batch, Petition, SubItem, Undertaking
from bihuan.petitions.rules.difference import changed_values
from bihuan.petitions.rules.drafts import BatchDraft, PetitionDraft, SubItemDraft
from bihuan.petitions.rules.facts import PETITION_FACTS, petition_shut
from bihuan.petitions.rules.petition import PETITION, PetitionState
from bihuan.petitions.rules.undertaking import GIVEN_UP, UNDERTAKING, UndertakingState

MAY_CHANGE = frozenset({Capacity.OFFICE, Capacity.OFFICE_HEAD, Capacity.PETITION_DESK})


@action
def assign_petition(petition: Petition, units: list[Unit], *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Hand a petition over (交办) to one or more units; the reply is due by the rule set's days from today.

    The clock starts now, not when a unit signs for it. Refused without a unit, or as the table says.
    """
    if not units:
        raise Refused("请至少选一个承办单位。")
    matter = petition.matter
    due_on = day_of(at) + timedelta(days=matter.inspection.rule_set.reply_days)
    returned = [*queries.undertakings_of(petition).filter(state=UndertakingState.RETURNED)]
    _hand_over(petition, units, at)
    audit.change(petition, reply_due_on=due_on, is_joint=len(units) > 1)
    matters.take_step(
        matter,
        PETITION,
        "assign",
        note=note,
        facts=queries.petition_facts(petition),
        called=f"{petition.number}号信访件",
    )
    matters.set_round(matter, handed_over_at=at)
    for part in returned:  # the hand-over is the office's answer to those who returned it
        part.petition = petition
        _make_move(part, "reassign", by=by, at=at, note=note)
    if matter.due_on is None:
        matters.settle_deadline(matter, due_on)
    return petition


def _hand_over(petition: Petition, units: Sequence[Unit], at: datetime) -> None:
    """Each unit answers for the petition and has a part of it to sign for; the first one leads where none does yet."""
    matter = petition.matter
    held = Duty.objects.filter(matter=matter, role=DutyRole.RESPONSIBLE, is_ended=False)
    first = None if held.filter(is_first=True).exists() else units[0]
    audit.create_many(
        [Duty(matter=matter, role=DutyRole.RESPONSIBLE, unit=unit, is_first=unit == first) for unit in units]
    )
    audit.create_many(
        [
            Undertaking(
                petition=petition,
                unit=unit,
                round_number=matter.round_number,
                state=UndertakingState.WAITING,
                handed_over_at=at,
            )
            for unit in units
        ]
    )


@action
def assign_to_place(petition: Petition, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Hand a petition over to the government of the county it lies in (属地). Refuses one whose county is not known."""
    unit = structure.seat_of(petition.matter.region)
    if unit is None:
        raise Refused("不知道属于哪个县(市、区)，请打开这一件选承办单位。")
    return assign_petition(petition, [unit], by=by, at=at, note=note)


@action
def receive_petition(petition: Petition, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Sign for every part of a petition that waits for one's own units. Refuses where none does."""
    parts = queries.waiting_for(petition, by)
    if not parts:
        raise Refused("没有等您单位签收的。")
    for part in parts:
        move_undertaking(part, "receive", by=by, at=at, note=note)
    return petition


@action
def move_petition(petition: Petition, name: str, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Take a step of a petition's lifecycle that needs nothing but an opinion (移送)."""
    if name == "assign":
        raise Refused("请选承办单位后交办。")
    matters.take_step(
        petition.matter,
        PETITION,
        name,
        note=note,
        facts=queries.petition_facts(petition),
        called=f"{petition.number}号信访件",
    )
    return petition


@action
def correct_petition(petition: Petition, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Correct (更正) the last step on a petition or on one unit's part of it: see `matters.correct_last`."""
    called = f"{petition.number}号信访件"
    matters.correct_last(petition.matter, queries.LIFECYCLES, note=note, called=called)
    return petition


@action
def move_undertaking(undertaking: Undertaking, name: str, *, by: Actor, at: datetime, note: str = "") -> Undertaking:
    """Take a step of one unit's part: sign for it, return it (退办) with a reason, refuse the return.

    The first sign-for takes the petition into 办理中; when all have returned it, it goes back to 收件.
    """
    if name == "reassign":
        raise Refused("请选承办单位后改交。")
    petition = _in_line(undertaking)
    move = _make_move(undertaking, name, by=by, at=at, note=note)
    if name == "receive":
        audit.change(undertaking, received_at=at)
    elif name in ("return", "refuse_return"):
        _bear(undertaking, is_ended=name == "return")
    _follow(petition)
    matters.tell_about(petition.matter, f"{undertaking.unit}{move.label}：{petition.number}", move.tells, by=by, at=at)
    return undertaking


@action
def reassign_undertaking(
    undertaking: Undertaking, units: list[Unit], *, by: Actor, at: datetime, note: str = ""
) -> Undertaking:
    """Hand the part that a unit returned to one or more others (改交), while other units hold theirs.

    The petition's time to reply runs on; the new units may return it on the day they got it. Refused without a unit,
    for one that holds a part already and for the one that returned it. Source: 3.3 of the lifecycles.
    """
    if not units:
        raise Refused("请至少选一个承办单位。")
    petition = _in_line(undertaking)
    holders = {part.unit for part in queries.undertakings_of(petition).exclude(state__in=GIVEN_UP)}
    for unit in units:
        if unit == undertaking.unit:
            raise Refused(f"{unit}刚退办；仍由它承办的，请点“不同意退办”。")
        if unit in holders:
            raise Refused(f"{unit}已在承办这一件，请选别的单位。")
    move = _make_move(undertaking, "reassign", by=by, at=at, note=note)
    _hand_over(petition, units, at)
    audit.change(petition, is_joint=len(holders) + len(units) > 1)
    bearers = [Answering(DutyRole.RESPONSIBLE, unit.pk) for unit in units]
    told = f"{move.label}：{petition.number}号信访件"
    matters.tell_about(petition.matter, told, move.tells, by=by, at=at, answering=bearers)
    return undertaking


def _in_line(undertaking: Undertaking) -> Petition:
    """The petition of a part, its matter held: the units' steps come one after the other."""
    petition = undertaking.petition
    petition.matter = Matter.objects.select_for_update().get(pk=petition.matter_id)
    return petition


def _make_move(undertaking: Undertaking, name: str, *, by: Actor, at: datetime, note: str) -> Move:
    """Take the step in the appointment whose duty allows it."""
    answering = (Answering(DutyRole.RESPONSIBLE, undertaking.unit_id),)
    acting.take_post(UNDERTAKING, name, undertaking.state, answering, undertaking.petition.matter.code)
    return moving.make_move(
        UNDERTAKING,
        undertaking,
        name,
        note=note,
        capacities=scope.capacities(by, answering),
        facts=queries.undertaking_facts(undertaking, day_of(at)),
    )


def _bear(undertaking: Undertaking, *, is_ended: bool) -> None:
    """A unit that returned a petition no longer answers for it; one whose return was refused does."""
    duties = Duty.objects.filter(matter=undertaking.petition.matter, unit=undertaking.unit, role=DutyRole.RESPONSIBLE)
    for duty in duties.exclude(is_ended=is_ended).select_related("matter"):
        audit.change(duty, is_ended=is_ended)


def _follow(petition: Petition) -> None:
    """The petition follows its undertakings."""
    states = set(queries.undertakings_of(petition).values_list("state", flat=True))
    matter = petition.matter
    if states <= GIVEN_UP and matter.state != PetitionState.IN_TRAY:
        matters.follow(matter, PETITION, "fall_back", note="承办单位全部退办")
    elif UndertakingState.HANDLING in states and matter.state == PetitionState.ASSIGNED:
        matters.follow(matter, PETITION, "begin", note="首个承办单位已签收")
        turn = matter_queries.last_round(matter)
        audit.change(turn, received_at=audit.deed().at)


@action
def change_petition(
    petition: Petition, facts: Mapping[str, Any], *, by: Actor, at: datetime, note: str = ""
) -> Petition:
    """Set facts of a petition by hand: {fact: value}; `region` is a region's id, `types` a list. What is not named
    stays; what tells of a petitioner is masked. Refuses everybody but the office, a fact that its state no longer lets
    change, and a change that changes nothing.
    """
    if not scope.capacities(by, ()) & MAY_CHANGE:
        raise Refused("只有市整改办可以改信访台账。")
    matter = petition.matter = matter_queries.locked_round(petition.matter).matter
    for fact in facts:
        if refusal := petition_shut(fact, matter.state):
            raise Refused(refusal)
    before = len(audit.deed().entries)
    if "region" in facts:
        audit.change(matter, because=note, region_id=facts["region"])
    own = {name: facts[name] for name in PETITION_FACTS if name in facts}
    own = {name: redact.masked(value) if isinstance(value, str) else value for name, value in own.items()}
    if "types" in facts:
        own |= {"types": [*facts["types"]], "main_type": next(iter(facts["types"]), "")}
    spans = {name: span for name, span in petition.spans.items() if name not in facts}
    audit.change(petition, because=note, spans=spans, **own)
    if len(audit.deed().entries) == before:
        raise Refused("没有改动，不用存。")
    index_petitions([petition])
    return petition


LISTS = ("types", "document_numbers", "repeats")


@action
def receive_batch(draft: BatchDraft, inspection: Inspection, *, by: Actor, at: datetime, intake: Any = None) -> Batch:
    """Write a batch: every petition starts in the tray (收件). All or nothing."""
    batch = audit.create(
        Batch(
            inspection=inspection,
            label=draft.label,
            number=draft.number,
            handed_over_on=draft.handed_over_on,
            printed_total=draft.printed_total,
            total_note=draft.total_note,
            intake=intake,
        )
    )
    add_petitions(batch, draft.petitions, intake)
    return batch


def add_petitions(batch: Batch, drafts: Sequence[PetitionDraft], intake: Any) -> list[Petition]:
    """Insert petitions with their matters, rounds and sub-items, inside an action."""
    if not drafts:
        return []
    code = batch.inspection.code
    first = numbering.take(f"{code}-X", len(drafts))
    opened = [
        Matter(
            kind="petition",
            code=f"{code}-X{first + place:04}",
            inspection=batch.inspection,
            region_id=one.region,
            intake=intake,
        )
        for place, one in enumerate(drafts)
    ]
    matters.open_matters(opened, PETITION)
    petitions = [
        Petition(matter=matter, batch=batch, record_key=one.key, **values_of(one))
        for matter, one in zip(opened, drafts, strict=True)
    ]
    audit.create_many(petitions)
    index_petitions(petitions)
    audit.create_many(
        [
            SubItem(petition=petition, number=item.number, text=item.text, finding=item.finding, truth=item.truth)
            for petition, one in zip(petitions, drafts, strict=True)
            for item in one.sub_items
        ]
    )
    return petitions


def index_petitions(petitions: Sequence[Petition]) -> None:
    """Put the (de-identified) words of petitions into the search index."""
    texts = (
        (one.matter_id, f"{one.matter.code} {one.number_key} {one.content} {one.findings} {one.handling}")
        for one in petitions
    )
    search.index("petition", texts)


def values_of(one: PetitionDraft) -> dict[str, Any]:
    """The draft's values as the petition's columns hold them."""
    return {name: getattr(one, name) for name in (*queries.PLAIN, "spans")} | {
        name: [*getattr(one, name)] for name in LISTS
    }


def settle_batch(
    draft: BatchDraft, inspection: Inspection, *, by: Actor, at: datetime, intake: Any = None, note: str = ""
) -> Difference:
    """Bring the ledger in line with a table, inside an action; returns the difference that was written: new petitions,
    values that were missing or have changed. What the table leaves empty or does not name stays as it was.
    """
    found = queries.batch_difference(draft, inspection)
    known = queries.known_to(draft, inspection)
    fresh = [one for one in draft.petitions if one.number_key not in known]
    batch = queries.standing_batch(inspection, draft.label)
    if fresh and batch is None:
        receive_batch(replace(draft, petitions=tuple(fresh)), inspection, by=by, at=at, intake=intake)
    elif batch is not None:
        add_petitions(batch, fresh, intake)
    changed = {change.read for change in found.of("petition", CHANGED)}
    for one in draft.petitions:
        if one.key in changed:
            _settle(known[one.number_key], one, intake, note)
    return found


def settle_one(inspection: Inspection, batch: BatchDraft, key: str, intake: Any, note: str) -> None:
    """Write what one petition of a table became by a late answer, inside an action."""
    known = queries.known_to(batch, inspection)
    for one in batch.petitions:
        if key in one.keys and one.number_key in known:
            _settle(known[one.number_key], one, intake, note)


def _settle(petition: Petition, one: PetitionDraft, intake: Any, note: str) -> None:
    values = changed_values(queries.petition_as_draft(petition), one)
    region, items = values.pop("region", None), values.pop("sub_items", ())
    if region is not None:
        audit.change(petition.matter, region_id=region, because=note)
        values["region_raw"] = one.region_raw
    plain: dict[str, Any] = {name: [*value] if name in LISTS else value for name, value in values.items()}
    if petition.matter.intake_id == getattr(intake, "pk", None):
        plain |= {"spans": one.spans}
    audit.change(petition, because=note, **plain)
    _settle_items(petition, items, note)
    index_petitions([petition])


def _settle_items(petition: Petition, items: Sequence[SubItemDraft], note: str) -> None:
    standing = {item.number: item for item in petition.sub_items.select_related("petition__matter")}
    for item in items:
        words = {"text": item.text, "finding": item.finding, "truth": item.truth}
        if item.number in standing:
            audit.change(standing[item.number], because=note, **words)
        else:
            audit.create(SubItem(petition=petition, number=item.number, **words), because=note)
