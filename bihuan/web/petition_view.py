"""A petition as its page draws it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import history
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.core.history import PastDeed
from bihuan.intake.queries import asking
from bihuan.matters import queries as matters
from bihuan.matters.queries import work
from bihuan.matters.rules.checks import CHECKERS
from bihuan.organisation.queries import scope
from bihuan.petitions.ledger import petition_light, petition_result_of, with_round
from bihuan.petitions.queries import call_backs as called_back
from bihuan.petitions.queries import findings, petitions_seen, steps, sub_items
from bihuan.petitions.queries.repeats import merged_into
from bihuan.petitions.rules.call_backs import DISSATISFIED, HEARD
from bihuan.petitions.rules.checks import SHUT
from bihuan.petitions.rules.closings import CLOSED
from bihuan.petitions.rules.petition import ANSWERED, PETITION, PetitionState
from bihuan.petitions.rules.undertaking import UNDERTAKING, UndertakingState
from bihuan.rectification.queries import linking
from bihuan.web import check_view, findings_view, link_view, proofs_view, repeat_view
from bihuan.web.drawing import Answer, NextStep, Piece, Step
from bihuan.web.forms import AssignForm
from bihuan.web.matter_view import road, source_url, taken_over
from bihuan.web.trail import trail_lines

if TYPE_CHECKING:
    from bihuan.petitions.models import Petition, Undertaking

ROAD = (
    PetitionState.IN_TRAY,
    PetitionState.ASSIGNED,
    PetitionState.HANDLING,
    PetitionState.COUNTY_REVIEW,
    PetitionState.CITY_REVIEW,
    PetitionState.ANSWERED,
    PetitionState.DISCLOSED,
    PetitionState.ACCEPTING,
    PetitionState.SIGNED_OFF,
)
TITLE = 60
BECOMES = "审核通过并反馈后成为这件信访的结果"
STAYS = "认定以后成为新的结果；认定以前的结果在下面"
FOLLOWING = {
    PetitionState.IN_TRAY: NextStep("市整改办交办。", "交办当日起计反馈期限，签收不影响计时。"),
    PetitionState.ASSIGNED: NextStep("承办单位签收。", "职责不符的，交办当日写明理由退办。"),
    PetitionState.COUNTY_REVIEW: NextStep("县整改办审核核实情况。", "通过后由市整改办审核，不通过的写明理由退回。"),
    PetitionState.CITY_REVIEW: NextStep("市整改办审核核实情况。", "通过即反馈督察组；有一家不行的，只退回那一家。"),
}
WITH_ANOTHER = {
    PetitionState.MERGED: ("随另一件办理", "随另一件", "这一件不另计反馈期限。", "结果写在另一件上。"),
    PetitionState.TRANSFERRED: ("已移送", "不再计时", "移送以后不计反馈期限。", "由接收的单位办理。"),
}
"""{state: whose it is, by when, in more words, and what comes of it} of what is handled here no longer."""
HELD_BY_NONE = (PetitionState.IN_TRAY, *WITH_ANOTHER)
UNANSWERED = (PetitionState.HANDLING, PetitionState.COUNTY_REVIEW, PetitionState.CITY_REVIEW)


def detail(petition: Petition, by: Actor, today: date, units: Any) -> dict[str, Any]:
    """What petitions/petition_detail.html draws, except the petition's own offers."""
    links = linking.links_for(by, petition.matter)
    deeds = history.deeds_about(
        petition.matter.code, petition.matter.city, is_masked=True, joined=linking.trail_of(links)
    )
    parts = findings.parts_of(petition)
    stale, next_step = petition_result_of(petition), _next_step(petition, parts, by)
    return {
        "petition": {
            "code": petition.matter.code,
            "number": petition.number,
            "title": petition.content,
            "is_key_case": petition.is_key_case,
        },
        "head": {"ids": _ids(petition), "title": _title(petition.content)},
        "answers": _answers(petition, today),
        "next_step": next_step,
        "content": [petition.content],
        "source_url": source_url(petition, by),
        "sub_items": [
            {
                "number": one.place,
                "text": one.text,
                "finding": one.finding,
                "truth": one.truth or "未填",
            }
            for one in sub_items.of_petition(petition)
        ],
        "place_label": "改行政区域" if petition.matter.region_id else "定行政区域",
        "split_url": _split_url(petition, by),
        "reports": findings_view.reports(petition, _unsettled(petition, parts), by),
        "reports_note": STAYS if petition.matter.state in ANSWERED else BECOMES,
        "earlier": findings_view.earlier(petition, by),
        "penalties": findings_view.penalty_figures(petition),
        "fill_url": _fill_url(petition, parts, by),
        "stale": stale,
        "findings": petition.findings,
        "handling": petition.handling,
        "goal": petition.goal,
        "accountability": petition.accountability,
        "facts": [*_taken(petition, by), *_facts(petition)],
        "links_told": link_view.section(petition.matter, by, links),
        "checks": check_view.lines(petition.matter),
        "check_url": _check_url(petition, by),
        "proofs": proofs_view.glance(petition, by),
        "call_backs": call_backs(petition, by),
        "pairs": repeat_view.of_petition(petition, by),
        "undertakings": [_undertaking(one, parts, by, today, units) for one in parts],
        "steps": _road(petition, deeds),
        "lives_on": next_step if next_step and petition.matter.state == PetitionState.MERGED else None,
        "pairs_url": reverse("repeat_list"),
        "round_label": f"第{petition.matter.round_number}轮",
        "trail": trail_lines(deeds, UNDERTAKING, PETITION),
        "trail_note": f"{len(deeds)}次办理",
    }


