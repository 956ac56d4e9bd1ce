"""The three ledgers and four lists: each a declaration, where its rows come from, and which of them have no light.

The page, the workbook and the API all begin here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q

from bihuan.core.actor import Actor
from bihuan.lib.ledger import Ledger
from bihuan.matters.rules.lateness import Light
from bihuan.petitions import ledger as petition_ledger
from bihuan.petitions import queries as petitions
from bihuan.rectification import ledger as rectification_ledger
from bihuan.rectification.queries import lights, sharing, sight


@dataclass(frozen=True, slots=True)
class Shelf:
    """A ledger, where its rows come from and lead to, which of them have no light, and which are overdue on a day.

    `brings` {column: what it reads of the rows in its reader's scope}; without a reader such a column is empty.
    """

    ledger: Ledger
    rows: Any
    page: str
    dark: Q
    over: Callable[[date], Q]
    brings: Mapping[str, Callable[[Actor], tuple[Any, ...]]] = field(default_factory=dict)


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
        replace(_of_problems(rectification_ledger.RESPONSIBILITY_LIST), brings={"hands": sharing.brought_for}),
        _of_problems(rectification_ledger.EFFECT_LIST),
    )
}


def ledger_for(shelf: Shelf, by: Actor) -> Ledger:
    """The shelf's ledger as this reader's columns read it."""
    if not shelf.brings:
        return shelf.ledger
    columns = (
        replace(one, brings=shelf.brings[one.name](by)) if one.name in shelf.brings else one
        for one in shelf.ledger.columns
    )
    return replace(shelf.ledger, columns=tuple(columns))


def rows_of(shelf: Shelf, by: Actor, inspection: str) -> Any:
    """The shelf's rows in this actor's scope, of the inspection that is chosen (all of them when none is)."""
    rows = shelf.rows(by)
    return rows.filter(matter__inspection__code=inspection) if inspection else rows
