"""A batch's bulletin and its table for the public, as pages and programs ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bihuan.core.actor import Actor
from bihuan.organisation.queries import structure
from bihuan.petitions.queries import batches, wordings
from bihuan.petitions.rules import bulletin, counting
from bihuan.petitions.rules.bulletin import Bulletin, Occasion, Paragraph, PetitionRow, Piece, Wording, WordingError
from bihuan.petitions.rules.bulletin.rows import ASKED
from bihuan.petitions.rules.public_table import FORMS, PublicTable, public_table

if TYPE_CHECKING:
    from bihuan.petitions.models import Batch

KINDS = bulletin.KINDS
FORM = "round_3"
HANDED_OVER = "handed_over"
"""What came in, wherever it went: it counts what is handled elsewhere too."""


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
    kind = kind if kind in KINDS else HANDED_OVER
    label, _ = KINDS[kind]
    begun, ended = batches.days_of(batch)
    occasion = Occasion(
        batches.team_of(batch.inspection),
        batch.handed_over_on or today if kind == HANDED_OVER else today,
        batch.label,
        places=tuple(str(one) for one in structure.regions_in(by.city)),
        begun=begun,
        ended=ended,
    )
    try:
        worded = wording or wordings.wording_in(by.city, kind)
        rows = batches.told_with(batch, by)
        made = bulletin.compose(rows, occasion, worded)
    except WordingError as fault:
        return Told(kind, f"{batch.label}{label}", Bulletin(()), str(fault))
    made = _with_span(made, rows)
    if kind != HANDED_OVER:
        made = replace(made, notes=(*made.notes, *_elsewhere(batch, by, rows)))
    return Told(kind, f"{batch.label}{label}", made)


def _with_span(made: Bulletin, rows: Sequence[PetitionRow]) -> Bulletin:
    """The bulletin, in which a range of batches that lacks some says so behind the paragraph that tells it."""
    numbers = {row.number for row in rows if row.number is not None}
    lacks = counting.of_span(numbers)
    if not lacks:
        return made
    told = f"{min(numbers)}-{max(numbers)}批"
    paragraphs = [(*one, Piece(lacks)) if told in bulletin.said(one) else one for one in made.paragraphs]
    return replace(made, paragraphs=tuple(paragraphs))


def _elsewhere(batch: Batch, by: Actor, rows: Sequence[PetitionRow]) -> Iterator[Paragraph]:
    """How many of the batch, and of all up to it, somebody else handles: the ledger has them apart."""
    away = batches.elsewhere(batch, by)
    own = [row for row in rows if row.batch == batch.label]
    for called, counted in (("本批", own), ("累计", rows if len(rows) > len(own) else [])):
        held = [row for row in counted if row.code in away]
        unfinished = sum(ASKED["未办结"](row) for row in held)
        words = counting.of_elsewhere(called, len(counted), Counter(away[row.code] for row in held), unfinished)
        if words:
            yield (Piece(words),)


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
