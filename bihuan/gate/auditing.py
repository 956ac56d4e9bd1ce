"""What an auditor asks of the trail, and the look that each answer leaves there: whichever door he comes through."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bihuan.core import trailing
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.trailing import Question
from bihuan.gate.deed_names import deed_name
from bihuan.lib.paper.workbook import Head, Sheet, workbook
from bihuan.organisation.actions import auditing

ASKED: Mapping[str, str] = {
    "person": "办理人",
    "after": "从哪天",
    "before": "到哪天",
    "action": "做了什么",
    "table": "动了哪类记录",
    "about": "事项编号",
}
NOTHING_ASKED = "请至少写一项要查什么。"
HEADS = (Head("做了什么", 22), Head("次数", 10), Head("涉及记录", 10), Head("人数", 10))
Row = tuple[str, int, int, int]


def entries(question: Question, *, by: Actor, at: datetime, **deed: Any) -> Any:
    """The entries that a question means, newest first; that they were asked for stands in the trail from now on."""
    auditing.look_into_trail(said(question), by=by, at=at, **deed)
    return trailing.entries_asked(by.city, question)


def said(question: Question) -> str:
    """The question in words, as it stands in the trail."""
    names = {"action": deed_name, "table": trailing.tables().get}
    asked = [(label, getattr(question, name), names.get(name, str)) for name, label in ASKED.items()]
    words = [f"{label}“{called(value)}”" for label, value, called in asked if value]  # type: ignore[operator]  # each takes one value
    return f"查轨迹：{'，'.join(words)}"


def last_verified(city: str) -> Entry | None:
    """The last verification of the chain that somebody asked for here."""
    return trailing.entries_asked(city, Question(action="organisation.verify_trail")).first()


def month_counted(month: date, *, by: Actor, at: datetime, **deed: Any) -> list[Row]:
    """How often each thing was done in a month, on how many rows and by how many; the look stands in the trail."""
    auditing.look_into_trail(f"看审计月报：{month:%Y-%m}", by=by, at=at, **deed)
    counted = trailing.counts(by.city, month)
    return [(deed_name(one.action), one.deeds, one.entries, one.persons) for one in counted]


def month_workbook(month: date, rows: list[Row], today: date) -> tuple[str, bytes]:
    """(its name, the same as a workbook)."""
    title, note = f"{month:%Y年%-m月}审计月报", f"数据截至 {today.isoformat()}；只记次数，不含字段内容"
    return title, workbook([Sheet(title, note, HEADS, rows)])
