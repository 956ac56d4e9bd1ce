"""Every principal × every address × every method × every relation answers as the hand-written table says."""

from typing import Any

import pytest

from bihuan.gate import policy
from bihuan.management.documents import addresses
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.web import intake
from tests.cast import Cast
from tests.house.expectations import ROWS
from tests.house.rows import EVERYBODY, Row
from tests.house.walk import PRINCIPALS, TOKEN, City, built, differences, plan

METHODS = ("get", "head", "post", "put", "delete")
NO_PROVIDER = "http://127.0.0.1:9/nobody"  # which is named, and never answers
HELD = (*PRINCIPALS, TOKEN)
ALL = (*HELD, "nobody")
LIKE = {  # relation: who asks, and how
    "own, read": ("own", ALL, ("get", "head")),
    "own, sent": ("own", ALL, ("post", "put", "delete")),
    "delegated": ("delegated", HELD, ("get",)),
    "ended and unconfirmed": ("idle", HELD, ("get", "post")),
}


@pytest.fixture
def city(cast: Cast, settings: Any) -> City:
    settings.OIDC_ISSUER = NO_PROVIDER
    return built(cast)


def without_row(names: set[str]) -> set[str]:
    """Addresses of which the table says nothing."""
    return names - {row.name for row in ROWS}


@pytest.mark.promise("P1")
def test_every_address_has_its_row_and_every_row_its_address() -> None:
    names = {str(one.name) for one in addresses()}

    assert without_row(names) == set()
    assert {row.name for row in ROWS} - names == set()
    assert len({row.key for row in ROWS}) == len(ROWS)


@pytest.mark.teeth("P1")
def test_a_new_address_without_a_row_is_found() -> None:
    assert without_row({"home", "order_list"}) == {"order_list"}


def test_the_table_speaks_of_every_role() -> None:
    assert {role.value for role in Role} <= {*HELD} == {*EVERYBODY.split()} - {"nobody"}


@pytest.mark.promise("P2")
def test_the_walk_has_ten_thousand_cells() -> None:
    cells = {relation: sum(1 for _ in plan(ROWS, who, methods)) for relation, (_, who, methods) in LIKE.items()}

    print(f"{sum(cells.values()):,} cells: {cells}")  # noqa: T201 -- the count is what is promised
    assert sum(cells.values()) >= 10_000


@pytest.mark.parametrize("like", LIKE)
@pytest.mark.promise("P2", "P7")
def test_every_cell_is_as_the_table_says(city: City, like: str) -> None:
    relation, who, methods = LIKE[like]

    count, found = differences(city, ROWS, who, methods, relation)

    assert found == {}
    assert count == sum(1 for _ in plan(ROWS, who, methods))


# Teeth: what is planted is found, on a few rows.


def row_of(key: str) -> Row:
    return next(row for row in ROWS if row.key == key)


@pytest.mark.teeth("P2")
def test_a_page_that_opens_for_everybody_is_found(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.import_list, "policy", policy.Policy(roles=policy.PEOPLE.roles))

    _, found = differences(city, [row_of("import_list")], ("O2", "U1", "A3", "X2"), ("get",))

    assert found == {(who, "import_list", "get"): ("404", "opens") for who in ("U1", "A3")}


@pytest.mark.teeth("P1", "P2")
def test_a_page_that_lost_its_policy_is_found(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.import_list, "policy", None)

    _, found = differences(city, [row_of("import_list")], ("O2", "U1"), ("get",))

    assert found == {("O2", "import_list", "get"): ("opens", "404")}


@pytest.mark.parametrize("kind", ["problem", "measure", "petition"])
@pytest.mark.teeth("P2")
def test_a_scope_that_shows_everything_is_found(city: City, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(scope, "sees_all", lambda _: True)
    key = f"{kind}_detail:another county's"

    _, found = differences(city, [row_of(key)], ("O1", "C2", "U2"), ("get", "post"))

    assert found == {(who, key, method): ("404", "opens") for who in ("C2", "U2") for method in ("get", "post")}


@pytest.mark.parametrize("relation", ["ended", "unconfirmed", "idle"])
@pytest.mark.teeth("P7")
def test_an_appointment_that_gives_too_much_is_found(
    city: City, monkeypatch: pytest.MonkeyPatch, relation: str
) -> None:
    from django.db.models import Q

    monkeypatch.setattr(scope, "_in_force_at", lambda *_: Q())

    _, found = differences(city, [row_of("home")], ("U2",), ("get",), relation)

    assert found == {("U2", "home", "get"): ("404", "opens")}