def _unsettled(petition: Petition, parts: list[Undertaking]) -> list[Undertaking]:
    """The parts whose report is to be judged: before the answer all, after it those that report anew."""
    if petition.matter.state in UNANSWERED:
        return parts
    return findings.news_of(parts) if petition.matter.state in ANSWERED else []


def _road(petition: Petition, deeds: Sequence[PastDeed]) -> list[Step]:
    """The whole road, without 公开 where the petition went past it."""
    steps = road(PETITION, ROAD, petition.matter.state, deeds, is_taken_over=bool(petition.taken_over))
    disclosed = PETITION.label(PetitionState.DISCLOSED)
    return [one for one in steps if one.label != disclosed or one.state != "done" or one.when]


def call_backs(petition: Petition, by: Actor) -> list[dict[str, Any]]:
    """How the petitioner took it; why he is dissatisfied is told to the office alone."""
    is_told = scope.has_role(by, HEARD)
    return [
        {
            "round": one.round_number,
            "on": one.called_on,
            "way": one.way,
            "outcome": one.outcome,
            "is_bad": one.outcome == DISSATISFIED,
            "reason": one.reason if is_told else "",
            "by": str(one.called_by or "系统"),
        }
        for one in called_back.of_petition(petition)
    ]


def _next_step(petition: Petition, parts: list[Undertaking], by: Actor) -> NextStep | None:
    state = PetitionState(petition.matter.state)
    returned = [str(part.unit) for part in parts if part.state == UndertakingState.RETURNED]
    if returned and state in (PetitionState.ASSIGNED, PetitionState.HANDLING):
        return NextStep(f"市整改办答复{'、'.join(returned)}的退办。", "改交其他单位、同意退办，或写明理由不同意退办。")
    if state == PetitionState.IN_TRAY:
        return _to_hand_over(petition, returned, by)
    if state == PetitionState.HANDLING:
        return _to_report(parts)
    if state == PetitionState.MERGED and (target := merged_into(petition)):
        return _merged(target, by)
    if state == PetitionState.ACCEPTING:
        return _to_accept(petition)
    return _to_close(petition, parts) if state in ANSWERED else FOLLOWING.get(state)


def _to_hand_over(petition: Petition, returned: list[str], by: Actor) -> NextStep:
    """Anew where every unit returned it; what the import still asks is answered first, where it was asked."""
    if returned:
        return NextStep("市整改办重新交办。", f"{'、'.join(returned)}已退办，理由见轨迹；改行政区域，或选别的单位。")
    if asked := asking.unanswered_doubts(petition.matter):
        where = source_url(petition, by)
        return NextStep("先答复存疑，再交办。", asked, "去答复" if where else "", where)
    return FOLLOWING[PetitionState.IN_TRAY]


