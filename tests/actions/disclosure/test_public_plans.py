"""However many results are public, a page of them is found by an index: no question goes through all of them."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import public_petitions
from bihuan.disclosure.queries.public_petitions import FILTERS, Asked


def plan_of(rows: QuerySet[Release]) -> str:
    return str(rows.explain())


def asked(words: str = "", **chosen: str) -> QuerySet[Release]:
    rows = public_petitions._released().filter(**Asked(**chosen).chosen)
    return public_petitions._found(rows, words)[: public_petitions.PAGE + 1]


pytestmark = pytest.mark.django_db
WORDS_FIRST = {"sqlite": "bihuan_search VIRTUAL TABLE INDEX 192:M1", "postgresql": "bihuan_search"}


@pytest.mark.parametrize("column", FILTERS.values())
def test_each_fact_has_its_index_in_the_order_of_the_page(column: str) -> None:
    kept = {one.name: one.fields for one in Release._meta.indexes}
    [name] = [one for one, by in FILTERS.items() if by == column]
    plan = plan_of(asked(**{name: "沧县"}))

    assert kept[f"release_{column}"] == ["kind", "state", column, "id"]
    if connection.vendor == "sqlite":  # the other goes through an empty table as it likes
        assert f"release_{column} (kind=? AND state=? AND {column}=?)" in plan
        assert "TEMP B-TREE" not in plan


def test_words_begin_with_the_search_and_not_with_the_texts() -> None:
    plan = plan_of(asked("垃圾", county="沧县"))

    assert WORDS_FIRST[connection.vendor] in plan
    if connection.vendor == "sqlite":
        assert "bihuan_search" in plan.splitlines()[0]
