import pytest
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.petitions.actions import assign_petition, move_undertaking
from bihuan.petitions.queries import undertakings_of
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Problem
from tests.cast import NOON, Cast, account_of
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_problem


@pytest.fixture
def problem(cast: Cast) -> Problem:
    problem = make_problem(cast)
    make_measure(problem)
    return problem


def login(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    return client


def test_the_office_sees_whose_by_when_and_what_next(client: Client, cast: Cast, problem: Problem) -> None:
    page = login(client, cast.chen).get(f"/problems/{problem.matter.code}/").content.decode()

    assert "沧县水务局" in page
    assert "2022-12-31" in page
    assert "下一步：市整改办下达。" in page


def test_issuing_on_the_page_takes_the_step_once(client: Client, cast: Cast, problem: Problem) -> None:
    url = f"/problems/{problem.matter.code}/"
    login(client, cast.chen)

    first = client.post(url, {"move": "issue", "note": "", "once": "k"}, follow=True)
    second = client.post(url, {"move": "issue", "note": "", "once": "k"}, follow=True)

    assert "已下达。" in first.content.decode()
    assert "这一步刚才已经办过，没有重复办理。" in second.content.decode()
    problem.matter.refresh_from_db()
    assert problem.matter.version == 2


def test_the_lead_unit_finds_it_only_after_it_was_handed_over(client: Client, cast: Cast, problem: Problem) -> None:
    url = f"/problems/{problem.matter.code}/"
    login(client, cast.zhang)
    before = client.get(url).status_code
    move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert before == 404
    assert client.get(url).status_code == 200


def test_the_next_county_finds_nothing(client: Client, cast: Cast, problem: Problem) -> None:
    move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert login(client, cast.qian).get(f"/problems/{problem.matter.code}/").status_code == 404


def test_the_public_is_led_to_the_login(client: Client, cast: Cast, problem: Problem) -> None:
    assert client.get(f"/problems/{problem.matter.code}/").headers["Location"] == "/login/"


def test_the_ledger_shows_it_and_its_peek(client: Client, cast: Cast, problem: Problem) -> None:
    login(client, cast.chen)

    assert "问题1" in client.get("/ledgers/problems/").content.decode()
    assert "<html" not in client.get("/problems/HE2-P001/", headers={"HX-Target": "peek"}).content.decode()


def test_the_trail_is_in_the_words_of_the_trade(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = undertakings_of(petition)
    move_undertaking(part, "receive", by=cast.zhang, at=NOON)

    page = login(client, cast.chen).get(f"/petitions/{petition.matter.code}/").content.decode()

    assert "<b>签收、转入办理</b>" in page
    assert "张工 沧县水务局" in page