def _merged(target: Petition, by: Actor) -> NextStep:
    """Into which one it went, and the way there: to whoever may read that, and to nobody else which one it is."""
    more = "随那一件办理；实为两件的，重新办理。"
    if not petitions_seen(by).filter(pk=target.pk).exists():
        return NextStep("已并入另一件。", more)
    words = f"已并入{target.matter.code}（{target.number}）。"
    return NextStep(words, more, "看并入的那一件", reverse("petition_detail", args=[target.matter.code]))


def _to_accept(petition: Petition) -> NextStep:
    """Who accepts it, and whether anybody has looked on the ground in this round."""
    looked = [*work.checks_of(petition.matter).filter(round_number=petition.matter.round_number)]
    seen = f"本轮已现场核查{len(looked)}次，最近{day_of(looked[0].checked_at)}（{looked[0].kind}）。" if looked else ""
    return NextStep(
        "市整改办主任验收销号。",
        f"{seen or '本轮还没有现场核查记录。'}回访不满意的不能销号；验收不通过的写明理由退回。",
    )


def _to_close(petition: Petition, parts: list[Undertaking]) -> NextStep:
    """What follows the answer: the unit reports on, the office states the closing, the unit applies for acceptance."""
    news = findings.news_of(parts)
    behind = [part for part in news if part.state != UndertakingState.REPORTED]
    if behind:
        return NextStep(
            f"{'、'.join(str(part.unit) for part in behind)}的续报在审核。", "县级审核通过后由市整改办认定。"
        )
    if news:
        return NextStep("市整改办认定办结。", "承办单位已续报，认定后成为新的结果，再次公开。")
    if petition.closing != CLOSED:
        return NextStep("承办单位继续整改，完成后续报。", f"整改时限{petition.matter.due_on}。")
    return NextStep("承办单位申请验收。", "举报人留了联系方式的，先由信访专员回访。")


def _to_report(parts: list[Undertaking]) -> NextStep:
    """Who has still to sign for it, to fill in or to report, by name."""
    waiting = [str(part.unit) for part in parts if part.state == UndertakingState.WAITING]
    if waiting:
        return NextStep(f"{'、'.join(waiting)}签收。", "职责不符的，交办当日写明理由退办。")
    handling = [part for part in parts if part.state == UndertakingState.HANDLING]
    empty = [str(part.unit) for part in handling if findings.report_of(part) is None]
    if empty:
        return NextStep(f"{'、'.join(empty)}填报核实情况。", "逐个分项写明核实情况和是否属实，再由本单位审核人上报。")
    return NextStep(f"{'、'.join(str(part.unit) for part in handling)}上报核实情况。", "已填好，等本单位审核人上报。")


def _fill_url(petition: Petition, parts: list[Undertaking], by: Actor) -> str:
    own = any(findings.may_fill(part, by) for part in parts)
    return reverse("petition_findings", args=[petition.matter.code]) if own else ""


def _split_url(petition: Petition, by: Actor) -> str:
    return reverse("petition_items", args=[petition.matter.code]) if sub_items.may_split(petition, by) else ""


def _check_url(petition: Petition, by: Actor) -> str:
    """Where this actor writes a field check down, or ""."""
    may = scope.capacities(by, matters.answering(petition.matter)) & CHECKERS
    is_checked = petition.matter.state not in SHUT
    return reverse("petition_check_new", args=[petition.matter.code]) if may and is_checked else ""


def _ids(petition: Petition) -> list[Piece | str]:
    ledger = Piece("信访问题台账", "link", reverse("ledger_detail", args=["petitions"]))
    key = ["重点关注件"] if petition.is_key_case else []
    return [ledger, petition.matter.code, petition.number, petition.batch.label, *key, petition.matter.inspection.name]


