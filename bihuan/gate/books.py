"""Ledgers as workbooks: of what an address shows, one to print, and one to fill in and bring back.

Plain functions of values, so that they may run in a process of their own.
"""

from datetime import date

from bihuan.core import export
from bihuan.core.actor import Actor
from bihuan.gate.shelves import SHELVES, ledger_for, rows_of
from bihuan.intake.queries import returning
from bihuan.lib.ledger import Question, view_of
from bihuan.lib.paper.returnable import returnable_workbook


def ledger(name: str, by: Actor, inspection: str, question: Question, today: date) -> bytes:
    """The ledger of that name as this question asks for it, in this actor's scope."""
    shelf = SHELVES[name]
    sheet = export.sheet_of(rows_of(shelf, by, inspection), view_of(ledger_for(shelf, by), question), today)
    return export.workbook_of([sheet])


def form(name: str, by: Actor, inspection: str, question: Question, today: date) -> bytes:
    """The same to be filled in: what may be changed stands open."""
    shelf = SHELVES[name]
    rows = rows_of(shelf, by, inspection)
    codes = [*rows.order_by().values_list("matter__inspection__code", flat=True).distinct()]
    meta = {"city": by.city, "by": by.name, "inspections": codes}
    lists = returning.drop_downs(by.city)
    return returnable_workbook(
        export.form_of(rows, view_of(ledger_for(shelf, by), question), today, lists=lists, meta=meta)
    )
