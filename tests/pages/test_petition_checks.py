"""A field check of a petition on its page, at its acceptance and over the API, for whoever sees the petition."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bihuan.matters.models import FieldCheck
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions
from tests.answering import Answering, being_answered
from tests.cast import NOON, Cast, account_of, seat_as

FORM, PAGE, API = "/petitions/HE2-X0001/checks/new/", "/petitions/HE2-X0001/", "/api/v1/petitions/HE2-X0001/checks"


@pytest.fixture
def way(cast: Cast) -> Answering:
    return being_answered(cast)


def signed_in(by: Any) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def filled(**otherwise: str) -> dict[str, str]:
    told = {
        "kind": "现场督导",
        "checked_at": "2022-07-04T11:00",
        "team": "周某、吴某",
        "findings": "西岸还有约3立方米。",
    }
    return {"client_id": str(uuid4()), **told, "demand": "清运西岸", "demand_due_on": "2022-07-10", **otherwise}


def test_a_check_is_written_down_and_shown_on_the_petition_and_at_its_acceptance(way: Answering, cast: Cast) -> None:
    county = signed_in(way.county)
    form = county.get(FORM).content.decode()
    assert "逐项核查" not in form
    assert "年度核验" not in form

    assert county.post(FORM, filled())["Location"] == PAGE
    unit = signed_in(cast.zhang).get(PAGE).content.decode()
    assert "西岸还有约3立方米" in unit
    assert "清运西岸" in unit
    assert "记一次现场核查" not in unit
    assert "交现场核查记录" in unit

    way.to_answered(cast)
    actions.move_petition(way.fresh(), "apply", by=cast.zhang, at=NOON)
    assert "本轮已现场核查1次，最近2022-07-04（现场督导）" in signed_in(cast.wang).get(PAGE).content.decode()


def test_what_is_wrong_is_said_and_nothing_is_lost(way: Answering) -> None:
    answer = signed_in(way.county).post(FORM, filled(team="周某"))

    assert answer.status_code == 422
    assert "至少2人" in answer.content.decode()
    assert "清运西岸" in answer.content.decode()
    assert FieldCheck.objects.count() == 0


@pytest.mark.parametrize("name", ["findings", "opinion", "disagreement", "demand"])
def test_nobody_fills_the_trail_with_one_field(way: Answering, name: str) -> None:
    answer = signed_in(way.county).post(FORM, filled(**{name: "长" * 5_001}))

    assert answer.status_code == 422
    assert "不超过 5000 字符" in answer.content.decode()
    assert FieldCheck.objects.count() == 0


def test_another_countys_people_find_nothing_and_hand_in_nothing(way: Answering, cast: Cast) -> None:
    signed_in(way.county).post(FORM, filled())
    away = signed_in(seat_as(Role.COUNTY_APPROVER, cast.neighbour, "邻审"))

    assert away.get(FORM).status_code == 404
    assert away.get(API).status_code == 404
    assert away.post(FORM, filled()).status_code == 404
    assert FieldCheck.objects.count() == 1


def test_a_program_reads_and_hands_in_the_same(way: Answering) -> None:
    client = signed_in(way.county)
    told = {
        "client_id": str(uuid4()),
        "kind": "暗访",
        "checked_at": "2022-07-04T11:00:00+08:00",
        "team": ["周某", "吴某"],
    }
    told |= {"findings": "没有人。", "version": way.fresh().matter.version}

    key = {"HTTP_IDEMPOTENCY_KEY": str(uuid4())}
    answer = client.post(API, told, content_type="application/json", **key)

    assert answer.status_code == 200, answer.content.decode()
    [line] = client.get(API).json()
    assert (line["kind"], line["level"], line["verdicts"]) == ("暗访", "county", [])
