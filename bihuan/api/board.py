"""The board of petitions over the API: the open ones by step and days left, where all count, who has not signed."""

from datetime import date
from typing import Any

from ninja import Schema

from bihuan.api.door import operation
from bihuan.core import clock
from bihuan.core.clock import day_of
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.petitions.queries import board as boards


class CellLine(Schema):
    """How many petitions wait for a step with so many days left."""

    step: str
    left: str
    count: int


class UnopenedLine(Schema):
    """A unit that let a night pass without signing for what it was handed: how many, since when the oldest waits."""

    unit: str
    count: int
    since: date


class Board(Schema):
    """The open petitions; where all of them count, each once; how many are true; results that lie on paper alone."""

    total: int
    cells: list[CellLine]
    where: dict[str, int]
    truths: dict[str, int]
    key_cases: int
    on_paper: int
    unopened: list[UnopenedLine]


@operation("GET", "/petition-board", "api_board", "在办信访件", Board, who=(BUSINESS,), tags=["信访批次"])
def board(request: Asked) -> Any:
    """The petitions in one's sight, of every inspection."""
    by, now = request.actor, clock.now()
    standing = boards.standing(by, "")
    return {
        "total": standing.total,
        "cells": [
            {"step": step, "left": left, "count": cell.count}
            for (step, left), cell in boards.cells(by, "", clock.today()).items()
        ],
        "where": standing.where,
        "truths": standing.truths,
        "key_cases": standing.keys,
        "on_paper": standing.on_paper,
        "unopened": [
            {"unit": one.unit, "count": one.count, "since": day_of(one.since)} for one in boards.unopened(by, "", now)
        ],
    }
