"""Petitions by two things: each counts once in a total, every cell opens what it counts, differences are explained."""

import re
from itertools import permutations
from urllib.parse import unquote

import pytest
from django.test import Client

from bihuan.petitions.actions import assign_petition
from bihuan.petitions.queries import crossing
from bihuan.petitions.queries.crossing import DIMENSIONS, PENALTY
from tests.cast import NOON, Cast, account_of
from tests.makers import make_batch, make_inspection, make_petition

PAGE = "/petitions/statistics/crossing/"
FACTS = (
    {"truth": "属实", "closing": "已办结", "main_type": "水", "punished": 1, "fined": 50_000},
    {"truth": "属实", "main_type": "大气", "ordered": 2},
    {"truth": "不属实", "main_type": "水"},
    {},
)


@pytest.fixture
def petitions(cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    for number, told in enumerate(FACTS):
        petition = make_petition(cast, batch, f"D2HE20220412000{number}", **{"main_type": ""} | told)
        if number == len(FACTS) - 1:
            assign_petition(petition, [cast.water, cast.neighbour], by=cast.chen, at=NOON)


@pytest.mark.usefixtures("petitions")
def test_every_cell_counts_what_it_opens(cast: Cast) -> None:
    for down, across in permutations(DIMENSIONS, 2):
        made = crossing.crossing(cast.chen, "", down, across)

        assert made.total == len(FACTS)
        for (row, column), count in made.cells.items():
            assert crossing.records(cast.chen, "", {down: row, across: column}).count() == count
        for dimension, counts in ((down, made.by_row), (across, made.by_column)):
            assert all(crossing.records(cast.chen, "", {dimension: key}).count() == n for key, n in counts.items())
            assert dimension == PENALTY or sum(counts.values()) == len(FACTS)


@pytest.mark.usefixtures("petitions")
def test_of_penalties_a_petition_counts_under_each_and_the_page_says_why(client: Client, cast: Cast) -> None:
    made = crossing.crossing(cast.chen, "", "truth", PENALTY)
    assert made.columns == ["ordered", "punished", "fined", ""]
    assert {cell: n for cell, n in made.cells.items() if cell[0] == "属实"} == {
        ("属实", "ordered"): 1,
        ("属实", "punished"): 1,
        ("属实", "fined"): 1,
    }
    client.force_login(account_of(cast.chen))

    page = client.get(f"{PAGE}?down=truth&across=penalty").content.decode()

    assert "各种查处相加5，比4件多1：一件有几种查处的，每种各数一次。" in page


@pytest.mark.usefixtures("petitions")
def test_a_figure_opens_its_petitions(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    page = client.get(f"{PAGE}?down=truth&across=main_type").content.decode()
    addresses = [unquote(one.replace("&amp;", "&")) for one in re.findall(r'href="(\?down[^"#]*)#opened"', page)]
    assert "?down=truth&across=main_type&row=属实&column=水" in addresses
    assert "?down=truth&across=main_type&row=_&column=_" in addresses

    for one in addresses:
        assert 'id="opened"' in client.get(f"{PAGE}{one}").content.decode(), one
    opened = client.get(f"{PAGE}?down=truth&across=main_type&row=属实&column=水").content.decode()

    assert "属实、水 <small>1件</small>" in opened and "D2HE202204120000" in opened


@pytest.mark.usefixtures("petitions")
def test_joint_petitions_are_explained_and_what_is_not_there_opens_nothing(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    page = client.get(PAGE).content.decode()
    assert "其他承办地另有1件次" in page
    for odd in ("row=没有", "row=沧县&column=没有", "row=%00", "down=none&across=none"):
        answer = client.get(f"{PAGE}?{odd}")
        assert answer.status_code == 200 and 'id="opened"' not in answer.content.decode()


@pytest.mark.usefixtures("petitions")
def test_another_county_crosses_its_own_alone(cast: Cast) -> None:
    assert crossing.crossing(cast.qian, "", "region", "truth").total == 1
    assert crossing.records(cast.qian, "", {"truth": "属实"}).count() == 0


@pytest.mark.usefixtures("petitions")
def test_the_same_over_the_api(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    told = client.get("/api/v1/petition-crossing?down=truth&across=main_type").json()

    assert {"row": "属实", "column": "水", "count": 1} in told["cells"]
    assert (told["total"], told["rows"]) == (4, {"属实": 2, "不属实": 1, "": 1})
    assert client.get("/api/v1/petition-crossing?down=truth&across=truth").status_code == 422
