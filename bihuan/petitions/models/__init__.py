"""Petitions and what is reported of them, as they are stored."""

from bihuan.petitions.models.call_back import CallBack
from bihuan.petitions.models.counted import CountedPetition
from bihuan.petitions.models.findings import FindingsReport, ItemFinding
from bihuan.petitions.models.petition import LEDGER_ORDER, Batch, Petition, SubItem, Undertaking
from bihuan.petitions.models.repeats import Merger, PetitionPair, RepeatKey
from bihuan.petitions.models.wordings import BulletinWording

__all__ = [
    "LEDGER_ORDER",
    "Batch",
    "BulletinWording",
    "CallBack",
    "CountedPetition",
    "FindingsReport",
    "ItemFinding",
    "Merger",
    "Petition",
    "PetitionPair",
    "RepeatKey",
    "SubItem",
    "Undertaking",
]
