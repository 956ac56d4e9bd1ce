"""The leak drill: twenty planted looks among others are all found, and nothing else is."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.looks import readings
from bihuan.petitions.models import Petition
from tests.cast import NOON, Cast
from tests.makers import make_batch, make_inspection, make_petition

FIELDS = ("content", "number")


@action
def look_at(petition: Petition, reason: str, *, by: Actor, at: datetime) -> Petition:
    return audit.look(petition, *FIELDS, because=reason)


@pytest.fixture
def petitions(cast: Cast) -> list[Petition]:
    batch = make_batch(make_inspection(cast))
    return [make_petition(cast, batch, number=f"D2HE2022041200{n:02}") for n in range(10, 15)]


@pytest.fixture
def planted(cast: Cast, petitions: list[Petition]) -> dict[str, set[datetime]]:
    """Twenty looks of 陈科 on July days, five of each of the first four petitions; sixty of others beside them."""
    dice = random.Random(3)  # noqa: S311 -- moments, not secrets
    moments = [NOON + timedelta(hours=count) for count in range(80)]
    dice.shuffle(moments)
    told: dict[str, set[datetime]] = {}
    for count, at in enumerate(moments):
        petition = petitions[count % 4] if count < 20 else petitions[4]
        look_at(petition, f"核实{count}", by=cast.chen if count < 20 else cast.wang, at=at)
        told.setdefault(petition.matter.code, set()).add(at)
    return told


def test_the_looks_of_a_person_are_found_and_no_others(
    cast: Cast, petitions: list[Petition], planted: dict[str, set[datetime]]
) -> None:
    mine = [*readings(person="陈科")]

    assert len(mine) == 20
    assert {(one.about, one.at) for one in mine} == {
        (petition.matter.code, at) for petition in petitions[:4] for at in planted[petition.matter.code]
    }
    assert {(one.person, one.fields) for one in mine} == {(cast.chen.person, ("交办问题基本情况", "受理编号"))}
    assert {one.reason for one in mine} == {f"核实{count}" for count in range(20)}
    assert [*readings(person=str(cast.chen.person))] == mine


def test_the_looks_at_a_petition_are_found_within_their_days(
    petitions: list[Petition], planted: dict[str, set[datetime]]
) -> None:
    code = petitions[4].matter.code
    since, until = NOON + timedelta(hours=10), NOON + timedelta(hours=40)

    found = {one.at for one in readings(about=code, since=since, until=until)}

    assert found == {at for at in planted[code] if since <= at < until}
    assert [*readings(about=code, person="陈科")] == []


def test_the_command_tells_whose_data_which_fields_when_and_why(
    cast: Cast, petitions: list[Petition], capsys: pytest.CaptureFixture[str]
) -> None:
    look_at(petitions[0], "核实投诉", by=cast.chen, at=NOON)

    call_command("exposure", petition=petitions[0].matter.code, since=date(2022, 7, 4), until=date(2022, 7, 4))

    line, total = capsys.readouterr().out.splitlines()
    assert line == (
        f"2022-07-04 12:00 陈科（{cast.chen.person}，{cast.chen.post}） 查看 HE2-X0001 信访举报件 {petitions[0].pk} "
        "的交办问题基本情况、受理编号；理由：核实投诉"
    )
    assert total == "共1次查看。"


def test_nothing_asked_for_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="请写明 --person 谁看的，或 --petition 看了哪一件。"):
        call_command("exposure")
