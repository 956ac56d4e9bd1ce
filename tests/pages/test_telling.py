import pytest
from django.test import Client

from bihuan.gate import telling
from bihuan.gate.telling import COOKIE
from tests.cast import Cast, account_of

PEOPLE = "/settings/people/"


def add(client: Client, name: str) -> None:
    client.post(PEOPLE, {"name": name})


def test_what_was_done_is_said_once(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    add(client, "周某")

    first, second = client.get("/").content.decode(), client.get("/").content.decode()

    assert 'class="told done"' in first
    assert 'class="told done"' not in second
    assert client.cookies[COOKIE].value == ""


def test_what_waits_for_one_page_adds_up(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    add(client, "周某")
    add(client, "吴某")

    assert client.get("/").content.decode().count('class="told done"') == 2


def test_what_is_said_is_written_to_no_session(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    add(client, "周某")

    assert COOKIE in client.cookies
    assert COOKIE not in client.session


def test_nobody_else_at_the_same_browser_hears_it(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    add(client, "周某")
    client.force_login(account_of(cast.wang))

    assert 'class="told done"' not in client.get("/").content.decode()


def test_what_somebody_made_up_is_not_said(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))
    client.cookies[COOKIE] = "WyJkb25lIiwiaGEiXQ:1abc:xyz"

    assert 'class="told' not in client.get("/").content.decode()


def test_what_is_too_long_for_a_cookie_is_said_all_the_same(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST", 10)
    client.force_login(account_of(cast.chen))
    add(client, "周某")

    assert COOKIE in client.session
    assert 'class="told done"' in client.get("/").content.decode()
    assert 'class="told done"' not in client.get("/").content.decode()
