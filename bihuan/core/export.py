"""A ledger's rows as a workbook: every row that a view asks for, as text that a person would read on the page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bihuan.core.listing import dressed, narrowed
from bihuan.lib.ledger import Column, View
from bihuan.lib.paper.workbook import Head, Sheet, workbook

MOST_ROWS = 100_000


def sheet_of(rows: QuerySet[Any], view: View, today: date, *, columns: Sequence[Column] = ()) -> Sheet:
    """One ledger as a sheet: the view's rows in its order; its own columns unless others are named."""
    shown = tuple(columns) or view.columns
    asked = "；".join(f"{chosen.column.label}{chosen.words}" for chosen in view.filters)
    asked_for = narrowed(rows, view, today)
    found = list(dressed(asked_for, view, shown)[:MOST_ROWS])
    count = len(found) if len(found) < MOST_ROWS else asked_for.count()
    cut = f"，本表只有前 {MOST_ROWS:,} {view.ledger.counted}，请加条件分次取出" if count > MOST_ROWS else ""
    note = f"数据截至 {today.isoformat()}，共 {count} {view.ledger.counted}{cut}" + (
        f"；条件：{asked}" if asked else ""
    )
    return Sheet(
        view.ledger.title,
        note,
        [Head(column.label, column.width, column.kind == "light") for column in shown],
        [[_plain(column.value(row, today)) for column in shown] for row in found],
    )


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of one workbook."""
    return workbook(sheets)


def _plain(cell: Any) -> str | int:
    return cell if isinstance(cell, int) else str(cell)
