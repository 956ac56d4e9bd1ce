"""A petition is split into sub-items (分项) by hand: added, corrected, taken back, while it has no answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.organisation.actions import acting
from bihuan.petitions.actions import answering, stepping
from bihuan.petitions.models import ItemFinding, Petition, SubItem, Undertaking
from bihuan.petitions.queries import findings, sub_items
from bihuan.petitions.rules import splitting as rules
from bihuan.petitions.rules.undertaking import UndertakingState

OFFICE_ONLY = "只有市整改办可以拆分信访件。"
GONE = "这个分项已经收回，请刷新后再看。"
UNCHANGED = "文字没有改动，不用存。"


@action
def split_petition(
    petition: Petition, texts: Sequence[str], *, by: Actor, at: datetime, note: str = ""
) -> list[SubItem]:
    """Add sub-items to a petition, in that order; what tells of a petitioner is masked. Their numbers follow the last
    that was ever given.

    A report that its only unit has filled in and not reported yet does not answer them: it is asked again, and begins
    with what was written. Refuses everybody but the city's office, a petition that was answered, a text that is too
    short, too long or stands already, and too many.
    """
    petition = _held(petition)
    told = [redact.masked(one) for text in texts if (one := rules.trimmed(text))]
    if refusal := rules.refusal(told, [one.text for one in sub_items.of_petition(petition)]):
        raise Refused(refusal)
    first = sub_items.next_number(petition)
    rows = [SubItem(petition=petition, number=number, text=text) for number, text in enumerate(told, first)]
    for row in rows:
        audit.create(row, because=note or f"拆分：{row.text}")
    _ask_again(petition, by, at)
    return rows


@action
def correct_sub_item(item: SubItem, text: str, *, by: Actor, at: datetime, note: str = "") -> SubItem:
    """Put a sub-item's text right; what was found of it stays, and its units are told. Refuses as `split_petition`
    does, a sub-item that was taken back, and a text that changes nothing.
    """
    petition = _held(item.petition)
    item = _standing(item, petition)
    told = redact.masked(rules.trimmed(text))
    if told == item.text:
        raise Refused(UNCHANGED)
    others = [one.text for one in sub_items.of_petition(petition) if one.pk != item.pk]
    if refusal := rules.refusal([told], others):
        raise Refused(refusal)
    audit.change(item, text=told, because=note)
    _tell(petition, findings.live(findings.parts_of(petition)), f"分项文字有改动：{stepping.called(petition)}", by, at)
    return item


@action
def end_sub_item(item: SubItem, *, by: Actor, at: datetime, note: str) -> SubItem:
    """Take a sub-item back, and what reports found of it with it; the others close up, its number is not given again.

    A report that answers it and was not reported yet is asked again, since its verdict may be another now. Refuses as
    `split_petition` does, without a reason, and a sub-item that was taken back already.
    """
    petition = _held(item.petition)
    item = _standing(item, petition)
    if not note.strip():
        raise Refused("请写明为什么收回这个分项。")
    reason = redact.masked(note.strip())
    audit.change(item, is_ended=True, because=reason)
    found = ItemFinding.objects.filter(sub_item=item, is_ended=False, report__is_ended=False)
    answered = [*found.select_related("report__undertaking__petition__matter")]
    for one in answered:
        audit.change(one, is_ended=True, because=reason)
    _ask_again(petition, by, at, {one.report.undertaking_id for one in answered})
    return item


def _held(petition: Petition) -> Petition:
    """The petition, its matter held, where its doer may split it now."""
    acting.take_capacity(sub_items.SPLITTERS, (), petition.matter.code, OFFICE_ONLY)
    petition.matter = matter_queries.locked_round(petition.matter).matter
    if shut := rules.shut(petition.matter.state):
        raise Refused(shut)
    return petition


def _standing(item: SubItem, petition: Petition) -> SubItem:
    now = SubItem.objects.filter(pk=item.pk, is_ended=False).first()
    if now is None:
        raise Refused(GONE)
    now.petition = petition
    return now


def _ask_again(petition: Petition, by: Actor, at: datetime, touched: Iterable[int] = ()) -> None:
    """Ask the units again whose report is not reported yet: the one that is alone, and those that answered what was
    taken back. Of several that share the sub-items, whoever reports last is held to what is left. All are told.
    """
    parts = findings.live(findings.parts_of(petition))
    asked = {*touched} | ({parts[0].pk} if len(parts) == 1 else set())
    for part in parts:
        if part.state == UndertakingState.HANDLING and part.pk in asked:
            answering.end_report(part, "分项有变动，请再填一次")
    _tell(petition, parts, f"分项有变动，请逐项核实：{stepping.called(petition)}", by, at)


def _tell(petition: Petition, parts: Sequence[Undertaking], words: str, by: Actor, at: datetime) -> None:
    bearers = [one for part in parts for one in findings.answering_for(part)]
    if bearers:
        matters.tell_about(petition.matter, words, ("responsible",), by=by, at=at, answering=bearers)
