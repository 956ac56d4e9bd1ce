"""The page that crosses petitions by two things: every cell opens its petitions, differences are explained."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bihuan.gate.answers import page
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.petitions.queries import crossing, statistics
from bihuan.petitions.queries.crossing import DIMENSIONS, PENALTY, Crossing
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.petition import STATES, PetitionState
from bihuan.web.drawing import address

LONGEST = 60
NOT_WRITTEN = "_"  # as a key in an address


@policy(BUSINESS)
def petition_crossing(request: Asked) -> HttpResponse:
    """The petitions in one's sight, of the inspection that is chosen, by two things; `row` and `column` open a cell."""
    down, across = chosen(request.GET.get("down", ""), request.GET.get("across", ""))
    inspection = str(request.session.get("inspection", ""))
    made = crossing.crossing(request.actor, inspection, down, across)
    given = _given(request, down, across, made)
    told: dict[str, Any] = {
        "choices": [(one, label, one == down, one == across) for one, (label, _) in DIMENSIONS.items()],
        "heading": f"{DIMENSIONS[down][0]}×{DIMENSIONS[across][0]}",
        "heads": [_head(made, down, across, one) for one in made.columns],
        "lines": [_line(made, down, across, row) for row in made.rows],
        "total": made.total,
        "notes": notes(made, down, across),
        "opened": _opened(request, inspection, given) if given else None,
    }
    return page(request, "petitions/crossing.html", room="petition_board", **told)


def chosen(down: str, across: str) -> tuple[str, str]:
    """Two different dimensions, whatever was asked."""
    down = down if down in DIMENSIONS else statistics.PLACE
    across = across if across in DIMENSIONS else "main_type"
    return (down, across) if down != across else (down, next(one for one in DIMENSIONS if one != down))


def name(dimension: str, key: str) -> str:
    """What a row or a column is called."""
    if dimension == PENALTY:
        return PENALTIES[key].label if key in PENALTIES else "没有查处"
    return (STATES[PetitionState(key)] if dimension == "state" else key) or "未填"


def _head(made: Crossing, down: str, across: str, column: str) -> dict[str, Any]:
    return {"name": name(across, column), **_cell(down, across, None, column, made.by_column[column])}


def _line(made: Crossing, down: str, across: str, row: str) -> dict[str, Any]:
    cells = [_cell(down, across, row, column, made.cells.get((row, column), 0)) for column in made.columns]
    return {"name": name(down, row), "cells": cells, "whole": _cell(down, across, row, None, made.by_row[row])}


def _cell(down: str, across: str, row: str | None, column: str | None, count: int) -> dict[str, Any]:
    """A number with the address that opens its petitions."""
    asked = [("down", down), ("across", across)]
    asked += [(one, key or NOT_WRITTEN) for one, key in (("row", row), ("column", column)) if key is not None]
    return {"count": count, "url": f"{address('', asked)}#opened" if count else ""}


def _given(request: Asked, down: str, across: str, made: Crossing) -> dict[str, str]:
    """{dimension: key} of the cell that is opened; nothing where there is no such row or column."""
    asked = ((down, request.GET.get("row"), made.rows), (across, request.GET.get("column"), made.columns))
    keys = [(one, "" if key == NOT_WRITTEN else key, known) for one, key, known in asked if key is not None]
    return {one: key for one, key, known in keys} if all(key in known for _, key, known in keys) else {}


def _opened(request: Asked, inspection: str, given: dict[str, str]) -> dict[str, Any]:
    rows = crossing.records(request.actor, inspection, given)
    shown = [
        (one.number, one.content, reverse("petition_detail", args=[one.matter.code])) for one in rows[: crossing.SHOWN]
    ]
    return {"title": "、".join(name(one, key) for one, key in given.items()), "count": rows.count(), "rows": shown}


def notes(made: Crossing, down: str, across: str) -> list[str]:
    """How it was counted, and why sums differ from the total."""
    told = ["每格＝同时属于这一行、这一列的信访件数；合计是件数，每件只数一次，不由各格相加。"]
    for one, counts in ((down, made.by_row), (across, made.by_column)):
        more = sum(counts.values()) - made.total
        if one == PENALTY and more:
            told.append(f"各种查处相加{made.total + more}，比{made.total}件多{more}：一件有几种查处的，每种各数一次。")
        if one == "main_type":
            told.append("一件涉及几类污染的，只按主要污染类型数一次。")
    if made.beside:
        told.append(f"联合办理的件只数在所在地；其他承办地另有{made.beside}件次，不在这张表里，见按行政区域的“联办”。")
    if made.returned:
        told.append(f"退办的只数在现在的所在地；另有{made.returned}件次是别处退回来的，不在退办的地方重数。")
    return told
