"""The three ledgers and four lists: each a declaration, where its rows come from, and which of them have no light.

The page, the workbook and the API all begin here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan.core.actor import Actor
from bihuan.lib.ledger import Ledger
from bihuan.matters.rules.lateness import Light
from bihuan.petitions import ledger as petition_ledger
from bihuan.petitions import queries as petitions
from bihuan.rectification import ledger as rectification_ledger
from bihuan.rectification.queries import lights, sight


@dataclass(frozen=True, slots=True)
class Shelf:
    """A ledger, where its rows come from and lead to, which of them have no light, and which are overdue on a day."""

    ledger: Ledger
    rows: Any
    page: str
    dark: Q
    over: Callable[[date], Q]


def _red(day: date) -> Q:
    return lights.showing((Light.OVER,), day)


def _of_problems(ledger: Ledger) -> Shelf:
    return Shelf(ledger, sight.problems_seen, "problem_detail", sight.WITHOUT_LIGHT, _red)


def _of_measures(ledger: Ledger) -> Shelf:
    return Shelf(ledger, sight.measures_seen, "measure_detail", rectification_ledger.MEASURE_WITHOUT_LIGHT, _red)


SHELVES = {
    shelf.ledger.name: shelf
    for shelf in (
        _of_problems(rectification_ledger.PROBLEMS),
        _of_measures(rectification_ledger.MEASURES),
        Shelf(
            petition_ledger.PETITIONS,
            petitions.petitions_seen,
            "petition_detail",
            petition_ledger.WITHOUT_LIGHT,
            lambda day: ~petition_ledger.WITHOUT_LIGHT & Q(matter__due_on__lt=day),
        ),
        _of_problems(rectification_ledger.PROBLEM_LIST),
        _of_measures(rectification_ledger.RECTIFICATION_LIST),
        _of_problems(rectification_ledger.RESPONSIBILITY_LIST),
        _of_problems(rectification_ledger.EFFECT_LIST),
    )
}


def rows_of(shelf: Shelf, by: Actor, inspection: str) -> Any:
    """The shelf's rows in this actor's scope, of the inspection that is chosen (all of them when none is)."""
    rows = shelf.rows(by)
    return rows.filter(matter__inspection__code=inspection) if inspection else rows
