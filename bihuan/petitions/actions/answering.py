"""What units find of their parts of petitions: filled in by one, sent back, settled as the petition's answer."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bihuan.core import audit, moving
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import full_day
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.matters.models import Matter
from bihuan.matters.rules.questions import QuestionsOpen
from bihuan.organisation.actions import acting
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.actions import stepping
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.models import FindingsReport, ItemFinding, Petition, Undertaking
from bihuan.petitions.queries import findings
from bihuan.petitions.rules import findings as rules
from bihuan.petitions.rules.findings import Findings
from bihuan.petitions.rules.penalties import MONEY, PENALTIES
from bihuan.petitions.rules.undertaking import UNDERTAKING, UndertakingState

NOT_YOURS = "您没有填报这个单位核实情况的职责。"
NOT_NOW = "现在不是填报核实情况的时候：签收后、上报前才能填。"
SAID = 60  # characters of a report that the trail quotes


@action
def fill_findings(part: Undertaking, filled: Findings, *, by: Actor, at: datetime, note: str = "") -> FindingsReport:
    """Fill in what a unit found of its part of a petition, instead of what was filled in before; another person of the
    unit reports it. What tells of a petitioner is masked.

    Refuses who does not fill in for that unit, a part that was not signed for or is reported already, what says too
    little, and with `QuestionsOpen` what raises a question that it does not answer.
    """
    part = _held(part)
    acting.take_capacity(findings.FILLERS, findings.answering_for(part), part.petition.matter.code, NOT_YOURS)
    if not findings.is_open(part):
        raise Refused(NOT_NOW)
    asked = findings.asked(part, filled, by, day_of(at))
    if refusal := rules.refusal(filled, asked):
        raise Refused(refusal)
    if questions := rules.unanswered(filled, asked):
        raise QuestionsOpen(questions)
    end_report(part, "续报" if part.state == UndertakingState.REPORTED else "重新填写")
    if part.state == UndertakingState.REPORTED:
        consequence(part, "supplement", "反馈后续报")
    report = _write(part, filled, at)
    told = f"待上报的核实情况：{stepping.called(part.petition)}"
    matters.tell_about(
        part.petition.matter, told, ("responsible",), by=by, at=at, answering=findings.answering_for(part)
    )
    return report


@action
def send_back_findings(part: Undertaking, *, by: Actor, at: datetime, note: str) -> Undertaking:
    """Send a report back to who filled it in, before it is reported; what was written is where the form begins again.

    Refuses everybody but the unit's approver, without a reason, and where nothing waits.
    """
    part = _held(part)
    answering = findings.answering_for(part)
    acting.take_capacity(frozenset({Capacity.RESPONSIBLE}), answering, part.petition.matter.code, NOT_YOURS)
    if not note.strip():
        raise Refused("请写明退回修改的理由。")
    if not findings.is_open(part) or not end_report(part, note):
        raise Refused("没有等您上报的核实情况。")
    told = f"核实情况退回修改：{stepping.called(part.petition)}"
    matters.tell_about(part.petition.matter, told, ("responsible",), by=by, at=at, answering=answering)
    return part


def _held(part: Undertaking) -> Undertaking:
    """The part as it is now, its matter held."""
    matter = Matter.objects.select_for_update().get(pk=part.petition.matter_id)
    now = Undertaking.objects.select_related("petition__batch", "unit__region").get(pk=part.pk)
    now.petition.matter = matter
    return now


def _write(part: Undertaking, filled: Findings, at: datetime) -> FindingsReport:
    words = {name: getattr(filled, name).strip() for name in ("findings", "handling", "goal", "accountability")}
    report = audit.create(
        FindingsReport(
            undertaking=part,
            **{name: redact.masked(text) for name, text in words.items()},
            truth=filled.overall,
            closing=filled.closing,
            due_on=filled.due_on,
            answers={key: redact.masked(said.strip()) for key, said in filled.answers.items() if said.strip()},
            **_amounts(filled),
            filled_by_id=audit.deed().by.person,
            filled_at=at,
        ),
        because=f"{filled.overall}：{redact.masked(words['findings'])[:SAID]}",
    )
    audit.create_many(
        [
            ItemFinding(report=report, sub_item_id=key, finding=redact.masked(one.finding.strip()), truth=one.truth)
            for key, one in filled.items.items()
        ]
    )
    return report


def _amounts(filled: Findings) -> Mapping[str, Any]:
    """Every kind of penalty: what was not filled in is none."""
    told = {kind: filled.penalties.get(kind, Decimal(0)) for kind in PENALTIES}
    return {kind: amount if kind == MONEY else int(amount) for kind, amount in told.items()}


def end_report(part: Undertaking, because: str) -> bool:
    """End the report that stands of a part, inside an action; whether there was one."""
    report = FindingsReport.objects.filter(undertaking=part, is_ended=False).first()
    if report is None:
        return False
    report.undertaking = part
    audit.change(report, is_ended=True, because=because)
    return True


def consequence(part: Undertaking, name: str, note: str) -> None:
    """Take a step of a part that follows from another deed, inside it."""
    moving.make_move(UNDERTAKING, part, name, note=note, capacities={Capacity.CONSEQUENCE}, facts=None)


@action
def settle_closing(petition: Petition, name: str, *, by: Actor, at: datetime, note: str = "") -> Petition:
    """State what the units reported since the answer (认定阶段性办结, 认定已办结): it is the petition's answer from now
    on, and is to be made public again. Refuses as the table says.
    """
    petition.matter = matter_queries.locked_round(petition.matter).matter
    answer = findings.answer_of(petition, findings.parts_of(petition))
    stepping.take_step(petition, name, by=by, note=note)
    if answer is not None:
        settle(petition, answer, petition.answered_on or day_of(at))
    return petition


def settle(petition: Petition, answer: Findings, on: date) -> None:
    """Let what the units reported be the petition's answer as of that day, inside an action: its words, penalties and
    closing, and each sub-item's truth. What is not finished is due by the day that they named.
    """
    for part in findings.news_of(findings.parts_of(petition)):
        report = findings.report_of(part)
        if report is not None:
            report.undertaking = part
            audit.change(report, settled_at=audit.deed().at)
    audit.change(
        petition,
        findings=answer.findings,
        truth=answer.overall,
        handling=answer.handling,
        closing=answer.closing,
        goal=answer.goal,
        accountability=answer.accountability,
        deadline_raw=f"{full_day(answer.due_on)}前" if answer.due_on else "",
        answered_on=on,
        **_amounts(answer),
    )
    for item in petition.sub_items.filter(pk__in=[*answer.items], is_ended=False):
        item.petition = petition
        audit.change(item, finding=answer.items[item.pk].finding, truth=answer.items[item.pk].truth)
    if answer.due_on and answer.due_on != petition.matter.due_on:
        audit.change(petition.matter, due_on=answer.due_on)
    index_petitions([petition])
