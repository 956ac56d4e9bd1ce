"""The page that crosses petitions by two things: every cell opens its petitions, differences are explained."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bihuan.gate.answers import page
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.petitions.queries import crossing, statistics
from bihuan.petitions.queries.crossing import DIMENSIONS, PENALTY, Crossing
from bihuan.petitions.rules import counting
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
    given = _given(request, made)
    told: dict[str, Any] = {
        "choices": [(one, label, one == down, one == across) for one, label in DIMENSIONS.items()],
        "heading": f"{DIMENSIONS[down]}×{DIMENSIONS[across]}",
        "heads": [_head(made, one) for one in made.columns],
        "lines": [_line(made, row) for row in made.rows],
        "total": made.total,
        "notes": counting.of_crossing(made.sums, made.total, made.beside, made.returned),
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


def _head(made: Crossing, column: str) -> dict[str, Any]:
    return {"name": name(made.across, column), **_cell(made, None, column, made.by_column[column])}


def _line(made: Crossing, row: str) -> dict[str, Any]:
    cells = [_cell(made, row, column, made.cells.get((row, column), 0)) for column in made.columns]
    return {"name": name(made.down, row), "cells": cells, "whole": _cell(made, row, None, made.by_row[row])}


def _cell(made: Crossing, row: str | None, column: str | None, count: int) -> dict[str, Any]:
    """A number with the address that opens its petitions."""
    asked = [("down", made.down), ("across", made.across)]
    asked += [(one, key or NOT_WRITTEN) for one, key in (("row", row), ("column", column)) if key is not None]
    return {"count": count, "url": f"{address('', asked)}#opened" if count else ""}


def _given(request: Asked, made: Crossing) -> dict[str, str]:
    """{dimension: key} of the cell that is opened; nothing where there is no such row or column."""
    asked = (
        (made.down, request.GET.get("row"), made.rows),
        (made.across, request.GET.get("column"), made.columns),
    )
    keys = [(one, "" if key == NOT_WRITTEN else key, known) for one, key, known in asked if key is not None]
    return {one: key for one, key, known in keys} if all(key in known for _, key, known in keys) else {}


def _opened(request: Asked, inspection: str, given: dict[str, str]) -> dict[str, Any]:
    rows = crossing.records(request.actor, inspection, given)
    shown = [
        (one.number, one.content, reverse("petition_detail", args=[one.matter.code])) for one in rows[: crossing.SHOWN]
    ]
    return {"title": "、".join(name(one, key) for one, key in given.items()), "count": rows.count(), "rows": shown}
