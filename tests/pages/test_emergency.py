"""The emergency's pages: a code shown once, wrong ones slowed, two hours to the minute, and the alarm."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from time_machine import Traveller, travel

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.outbox import Message
from bihuan.organisation.models import SealedCode, Unsealing
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.emergency import LASTS
from tests.cast import NOON, Cast, account_of, prove, seat_as

LATER = NOON + timedelta(hours=1)
WHY = {"reason": "主任住院，手机关机", "purpose": "今晚交办第20批"}


@pytest.fixture
def moving(db: None) -> Iterator[Traveller]:
    """An hour after the cast was seated."""
    with travel(LATER, tick=False) as traveller:
        yield traveller


def browser(who: Actor) -> Client:
    client = Client()
    client.force_login(account_of(who))
    return prove(client)


@pytest.fixture
def codes(cast: Cast, moving: Traveller) -> list[str]:
    """The codes of two administrators, as their pages showed them."""
    shown = []
    for by in (seat_as(Role.SYSTEM_ADMIN, cast.office, "薛某"), cast.sun):
        sheet = browser(by).post("/emergency/", {"act": "seal", "once": "k"}).content.decode()
        shown += re.findall(r"<code>([A-Z0-9-]+)</code>", sheet)
    return shown


def send(client: Client, first: str, second: str) -> str:
    answer = client.post("/emergency/open/", {**WHY, "first_code": first, "second_code": second, "once": "o"})
    return answer.headers.get("Location", "") or answer.content.decode()


def test_a_session_that_is_open_loses_the_heads_pages_at_the_minute(
    cast: Cast, codes: list[str], moving: Traveller
) -> None:
    client = browser(cast.chen)
    assert client.get("/grants/").status_code == 404
    assert "/emergency/open/" in client.get("/me/").content.decode()

    assert send(client, *codes) == "/"
    assert client.get("/grants/").status_code == 200
    assert "应急·沧州市整改办 主任（至15:00）" in client.get("/").content.decode()
    moving.shift(timedelta(minutes=25))
    client.get("/messages/")
    for _ in range(4):  # not idle, nothing else happens: the trail stands still
        moving.shift(timedelta(minutes=23))
        assert client.get("/grants/").status_code == 200
    moving.move_to(LATER + LASTS - timedelta(seconds=1))
    assert client.get("/grants/").status_code == 200
    moving.shift(timedelta(seconds=1))

    assert client.get("/grants/").status_code == 404
    assert "应急·" not in client.get("/me/").content.decode()


def test_the_auditor_sees_it_and_ends_it(cast: Cast, codes: list[str], moving: Traveller) -> None:
    client, auditor = browser(cast.chen), browser(cast.sun)
    send(client, *codes)

    assert "主任住院，手机关机" in auditor.get("/console/audit/").content.decode()
    assert "告警：陈科凭" in auditor.get("/messages/").content.decode()
    row = Unsealing.objects.get().pk
    auditor.post("/emergency/", {"row": row, "once": "e"})
    assert client.get("/grants/").status_code == 404
    assert "孙员提前结束" in auditor.get("/emergency/").content.decode()


def test_wrong_codes_lose_nothing_are_slowed_and_call_the_guards(
    cast: Cast, codes: list[str], moving: Traveller
) -> None:
    client = browser(cast.chen)
    for wrong in (("XXXX", codes[1]), (codes[0], "XXXX"), (codes[0], codes[0]), ("", codes[0])):
        said = send(client, *wrong)
        assert "主任住院，手机关机" in said
        assert ("至少有一个不对" in said) is bool(wrong[0])
    for _ in range(2):
        send(client, "XXXX", "YYYY")

    assert "再试" in send(client, *codes)  # the right ones wait too
    assert not Unsealing.objects.exists()
    for _ in range(20):
        moving.shift(timedelta(minutes=1))
        send(prove(client), "XXXX", "YYYY")
    assert Message.objects.filter(person=cast.sun.person, text__contains="封存码").count() == 1
    moving.shift(timedelta(minutes=16))
    assert send(prove(client), *codes) == "/"


def test_nobody_reads_a_code_twice(cast: Cast, codes: list[str]) -> None:
    kept = "".join(
        [*SealedCode.objects.values_list("digest", flat=True), *Entry.objects.values_list("changes", flat=True)]
    )

    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert not any(code in browser(cast.sun).get("/emergency/").content.decode() for code in codes)


def test_the_same_click_twice_opens_one(cast: Cast, codes: list[str]) -> None:
    client = browser(cast.chen)

    assert [send(client, *codes), "正在代行" in send(client, *codes)] == ["/", True]
    assert Unsealing.objects.count() == 1
