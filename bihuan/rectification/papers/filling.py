"""The workbook in which a unit fills in its progress: every measure that it owes, with what was said last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from bihuan.core.actor import Actor
from bihuan.lib.paper.returnable import Line, Place, Returnable
from bihuan.lib.paper.workbook import Head
from bihuan.lib.quantity import plain
from bihuan.rectification.queries import reporting
from bihuan.rectification.rules.filled_in import COLUMNS, FILLED, INDICATOR, MILESTONE, key_of
from bihuan.rectification.rules.reporting import REASONS

if TYPE_CHECKING:
    from bihuan.matters.models import ProgressReport
    from bihuan.rectification.models import Measure

TITLE, LEDGER = "进展填报表", "progress"
WIDTHS = {"about": 34, "last": 26, "done": 36, "difficulties": 18, "next_steps": 18, "reason": 14, "answer": 22}
WIDTH = 9
OPEN_MEASURE = frozenset({"on", "reason", "done", "difficulties", "next_steps", "expected_on", "answer"})


def filling_sheet(by: Actor, today: date) -> Returnable:
    """What this actor's units owe as a sheet to be filled in: a row a measure, one under it for each indicator and for
    each milestone; the common reasons are offered where nothing changed.
    """
    owed = reporting.owed(by, today)
    note = f"{by.name} {today.isoformat()}从闭环取出，共{len(owed)}件；只填有底色的列，填好拖回“进展填报”页。"
    places = [
        Place(name, Head(label, WIDTHS.get(name, WIDTH)), REASONS if name == "reason" else (), is_filled=name in FILLED)
        for name, label in COLUMNS.items()
    ]
    lines = [line for one in owed for line in _lines(one, today)]
    meta = {"ledger": LEDGER, "city": by.city, "by": by.name, "on": today.isoformat()}
    return Returnable(TITLE, note, places, lines, meta)


def _lines(owed: reporting.Owed, today: date) -> Iterator[Line]:
    measure, code = owed.measure, owed.measure.matter.code
    counted = reporting.counted(measure, today)
    is_open = OPEN_MEASURE if counted else OPEN_MEASURE | {"figure"}
    head = {"about": measure.text, "due": _day(measure), "last": _said(owed.last), "on": today.isoformat()}
    yield _line(key_of(code), code, head, is_open)
    for pk, one in counted.items():
        cells = {
            "about": f"指标：{one.name}",
            "due": f"{plain(one.target)}{one.unit}",
            "last": f"累计{plain(one.before)}{one.unit}" if one.before is not None else "",
        }
        yield _line(key_of(code, INDICATOR, pk), code, cells, frozenset({"figure"}))
    for mark in reporting.open_marks(measure):
        cells = {"about": f"节点：{mark.text}", "due": mark.due_on.isoformat()}
        yield _line(key_of(code, MILESTONE, mark.pk), code, cells, frozenset({"reached_on"}))


def _line(key: str, code: str, cells: dict[str, str], is_open: frozenset[str]) -> Line:
    return Line(key, [code if name == "code" else cells.get(name, "") for name in COLUMNS], is_open)


def _day(measure: Measure) -> str:
    return measure.matter.due_on.isoformat() if measure.matter.due_on else ""


def _said(last: ProgressReport | None) -> str:
    if last is None:
        return ""
    words = f"无变化：{last.reason}" if last.is_unchanged else last.done
    percent = f"（{plain(last.percent)}%）" if last.percent is not None else ""
    return f"{last.on.isoformat()} {words}{percent}"
