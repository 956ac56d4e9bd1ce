"""The home page: what I owe today, oldest first; what changed since I was here."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import clock, outbox, still
from bihuan.core.actor import Actor
from bihuan.gate.answers import page
from bihuan.gate.policy import Asked, policy
from bihuan.intake.queries.asking import unanswered_on
from bihuan.intake.queries.sight import IMPORTERS
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import queries as petitions
from bihuan.petitions.rules.petition import PetitionState
from bihuan.petitions.rules.undertaking import UndertakingState
from bihuan.rectification.queries import sight, steps
from bihuan.web.console import console_of
from bihuan.web.drawing import Piece, State
from bihuan.web.grants import waiting_todos
from bihuan.web.home_overview import overview
from bihuan.web.kinds import in_sight, url_of

SHOWN = 30
NEWS = 8
DESK = (Role.COORDINATION, Role.PETITION_DESK)
LEADERS = (Role.FIRST_RESPONSIBLE, Role.CASE_LEADER, Role.OFFICE_HEAD)
NOTHING = State("都办完了", "轮到您办的会出现在这里；也可以到台账里查看各件办到哪一步。")


@policy()
def home(request: Asked) -> HttpResponse:
    """What this person owes, and what came in; an administrator's home is his own page."""
    if console := console_of(request.actor):
        return redirect(console)
    by, today = request.actor, clock.today()
    owed = still.known(("owed", by.city, by.person, by.held, today), lambda: _owed(by, today))
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


def _owed(by: Actor, today: date) -> list[dict[str, Any]]:
    """Everything that this person is to do, what is due first in front."""
    owed = [*_problems(by, today), *_petitions(by, today), *waiting_todos(by, today)]
    return sorted(owed, key=lambda todo: (todo["due"] or date.max, todo["when"], todo["title"]))


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


def _drawn(owed: list[dict[str, Any]], today: date) -> dict[str, Any]:
    late = sum(1 for todo in owed if todo["due"] and todo["due"] < today)
    rest = len(owed) - SHOWN
    return {
        "title": f"要办 {_count(owed)}" if owed else "现在没有轮到您办的",
        "lead": [f"{late}件已过时限。"] if late else ["没有过时限的。"] if owed else [],
        "acts": [],
        "figures": [],
        "cases": [],
        "days": [{"label": label, "todos": todos} for label, todos in _by_day(owed[:SHOWN], today)],
        "after": [Piece(f"还有{rest}件没有列出，到台账里看", "link", reverse("ledger_list"))] if rest > 0 else [],
        "empty": None if owed else NOTHING,
    }


def _count(owed: list[dict[str, Any]]) -> str:
    """How many; 以上 where as many of one kind wait as are looked for."""
    kinds = Counter((todo["name"], todo["title"].partition("：")[0]) for todo in owed if "name" in todo)
    return f"{len(owed)} 件" + ("以上" if any(count > SHOWN for count in kinds.values()) else "")


def _first(by: Actor) -> State | None:
    """What an office sees that has nothing yet; None for others, and where there is something."""
    if not scope.has_role(by, IMPORTERS) or petitions.petitions_for(by).exists():
        return None
    return State(
        "先导入整改方案",
        "放入整改方案（Word、PDF）或信访交办表，读完先给您看，写入以后这里就列出要办的。单位和人员在“系统”里添。",
        (("导入文件", reverse("import_new"), True), ("添单位和人员", reverse("settings_home"), False)),
    )


def _problems(by: Actor, today: date) -> list[dict[str, Any]]:
    drafts = [*sight.problems_to_issue(by)[: SHOWN + 1]]
    why = unanswered_on(drafts)
    return [
        _blocked(
            _todo("下达", draft.title, draft.matter, "problem_detail", today),
            steps.why_not_issued(draft) or why[draft.pk],
        )
        for draft in drafts
    ] + [
        _todo("签收", problem.title, problem.matter, "problem_detail", today)
        for problem in sight.problems_to_receive(by)[: SHOWN + 1]
    ]


def _blocked(todo: dict[str, Any], why: str) -> dict[str, Any]:
    """A step that cannot be taken yet says why; the way leads to what is missing."""
    if not why:
        return todo
    act = {"label": "去补齐", "url": todo["url"], "is_main": False}
    return todo | {"words": [*todo["words"], "。还不能下达：", Piece(why, "late")], "acts": [act]}


def _petitions(by: Actor, today: date) -> list[dict[str, Any]]:
    found: list[tuple[str, Any]] = []
    if scope.has_role(by, DESK):
        found += [("答复退办", petition) for petition in petitions.returned_to(by)[: SHOWN + 1]]
    own = scope.units_held_as(by, Role.UNIT_APPROVER)
    for state in (PetitionState.ASSIGNED, PetitionState.HANDLING) if own else ():
        rows = petitions.petitions_for(by).filter(matter__state=state)[: SHOWN + 1]
        found += [("签收" if _waits(petition, own) else "办理", petition) for petition in rows]
    return _batches(by, today) + [_petition(what, petition, today) for what, petition in found]


def _waits(petition: Any, units: Collection[int]) -> bool:
    """Whether a part of it waits to be signed for by one of these units."""
    return any(part.state == UndertakingState.WAITING and part.unit_id in units for part in petition.live)


def _petition(what: str, petition: Any, today: date) -> dict[str, Any]:
    """A petition to sign for or to handle; one whose result came in on paper is not late."""
    todo = _todo(what, f"{petition.number} {petition.content}", petition.matter, "petition_detail", today)
    return todo | {"due": None, "note": "已有结果", "tone": ""} if petition.truth else todo


def _batches(by: Actor, today: date) -> list[dict[str, Any]]:
    """What lies in the tray, one line a batch: an evening's batch is one piece of work, due on the day it came."""
    if not scope.has_role(by, DESK):
        return []
    lines, ledger = [], reverse("ledger_detail", args=["petitions"])
    for label, came, inspection, count in petitions.tray(by, SHOWN + 1):
        days = (today - came).days if came else 0
        question = urlencode({"state": PetitionState.IN_TRAY, "batch": label})
        url = f"{ledger}?{question}"
        lines.append(
            {
                "name": "ledger_detail",
                "due": came,
                "when": came.isoformat() if came else "无日期",
                "note": f"迟{days}天" if days > 0 else "",
                "tone": "over" if days > 0 else "",
                "title": f"交办：{label}信访件{count}件",
                "url": url,
                "words": [f"{inspection}；应于当日交办"],
                "acts": [{"label": "交办", "url": url, "is_main": False}],
            }
        )
    return lines


def _todo(what: str, title: str, matter: Any, name: str, today: date) -> dict[str, Any]:
    url = reverse(name, args=[matter.code])
    left = (matter.due_on - today).days if matter.due_on else None
    note = "" if left is None else f"逾期{-left}天" if left < 0 else f"余{left}天"
    return {
        "name": name,
        "due": matter.due_on,
        "when": matter.due_on.isoformat() if matter.due_on else "无日期",
        "note": note,
        "tone": "over" if left is not None and left < 0 else "",
        "title": f"{what}：{title}",
        "url": url,
        "words": [f"{matter.code}，{matter.inspection.name}"],
        "acts": [{"label": what, "url": url, "is_main": False}],
    }


def _by_day(owed: list[dict[str, Any]], today: date) -> list[tuple[str, list[dict[str, Any]]]]:
    late = [todo for todo in owed if todo["due"] and todo["due"] < today]
    rest = [todo for todo in owed if todo not in late]
    return [(label, todos) for label, todos in (("已过时限", late), ("待办", rest)) if todos]
