"""Exports of petitioners' data as their pages draw them: which petitions, which fields, what for, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.petitioners.queries import exports
from bihuan.petitioners.rules.export import AGREED_FOR, PASSWORD_FOR, REASONS, ExportState
from bihuan.petitioners.rules.fields import labels
from bihuan.web.drawing import Piece
from bihuan.web.jinja import moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bihuan.core.actor import Actor
    from bihuan.petitioners.models import Export

SHOWN = 50
LINKED = 100  # petitions of one export that are led to


def line(export: Export, by: Actor, at: datetime) -> dict[str, Any]:
    """One export of the list."""
    return {
        "code": export.code,
        "url": reverse("petitioner_export_detail", args=[export.pk]),
        "who": str(export.asked_by),
        "when": export.asked_at,
        "what": f"{len(export.codes)}件：{_labels(export)}",
        "whom": export.recipient,
        "standing": exports.standing_of(export, by, at),
        "is_open": export.state in (ExportState.ASKED, ExportState.AGREED, ExportState.MADE),
    }


def _labels(export: Export) -> str:
    return "、".join(labels(export.fields))


def detail(export: Export, by: Actor, at: datetime) -> dict[str, Any]:
    """What petitions/export_detail.html draws."""
    return {
        "export": {"code": export.code, "standing": exports.standing_of(export, by, at)},
        "back": ("导出举报人信息", reverse("petitioner_export_list")),
        "facts": [(label, words) for label, words in _facts(export) if words],
        "codes": [*_petitions(export)],
        "count": len(export.codes),
        "offers": exports.export_offers(export, by, at),
        "is_made": bool(export.made_at),
        "agreed_for": AGREED_FOR,
        "password_for": PASSWORD_FOR,
    }


def _petitions(export: Export) -> Iterator[str | Piece]:
    """The petitions by their numbers, as far as they are led to; of one that was withdrawn its code is left."""
    numbers = {one.matter.code: one.number for one in exports.petitions_of(export)}
    for place, code in enumerate(export.codes[:LINKED]):
        yield "、" if place else ""
        yield Piece(numbers.get(code, code), "link", reverse("petition_detail", args=[code]))
    if len(export.codes) > LINKED:
        yield f"，等{len(export.codes)}件"


def _facts(export: Export) -> list[tuple[str, Any]]:
    """(label, words or a moment), the empty ones too."""
    decision = "批准" if export.state != ExportState.REFUSED else "不批准"
    return [
        ("申请", f"{export.asked_by}，{moment(export.asked_at)}"),
        ("导出", _labels(export)),
        ("理由", f"{REASONS[export.reason]}：{export.words}"),
        ("交给", export.recipient),
        ("依据", export.paper),
        (decision, f"{export.decided_by}，{moment(export.decided_at)}：{export.opinion}" if export.decided_at else ""),
        ("生成", f"{moment(export.made_at)}，{export.count}人" if export.made_at else ""),
        ("密码取走", moment(export.shown_at) if export.shown_at else ""),
    ]
