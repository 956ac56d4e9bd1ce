"""A batch's bulletin and its table for the public, as pages and programs ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bihuan.core.actor import Actor
from bihuan.organisation.queries import structure
from bihuan.petitions.queries import batches, wordings
from bihuan.petitions.rules import bulletin
from bihuan.petitions.rules.bulletin import Bulletin, Occasion, Wording, WordingError
from bihuan.petitions.rules.public_table import FORMS, PublicTable, public_table

if TYPE_CHECKING:
    from bihuan.petitions.models import Batch

KINDS = bulletin.KINDS
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


def told(batch: Batch, by: Actor, today: date, kind: str, wording: Wording | None = None) -> Told:
    """The bulletin of that kind, as of the batch's day or of today, in the city's wording or in one that is tried."""
    kind = kind if kind in KINDS else "handed_over"
    label, _ = KINDS[kind]
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
        worded = wording or wordings.wording_in(by.city, kind)
        made = bulletin.compose(batches.told_with(batch, by), occasion, worded)
    except WordingError as fault:
        return Told(kind, f"{batch.label}{label}", Bulletin(()), str(fault))
    return Told(kind, f"{batch.label}{label}", made)


def standing(city: str, kind: str) -> Wording:
    """The city's wording of that kind as a form begins with it; the house's where that cannot be read any more."""
    try:
        return wordings.wording_in(city, kind)
    except WordingError:
        return KINDS[kind][1]


def public(batch: Batch, by: Actor, today: date, form: str) -> PublicTable:
    """The table for the public in the columns of that round."""
    place = next((str(one) for one in structure.regions_in(by.city) if one.level == "city"), "")
    number = batch.number if batch.number is not None else batch.label
    day = batch.handed_over_on or today
    return public_table(FORMS[form][1], batches.public_rows(batch, by), place=place, batch=number, day=day)
