"""The steps of a petition and of its units: 交办 to one or more units, 签收, 退办, 移送; facts put right by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bihuan.core import audit, moving
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib import redact
from bihuan.lib.flow import Move, Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.models import Duty, Matter
from bihuan.organisation.actions import acting
from bihuan.organisation.models import Unit
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import Answering, DutyRole
from bihuan.petitions import queries
from bihuan.petitions.actions import answering, reworking, stepping
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.queries import findings, steps
from bihuan.petitions.rules.facts import MAY_CHANGE, PETITION_FACTS, petition_shut
from bihuan.petitions.rules.petition import NO_REGION, PETITION
from bihuan.petitions.rules.undertaking import GIVEN_UP, UNDERTAKING, UndertakingState, following

CITY = "city"
AGAIN, CLOSING = ("refuse", "rework"), ("stage", "close")
SENT_BACK = ("county_return", "city_return")


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
    stepping.take_step(petition, "assign", by=by, note=note)
    matters.set_round(matter, handed_over_at=at)
    for part in returned:  # the hand-over is the office's answer to those who returned it
        part.petition = petition
        _make_move(part, "reassign", by=by, at=at, note=note)
    if matter.first_due_on is None:
        matters.settle_deadline(matter, due_on)
    elif matter.round_number > 1:
        audit.change(matter, due_on=due_on)
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
    if unit is None and petition.matter.region is None:
        raise Refused(NO_REGION)
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
    """Take a step of a petition's lifecycle that needs nothing but an opinion (移送, 市级审核通过并反馈, 验收 …).

    What the units reported becomes the petition's own answer when the city approves it. An acceptance signs it off and
    closes its round; one that is refused, and 重新办理, send it back to its units.
    """
    if name == "assign":
        raise Refused("请选承办单位后交办。")
    if name in CLOSING:
        return answering.settle_closing(petition, name, by=by, at=at, note=note)
    answer = findings.answer_of(petition, findings.parts_of(petition)) if name == "approve" else None
    stepping.take_step(petition, name, by=by, note=note)
    if answer is not None:
        answering.settle(petition, answer, day_of(at))
    elif name == "accept":
        matters.set_round(petition.matter, closed_on=day_of(at))
    elif name in AGAIN:
        reworking.hand_back(petition, name, note, at)
    return petition


@action
def correct_petition(petition: Petition, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """Correct (更正) the last step on a petition or on one unit's part of it: see `matters.correct_last`."""
    matters.correct_last(petition.matter, queries.LIFECYCLES, note=note, called=stepping.called(petition))
    petition.refresh_from_db(fields=[one.name for one in Petition._meta.concrete_fields if not one.is_relation])
    index_petitions([petition])
    return petition


@action
def move_undertaking(undertaking: Undertaking, name: str, *, by: Actor, at: datetime, note: str = "") -> Undertaking:
    """Take a step of one unit's part: sign for it, return it (退办) with a reason, answer the return, report its
    findings (上报核实), approve or send back the report.

    The first sign-for takes the petition into 办理中; when all have returned it, it goes back to 收件; when all have
    reported it lies with the counties, and when all counties have approved with the city. A part of the city's own
    units has no county between. A report that is sent back is filled in again.
    """
    if name == "reassign":
        raise Refused("请选承办单位后改交。")
    petition = _in_line(undertaking)
    move = _make_move(undertaking, name, by=by, at=at, note=note)
    if name == "receive":
        audit.change(undertaking, received_at=at)
    elif name in ("return", "refuse_return"):
        _bear(undertaking, is_ended=name == "return")
    elif name == "report_findings" and undertaking.unit.region.level == CITY:
        answering.consequence(undertaking, "skip_county", "承办单位属市本级")
    elif name in SENT_BACK:
        answering.end_report(undertaking, note)
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
    told = f"{move.label}：{stepping.called(petition)}"
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
        facts=steps.undertaking_facts(undertaking, findings.parts_of(undertaking.petition), by, day_of(at)),
    )


def _bear(undertaking: Undertaking, *, is_ended: bool) -> None:
    """A unit that returned a petition no longer answers for it; one whose return was refused does."""
    duties = Duty.objects.filter(matter=undertaking.petition.matter, unit=undertaking.unit, role=DutyRole.RESPONSIBLE)
    for duty in duties.exclude(is_ended=is_ended).select_related("matter"):
        audit.change(duty, is_ended=is_ended)


def _follow(petition: Petition) -> None:
    """The petition follows its undertakings. A return (退办) that waits for its answer holds it where it is."""
    matter = petition.matter
    parts = queries.undertakings_of(petition).filter(round_number=matter.round_number)
    states = set(parts.values_list("state", flat=True))
    name, note = following(matter.state, states)
    if not name:
        return
    matters.follow(matter, PETITION, name, note=note)
    if name == "begin":
        audit.change(matter_queries.last_round(matter), received_at=audit.deed().at)


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
