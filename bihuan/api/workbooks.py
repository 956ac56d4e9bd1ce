"""Ledgers as workbooks: out to print, out to be filled in, and back: cell by cell, chosen, written or not at all."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Schema, UploadedFile
from pydantic import Field

from bihuan.api import imports, ledgers, shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.writing import SAYS, WRITES, Key, Match, Words, deed, hold, once
from bihuan.core import aside, clock
from bihuan.gate import books, papers
from bihuan.gate.answers import workbook
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.gate.shelves import SHELVES, Shelf
from bihuan.intake.actions.returning import LookAgain, commit_returned
from bihuan.intake.queries import drafting, returning, sight
from bihuan.intake.rules import returning as rules
from bihuan.intake.rules.lifecycle import IntakeState
from bihuan.lib import redact
from bihuan.lib.paper.container import PACKED_LIMIT
from bihuan.lib.quantity import MOST as GREATEST
from bihuan.matters import queries as matters

TAGS = ["台账表"]
PAGED = ("after", "size")  # a workbook holds all
MOST_CELLS = 20_000
STATUSES = {
    rules.CHANGE: "改动",
    rules.CONFLICT: "别人也改了",
    rules.UNSURE: "要您核对",
    rules.CLEARED: "清空",
    rules.FAULT: "读不懂",
    rules.SHUT: "现在不能改",
    rules.LOCKED: "不是可填的格子",
}


class CellLine(Schema):
    """A cell that is not as it was: what it said when it was taken out, says now, and says in the workbook.

    `key` is wanted back by what writes it; `is_takeable` whether it can be; `is_taken` whether it was, once written.
    """

    key: str
    code: str
    column: shapes.Named
    place: str
    status: shapes.Named
    base: str | None
    now: str
    mine: str
    why: str
    is_takeable: bool
    is_taken: bool | None = None


class LostRow(Schema):
    """A row, or something else of the workbook, that was not taken, and why."""

    place: str
    said: str
    why: str


class Returned(imports.IntakeLine):
    """A ledger that came back, against the ledger now. `looked` is wanted back by the commit: what was seen."""

    ledger: str
    looked: str
    cells: list[CellLine]
    lost: list[LostRow]
    doubts: list[imports.DoubtLine]


class BackAsked(Schema):
    """Where a ledger that comes back belongs."""

    inspection: Words = Field(..., max_length=20, description="督察的编号")


class ReturnedStep(Schema, extra="forbid"):
    """commit (with the chosen cells and what was seen), discard or withdraw, with a reason where one is wanted."""

    step: str = Field(pattern=r"^(commit|discard|withdraw)$")
    take: list[Words] = Field([], max_length=MOST_CELLS, description="commit：要写入的格子(cells 的 key)")
    looked: str = Field("", max_length=64, description="commit：看过的对照(looked)")
    note: Words = ""
    version: int | None = Field(None, ge=0, le=GREATEST)


class ReturnedDone(Schema):
    """What came of it."""

    done: str
    is_repeated: bool
    paper: Returned | None = None


def _cell(cell: rules.Cell, desk: returning.Desk, *, is_taken: bool | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": cell.key,
        "code": cell.code,
        "column": {"name": cell.column, "label": desk.columns[cell.column].label},
        "place": cell.place,
        "status": {"name": cell.status, "label": STATUSES.get(cell.status, "")},
        "base": cell.base,
        "now": cell.now,
        "mine": _shown(cell.mine, desk),
        "why": _shown(cell.why, desk),
        "is_takeable": cell.status in rules.TAKEABLE,
    }
    return told if is_taken is None else {**told, "is_takeable": False, "is_taken": is_taken}


def _shown(words: str, desk: returning.Desk) -> str:
    """What a workbook says, as it may be told: of petitions, nothing that tells who petitioned."""
    return redact.masked(words) if desk.kind == "petition" else words


def _returned(request: Asked, one: Any) -> dict[str, Any]:
    told: dict[str, Any] = aside.call(_compared, request.actor, one)
    return imports.line(one) | told | {"doubts": imports.doubts(one)}


def _compared(by: Any, one: Any) -> dict[str, Any]:
    """The comparison now, or what was written, as it stood then."""
    back, plain = returning.stored(one)
    desk = returning.DESKS[back.ledger]
    told: dict[str, Any] = {"ledger": back.ledger, "looked": ""}
    if one.state in (IntakeState.COMMITTED, IntakeState.WITHDRAWN) and "outcome" in plain:
        kept = [({**cell}, cell["is_taken"]) for cell in plain["outcome"]]
        cells = [rules.Cell(**{name: value for name, value in cell.items() if name != "is_taken"}) for cell, _ in kept]
        told["cells"] = [_cell(cell, desk, is_taken=is_taken) for cell, (_, is_taken) in zip(cells, kept, strict=True)]
        lost = plain["lost"]
    else:
        found = returning.compared(one, by)
        told |= {"looked": returning.digest_of(found), "cells": [_cell(cell, desk) for cell in found.cells]}
        lost = returning.lost(found)
    left = [{"place": place, "said": "", "why": why} for place, why in back.left]
    told["lost"] = [{**row, "said": _shown(row["said"], desk)} for row in (*lost, *left)]
    return told


def _found(request: Asked, pk: int) -> Any:
    one = get_object_or_404(sight.intakes_for(request.actor), pk=pk, kind="returned")
    if said := drafting.gone(one):
        raise Wrong(404, said)
    return one


@operation(
    "POST",
    "/returned",
    "api_returned_new",
    "交回台账，得到对照",
    Returned,
    who=sight.IMPORTERS,
    refuses=(409,),
    tags=TAGS,
)
def take_back(request: Asked, key: Key, asked: Form[BackAsked], file: File[UploadedFile]) -> Any:
    """Take a ledger that came back in: what it would change, cell by cell; nothing is written."""
    inspection = matters.inspections_for(request.actor).filter(code=asked.inspection).first()
    if inspection is None:
        raise Wrong(422, "没有这个编号的督察。")
    name, data = str(file.name), file.read(PACKED_LIMIT + 1)
    result, _ = once(lambda: papers.take_back(name, data, inspection, **deed(request, key)))
    return _returned(request, _found(request, int(result)))


@operation("GET", "/returned/{int:pk}", "api_returned", "交回的台账的对照", Returned, who=sight.IMPORTERS, tags=TAGS)
def returned(request: Asked, pk: int) -> Any:
    """One ledger that came back."""
    return _returned(request, _found(request, pk))


@operation(
    "POST",
    "/returned/{int:pk}/steps",
    "api_returned_step",
    "写入选中的格子、放弃或撤回",
    ReturnedDone,
    who=sight.IMPORTERS,
    refuses=WRITES,
    tags=TAGS,
    description=f"commit 一次写入 take 里的格子，都成或都不成；看过之后台账又变了的答 409，再读对照。{SAYS}",
)
def step(request: Asked, pk: int, asked: ReturnedStep, key: Key, match: Match) -> Any:
    """Write the chosen cells, discard the ledger that came back, or withdraw it whole."""
    one = _found(request, pk)
    hold(request, one, match, asked.version, key)
    note, told = asked.note.strip(), deed(request, key)
    if asked.step != "commit":
        _, is_repeated = once(lambda: papers.step(asked.step, one, note, **told))
        done = papers.STEPS[asked.step][1]
    else:
        taken = sorted({*asked.take})
        _, is_repeated = once(lambda: _commit(one, taken, asked.looked, {**told, "note": note}))
        done = f"已写入{len(taken)}处。"
    return {"done": done, "is_repeated": is_repeated, "paper": _returned(request, _found(request, pk))}


def _commit(one: Any, taken: list[str], looked: str, told: dict[str, Any]) -> Any:
    try:
        return aside.call(commit_returned, one, taken, looked, **told)
    except LookAgain as refusal:
        raise Wrong(409, str(refusal)) from refusal


def _declare(shelf: Shelf, kind: str, called: str, who: Any, make: Callable[..., bytes]) -> None:
    """One operation for one ledger as one kind of workbook."""
    ledger = shelf.ledger

    def ledger_book(request: Asked) -> HttpResponse:
        asked = request.GET
        ledgers.refuse_unknown(ledger, asked, without=PAGED)
        if kind == "form" and not returning.may_fill(ledger.name, request.actor):
            raise Http404
        today = clock.today()
        data = aside.call(make, ledger.name, request.actor, asked.get("inspection", ""), asked, today)
        return workbook(f"{ledger.title}{called}{today:%Y%m%d}", data)

    operation(
        "GET",
        f"/ledgers/{ledger.name}/{kind}",
        f"api_{kind}_{ledger.name.replace('-', '_')}",
        f"{ledger.title}{called or '的 Excel'}",
        None,
        who=who,
        description="列、条件、排序都与页面上的台账相同；答一份 xlsx，全部在内。",
        tags=TAGS,
        openapi_extra={
            "parameters": [one for one in ledgers.parameters(ledger) if one["name"] not in PAGED],
            **shapes.FILE_XLSX,
        },
    )(ledger_book)


for _shelf in SHELVES.values():
    _declare(_shelf, "workbook", "", (BUSINESS,), books.ledger)
    if _shelf.ledger.name in returning.DESKS:
        _declare(_shelf, "form", "填报", sight.IMPORTERS, books.form)
