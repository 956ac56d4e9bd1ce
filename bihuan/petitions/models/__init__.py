"""Petitions and what is reported of them, as they are stored."""

from bihuan.petitions.models.findings import FindingsReport, ItemFinding
from bihuan.petitions.models.petition import LEDGER_ORDER, Batch, Petition, SubItem, Undertaking

__all__ = ["LEDGER_ORDER", "Batch", "FindingsReport", "ItemFinding", "Petition", "SubItem", "Undertaking"]
