"""The home page: what I owe today, oldest first; what changed since I was here."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import clock, outbox, still
from bihuan.core.actor import Actor
from bihuan.gate import owing
from bihuan.gate.answers import page
from bihuan.gate.kinds import in_sight, url_of
from bihuan.gate.owing import Owed
from bihuan.gate.policy import Asked, policy
from bihuan.intake.queries.sight import IMPORTERS
from bihuan.matters.rules import lateness
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import queries as petitions
from bihuan.petitions.rules.petition import PetitionState
from bihuan.web.console import console_of
from bihuan.web.drawing import Piece, State
from bihuan.web.home_overview import overview

SHOWN = 30
NEWS = 8
LISTS = {  # where one line stands for a list
    "grants": "grant_list",
    "watch": "watch_list",
    "pairs": "repeat_list",
    "reports": "report_list",
}
PAGES = {
    "sweep": "sweep_detail",
    "release": "release_detail",
    "public_batch": "public_batch",
    "objection": "objection_detail",
    "extension": "extension_list",
    "assignment": "assignment_list",
    "package": "package_detail",
}
LEADERS = (Role.FIRST_RESPONSIBLE, Role.CASE_LEADER, Role.OFFICE_HEAD)
NOTHING = State("都办完了", "轮到您办的会出现在这里；也可以到台账里查看各件办到哪一步。")


@policy()
def home(request: Asked) -> HttpResponse:
    """What this person owes, and what came in; an administrator's home is his own page."""
    if console := console_of(request.actor):
        return redirect(console)
    by, today = request.actor, clock.today()
    owed = still.known(("owed", by.city, by.person, by.held, today), lambda: owing.owed(by, today))
    changes = still.known(("news", by.city, by.person, by.held, today), lambda: _news(by))
    drawn = _drawn(owed, today)
    answers_for_all = scope.has_role(by, LEADERS)
    drawn |= still.known(
        ("overview", by.city, by.person, by.held, today), lambda: overview(by, today, asks=answers_for_all)
    )
    if answers_for_all:
        drawn |= {"lead": [f"您要办{_count(owed)}。", *drawn["lead"]] if owed else ["没有轮到您办的。"], "empty": None}
    if not owed and not drawn["lights"]:
        drawn["empty"] = _first(by) or drawn["empty"]
    return page(request, "home.html", room="home", changes=changes, since="最近的消息", **drawn)


def _news(by: Actor) -> list[dict[str, Any]]:
    """The last messages; each opens its matter, where that is still in sight."""
    news = [*outbox.messages_of(by.person)[:NEWS]]
    seen = in_sight({one.matter_code for one in news}, by)
    return [
        {
            "at": f"{clock.day_of(one.sent_at):%m-%d}",
            "words": [Piece(one.text, "link", url_of(one.matter_code)) if one.matter_code in seen else one.text],
            "quote": "",
        }
        for one in news
    ]


def _drawn(owed: list[Owed], today: date) -> dict[str, Any]:
    late = sum(one.is_late(today) for one in owed)
    rest = len(owed) - SHOWN
    todos = [_todo(one, today) for one in owed[:SHOWN]]
    return {
        "title": f"要办 {_count(owed)}" if owed else "现在没有轮到您办的",
        "lead": [f"{late}件已过时限。"] if late else ["没有过时限的。"] if owed else [],
        "acts": [],
        "figures": [],
        "cases": [],
        "days": [{"label": label, "todos": some} for label, some in _by_day(todos, today)],
        "after": [Piece(f"还有{rest}件没有列出，到台账里看", "link", reverse("ledger_list"))] if rest > 0 else [],
        "empty": None if owed else NOTHING,
    }


def _count(owed: list[Owed]) -> str:
    """How many; 以上 where as many of one kind wait as are looked for."""
    return f"{len(owed)} 件" + ("" if owing.is_all(owed) else "以上")


def _first(by: Actor) -> State | None:
    """What an office sees that has nothing yet; None for others, and where there is something."""
    if not scope.has_role(by, IMPORTERS) or petitions.petitions_for(by).exists():
        return None
    return State(
        "先导入整改方案",
        "放入整改方案（Word、PDF）或信访交办表，读完先给您看，写入以后这里就列出要办的。单位和人员在“系统”里添。",
        (("导入文件", reverse("import_new"), True), ("添单位和人员", reverse("settings_home"), False)),
    )


def _todo(one: Owed, today: date) -> dict[str, Any]:
    """One thing to do as it is drawn; a step that cannot be taken yet says why, the way leads to what is missing."""
    url = _url(one)
    days = (one.due_on - today).days if one.due_on else None
    note = "" if days is None else lateness.left(days)
    label, words = one.act, [_words(one)]
    if one.kind == "batch":
        note = f"迟{-days}天" if days is not None and days < 0 else ""
    elif one.is_answered:
        note = "已有结果"
    if one.refusal:
        label, words = "去补齐", [*words, "。还不能下达：", Piece(one.refusal, "late")]
    return {
        "due": None if one.is_answered else one.due_on,
        "when": one.due_on.isoformat() if one.due_on else today.isoformat() if one.kind == "grants" else "无日期",
        "note": note,
        "tone": "over" if one.is_late(today) else "",
        "title": f"{one.act}：{one.title}",
        "url": url,
        "words": words,
        "acts": [{"label": label, "url": url, "is_main": False}],
    }


def _url(one: Owed) -> str:
    if one.kind in PAGES:
        return reverse(PAGES[one.kind], args=[one.code])
    if one.kind in LISTS:
        return reverse(LISTS[one.kind])
    if one.kind == "batch":
        question = urlencode({"state": PetitionState.IN_TRAY, "batch": one.batch, "inspection": one.inspection})
        return f"{reverse('ledger_detail', args=['petitions'])}?{question}"
    return url_of(one.code)


def _words(one: Owed) -> str | Piece:
    if one.kind == "grants":
        return "安全管理员已授予，您确认后才有效"
    if one.kind == "watch":
        return "来件与已销号的事项相近，是不是反弹由您判断"
    if one.kind == "pairs":
        return "写的像是同一件事，是不是由您判断；系统不会自动合并"
    if one.kind == "reports":
        return "填一次，周汇总、半月调度、月报告都用它" if one.due_on else "别人填的，您审定后才算数"
    if one.kind == "batch":
        return f"{one.inspection}；应于当日交办"
    code = "" if one.kind == "public_batch" else one.code
    return "，".join(part for part in (code, one.inspection) if part)


def _by_day(owed: list[dict[str, Any]], today: date) -> list[tuple[str, list[dict[str, Any]]]]:
    late = [todo for todo in owed if todo["due"] and todo["due"] < today]
    rest = [todo for todo in owed if todo not in late]
    return [(label, todos) for label, todos in (("已过时限", late), ("待办", rest)) if todos]
