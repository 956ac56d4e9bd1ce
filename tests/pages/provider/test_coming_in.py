"""Coming in by the city's identity provider, and every way back that is none."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from django.test import Client
from time_machine import Traveller

from bihuan.core import clock
from bihuan.core.audit import Entry
from bihuan.gate import arrival, provider
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Account, Appointment, SignIn
from bihuan.outgoing import asking
from tests.cast import NOON, PASSWORD, ROBOT, Cast, account_of, prove
from tests.pages.provider.ways import comes, digits, goes, is_in, link, said
from tests.provider import SECRET, Provider

pytestmark = pytest.mark.promise("P8")
ADDRESSES = ("/login/provider/", "/login/provider/return/", "/me/provider/link/", "/me/provider/unlink/")


def test_without_a_provider_there_is_nothing(client: Client, cast: Cast) -> None:
    signed_in = prove(Client())
    signed_in.force_login(account_of(cast.chen))

    assert [client.get(path).status_code for path in ADDRESSES] == [404] * 4
    assert [prove(signed_in).post(path).status_code for path in ADDRESSES] == [404] * 4
    assert "/login/provider/" not in said(client)
    assert "provider" not in signed_in.get("/me/").content.decode()


def test_the_providers_word_and_ones_own_phone_open(client: Client, city: Provider, chen: Account) -> None:
    asked = goes(client, "/ledgers/")

    assert client.get(city.person(asked)).headers["Location"] == "/login/second/"
    assert not is_in(client)
    assert client.post("/login/second/", {"code": digits()}).headers["Location"] == "/ledgers/"
    assert is_in(client)
    assert SignIn.objects.latest("pk").proof == "统一身份认证、手机验证码"
    assert f"用{provider.name()}登录" in said(Client())


def test_without_a_second_factor_one_is_owed(client: Client, city: Provider, cast: Cast) -> None:
    link(account_of(cast.chen), city)

    assert comes(client, city) == "/"
    assert client.get("/ledgers/").headers["Location"] == "/me/factors/"
    assert SignIn.objects.latest("pk").proof == "统一身份认证"


@pytest.mark.parametrize(
    ("counted", "claims", "is_second"),
    [
        (["mfa"], {"amr": ["pwd", "mfa"]}, True),
        (["urn:city:2"], {"acr": "urn:city:2"}, True),
        (["mfa"], {"amr": ["pwd"]}, False),
        (["mfa"], {"amr": "mfa"}, False),
        (["mfa"], {}, False),
        ([], {"amr": ["mfa"]}, False),
    ],
)
def test_what_the_provider_asked_besides_counts_only_where_the_settings_say_so(
    client: Client, city: Provider, chen: Account, settings: Any, counted: list[str], claims: Any, *, is_second: bool
) -> None:
    settings.OIDC_SECOND, city.claims = counted, claims

    assert comes(client, city) == ("/" if is_second else "/login/second/")
    assert is_in(client) is is_second


@pytest.mark.parametrize("counted", [["mfa"], []])
def test_the_providers_word_alone_is_no_proof_for_a_weighty_act(
    client: Client, city: Provider, cast: Cast, settings: Any, counted: list[str]
) -> None:
    account = account_of(cast.chen)
    link(account, city)
    settings.OIDC_SECOND, city.claims = counted, {"amr": ["mfa"]}
    assert comes(client, city) == "/"

    assert client.post("/me/factors/codes/").headers["Location"] == "/prove/"
    assert "/me/factors/codes/" in client.post("/prove/", {"password": PASSWORD}).content.decode()


def test_ones_own_second_factor_beside_it_is(client: Client, city: Provider, chen: Account) -> None:
    comes(client, city)
    client.post("/login/second/", {"code": digits()})

    assert "备用码" in client.post("/me/factors/codes/").content.decode()


def test_an_answer_opens_once(client: Client, city: Provider, chen: Account) -> None:
    back = city.person(goes(client))
    client.get(back)

    assert client.get(back).headers["Location"] == "/login/"
    assert "登录对不上" in said(client)


def test_a_code_that_was_used_opens_nothing(client: Client, city: Provider, chen: Account) -> None:
    asked = goes(client)
    back = city.person(asked)
    city.codes.clear()  # somebody was quicker

    assert client.get(back).headers["Location"] == "/login/"
    assert not is_in(client)


@pytest.mark.parametrize("more", [{"state": "another"}, {"state": ""}, {"iss": "https://elsewhere.example"}])
def test_an_answer_to_another_question_asks_the_provider_nothing(
    client: Client, city: Provider, chen: Account, more: dict[str, str]
) -> None:
    back = city.person(goes(client), **more)
    city.asked.clear()

    assert client.get(back).headers["Location"] == "/login/"
    assert "登录对不上" in said(client)
    assert city.asked == []


def test_an_answer_in_another_browser_opens_nothing(client: Client, city: Provider, chen: Account) -> None:
    back, other = city.person(goes(client)), Client()
    goes(other)

    assert other.get(back).headers["Location"] == "/login/"
    assert not is_in(other)


def test_the_code_of_another_browsers_question_opens_nothing(client: Client, city: Provider, chen: Account) -> None:
    theirs, other = city.person(goes(client)), Client()
    mine = city.person(goes(other))
    code, state = theirs.split("code=")[1].split("&")[0], mine.split("state=")[1].split("&")[0]

    assert other.get(f"/login/provider/return/?code={code}&state={state}").headers["Location"] == "/login/"
    assert not is_in(other)


def test_an_answer_waits_ten_minutes(client: Client, city: Provider, chen: Account, moving: Traveller) -> None:
    back = city.person(goes(client))
    moving.shift(timedelta(minutes=11))

    assert client.get(back).headers["Location"] == "/login/"
    assert "登录对不上" in said(client)


def test_whoever_is_turned_away_there_hears_so(client: Client, city: Provider, chen: Account) -> None:
    assert comes(client, city, error="access_denied") == "/login/"
    assert "没有让您通过" in said(client)


def test_nobody_is_let_in_whom_no_account_knows(client: Client, city: Provider, chen: Account) -> None:
    before = Account.objects.count()

    assert comes(client, city, "u-9999") == "/login/"
    assert "没有可用的账号与您关联" in said(client)
    for _ in range(3):
        comes(client, city, "u-9999")
    assert Account.objects.count() == before
    assert [one.step for one in Entry.objects.filter(action="organisation.note_stranger")] == ["未准登录"]


def test_an_account_that_is_off_stays_off(client: Client, city: Provider, chen: Account) -> None:
    ways.switch_account(chen, is_active=False, note="离岗", by=ROBOT, at=NOON)

    assert comes(client, city) == "/login/"
    assert Entry.objects.filter(action="organisation.note_stranger", table="account", row=chen.pk).exists()


def test_who_holds_no_post_any_more_is_not_let_in(client: Client, city: Provider, chen: Account) -> None:
    post = Appointment.objects.get(person_id=chen.person_id)
    appointing.end_appointment(post, on=clock.today() - timedelta(days=1), by=ROBOT, at=NOON)

    assert comes(client, city) == "/login/"
    assert arrival.POSTLESS in said(client)


AWAY = {
    "fails": (500, {}, b""),
    "leads elsewhere": (302, {"Location": "http://127.0.0.1:9/"}, b""),
    "is huge": (200, {}, b'{"issuer": "' + b"x" * 400_000 + b'"}'),
    "is no JSON": (200, {}, b"<html>"),
    "is a list": (200, {}, b"[]"),
    "is deep": (200, {}, b"[" * 100_000),
    "is nothing": (200, {}, b""),
}


@pytest.mark.parametrize("answer", AWAY.values(), ids=AWAY)
@pytest.mark.parametrize("path", ["/realm/.well-known/openid-configuration", "/realm/keys", "/realm/token"])
def test_a_provider_that_does_not_answer_rightly_leaves_the_password(
    client: Client, city: Provider, chen: Account, path: str, answer: Any
) -> None:
    city.answers[path] = answer
    provider._remembered.clear()
    asked = goes(client)
    if not path.endswith("configuration"):
        asked = client.get(city.person(asked)).headers["Location"]

    assert asked == "/login/"
    assert "请" in (words := said(client))
    assert "现在连不上，或答得不对" in words
    assert client.post("/login/", {"username": "chen", "password": PASSWORD}).headers["Location"] == "/login/second/"
    assert not any("127.0.0.1:9" in one for one in city.asked)


def test_a_provider_that_is_down_is_said_so_and_not_asked_by_everybody(
    client: Client, city: Provider, cast: Cast
) -> None:
    city.answers["/realm/.well-known/openid-configuration"] = (503, {}, b"")
    provider._remembered.clear()

    for _ in range(5):
        assert goes(client, "/ledgers/") == "/login/?next=%2Fledgers%2F"
    assert len(city.asked) == 1


@pytest.mark.parametrize("slow", ["waits", "drips", "stalls"])
def test_a_provider_that_is_slow_is_not_waited_for(
    client: Client, city: Provider, chen: Account, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    asked = goes(client)
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    setattr(city, slow, 10 if slow == "waits" else 0.1)

    begun = perf_counter()
    assert client.get(city.person(asked)).headers["Location"] == "/login/"
    assert perf_counter() - begun < 8
    assert "现在连不上，或答得不对" in said(client)


@pytest.mark.parametrize(
    "places",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "https://elsewhere.example/token"},
        {"jwks_uri": "http://127.0.0.1:9/keys"},
        {"authorization_endpoint": "https://elsewhere.example/"},
        {"jwks_uri": "file:///etc/passwd"},
        {"token_endpoint": None},
    ],
)
def test_nothing_leads_to_another_host(client: Client, city: Provider, cast: Cast, places: dict[str, Any]) -> None:
    city.places = places
    provider._remembered.clear()

    assert goes(client) == "/login/"


def test_a_client_that_must_send_its_secret_in_the_form_does(client: Client, city: Provider, chen: Account) -> None:
    city.places = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    provider._remembered.clear()
    comes(client, city)

    assert city.forms[-1]["client_secret"] == SECRET


def test_wrong_passwords_of_strangers_hold_up_this_way_too(client: Client, city: Provider, chen: Account) -> None:
    for _ in range(6):
        Client().post("/login/", {"username": "chen", "password": "wrong"})

    assert comes(client, city) == "/login/"
    assert "分钟再试" in said(client)


def test_where_the_office_wants_the_provider_alone_the_password_is_for_those_without(
    client: Client, city: Provider, chen: Account, cast: Cast, settings: Any
) -> None:
    settings.OIDC_ONLY = True
    refused = client.post("/login/", {"username": "chen", "password": PASSWORD}).content.decode()

    assert "本单位要求用它登录" in refused
    for name in ("zhang", "sun"):
        assert Client().post("/login/", {"username": name, "password": PASSWORD}).headers["Location"] == "/"
    assert comes(client, city) == "/login/second/"


def test_a_session_is_kept_as_any(client: Client, city: Provider, chen: Account, moving: Traveller) -> None:
    before = client.session.session_key
    comes(client, city)
    client.post("/login/second/", {"code": digits()})
    assert client.session.session_key != before
    moving.shift(timedelta(minutes=31))

    assert not is_in(client)


@pytest.mark.parametrize(
    ("issuer", "client_id", "why"),
    [
        ("http://sso.example.gov.cn", "bihuan", "https"),
        ("ftp://sso.example.gov.cn", "bihuan", "BIHUAN_OIDC_ISSUER"),
        ("https://sso.example.gov.cn", "", "BIHUAN_OIDC_CLIENT"),
        ("https://sso.example.gov.cn", "bihuan", ""),
        ("http://127.0.0.1:8080/realm", "bihuan", ""),
        ("", "", ""),
    ],
)
def test_a_provider_that_is_named_wrongly_is_refused_at_the_start(
    settings: Any, issuer: str, client_id: str, why: str
) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = issuer, client_id, "x"

    assert why in provider.fault() if why else provider.fault() == ""


@pytest.mark.teeth("P8")
def test_a_state_that_is_not_compared_is_found(
    client: Client, city: Provider, chen: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider.secrets, "compare_digest", lambda *_: True)

    assert comes(client, city, state="another") == "/login/second/"


LOADED = """
import json, os, sys, django
django.setup()
from django.conf import settings
from django.urls import get_resolver
get_resolver().url_patterns
where = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"]
print(json.dumps(["joserfc" in sys.modules, settings.OIDC_ISSUER, where]))
"""


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({}, [False, "", ["'self'"]]),
        (
            {"BIHUAN_OIDC_ISSUER": "https://sso.example.gov.cn:8443/realm"},
            [False, "https://sso.example.gov.cn:8443/realm", ["'self'", "https://sso.example.gov.cn:8443"]],
        ),
        ({"BIHUAN_OIDC_ISSUER": "https://sso.example.gov.cn", "BIHUAN_DEMO": "1"}, [False, "", ["'self'"]]),
    ],
    ids=["not named", "named", "in a demonstration"],
)
def test_nothing_of_it_is_loaded_before_somebody_comes_that_way(
    tmp_path: Path, named: dict[str, str], told: list[Any]
) -> None:
    env = {**os.environ, "BIHUAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "bihuan.settings", **named}
    done = subprocess.run([sys.executable, "-c", LOADED], env=env, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == told
