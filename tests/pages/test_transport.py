"""Whose word is believed about where a visitor comes from and whether his page travels safely."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from bihuan.gate import transport
from tests.cast import Cast, account_of

PROXY, VISITOR, OTHER = "10.1.1.9", "172.16.3.4", "192.0.2.7"


def seen(settings: Any, remote: str, **headers: str) -> tuple[str, bool, str]:
    """The address, whether it is secure, and the forwarded host that the floors above see."""
    settings.PROXIES = ["10.1.1.0/24"]
    heard: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        heard.append(request)
        return HttpResponse()

    transport.TransportMiddleware(answer)(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))
    [request] = heard
    return request.META["REMOTE_ADDR"], request.is_secure(), request.META.get("HTTP_X_FORWARDED_HOST", "")


def test_a_named_proxy_is_believed(settings: Any) -> None:
    told = {"HTTP_X_FORWARDED_FOR": f"{OTHER}, {VISITOR}", "HTTP_X_FORWARDED_PROTO": "https"}

    assert seen(settings, PROXY, **told) == (VISITOR, True, "")


def test_of_several_proxies_the_first_stranger_is_the_visitor(settings: Any) -> None:
    assert seen(settings, PROXY, HTTP_X_FORWARDED_FOR=f"{OTHER}, {VISITOR}, 10.1.1.8")[0] == VISITOR


@pytest.mark.parametrize("claimed", ["", "nobody", "' OR 1=1", "10.1.1.8", ", ,"])
def test_a_proxy_that_names_no_visitor_is_the_visitor(settings: Any, claimed: str) -> None:
    assert seen(settings, PROXY, HTTP_X_FORWARDED_FOR=claimed)[0] == PROXY


def test_nobody_else_is_believed(settings: Any) -> None:
    told = {
        "HTTP_X_FORWARDED_FOR": VISITOR,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_HOST": "evil.example",
    }

    assert seen(settings, OTHER, **told) == (OTHER, False, "")


def test_a_middleware_that_believes_everybody_would_be_seen(settings: Any) -> None:
    settings.PROXIES = ["0.0.0.0/0"]

    assert transport._visitor(f"{OTHER}, {VISITOR}") == ""
    settings.PROXIES = []
    assert transport._visitor(f"{OTHER}, {VISITOR}") == VISITOR


def test_the_trail_names_the_visitor_and_not_the_proxy(client: Client, cast: Cast, settings: Any) -> None:
    from bihuan.organisation.models import SignIn
    from tests.cast import PASSWORD

    settings.PROXIES, settings.DEMO = [PROXY], True
    sent = {"username": account_of(cast.chen).username, "password": PASSWORD}
    client.post("/login/", sent, REMOTE_ADDR=PROXY, headers={"x-forwarded-for": VISITOR})

    assert [one.origin for one in SignIn.objects.all()] == [VISITOR]


def test_pages_in_the_clear_say_so(client: Client, cast: Cast, settings: Any) -> None:
    client.force_login(account_of(cast.chen))
    assert transport.PLAIN not in client.get("/me/").content.decode()

    settings.PLAIN_HTTP = True
    assert transport.PLAIN in client.get("/me/").content.decode()
    assert transport.PLAIN in Client().get("/login/").content.decode()

    settings.TLS = True
    assert transport.PLAIN not in client.get("/me/").content.decode()
