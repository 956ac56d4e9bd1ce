"""Reports of what units found of a petition, as its pages draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core import history
from bihuan.core.actor import Actor
from bihuan.petitions.queries import findings, steps, sub_items
from bihuan.petitions.rules.findings import Findings, topic
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.petition import ANSWERED
from bihuan.petitions.rules.undertaking import IN, UNDERTAKING

if TYPE_CHECKING:
    from bihuan.petitions.models import FindingsReport, Petition, Undertaking


def page_of(petition: Petition, part: Undertaking, by: Actor, today: date) -> dict[str, Any]:
    """What petitions/petition_findings.html draws besides its form."""
    parts = findings.parts_of(petition)
    standing = next((one for one in parts if one.pk == part.pk), part)
    report = findings.report_of(standing)
    offers = [one for one in steps.undertaking_offers(standing, parts, by, today) if one.name == "report_findings"]
    return {
        "petition": {"code": petition.matter.code, "number": petition.number, "content": petition.content},
        "unit": str(part.unit),
        "part": part.pk,
        "state": UNDERTAKING.label(part.state),
        "due": petition.reply_due_on,
        "answered_on": petition.answered_on if petition.matter.state in ANSWERED else None,
        "until": petition.matter.due_on,
        "report": report_lines(report, sub_items.places_of(petition)) if report else None,
        "returned": _returned(standing) if report is None else None,
        "is_reported": standing.state in IN,
        "offers": offers,
        "may_send_back": bool(report) and bool(offers),
        "earlier": earlier(petition, by),
        "others": [_other(one) for one in findings.live(parts) if one.pk != part.pk],
    }


def reports(petition: Petition, parts: Sequence[Undertaking], by: Actor) -> list[dict[str, Any]]:
    """Each unit's report on a petition as its page shows it; one that is not reported yet to its own unit alone."""
    shown, places = [], sub_items.places_of(petition)
    for part in findings.live(parts):
        report = findings.report_of(part)
        if report is not None and (part.state in IN or findings.is_own(part, by)):
            url = reverse("petition_findings", args=[petition.matter.code]) if findings.is_own(part, by) else ""
            state = UNDERTAKING.label(part.state) if part.state in IN else "待本单位上报"
            shown.append({"unit": str(part.unit), "state": state, "url": url, **report_lines(report, places)})
    return shown


def earlier(petition: Petition, by: Actor) -> list[dict[str, Any]]:
    """What the units had reported in earlier rounds, the last round first, masked as it was kept; what was never
    reported to its own unit alone.
    """
    parts = [(one, report) for one in findings.earlier_of(petition) if (report := findings.report_of(one)) is not None]
    return [
        {"round": part.round_number, "unit": str(part.unit), **report_lines(report, _as_numbered(report))}
        for part, report in parts
        if part.state in IN or findings.is_own(part, by)
    ]


def _as_numbered(report: FindingsReport) -> dict[int, int]:
    """The sub-items of a report of an earlier round, as they were numbered: some may have been taken back since."""
    return {one.sub_item_id: one.sub_item.number for one in report.items.all()}


def report_lines(report: FindingsReport, places: Mapping[int, int]) -> dict[str, Any]:
    """One report in words; only of the sub-items in `places`, {sub-item: its place}."""
    told = findings.as_filled(report)
    return {
        "truth": told.truth,
        "closing": told.closing,
        "texts": _texts(told),
        "penalties": penalty_figures(report),
        "found": [
            {
                "number": places[one.sub_item_id],
                "text": one.sub_item.text,
                "finding": one.finding,
                "truth": one.truth,
            }
            for one in sorted(report.items.all(), key=lambda one: one.sub_item.number)
            if one.sub_item_id in places
        ],
        "answers": [(topic(key), words) for key, words in told.answers.items()],
        "by": str(report.filled_by or "系统"),
        "at": report.filled_at,
    }


def _texts(told: Findings) -> list[tuple[str, str]]:
    rows = (
        ("调查核实情况", told.findings),
        ("处理和整改情况", told.handling),
        ("办结目标", told.goal),
        ("整改时限", str(told.due_on or "")),
        ("责任人被处理情况", told.accountability),
    )
    return [(label, words) for label, words in rows if words]


def penalty_figures(row: Any) -> list[tuple[str, str, str]]:
    """(number, unit, label) of the penalties that there are on a petition or a report."""
    amounts = ((one, getattr(row, kind)) for kind, one in PENALTIES.items())
    return [(f"{amount:,.2f}".removesuffix(".00"), one.unit, one.label) for one, amount in amounts if amount]


def _returned(part: Undertaking) -> str:
    """What became of the last report, where none stands, with the reason that was given."""
    last = findings.last_report(part)
    if last is None:
        return ""
    why = next((one.note.rstrip("。") for one in history.deeds_on(last, limit=1) if one.ended), "")
    return f"上一次填的已退回：{why or '理由见信访件的轨迹'}。下面带出了上次填的。"


def _other(part: Undertaking) -> str:
    """Another unit that holds a part, and how far it is."""
    return f"{part.unit}（{UNDERTAKING.label(part.state)}）"
