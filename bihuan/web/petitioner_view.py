"""A petitioner as his page draws him: what is held, masked or open for a while; what waits; who has read it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.petitioners.queries import limits, sight
from bihuan.petitioners.queries.sight import Shown
from bihuan.petitioners.rules import opening
from bihuan.petitioners.rules.fields import PLACES, labels
from bihuan.petitioners.rules.opening import REASONS
from bihuan.web.drawing import Piece
from bihuan.web.petitioner_forms import IdentityForm, OpenForm

if TYPE_CHECKING:
    from bihuan.core.audit import Entry
    from bihuan.petitions.models import Petition

READINGS = 50
FIGURES = {
    "open_for": opening.OPEN_FOR,
    "same": opening.SAME,
    "same_within": opening.SAME_WITHIN,
    "many_a_day": opening.MANY_A_DAY,
}


def section(petition: Petition, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What the petition's own page says of its petitioner, to those who may see him: which data are held, no more."""
    if not sight.may_oversee(by, petition, day_of(at)):
        return None
    row = sight.standing(petition)
    return {"url": reverse("petitioner_detail", args=[petition.matter.code]), "held": "、".join(sight.labels_held(row))}


def detail(petition: Petition, by: Actor, at: datetime, **bound: Any) -> dict[str, Any]:
    """What petitions/petitioner_detail.html draws; `bound` are forms that came back with errors, by name."""
    seen, row = sight.view_for(by, petition, at), sight.standing(petition)
    held = seen.held if seen else ()
    is_open = row is not None and row.destroyed_on is None
    forms: dict[str, Any] = {"write": None, "open": None}
    if seen is not None and (row is None or is_open):
        forms["write"] = bound.get("write") or IdentityForm(initial={"seen": row.version if row else None}, held=held)
    if seen is not None and held and is_open:
        forms["open"] = bound.get("open") or OpenForm(held=held)
    return {
        "petition": {"code": petition.matter.code, "number": petition.number},
        "back": (f"信访件{petition.number}", reverse("petition_detail", args=[petition.matter.code])),
        "shown": [(one.label, _lines(one), one.is_plain) for one in held],
        "is_reader": seen is not None,
        **FIGURES,
        "until": seen.until if seen else None,
        "watermark": seen.watermark if seen else "",
        "destroyed_on": row.destroyed_on if row else None,
        "forms": forms,
        "waiting": [_waiting(one, offers) for one, offers in limits.waiting(row, by, at)] if row else [],
        "is_over": is_open and seen is not None and not limits.too_early(petition, day_of(at)),
        "readings": [_reading(entry) for entry in sight.readings(row)[:READINGS]] if row else [],
        "letter_url": reverse("petitioner_letter", args=[petition.matter.code]),
        "lookup_url": reverse("petitioner_lookup") if seen is not None else "",
    }


def _lines(one: Shown) -> list[str | Piece]:
    """A field's words; the original text by its places."""
    if one.name != "original" or not one.is_plain:
        return [one.words]
    lines: list[str | Piece] = []
    for place, words in sight.originals_of(one.words).items():
        lines += [Piece(f"{PLACES.get(place, place)}：", "b"), Piece(words, "said"), " "]
    return lines


def _waiting(one: Any, offers: Any) -> dict[str, Any]:
    """A request to read or a proposal to destroy, with the steps that this person sees."""
    if hasattr(one, "fields"):
        asked = "、".join(labels(one.fields))
        kin = "；与举报人有亲属或利害关系" if one.is_kin else ""
        said = f"{one.asked_by}要查看{asked}：{REASONS[one.reason]}，{one.words}{kin}"
        return {"kind": "opening", "pk": one.pk, "said": said, "when": one.asked_at, "offers": offers}
    said = f"{one.proposed_by}提出销毁：{one.reason}"
    return {"kind": "destruction", "pk": one.pk, "said": said, "when": one.proposed_at, "offers": offers}


def _reading(entry: Entry) -> tuple[datetime, str, str, str]:
    return entry.at, f"{entry.name} {entry.post}".strip(), "、".join(labels(entry.deltas)), entry.note


def letter(petition: Petition, by: Actor, at: datetime) -> dict[str, Any]:
    """What petitions/petitioner_letter.html draws: what is held of the petitioner, and who received it."""
    seen, row = sight.view_for(by, petition, at, is_masked=True), sight.standing(petition)
    masked = {one.label: one.words for one in seen.held} if seen else {}
    return {
        "number": petition.number,
        "back": ("举报人", reverse("petitioner_detail", args=[petition.matter.code])),
        "held": [(label, masked.get(label, "已登记")) for label in sight.labels_held(row)],
        "destroyed_on": row.destroyed_on if row else None,
        "years": petition.matter.inspection.rule_set.petitioner_years,
        "readings": [_reading(entry) for entry in sight.readings(row)] if row else [],
        "units": [str(one.unit) for one in petition.live],
    }
