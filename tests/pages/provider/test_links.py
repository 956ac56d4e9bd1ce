"""An account is linked with the identity provider by its owner alone, and unlinked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bihuan.core import clock
from bihuan.core.audit import Entry
from bihuan.core.outbox import Message
from bihuan.gate import arrival
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing, identities
from bihuan.organisation.models import Account, Appointment, SignIn
from bihuan.organisation.rules.duties import Role
from tests.cast import NOON, PASSWORD, ROBOT, Cast, account_of, prove, seat_as
from tests.pages.provider.ways import comes, digits, is_in, link, said
from tests.provider import Provider, providing

pytestmark = pytest.mark.promise("P8")


def test_an_administrator_comes_in_by_his_own_ways_alone(
    client: Client, city: Provider, chen: Account, cast: Cast
) -> None:
    held = Appointment.objects.get(person_id=chen.person_id)
    appointing.end_appointment(held, on=clock.today() - timedelta(days=1), by=ROBOT, at=NOON)
    post = appointing.add_post(cast.office, "系统员", by=ROBOT, at=NOON)
    appointing.appoint(chen.person, post, Role.SYSTEM_ADMIN, starts_on=clock.today(), by=ROBOT, at=NOON)

    assert comes(client, city) == "/login/"
    assert arrival.OWN_WAYS in said(client)


@pytest.mark.parametrize("by_provider", [True, False])
def test_who_becomes_an_administrator_goes_on_only_where_he_came_in_by_his_own_ways(
    client: Client, city: Provider, chen: Account, cast: Cast, *, by_provider: bool
) -> None:
    if by_provider:
        comes(client, city)
    else:
        client.post("/login/", {"username": "chen", "password": PASSWORD})
    client.post("/login/second/", {"code": digits()})
    assert is_in(client)
    held = Appointment.objects.get(person_id=chen.person_id)
    appointing.end_appointment(held, on=clock.today() - timedelta(days=1), by=ROBOT, at=NOON)
    post = appointing.add_post(cast.office, "系统员", by=ROBOT, at=NOON)
    appointing.appoint(chen.person, post, Role.SYSTEM_ADMIN, starts_on=clock.today(), by=ROBOT, at=NOON)

    assert is_in(client) is not by_provider
    if by_provider:
        assert SignIn.objects.latest("pk").ended_because == "任管理员"
        assert arrival.OWN_WAYS in client.get("/settings/", follow=True).content.decode()


def test_an_administrator_links_nothing(client: Client, city: Provider, cast: Cast) -> None:
    sun = account_of(cast.sun)
    client.force_login(sun)

    assert prove(client).post("/me/provider/link/").status_code == 404
    assert "provider" not in client.get("/me/").content.decode()
    with pytest.raises(Refused, match="只用本系统自己的登录方式"):
        identities.link_account(sun, "0" * 64, by=cast.sun, at=NOON)


def test_nobody_links_anothers_account(cast: Cast) -> None:
    with pytest.raises(Refused, match="只能关联自己的账号"):
        identities.link_account(account_of(cast.chen), "0" * 64, by=cast.wang, at=NOON)
    with pytest.raises(Refused, match="没有关联"):
        identities.unlink_account(account_of(cast.chen), by=cast.chen, at=NOON)


def test_a_link_is_made_by_its_owner_after_proof_and_told(client: Client, city: Provider, cast: Cast) -> None:
    chen = account_of(cast.chen)
    client.force_login(chen)

    assert client.post("/me/provider/link/").headers["Location"] == "/prove/"
    asked = prove(client).post("/me/provider/link/").headers["Location"]
    assert "prompt=login&max_age=0" in asked
    assert "已关联" in client.get(city.person(asked), follow=True).content.decode()
    assert Message.objects.filter(text__startswith="您的账号已关联").count() == 1
    entry = Entry.objects.get(action="organisation.link_account", table="account")
    assert (entry.step, entry.person) == ("关联", cast.chen.person)
    assert "u-1024" not in entry.changes


@pytest.mark.parametrize("claims", [{"auth_time": None}, {"auth_time": int(NOON.timestamp())}])
def test_a_link_wants_the_person_to_have_shown_himself_anew(city: Provider, cast: Cast, claims: dict[str, Any]) -> None:
    city.claims = claims

    assert "送回的证明没有通过核验" in link(account_of(cast.chen), city)
    assert account_of(cast.chen).subject == ""


def test_one_identity_opens_one_account(client: Client, city: Provider, chen: Account, cast: Cast) -> None:
    assert "已经关联了别的账号" in link(account_of(cast.zhang), city)
    assert "您的账号已经关联过" in link(chen, city, "u-2048")
    assert account_of(cast.zhang).subject == ""


def test_a_link_that_was_asked_by_another_is_not_made(client: Client, city: Provider, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    back = city.person(prove(client).post("/me/provider/link/").headers["Location"])
    client.force_login(account_of(cast.zhang))  # in the same browser, which keeps what was asked

    client.get(back)

    assert {account_of(cast.chen).subject, account_of(cast.zhang).subject} == {""}


def test_what_is_unlinked_opens_nothing(client: Client, city: Provider, chen: Account) -> None:
    owner = Client()
    owner.force_login(chen)
    assert owner.post("/me/provider/unlink/").headers["Location"] == "/prove/"
    prove(owner).post("/me/provider/unlink/")

    assert comes(client, city) == "/login/"
    assert owner.get("/me/").status_code == 200


def test_the_system_administrator_unlinks_with_a_reason_and_signs_out(
    client: Client, city: Provider, chen: Account, cast: Cast
) -> None:
    comes(client, city)
    client.post("/login/second/", {"code": digits()})
    admin = Client()
    admin.force_login(account_of(seat_as(Role.SYSTEM_ADMIN, cast.office, "系统员")))
    admin.post("/console/system/accounts/", {"account": chen.pk, "act": "unlink", "note": ""})
    assert is_in(client)
    admin.post("/console/system/accounts/", {"account": chen.pk, "act": "unlink", "note": "那边的账号丢了"})

    assert not is_in(client)
    assert comes(Client(), city) == "/login/"


def test_a_slip_that_begins_anew_ends_the_link(client: Client, city: Provider, chen: Account) -> None:
    slip = ways.print_slip(chen, "ABCD-EFGH", reason="丢了", ends_factors=True, by=ROBOT, at=clock.now())
    ways.use_slip(slip, "another long password", by=ROBOT, at=clock.now())

    assert comes(client, city) == "/login/"


@pytest.mark.parametrize("setting", ["OIDC_CLAIM", "OIDC_ISSUER"])
def test_a_link_holds_for_the_claim_and_the_provider_that_it_was_made_with(
    client: Client, city: Provider, chen: Account, settings: Any, setting: str
) -> None:
    if setting == "OIDC_CLAIM":
        settings.OIDC_CLAIM, city.claims = "employee", {"employee": "u-1024"}
        assert comes(client, city) == "/login/"
        return
    with providing() as other:
        settings.OIDC_ISSUER = other.issuer
        assert comes(client, other) == "/login/"
