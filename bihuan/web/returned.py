"""The page of a ledger that came back: cell by cell what was, what is, what the workbook says; chosen, then written."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.http import HttpResponse

from bihuan.core import aside
from bihuan.core.actor import Actor
from bihuan.gate import kinds, papers
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked
from bihuan.gate.telling import tell
from bihuan.intake.actions.returning import LookAgain, commit_returned
from bihuan.intake.queries import drafting, returning
from bihuan.intake.rules import returning as rules
from bihuan.intake.rules.lifecycle import INTAKE, IntakeState
from bihuan.intake.rules.returning import Comparison
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.web import intake_steps, intake_view

GROUPS = (
    (rules.CONFLICT, "别人也改了", "取出之后，别人把它改成了另一个样子。勾选用表里的，不勾选留现在的。"),
    (rules.UNSURE, "要您核对", "不像是有意改的，没有替您勾选。"),
    (rules.CLEARED, "清空", "表里清空了这些格子，没有替您勾选。"),
    (rules.CHANGE, "改动", "只有表里改了，已替您勾选；不要的去掉勾。"),
)
UNSETTLED = returning.UNSETTLED
REFUSED = (
    (rules.FAULT, "读不懂"),
    (rules.SHUT, "现在不能改"),
    (rules.LOCKED, "不是可填的格子"),
)


def preview(request: Asked, intake: Any) -> HttpResponse:
    """The comparison of one ledger that came back, and its steps; what was ticked stays when it is looked at again."""
    kept = None
    if request.method == "POST":
        kept = _act(request, intake)
        if kept is None:
            return again(request)
    is_written = intake.state == IntakeState.COMMITTED
    context = _outcome(intake, request.actor) if is_written else aside.call(_compared, request.actor, intake, kept)
    acts = [one for one in intake_steps.offered(request.actor, intake) if one["name"] != "commit"]
    status = 200 if kept is None else 422
    head = {"title": intake.title, "file_name": intake.file.name, "state": INTAKE.label(intake.state)}
    return page(request, "intake/returned.html", room="import_list", status=status, intake=head, acts=acts, **context)


def _act(request: Asked, intake: Any) -> list[str] | None:
    """Take a step or an answer; what was ticked where the person must look again, else nothing."""
    name = request.POST.get("act", "")
    if name == "answer":
        with refusals(request, "已记下答复。"):
            intake_steps.answer(request, intake)
    elif name == "commit":
        return _commit(request, intake)
    elif name in ("discard", "withdraw"):
        with refusals(request, papers.STEPS[name][1]):
            papers.step(name, intake, opinion(request), **deed(request))
    return None


def _commit(request: Asked, intake: Any) -> list[str] | None:
    taken = request.POST.getlist("take")
    try:
        with refusals(request, f"已写入{len({*taken})}处。", unless=Refused):
            looked = request.POST.get("looked", "")
            aside.call(commit_returned, intake, sorted({*taken}), looked, **deed(request))
    except Refused as refusal:
        tell(request, "refused", str(refusal))
        intake.refresh_from_db()
        return taken if isinstance(refusal, LookAgain) or taken else None
    return None


def _compared(by: Actor, intake: Any, kept: Collection[str] | None) -> dict[str, Any]:
    found = returning.compared(intake, by)
    back, _ = returning.stored(intake)
    desk = returning.DESKS[back.ledger]
    called = kinds.in_sight({cell.code for cell in found.cells}, by)
    groups = []
    for status, head, hint in GROUPS:
        rows = [
            _cell(cell, desk, called) | {"ticked": cell.key in kept if kept is not None else status == rules.CHANGE}
            for cell in found.of(status)
        ]
        if rows:
            groups.append(
                {"head": f"{head} {len(rows)} 处", "hint": hint, "rows": rows, "both": status == rules.CONFLICT}
            )
    is_open = intake.state == IntakeState.PREVIEWED
    doubts = [one for one in drafting.doubts_of(intake) if is_open or one.answer is not None]
    lines = intake_view.doubt_lines(doubts, {"records": [], "doubts": []})
    return {
        "lead": [_lead(found) if is_open else f"{INTAKE.label(intake.state)}，下面是表里与台账现在的不同。"],
        "doubts": [line | {"asks": ""} for line in lines],
        "groups": groups,
        "is_open": is_open,
        "looked": returning.digest_of(found),
        "refused": [*_refused(found, desk, called), *_left(found, back.left, desk)],
        "counts": _counts(found),
    }


def _lead(found: Comparison) -> str:
    if found.is_empty:
        return "与台账没有不同，没有要写入的。"
    changed, unsure = len(found.of(rules.CHANGE)), len(found.of(*rules.TAKEABLE)) - len(found.of(rules.CHANGE))
    more = f"，另有 {unsure} 处要您看过再定" if unsure else ""
    return f"改动 {changed} 处{more}。还没有写入台账。"


def _counts(found: Comparison) -> str:
    sure = sum(bool(one.code) for one in found.matched)
    asked = sum(bool(one.candidates) for one in found.matched)
    words = [f"读到 {len(found.matched)} 行", f"认出 {sure} 行"]
    words += [f"要问您 {asked} 行"] if asked else []
    words += [f"认不出 {len(found.matched) - sure - asked} 行"] if len(found.matched) > sure + asked else []
    return "，".join(words) + "。表里没有的行不算删除。"


def _cell(cell: Any, desk: Any, called: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": cell.key,
        "code": cell.code,
        "url": kinds.url_of(cell.code) if cell.code in called else "",
        "called": called.get(cell.code, ""),
        "label": desk.columns[cell.column].label,
        "base": cell.base,
        "now": cell.now,
        "mine": _shown(cell.mine, desk),
        "place": cell.place,
        "why": cell.why,
    }


def _refused(found: Comparison, desk: Any, called: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    for status, head in REFUSED:
        for cell in found.of(status):
            yield {"place": cell.place, "what": desk.columns[cell.column].label, "said": _shown(cell.mine, desk)} | {
                "why": f"{head}：{_shown(cell.why, desk)}",
                "called": called.get(cell.code, ""),
            }


def _left(found: Comparison, left: Iterable[tuple[str, str]], desk: Any) -> Iterable[dict[str, Any]]:
    for one in returning.lost(found):
        if one["why"] != UNSETTLED:
            yield _line(one["place"], one["why"], _shown(one["said"], desk))
    for place, why in left:
        yield _line(place, why)


def _shown(words: str, desk: Any) -> str:
    """What a workbook says, as it may be shown: of petitions, nothing that tells who petitioned."""
    return redact.masked(words) if desk.kind == "petition" else words


def _line(place: str, why: str, said: str = "") -> dict[str, Any]:
    return {"place": place, "what": "", "said": said, "why": why, "called": ""}


def _outcome(intake: Any, by: Any) -> dict[str, Any]:
    """What was written and what was not, as it stood at the commit."""
    back, plain = returning.stored(intake)
    desk = returning.DESKS[back.ledger]
    cells = [
        (rules.Cell(**{k: v for k, v in one.items() if k != "is_taken"}), one["is_taken"]) for one in plain["outcome"]
    ]
    called = kinds.in_sight({cell.code for cell, _ in cells}, by)
    taken = [_cell(cell, desk, called) | {"ticked": False} for cell, is_taken in cells if is_taken]
    others = [
        {
            "place": cell.place,
            "what": desk.columns[cell.column].label,
            "said": _shown(cell.mine, desk),
            "called": cell.code,
        }
        | {"why": _shown(cell.why, desk) or "没有勾选。"}
        for cell, is_taken in cells
        if not is_taken
    ]
    lost = f"，另有 {len(plain['lost'])} 行没有认定" if plain["lost"] else ""
    head = {"head": f"已写入 {len(taken)} 处", "hint": "各写进了自己的轨迹。", "rows": taken, "both": False}
    return {
        "lead": [f"已写入 {len(taken)} 处，没有收 {len(others)} 处{lost}。"],
        "doubts": [],
        "groups": [head] if taken else [],
        "is_open": False,
        "looked": "",
        "refused": [
            *others,
            *(_line(one["place"], one["why"], _shown(one["said"], desk)) for one in plain["lost"]),
            *(_line(place, why) for place, why in back.left),
        ],
        "counts": f"读到 {intake.rows_read} 行：更改 {intake.rows_changed}，相同 {intake.rows_same}，"
        f"未收 {intake.rows_refused}。",
    }
