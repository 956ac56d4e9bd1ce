"""A batch as its page draws it: the bulletin with its figures, and what stands behind the one that was opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.gate import bulletins
from bihuan.lib.quantity import whole
from bihuan.petitions.queries import batches
from bihuan.petitions.queries.steps import may_hand_over
from bihuan.petitions.rules.bulletin import Figure, said
from bihuan.petitions.rules.petition import STATES, PetitionState
from bihuan.petitions.rules.public_table import FORMS, wanting
from bihuan.web.drawing import NextStep, address

if TYPE_CHECKING:
    from bihuan.petitions.models import Batch

MOST = 200  # records shown behind a figure


def line(batch: Batch) -> dict[str, Any]:
    """One batch in the list."""
    return {
        "label": batch.label,
        "inspection": str(batch.inspection),
        "day": batch.handed_over_on,
        "count": batch.count,  # type: ignore[attr-defined]  # brought by `batches_seen`
        "printed": batch.printed_total,
        "url": reverse("batch_detail", args=[batch.pk]),
        "rows_url": rows_url(batch),
    }


def rows_url(batch: Batch, state: str = "") -> str:
    """Its petitions in the ledger, or those in one state: a label alone may be another inspection's as well."""
    asked = [("batch", batch.label), ("inspection", batch.inspection.name), *([("state", state)] if state else [])]
    return address(reverse("ledger_detail", args=["petitions"]), asked)


def detail(batch: Batch, by: Actor, today: date, asked: Mapping[str, str]) -> dict[str, Any]:
    """What petitions/batch_detail.html draws."""
    told = bulletins.told(batch, by, today, asked.get("kind", ""))
    opened = whole(asked.get("figure"))
    figures = [*told.made.figures()]
    figure = figures[opened] if opened is not None and opened < len(figures) else None
    steps = batches.standing(batch, by)
    return {
        "batch": line(batch),
        "steps": [(STATES[PetitionState(state)], count, rows_url(batch, state)) for state, count in steps],
        "next_step": _next_step(batch, dict(steps), by),
        "kinds": [
            (label, address("", [("kind", kind)]), kind == told.kind) for kind, (label, _) in bulletins.KINDS.items()
        ],
        "refused": told.refused,
        "paragraphs": _drawn(told, opened),
        "notes": [said(one) for one in told.made.notes],
        "figure": _figure(figure, by) if figure else None,
        "paper_url": address(reverse("batch_bulletin", args=[batch.pk]), [("kind", told.kind)]),
        "table_url": reverse("batch_table", args=[batch.pk]),
        "forms": [(key, label, key == bulletins.FORM) for key, (label, _) in FORMS.items()],
        "wanting": [*wanting(FORMS[bulletins.FORM][1], batches.public_rows(batch, by))],
    }


def _next_step(batch: Batch, counts: Mapping[str, int], by: Actor) -> NextStep | None:
    """An evening's batch waits to be handed over, before anything is told of it."""
    waiting = counts.get(PetitionState.IN_TRAY, 0)
    if not waiting or not may_hand_over(by):
        return None
    more = "在台账里勾选，一次交办给属地；交办当日起计反馈期限。"
    return NextStep(f"{waiting}件还没有交办。", more, "去交办", rows_url(batch, PetitionState.IN_TRAY))


def _drawn(told: bulletins.Told, opened: int | None) -> list[list[dict[str, Any]]]:
    """The paragraphs as pieces; a figure with the address that opens what stands behind it."""
    number = 0
    drawn = []
    for paragraph in told.made.paragraphs:
        pieces = []
        for piece in paragraph:
            url, is_open = "", False
            if piece.figure is not None:
                url, is_open = address("", [("kind", told.kind), ("figure", str(number))]) + "#figure", number == opened
                number += 1
            pieces.append({"text": piece.text, "url": url, "is_open": is_open})
        drawn.append(pieces)
    return drawn


def _figure(figure: Figure, by: Actor) -> dict[str, Any]:
    """What stands behind a figure: its formula, and its records."""
    rows = batches.called(figure.codes, by)[:MOST]
    return {
        "name": figure.name,
        "value": str(figure.value),
        "formula": figure.formula,
        "count": len(figure.codes),
        "base": len(figure.base),
        "rows": [
            (one.number, one.content, reverse("petition_detail", args=[one.matter.code]), one.matter.code)
            for one in rows
        ],
    }
