"""The board of petitions over the API: the open ones by step and days left, where all count, who has not signed."""

from datetime import date
from typing import Any

from ninja import Query, Schema
from pydantic import Field

from bihuan.api.door import Wrong, operation
from bihuan.core import clock
from bihuan.core.clock import day_of
from bihuan.gate.policy import BUSINESS, Asked
from bihuan.lib.quantity import plain
from bihuan.petitions.queries import board as boards
from bihuan.petitions.queries import crossing, statistics
from bihuan.petitions.rules import counting


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


class StatisticsLine(Schema):
    """One line: its key, how many, those of other places that it handles as well, by truth, by where each counts."""

    key: str
    count: int
    beside: int
    truths: dict[str, int]
    where: dict[str, int]
    penalties: dict[str, str]


class Statistics(Schema):
    """The lines of one dimension, the line of all, and how it was counted, in sentences."""

    lines: list[StatisticsLine]
    whole: StatisticsLine
    notes: list[str]


class Dimension(Schema):
    """By what: region, main_type, truth, state, channel or batch."""

    by: str = Field(statistics.PLACE, pattern=f"^(?:{'|'.join(statistics.BY)})$")


@operation("GET", "/petition-statistics", "api_statistics", "信访统计", Statistics, who=(BUSINESS,), tags=["信访批次"])
def petition_statistics(request: Asked, asked: Query[Dimension]) -> Any:
    """The petitions in one's sight, of every inspection, counted by one dimension."""
    told = statistics.table(request.actor, "", asked.by)
    return {
        "lines": [_counted(one) for one in told.lines],
        "whole": _counted(told.whole),
        "notes": counting.of_table(asked.by, told.whole.count, told.whole.beside),
    }


class Axes(Schema):
    """By which two things: down and across."""

    down: str = Field(statistics.PLACE, pattern=f"^(?:{'|'.join(crossing.DIMENSIONS)})$")
    across: str = Field("main_type", pattern=f"^(?:{'|'.join(crossing.DIMENSIONS)})$")


class CrossedLine(Schema):
    """A row and a column by their keys ("" where nothing is written), and how many petitions belong to both."""

    row: str
    column: str
    count: int


class Crossed(Schema):
    """Petitions by two things: the cells that count some, {row: petitions}, {column: petitions}, all; each counts once
    in a total. `beside` are the joint petitions of other places, `returned` what places gave back; `notes` say how it
    was counted and why sums differ.
    """

    cells: list[CrossedLine]
    rows: dict[str, int]
    columns: dict[str, int]
    total: int
    beside: int
    returned: int
    notes: list[str]


@operation("GET", "/petition-crossing", "api_crossing", "信访交叉统计", Crossed, who=(BUSINESS,), tags=["信访批次"])
def petition_crossing(request: Asked, asked: Query[Axes]) -> Any:
    """The petitions in one's sight by two different things."""
    if asked.down == asked.across:
        raise Wrong(422, "行和列请选两样不同的。")
    made = crossing.crossing(request.actor, "", asked.down, asked.across)
    return {
        "cells": [{"row": row, "column": column, "count": count} for (row, column), count in made.cells.items()],
        "rows": {one: made.by_row[one] for one in made.rows},
        "columns": {one: made.by_column[one] for one in made.columns},
        "total": made.total,
        "beside": made.beside,
        "returned": made.returned,
        "notes": counting.of_crossing(made.sums, made.total, made.beside, made.returned),
    }


def _counted(line: statistics.Line) -> dict[str, Any]:
    names = ("key", "count", "beside", "truths", "where")
    penalties = {kind: plain(amount) or "0" for kind, amount in line.penalties.items() if amount}
    return {name: getattr(line, name) for name in names} | {"penalties": penalties}
