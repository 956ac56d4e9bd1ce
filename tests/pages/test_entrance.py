"""Coming in: the password, the second step, waits after wrong ones, and what ends a session."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from time_machine import Traveller, travel

from bihuan.core import clock
from bihuan.core.audit import Entry, Overtaken
from bihuan.core.outbox import Message
from bihuan.gate import arrival, tries
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Account, Appointment, Session, SignIn
from bihuan.organisation.queries import access
from tests.cast import NOON, PASSWORD, ROBOT, TODAY, Cast, account_of

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LATER = NOON + timedelta(hours=1)
pytestmark = pytest.mark.promise("P8")


@pytest.fixture
def moving(db: None) -> Iterator[Traveller]:
    """An hour after the cast was seated; it moves when a test says so."""
    with travel(LATER, tick=False) as coordinates:
        yield coordinates


def give_phone(who: Account) -> Account:
    ways.add_phone(who, "工作手机", SECRET, used=0, by=ROBOT, at=NOON)
    return who


def digits(steps: int = 0, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30 * steps)


def send(client: Client, username: str = "chen", password: str = PASSWORD, **more: str) -> str:
    answer = client.post("/login/", {"username": username, "password": password, **more})
    return answer.headers.get("Location", "") or answer.content.decode()


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_without_a_second_factor_one_is_owed_first(client: Client, cast: Cast, moving: Traveller) -> None:
    assert send(client) == "/"
    assert client.get("/ledgers/").headers["Location"] == "/me/factors/"
    assert "登记一个第二验证后就能开始工作" in client.get("/me/factors/").content.decode()


def test_an_owed_phone_is_added_and_the_codes_are_shown_once(client: Client, cast: Cast, moving: Traveller) -> None:
    send(client)
    page = client.get("/me/factors/phone/").content.decode()
    secret = "".join(re.findall(r'class="secret">([^<]+)<', page)[0].split())

    code = digits(0, secret)
    shown = client.post("/me/factors/phone/", {"label": "工作手机", "code": code}).content.decode()

    codes = re.findall(r"<li><code>([\w-]+)</code></li>", shown)
    assert len(codes) == len(set(codes)) == 10
    assert client.get("/ledgers/").status_code == 302  # to the first ledger
    assert access.phone_that_shows(account_of(cast.chen), code, LATER) is None  # spent by showing that it works
    assert not any(secret in text or codes[0] in text for text in Entry.objects.values_list("changes", flat=True))


def test_the_phones_digits_open_once(client: Client, cast: Cast, moving: Traveller) -> None:
    give_phone(account_of(cast.chen))
    code = digits()

    assert send(client) == "/login/second/"
    assert not is_in(client)
    assert client.post("/login/second/", {"code": code}).headers["Location"] == "/"
    assert is_in(client)
    again = Client()
    send(again)
    refused = again.post("/login/second/", {"code": code})

    assert arrival.WRONG_CODE in refused.content.decode()
    assert not is_in(again)


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_phones_clock_may_be_half_a_minute_off(
    client: Client, cast: Cast, moving: Traveller, steps: int, opens: object
) -> None:
    give_phone(account_of(cast.chen))
    send(client)

    client.post("/login/second/", {"code": digits(steps)})

    assert is_in(client) is opens


def test_a_recovery_code_opens_once_and_its_owner_is_told(client: Client, cast: Cast, moving: Traveller) -> None:
    account = give_phone(account_of(cast.chen))
    ways.renew_recovery_codes(account, ["ABCD-EFGH-JKMN"], by=ROBOT, at=NOON)
    send(client)
    client.post("/login/second/", {"code": "abcd efgh jkmn"})
    other = Client()
    send(other)
    other.post("/login/second/", {"code": "ABCD-EFGH-JKMN"})

    assert (is_in(client), is_in(other)) == (True, False)
    assert Message.objects.filter(text__startswith="有人用您的备用码登录").count() == 1


def test_the_second_step_waits_five_minutes_for_the_first(client: Client, cast: Cast, moving: Traveller) -> None:
    give_phone(account_of(cast.chen))

    assert client.post("/login/second/", {"code": digits()}).headers["Location"] == "/login/"
    send(client)
    moving.shift(timedelta(minutes=6))
    assert client.post("/login/second/", {"code": digits()}).headers["Location"] == "/login/"
    assert not is_in(client)


def test_after_five_wrong_ones_a_stranger_waits_and_the_owner_does_not(
    client: Client, cast: Cast, moving: Traveller
) -> None:
    assert send(client) == "/"  # this device is known from now on
    stranger = Client()
    for _ in range(5):
        assert arrival.WRONG in send(stranger, password="wrong")

    waits = send(stranger)

    assert "要等1分钟再试" in waits
    assert not is_in(stranger)
    client.post("/logout/")
    assert send(client) == "/"
    moving.shift(timedelta(minutes=1, seconds=1))
    assert send(stranger) == "/"


def test_all_strangers_share_one_count(cast: Cast, moving: Traveller) -> None:
    for _ in range(5):
        send(Client(), password="wrong")

    assert "再试" in send(Client())


def test_a_login_of_ones_own_makes_no_device_known_to_another_account(cast: Cast, moving: Traveller) -> None:
    attacker = Client()
    assert send(attacker, "zhang") == "/"
    for _ in range(5):
        send(Client(), password="wrong")
    attacker.post("/logout/")

    assert "再试" in send(attacker, "chen", "wrong")


def test_a_name_that_nobody_has_is_answered_like_a_wrong_password(
    client: Client, cast: Cast, moving: Traveller
) -> None:
    known = [send(Client(), "chen", "wrong") for _ in range(6)]
    unknown = [send(Client(), "nobody", "wrong") for _ in range(6)]

    def plain(page: str) -> str:
        return re.sub(r'value="[^"]*"', "", page)

    assert [*map(plain, known)] == [*map(plain, unknown)]


def test_the_twentieth_within_an_hour_calls_the_guards_once(client: Client, cast: Cast, moving: Traveller) -> None:
    for _ in range(25):
        send(Client(), password="wrong")

    told = Message.objects.filter(text__contains="20次登录不成功")
    assert {one.person_id for one in told} == {cast.sun.person, cast.chen.person}


def test_one_address_is_not_heard_after_a_flood(client: Client, cast: Cast, moving: Traveller) -> None:
    for place in range(300):
        tries.count_wrong(client.get("/login/").wsgi_request, f"name{place}")

    assert "这个网络地址1小时内试得太多" in send(Client())


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_half_an_hour_without_a_click_ends_the_session(
    client: Client, cast: Cast, moving: Traveller, minutes: int, stays: object
) -> None:
    send(client)
    is_in(client)

    moving.shift(timedelta(minutes=minutes))

    assert is_in(client) is stays
    assert SignIn.objects.latest("pk").ended_because == ("" if stays else "久未操作")


def test_an_administrator_is_asked_again_after_a_quarter_of_an_hour(
    client: Client, cast: Cast, moving: Traveller
) -> None:
    send(client, "sun")

    moving.shift(timedelta(minutes=16))

    page = client.get("/me/", follow=True)
    assert page.redirect_chain == [("/login/?next=%2Fme%2F", 302)]
    assert "您有15分钟没有操作，已自动退出；请重新登录。" in page.content.decode()


def test_twelve_hours_end_every_session(client: Client, cast: Cast, moving: Traveller) -> None:
    send(client)
    for place in range(29):
        moving.shift(timedelta(minutes=25))
        assert is_in(client) == (place < 28)


def test_a_clock_that_goes_back_revives_no_session(client: Client, cast: Cast, moving: Traveller) -> None:
    send(client)
    moving.shift(timedelta(hours=1))
    assert not is_in(client)

    moving.shift(timedelta(days=-3))

    assert not is_in(client)


def test_no_session_outlives_a_clock_that_ran_ahead(client: Client, cast: Cast, moving: Traveller) -> None:
    moving.shift(timedelta(days=400))
    send(client)
    assert is_in(client)

    moving.shift(timedelta(days=-400))

    assert not is_in(client)


def test_a_fourth_session_ends_the_first(cast: Cast, moving: Traveller) -> None:
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        send(browser)

    assert [is_in(browser) for browser in browsers] == [False, True, True, True]


def test_an_administrator_has_one_session(cast: Cast, moving: Traveller) -> None:
    first, second = Client(), Client()
    send(first, "sun")
    send(second, "sun")

    assert (is_in(first), is_in(second)) == (False, True)


def test_a_session_elsewhere_is_ended_from_here_and_by_nobody_else(cast: Cast, moving: Traveller) -> None:
    here, there, stranger = Client(), Client(), Client()
    for browser, name in ((there, "chen"), (here, "chen"), (stranger, "zhang")):
        send(browser, name)
    sign_in = SignIn.objects.filter(account=account_of(cast.chen)).earliest("pk")

    assert stranger.post(f"/me/sign-ins/{sign_in.pk}/end/").status_code == 404
    assert is_in(there)
    here.post(f"/me/sign-ins/{sign_in.pk}/end/", {"once": "k"})

    assert (is_in(here), is_in(there)) == (True, False)


def test_the_session_gets_a_new_key_at_login(client: Client, cast: Cast, moving: Traveller) -> None:
    give_phone(account_of(cast.chen))
    send(client)
    halfway = client.cookies["sessionid"].value
    client.post("/login/second/", {"code": digits()})

    assert client.cookies["sessionid"].value != halfway
    assert not Session.objects.filter(session_key=halfway).exists()


def test_logging_out_ends_the_session_and_clears_the_browser(client: Client, cast: Cast, moving: Traveller) -> None:
    send(client)
    key = client.cookies["sessionid"].value

    answer = client.post("/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=key).exists()
    assert SignIn.objects.latest("pk").ended_because == "自己退出"


def test_a_disabled_account_is_out_at_once(client: Client, cast: Cast, moving: Traveller) -> None:
    send(client)
    ways.switch_account(account_of(cast.chen), is_active=False, note="调离", by=ROBOT, at=LATER)

    assert not is_in(client)
    assert arrival.WRONG in send(client)


def test_who_holds_no_appointment_is_told_so(client: Client, cast: Cast, moving: Traveller) -> None:
    appointing.end_appointment(
        Appointment.objects.get(person=cast.chen.person), on=TODAY - timedelta(1), by=ROBOT, at=NOON
    )

    assert arrival.POSTLESS in send(client)


def test_the_way_back_leads_only_inside(client: Client, cast: Cast, moving: Traveller) -> None:
    assert send(client, next="//evil.example/") == "/"
    assert send(Client(), next="/me/") == "/me/"


def test_the_demonstration_owes_nothing(client: Client, cast: Cast, moving: Traveller, settings: Any) -> None:
    settings.DEMO = True
    send(client)

    assert client.get("/ledgers/", follow=True).status_code == 200


def test_what_another_request_used_first_opens_nothing_and_breaks_nothing(
    client: Client, cast: Cast, moving: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quicker(*_: Any, **__: Any) -> None:
        raise Overtaken("他人已先行办理，请刷新后再办。")

    account = give_phone(account_of(cast.chen))
    ways.print_slip(account, "ABCD-EFGH-JKMN-PQRS-TUVW", reason="忘了密码", by=ROBOT, at=LATER)
    send(client)
    monkeypatch.setattr(ways, "use_factor", quicker)
    monkeypatch.setattr(ways, "use_slip", quicker)
    slip = {
        "username": "chen",
        "code": "ABCD-EFGH-JKMN-PQRS-TUVW",
        "chosen": "a long one now",
        "again": "a long one now",
    }

    digits_twice = client.post("/login/second/", {"code": digits()}).content.decode()
    slip_twice = Client().post("/enter/", slip).content.decode()

    assert arrival.WRONG_CODE in digits_twice
    assert "登录名或凭条号不对" in slip_twice
    assert not is_in(client)


def test_two_requests_of_one_browser_end_its_session_together(
    client: Client, cast: Cast, moving: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quicker(*_: Any, **__: Any) -> None:
        raise Refused("这次登录已经结束了。")

    send(client)
    moving.shift(timedelta(minutes=31))
    monkeypatch.setattr(ways, "end_sign_in", quicker)

    assert client.get("/me/").headers["Location"] == "/login/?next=%2Fme%2F"
