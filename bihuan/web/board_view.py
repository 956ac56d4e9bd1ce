"""The board of petitions as its page draws it: cells, figures with their formulas, who has not opened what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.reading.petition_numbers import read_petition_number
from bihuan.organisation.queries import scope
from bihuan.petitions.queries import batches, board, repeats
from bihuan.petitions.rules import board as rules
from bihuan.petitions.rules.closings import CLOSED, OPEN, STAGED
from bihuan.petitions.rules.findings import TRUTHS, UNFOUNDED
from bihuan.web.drawing import address

WORDS = 16  # of a petition in a cell


def board_of(by: Actor, inspection: str, now: datetime) -> dict[str, Any]:
    """What petitions/board.html draws."""
    today = day_of(now)
    cells = board.cells(by, inspection, today)
    standing = board.standing(by, inspection)
    lines = [_line(row, cells) for row in rules.rows(today)]
    open_count = sum(line["count"] for line in lines)
    late = lines[0]["count"]
    return {
        "headline": f"信访举报：{open_count}件在办",
        "late": late,
        "today": lines[1]["count"],
        "steps": [
            (name, sum(cells.get((name, row.name), board.Cell()).count for row in rules.rows(today)))
            for name in rules.STEPS
        ],
        "lines": [line for line in lines if line["count"]],
        "figures": figures(standing),
        "on_paper": standing.on_paper,
        "unopened": [
            {"unit": one.unit, "count": one.count, "days": (today - day_of(one.since)).days}
            for one in board.unopened(by, inspection, now)
        ],
        "pairs": repeats.pairs_to_judge(by).count(),
        "ledger_url": address(reverse("ledger_detail", args=["petitions"]), [("group", "state")]),
        "batches_url": reverse("batch_list") if scope.has_role(by, batches.READERS) else "",
    }


def _line(row: rules.Row, cells: Any) -> dict[str, Any]:
    found = [cells.get((name, row.name), board.Cell()) for name in rules.STEPS]
    return {
        "name": row.name,
        "light": row.light,
        "count": sum(cell.count for cell in found),
        "cells": [
            {
                "step": name,
                "more": cell.count - len(cell.first),
                "more_url": _more(name, row),
                "rows": [_card(one) for one in cell.first],
            }
            for name, cell in zip(rules.STEPS, found, strict=True)
        ],
    }


def _card(one: Any) -> dict[str, Any]:
    return {
        "url": reverse("petition_detail", args=[one["code"]]),
        "number": _short(one["number"]),
        "full": one["number"].rstrip("*"),
        "is_key": one["is_key_case"],
        "region": one["region"] or "未定",
        "type": one["main_type"],
        "words": (one["complained_of"] or one["content"])[:WORDS],
    }


def _short(number: str) -> str:
    """The number as people say it within one stay: its letter, the day and the serial."""
    read = read_petition_number(number)
    letter = number[:1] if read.on and read.serial is not None else ""
    return f"{letter}{read.on:%m%d}-{read.serial:04}" if letter else number.rstrip("*")


def _more(step: str, row: rules.Row) -> str:
    """The ledger of the same petitions."""
    pairs = [("state", str(state)) for state in rules.STEPS[step]]
    ends = (("due_after", row.first), ("due_before", row.last))
    pairs += [(name, day.isoformat()) for name, day in ends if day is not None]
    return address(reverse("ledger_detail", args=["petitions"]), pairs)


def figures(standing: board.Standing) -> list[tuple[str, str, str, str]]:
    """(figure, what it is, its formula, the ledger of the same) of all petitions: each counts once."""
    where, total = standing.where, standing.total
    finished, staged = where[CLOSED] + where["验收中"] + where["已销号"], where[STAGED]
    told = sum(standing.truths.values())
    founded = told - standing.truths.get(UNFOUNDED, 0)
    parts = "＋".join(f"{name}{where[name]}" for name in rules.WHERE if where[name])
    told_ledger = [("truth", truth) for truth in TRUTHS]
    return [
        (f"{total:,}", f"交办总数，重点{standing.keys}件", f"{total}＝{parts}" if parts else "", _ledger([])),
        (
            rules.rate(finished + staged, total) or "—",
            "办结率",
            f"（已办结{finished}＋阶段性办结{staged}）÷{total}",
            _ledger([("closing", CLOSED), ("closing", STAGED)]),
        ),
        (
            rules.rate(founded, told) or "—",
            "属实率",
            f"（属实＋基本属实＋部分属实）{founded}÷已核{told}",
            _ledger(told_ledger[:-1]),
        ),
        (f"{where[OPEN]:,}", "正在办理", f"{where[OPEN]}件还没有办结", ""),
    ]


def _ledger(pairs: list[tuple[str, str]]) -> str:
    return address(reverse("ledger_detail", args=["petitions"]), pairs)