def _answers(petition: Petition, today: date) -> list[Answer]:
    matter, light = petition.matter, petition_light(petition, today)
    units = "、".join(str(one.unit) for one in petition.live)
    state = f"{PETITION.label(matter.state)}（接管）" if petition.taken_over else PETITION.label(matter.state)
    region, stale = str(matter.region or petition.region_raw or "行政区域未定"), petition_result_of(petition)
    if away := WITH_ANOTHER.get(PetitionState(matter.state)):
        whose, when, more, result = away
        return [Answer("谁的", whose, region), Answer("何时", when, more), Answer("到哪", state, result, light=light)]
    return [
        Answer("谁的", units or "还没有交办", region, "" if units else "late"),
        Answer("何时", *_when(petition, light.reason)),
        Answer("到哪", state, _result(petition) if stale else petition.closing or _result(petition), light=light),
    ]


def _when(petition: Petition, reason: str) -> tuple[str, str]:
    """The day that counts, and which day it is."""
    if petition.answered_on is None:
        left = f"{_due(petition)}，{reason}".rstrip("，") if petition.matter.due_on else "交办后起算"
        return left, "反馈期限从交办日起算，当日不计。"
    if petition.matter.state not in (*ANSWERED, PetitionState.ACCEPTING, PetitionState.SIGNED_OFF):
        return f"{_due(petition)}，{reason}".rstrip("，"), f"重新办理；{petition.answered_on}曾反馈。"
    answered = f"{petition.answered_on} 已反馈（期限{petition.reply_due_on}）"
    if petition.closing == CLOSED:
        return f"{petition.answered_on} 已反馈", f"反馈期限{petition.reply_due_on}。"
    return f"整改到 {petition.matter.due_on}，{reason}".rstrip("，"), f"{answered}。"


def _due(petition: Petition) -> str:
    """The day in force; where a ledger that was taken over had put it off, the first beside it."""
    first, due_on = petition.matter.first_due_on, petition.matter.due_on
    return f"{due_on}（首次{first}）" if first and first != due_on else str(due_on)


def _taken(petition: Petition, by: Actor) -> list[tuple[str, list[Piece | str]]]:
    return [(term, words) for term, words, _ in taken_over(petition, by)]


def _title(content: str) -> str:
    """The first sentence, cut with a mark where it is long."""
    first = content.split("。", 1)[0]
    return first if len(first) <= TITLE else f"{first[:TITLE]}…"


def _result(petition: Petition) -> str:
    """What stands instead of a closing that is not written yet."""
    if not petition.truth:
        return "还没有办结结论。"
    stale = petition_result_of(petition)
    return f"核实为{petition.truth}（{stale}）。" if stale else f"核实为{petition.truth}；是否办结还没有填。"


def _facts(petition: Petition) -> list[tuple[str, list[Piece | str]]]:
    rows = (
        ("污染类型", "、".join(petition.types) or petition.main_type),
        ("受理方式", petition.channel),
        ("是否属实", with_round(petition.truth, petition)),
        ("重复件", "、".join(petition.repeats)),
        ("文号", "、".join(petition.document_numbers)),
    )
    return [(term, [words]) for term, words in rows if words]


def _undertaking(one: Undertaking, parts: list[Undertaking], by: Actor, today: date, units: Any) -> dict[str, Any]:
    offers = steps.undertaking_offers(one, parts, by, today)
    if one.petition.matter.state in HELD_BY_NONE:
        offers = tuple(offer for offer in offers if not offer.refusal)
    is_asked = any(offer.name == "reassign" for offer in offers)
    handed = f"{day_of(one.handed_over_at)} 交办" if one.handed_over_at else "交办时间没有记"
    received = f"，{day_of(one.received_at)} 签收" if one.received_at else ""
    return {
        "unit": str(one.unit),
        "state": UNDERTAKING.label(one.state),
        "when": f"{handed}{received}{'（接管，按原台账）' if one.is_taken_over else ''}",
        "offers": offers,
        "forms": {"reassign": AssignForm(units=units, auto_id=f"part{one.pk}-%s")} if is_asked else {},
        "prefix": str(one.pk),
    }
