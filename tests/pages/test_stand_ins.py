"""A unit's head sets who stands in for whom in his own unit, over his page."""

from datetime import timedelta

import pytest
from django.test import Client

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.organisation.actions import granting
from bihuan.organisation.models import Appointment
from bihuan.organisation.rules.duties import Role
from tests.cast import NOON, Cast, account_of, prove, seat_as

PAGE = "/me/stand-ins/"


@pytest.fixture
def head(client: Client, cast: Cast) -> Actor:
    """The unit's head, signed in."""
    by = seat_as(Role.UNIT_HEAD, cast.water, "局长")
    client.force_login(account_of(by))
    prove(client)
    return by


def form(cast: Cast, person: int | None, **more: object) -> dict[str, object]:
    own = Appointment.objects.get(person_id=cast.zhang.person)
    days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=9)}
    return {"appointment": own.pk, "person": person, "once": "k", **days, **more}


def test_a_stand_in_is_set_waits_is_confirmed_and_ended(client: Client, cast: Cast, head: Actor) -> None:
    colleague = seat_as(Role.REPORTER, cast.water, "填报的").person

    client.post(PAGE, form(cast, colleague))
    client.post(PAGE, form(cast, colleague))
    row = Appointment.objects.get(stands_in_for__isnull=False)
    waiting = client.get(PAGE).content.decode()
    granting.confirm_grant(row, by=cast.wang, at=NOON)
    client.post(PAGE, {"act": "end", "row": row.pk, "once": "e"})

    assert "<b>填报的</b>代张工" in waiting
    assert "待确认" in waiting
    assert "撤回</button>" in waiting
    assert Appointment.objects.get(pk=row.pk).ends_on == clock.today()
    assert "/me/stand-ins/" in client.get("/me/").content.decode()


def test_what_was_refused_keeps_what_was_filled_in_and_a_stranger_is_no_choice(
    client: Client, cast: Cast, head: Actor
) -> None:
    colleague = seat_as(Role.REPORTER, cast.water, "填报的").person

    long = client.post(PAGE, form(cast, colleague, ends_on=clock.today() + timedelta(days=200)))
    stranger = client.post(PAGE, form(cast, cast.qian.person))

    assert long.status_code == stranger.status_code == 422
    assert "代理一次最长92天" in long.content.decode()
    assert f'<option value="{colleague}" selected>' in long.content.decode()
    assert "钱某" not in stranger.content.decode()


def test_what_waits_is_taken_back_and_anothers_is_not_there(client: Client, cast: Cast, head: Actor) -> None:
    client.post(PAGE, form(cast, seat_as(Role.REPORTER, cast.water, "填报的").person))
    row = Appointment.objects.get(stands_in_for__isnull=False)
    other = Client()
    other.force_login(account_of(seat_as(Role.UNIT_HEAD, cast.farm)))
    prove(other)

    assert other.post(PAGE, {"act": "end", "row": row.pk}).status_code == 404
    client.post(PAGE, {"act": "end", "row": row.pk, "once": "e"})
    assert Appointment.objects.get(pk=row.pk).standing == "refused"
