"""A ledger's rows as a workbook: every row that a view asks for, as text that a person would read on the page."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bihuan.core.listing import alike, dressed, narrowed
from bihuan.lib.ledger import Column, View
from bihuan.lib.paper.returnable import Line, Place, Returnable
from bihuan.lib.paper.workbook import Head, Sheet, workbook

MOST_ROWS = 100_000
MOST_LINES = 5_000  # of a workbook that comes back: as many as a preview compares in a few seconds
FILLING = "黄色表头的列可填，灰底的格子不收；填好后在“导入”里交回"


def sheet_of(rows: QuerySet[Any], view: View, today: date, *, columns: Sequence[Column] = ()) -> Sheet:
    """One ledger as a sheet: the view's rows in its order; its own columns unless others are named."""
    shown = tuple(columns) or view.columns
    asked = "；".join(f"{chosen.column.label}{chosen.words}" for chosen in view.filters)
    asked_for = alike(narrowed(rows, view, today))
    found = list(dressed(asked_for, view, shown, today)[:MOST_ROWS])
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


def form_of(
    rows: QuerySet[Any], view: View, today: date, *, lists: Mapping[str, Sequence[str]], meta: Mapping[str, Any]
) -> Returnable:
    """One ledger to be filled in away from the page and brought back: what tells its rows apart, what the view shows,
    and every column that may be filled in. `lists` are the words of a drop-down by the kind of `Fill`.
    """
    columns = [one for one in view.ledger.columns if one.tells or one.fill is not None or one in view.columns]
    found = list(dressed(alike(narrowed(rows, view, today)), view, columns, today)[:MOST_LINES])
    cut = f"(只取前{MOST_LINES}{view.ledger.counted}，其余请加条件分次取出)" if len(found) == MOST_LINES else ""
    note = f"{meta['by']}{today.isoformat()}从闭环取出，共{len(found)}{view.ledger.counted}{cut}；{FILLING}"
    return Returnable(
        view.ledger.title,
        note,
        [_place(one, lists) for one in columns],
        [_line(view, columns, row, today) for row in found],
        {**meta, "ledger": view.ledger.name, "on": today.isoformat()},
    )


def _place(column: Column, lists: Mapping[str, Sequence[str]]) -> Place:
    fill = column.fill
    choices = [] if fill is None else [*column.choices.values()] if fill.kind == "choice" else lists.get(fill.kind, ())
    return Place(column.name, Head(column.label, column.width), choices, fill is not None)


def _line(view: View, columns: Sequence[Column], row: Any, today: date) -> Line:
    cells = [one.fill.words(row) if one.fill is not None else str(_plain(one.value(row, today))) for one in columns]
    open_ones = frozenset(one.name for one in columns if one.fill is not None and not one.fill.shut(row))
    return Line(view.ledger.key(row), cells, open_ones)


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of one workbook."""
    return workbook(sheets)


def _plain(cell: Any) -> str | int:
    return cell if isinstance(cell, int) else str(cell)
