"""The completeness statement as its page draws it: every figure opens the rows that it counts."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from bihuan.checkup.queries.statement import InState, Kept, Paper, Statement
from bihuan.web.drawing import Piece, address

LEDGERS = {"problem": "problems", "measure": "measures", "petition": "petitions"}


def drawn(one: Statement) -> dict[str, Any]:
    """One inspection: its sums as lines of words and links, its papers, the batches that differ."""
    return {
        "inspection": one.inspection,
        "is_whole": one.is_whole,
        "kinds": [(kept.label, [*_equation(one.inspection, kept)], kept.is_whole) for kept in one.kinds],
        "papers": [*map(_paper, one.papers)],
        "returned": [*map(_paper, one.returned)],
        "batches": one.batches,
    }


def _equation(inspection: str, kept: Kept) -> Iterable[str | Piece]:
    ledger = reverse("ledger_detail", args=[LEDGERS[kept.kind]])
    here = [("inspection", inspection)]
    if not kept.count:
        yield f"在账0{kept.unit}" + (f"，{kept.gone}" if kept.withdrawn else "")
        return
    yield Piece(f"在账{kept.count}{kept.unit}", "link", address(ledger, here))
    yield " = "
    yield from _states(ledger, here, kept.states)
    if kept.taken:
        taken = [*here, ("taken", "yes")]
        yield "，其中"
        yield Piece(f"接管来的{kept.taken}{kept.unit}", "link", address(ledger, taken))
        yield " = "
        yield from _states(ledger, taken, kept.taken_states)
    if kept.withdrawn:
        yield f"，{kept.gone}"


def _states(ledger: str, asked: list[tuple[str, str]], states: Iterable[InState]) -> Iterable[str | Piece]:
    for place, one in enumerate(states):
        yield " + " if place else ""
        yield Piece(f"{one.label}{one.count}", "link", address(ledger, [*asked, ("state", one.name)]))


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "url": reverse("import_detail", args=[paper.pk]),
        "equation": paper.equation,
        "is_whole": paper.is_whole,
    }
