"""The reports of a petition's earlier rounds, folded on its page and on the page where the next one is filled in."""

import json
from typing import Any

from django.test import Client

from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions
from bihuan.petitions.actions.answering import fill_findings
from tests.answering import FOUND, being_answered, found
from tests.cast import NOON, Cast, account_of, seat_as
from tests.desk import NAME


def page(by: Any, path: str) -> tuple[int, str]:
    client = Client()
    client.force_login(account_of(by))
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def test_what_was_reported_before_the_present_round_is_folded_and_masked(cast: Cast) -> None:
    way = being_answered(cast, sub_items=())
    way.to_answered(cast, found(findings=f"{FOUND}举报人{NAME}，在场。"))
    _, before = page(way.filler, "/petitions/HE2-X0001/")
    assert "以往轮次" not in before
    actions.move_petition(way.fresh(), "rework", by=cast.chen, at=NOON, note="又堆上了")

    for by, path in (
        (way.filler, "/petitions/HE2-X0001/findings/"),
        (way.filler, "/petitions/HE2-X0001/"),
        (cast.chen, "/petitions/HE2-X0001/"),
        (way.county, "/petitions/HE2-X0001/"),
    ):
        status, told = page(by, path)
        assert status == 200
        assert "以往轮次" in told
        assert "第1轮，沧县水务局，属实，已办结" in told
        assert NAME not in told
    away = seat_as(Role.COUNTY_APPROVER, cast.neighbour, "邻审")
    assert page(away, "/petitions/HE2-X0001/")[0] == 404


def test_what_was_never_reported_is_told_to_its_own_unit_alone(cast: Cast) -> None:
    way = being_answered(cast)
    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
    actions.move_undertaking(way.part(cast.water), "report_findings", by=cast.zhang, at=NOON)
    actions.move_undertaking(way.part(cast.water), "county_return", by=way.county, at=NOON, note="没有照片")

    assert "以往轮次" not in page(cast.chen, "/petitions/HE2-X0001/")[1]


def test_the_result_of_an_earlier_round_is_marked_until_there_is_a_new_one(cast: Cast) -> None:
    mark = "第1轮的结论，已决定重新办理"
    way = being_answered(cast, sub_items=())
    way.to_answered(cast, found())
    told = ("/petitions/HE2-X0001/", "/ledgers/petitions/?columns=truth", "/api/v1/petitions/HE2-X0001")
    table = f"/petitions/batches/{way.fresh().batch_id}/"
    assert not [one for one in (*told, table) if mark in page(cast.chen, one)[1]]

    actions.move_petition(way.fresh(), "rework", by=cast.chen, at=NOON, note="又堆上了")

    assert [one for one in (*told, table) if mark not in page(cast.chen, one)[1]] == []
    assert f"核实为属实（{mark}）" in page(cast.chen, told[0])[1]
    assert json.loads(page(cast.chen, told[2])[1])["result_of"] == mark
