from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bihuan.core import prepared
from bihuan.core.listing import dressed, listing, narrowed
from bihuan.lib.ledger import Ledger, view_of
from bihuan.petitions.ledger import PETITIONS
from bihuan.petitions.queries import petitions_seen
from bihuan.rectification.ledger import MEASURES, PROBLEMS, RECTIFICATION_LIST, RESPONSIBILITY_LIST
from bihuan.rectification.queries.sight import measures_seen, problems_seen
from tests.cast import TODAY, Cast
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem

SHELVES = [
    (PETITIONS, petitions_seen),
    (PROBLEMS, problems_seen),
    (MEASURES, measures_seen),
    (RECTIFICATION_LIST, measures_seen),
    (RESPONSIBILITY_LIST, problems_seen),
]


@pytest.mark.parametrize(("ledger", "seen"), SHELVES)
def test_a_page_has_the_rows_that_the_query_has(cast: Cast, ledger: Ledger, seen: Callable[..., Any]) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    batch = make_batch(plan.inspection)
    for number in (1, 2):
        make_measure(make_problem(cast, number, plan=plan))
        make_petition(cast, batch, f"D2HE20220412000{number}", types=["水", "大气"])
    view = view_of(ledger, QueryDict("&".join(f"column={column.name}" for column in ledger.columns)))
    asked = [*dressed(narrowed(seen(cast.chen), view, TODAY), view, view.columns)]

    found = listing(seen(cast.chen), view, TODAY).rows

    cells = [[column.value(row, TODAY) for column in view.columns] for row in found]
    assert found == asked
    assert cells == [[column.value(row, TODAY) for column in view.columns] for row in asked]
    assert [row.matter for row in found] == [row.matter for row in asked]


def test_who_chooses_columns_at_will_does_not_fill_the_memory(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 3)
    make_petition(cast, make_batch(make_inspection(cast)))

    for column in PETITIONS.columns[:8]:
        rows = listing(petitions_seen(cast.chen), view_of(PETITIONS, QueryDict(f"column={column.name}")), TODAY).rows
        assert len(rows) == 1

    assert len(prepared._questions) <= 3


def test_a_row_of_a_page_asks_for_what_was_left_out(cast: Cast) -> None:
    make_petition(cast, make_batch(make_inspection(cast)), spans={"content": [1, 2]})
    [row] = listing(petitions_seen(cast.chen), view_of(PETITIONS, QueryDict()), TODAY).rows

    with CaptureQueriesContext(connection) as asked:
        assert row.spans == {"content": [1, 2]}
    assert len(asked) == 1
