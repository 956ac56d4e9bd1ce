"""A batch's bulletin and its table for the public, as pages and programs ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bihuan.core.actor import Actor
from bihuan.organisation.queries import structure
from bihuan.petitions.queries import batches
from bihuan.petitions.rules import bulletin
from bihuan.petitions.rules.bulletin import Bulletin, Occasion, Wording, WordingError
from bihuan.petitions.rules.public_table import FORMS, PublicTable, public_table

if TYPE_CHECKING:
    from bihuan.petitions.models import Batch

KINDS: Mapping[str, tuple[str, Wording]] = {
    "handed_over": ("转办通报", bulletin.CITY_HANDED_OVER),
    "handled": ("办理情况通报", bulletin.CITY_HANDLED),
    "reply": ("反馈督察组", bulletin.CITY_REPLY),
    "results": ("公开结果通报", bulletin.CITY_RESULTS),
}
FORM = "round_3"


@dataclass(frozen=True, slots=True)
class Told:
    """A bulletin that was asked for: its kind, its title, what it says, or why it says nothing."""

    kind: str
    title: str
    made: Bulletin
    refused: str = ""

    @property
    def texts(self) -> list[str]:
        """Its paragraphs."""
        return [bulletin.said(one) for one in self.made.paragraphs]


def told(batch: Batch, by: Actor, today: date, kind: str) -> Told:
    """The bulletin of that kind, as of the batch's day or of today."""
    kind = kind if kind in KINDS else "handed_over"
    label, wording = KINDS[kind]
    begun, ended = batches.days_of(batch)
    occasion = Occasion(
        batches.team_of(batch.inspection),
        batch.handed_over_on or today if kind == "handed_over" else today,
        batch.label,
        places=tuple(str(one) for one in structure.regions_in(by.city)),
        begun=begun,
        ended=ended,
    )
    try:
        made = bulletin.compose(batches.told_with(batch, by), occasion, wording)
    except WordingError as fault:
        return Told(kind, f"{batch.label}{label}", Bulletin(()), str(fault))
    return Told(kind, f"{batch.label}{label}", made)


def public(batch: Batch, by: Actor, today: date, form: str) -> PublicTable:
    """The table for the public in the columns of that round."""
    place = next((str(one) for one in structure.regions_in(by.city) if one.level == "city"), "")
    number = batch.number if batch.number is not None else batch.label
    day = batch.handed_over_on or today
    return public_table(FORMS[form][1], batches.public_rows(batch, by), place=place, batch=number, day=day)
