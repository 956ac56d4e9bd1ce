"""Going to the city's identity provider: what waits meanwhile waits in the browser, and nothing is written here."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.core import signing
from django.test import Client

from bihuan.gate import provider
from bihuan.organisation.models import Account
from tests.cast import Cast
from tests.pages.provider.ways import comes, goes, said
from tests.provider import Provider

pytestmark = pytest.mark.promise("P8")


def test_an_answer_opens_once_for_a_browser_that_keeps_its_question(
    client: Client, city: Provider, chen: Account
) -> None:
    back = city.person(goes(client))
    kept = client.cookies[provider.cookie()].value
    client.get(back)
    client.cookies[provider.cookie()] = kept
    city.asked.clear()

    assert client.get(back).headers["Location"] == "/login/"
    assert city.asked == []


def test_an_address_that_tries_on_is_not_heard(client: Client, city: Provider, chen: Account) -> None:
    other = Client()
    back = city.person(goes(other))
    for _ in range(300):
        goes(client)
        client.get("/login/provider/return/?code=x&state=y")
    city.asked.clear()

    for asked in (other.get(back).headers["Location"], goes(client)):
        assert asked == "/login/"
    assert "这个网络地址1小时内试得太多" in said(other)
    assert city.asked == []


def test_what_a_page_elsewhere_sends_here_shuts_nobody_out(client: Client, city: Provider, chen: Account) -> None:
    for _ in range(301):
        Client().get("/login/provider/return/?code=x&state=y")

    assert comes(client, city) == "/login/second/"


def rows() -> dict[str, int]:
    """How many rows stand in every table."""
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def test_going_there_writes_no_row(city: Provider, cast: Cast) -> None:
    before = rows()

    for _ in range(100):
        assert goes(Client(), "/ledgers/").startswith(city.issuer)
    assert rows() == before


@pytest.mark.teeth("P8")
def test_a_question_that_waits_in_a_session_is_found(
    client: Client, city: Provider, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, before = provider.go, rows()

    def defect(request: Any, **asked: Any) -> Any:
        request.session["provider"] = asked
        return going(request, **asked)

    monkeypatch.setattr(provider, "go", defect)
    goes(client)

    assert rows() != before


@pytest.mark.parametrize("onward", ["/" + "x" * 2000, "/" + "沧" * 300])
def test_what_waits_for_the_provider_is_short_and_ends_soon(client: Client, city: Provider, onward: str) -> None:
    goes(client, onward)
    kept = client.cookies["provider"]

    assert (kept["max-age"], kept["httponly"], kept["samesite"]) == (600, True, "Lax")
    assert signing.loads(kept.value, salt=provider.SALT)["onward"] == ""
    goes(client, "/" + "沧" * 200)
    assert signing.loads(client.cookies[provider.cookie()].value, salt=provider.SALT)["onward"] == "/" + "沧" * 200
    assert len(client.cookies[provider.cookie()].OutputString()) < 4000


def test_over_tls_no_neighbour_lays_a_question_in(client: Client, city: Provider, chen: Account, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    back = city.person(goes(client))
    kept = client.cookies.pop("__Host-provider")

    assert (kept["secure"], kept["path"], kept["domain"]) == (True, "/", "")
    client.cookies["provider"] = kept.value
    assert client.get(back).headers["Location"] == "/login/"


@pytest.mark.parametrize("spoilt", ["", "x", "e30:x:y"])
def test_a_question_that_was_not_signed_here_is_none(
    client: Client, city: Provider, chen: Account, spoilt: str
) -> None:
    back = city.person(goes(client))
    client.cookies[provider.cookie()] = spoilt

    assert client.get(back).headers["Location"] == "/login/"
    assert "登录对不上" in said(client)


def test_what_waits_tells_nothing_that_proves_the_question(client: Client, city: Provider) -> None:
    asked = dict(parse_qsl(urlsplit(goes(client)).query))
    kept = signing.loads(client.cookies[provider.cookie()].value, salt=provider.SALT)

    assert asked["nonce"] not in kept.values()
    assert {*kept} == {"at", "state", "home", "onward", "links"}
