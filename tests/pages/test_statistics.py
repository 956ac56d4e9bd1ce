"""Statistics of petitions: every petition counts once, sums are explained, every line leads to its petitions."""

import pytest
from django.test import Client

from bihuan.organisation.actions import organising
from bihuan.organisation.models import Region
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.queries import statistics
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.makers import make_batch, make_inspection, make_other, make_petition


@pytest.fixture
def petitions(cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    facts = ({"truth": "属实", "closing": "已办结", "punished": 1, "fined": 50_000}, {"truth": "不属实"}, {})
    for number, told in enumerate(facts):
        petition = make_petition(cast, batch, f"D2HE20220412000{number}", main_type="水", **told)
        if number == 2:
            assign_petition(petition, [cast.water, cast.neighbour], by=cast.chen, at=NOON)


@pytest.mark.usefixtures("petitions")
@pytest.mark.parametrize("dimension", [*statistics.BY])
def test_by_whatever_it_is_counted_every_petition_counts_once(cast: Cast, dimension: str) -> None:
    table = statistics.table(cast.chen, "", dimension)

    assert table.whole.count == 3
    assert sum(line.count for line in table.lines) == 3
    assert table.whole.truths == {"属实": 1, "不属实": 1, "": 1}
    assert (table.whole.penalties["punished"], table.whole.penalties["fined"]) == (1, 50_000)
    assert sum(line.where.total() for line in table.lines) == 3  # type: ignore[attr-defined]  # a Counter


@pytest.mark.usefixtures("petitions")
def test_a_joint_petition_is_counted_apart_where_others_help(client: Client, cast: Cast) -> None:
    table = statistics.table(cast.chen, "", statistics.PLACE)

    assert {line.key: (line.count, line.beside) for line in table.lines} == {"沧县": (3, 0), "青县": (0, 1)}
    client.force_login(account_of(cast.chen))
    assert "各地参与办理合计4件次，比总数3件多1件次" in client.get("/petitions/statistics/").content.decode()


@pytest.mark.usefixtures("petitions")
def test_a_line_leads_to_the_ledger_of_the_same(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    page = client.get("/petitions/statistics/?by=truth").content.decode()

    assert "/ledgers/petitions/?truth=%E5%B1%9E%E5%AE%9E" in page
    assert "50,000" in page


@pytest.mark.usefixtures("petitions")
def test_another_county_counts_its_own_alone(cast: Cast) -> None:
    assert statistics.table(cast.qian, "", "truth").whole.count == 1


def zone_of(cast: Cast) -> Region:
    zone = Region(code="130971", name="沧州开发区", level="zone", parent=cast.region.parent)
    organising.add_regions([zone], by=ROBOT, at=NOON)
    return Region.objects.get(code="130971")


@pytest.mark.usefixtures("petitions")
def test_a_joint_petition_of_a_zone_that_is_no_county_counts_beside(cast: Cast) -> None:
    zone = zone_of(cast)
    unit = organising.add_unit("沧州开发区党工委和管委会", "党委政府", zone, by=ROBOT, at=NOON)
    batch = make_batch(make_inspection(cast, "HE4", "第四轮"))
    helped = make_petition(cast, batch, "D2HE202204130001")
    assign_petition(helped, [cast.water, unit], by=cast.chen, at=NOON)
    own = make_petition(cast, batch, "D2HE202204130002")
    make_other(own.matter, region=zone)
    assign_petition(own, [unit, cast.neighbour], by=cast.chen, at=NOON)

    table = statistics.table(cast.chen, "HE4", statistics.PLACE)

    told = {line.key: (line.count, line.beside) for line in table.lines}
    assert told == {"沧县": (1, 0), "沧州开发区": (1, 1), "青县": (0, 1)}
    assert table.whole.beside == 2


def test_a_zone_of_the_city_is_a_place_of_its_own(cast: Cast) -> None:
    zone = Region(code="130971", name="沧州开发区", level="county", parent=cast.region.parent)
    organising.add_regions([zone], by=ROBOT, at=NOON)
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    make_other(petition.matter, region=zone)

    assert [line.key for line in statistics.table(cast.chen, "", statistics.PLACE).lines] == ["沧州开发区"]
