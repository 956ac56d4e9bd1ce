"""The bulletin of a batch (当日批次通报): what was handed over, or what came of it, in one city's wording."""

from collections.abc import Sequence

from bihuan.petitions.rules.bulletin.kinds import KINDS
from bihuan.petitions.rules.bulletin.pieces import Bulletin, Figure, Paragraph, Piece, said
from bihuan.petitions.rules.bulletin.rows import PENALTIES, Occasion, PetitionRow, refusal
from bihuan.petitions.rules.bulletin.storing import fault, plain, wording_of
from bihuan.petitions.rules.bulletin.styles import (
    CITY_HANDED_OVER,
    CITY_HANDLED,
    CITY_REPLY,
    CITY_RESULTS,
    LISTS,
    PROVINCE_HANDED_OVER,
    PROVINCE_HANDLED,
    TOTALS,
)
from bihuan.petitions.rules.bulletin.tags import WordingError
from bihuan.petitions.rules.bulletin.telling import Teller
from bihuan.petitions.rules.bulletin.wording import Listing, Series, Wording

__all__ = [
    "CITY_HANDED_OVER",
    "CITY_HANDLED",
    "CITY_REPLY",
    "CITY_RESULTS",
    "KINDS",
    "LISTS",
    "PENALTIES",
    "PROVINCE_HANDED_OVER",
    "PROVINCE_HANDLED",
    "TOTALS",
    "Bulletin",
    "Figure",
    "Listing",
    "Occasion",
    "Paragraph",
    "PetitionRow",
    "Piece",
    "Series",
    "Wording",
    "WordingError",
    "compose",
    "fault",
    "plain",
    "said",
    "wording_of",
]


def compose(rows: Sequence[PetitionRow], occasion: Occasion, wording: Wording) -> Bulletin:
    """The bulletin of the occasion, told in the wording: every figure with its formula and the codes behind it.

    Of `rows`, which may be all that the inspection handed over, those of the batch and of the batches before it count.
    Where parts do not make up their total (joint handling, several types, nothing settled yet), a note says why.
    Refused, with a sentence: a code twice, a word for truth or closing that is none, a batch without petitions; a tag
    that is not known, brackets that do not match, a rate of nothing that stands in no brackets.
    """
    if why := refusal(rows, occasion):
        raise WordingError(why)
    teller = Teller(rows, occasion, wording)
    told = [teller.paragraph(sentence) for sentence in wording.paragraphs]
    notes = tuple(teller.notes.values())
    paragraphs = tuple(paragraph for paragraph in told if said(paragraph))
    return Bulletin(paragraphs + notes if wording.prints_notes else paragraphs, notes)
