"""The page of petitions' statistics: one dimension down, truth, closing and penalties across, every figure opened."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from bihuan.gate.answers import page
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.petitions.queries import statistics
from bihuan.petitions.rules import board, counting
from bihuan.petitions.rules.findings import TRUTHS
from bihuan.petitions.rules.penalties import PENALTIES
from bihuan.petitions.rules.petition import STATES, PetitionState
from bihuan.web.drawing import address

FILTERS = {statistics.PLACE: "region", "batch": "batch", "channel": "", "state": "state"}
"""{dimension: the ledger's filter of the same; "" where it has none}; of the others the same name."""


@policy(BUSINESS)
def petition_statistics(request: Asked) -> HttpResponse:
    """The petitions in one's sight, of the inspection that is chosen."""
    dimension = request.GET.get("by", "")
    dimension = dimension if dimension in statistics.BY else statistics.PLACE
    table = statistics.table(request.actor, str(request.session.get("inspection", "")), dimension)
    used = [kind for kind in PENALTIES if table.whole.penalties[kind]]
    told: dict[str, Any] = {
        "tabs": [(label, address("", [("by", one)]), one == dimension) for one, label in statistics.BY.items()],
        "heading": statistics.BY[dimension],
        "truths": TRUTHS,
        "where": [name for name in board.WHERE if table.whole.where.get(name)],
        "penalties": [f"{PENALTIES[kind].label}({PENALTIES[kind].unit})" for kind in used],
        "lines": [_line(one, dimension, used, table.whole) for one in table.lines],
        "whole": _line(table.whole, "", used, table.whole) | {"name": "合计"},
        "notes": counting.of_table(dimension, table.whole.count, table.whole.beside),
        "has_beside": bool(table.whole.beside),
    }
    return page(request, "petitions/statistics.html", room="petition_board", **told)


def _line(line: statistics.Line, dimension: str, used: list[str], whole: statistics.Line) -> dict[str, Any]:
    shown = [name for name in board.WHERE if whole.where.get(name)]
    return {
        "name": _name(line.key, dimension),
        "url": _ledger(dimension, line.key),
        "count": line.count,
        "beside": line.beside,
        "truths": [line.truths.get(one, 0) for one in TRUTHS],
        "where": [line.where.get(one, 0) for one in shown],
        "rate": board.rate(counting.finished(line.where), line.count),
        "penalties": [f"{line.penalties[kind]:,.2f}".removesuffix(".00") for kind in used],
    }


def _name(key: str, dimension: str) -> str:
    if dimension == "state":
        return STATES[PetitionState(key)]
    return key or "未填"


def _ledger(dimension: str, key: str) -> str:
    """The ledger of the same petitions; "" where no filter of it says the same."""
    name = FILTERS.get(dimension, dimension)
    return address(reverse("ledger_detail", args=["petitions"]), [(name, key)]) if name and key else ""
