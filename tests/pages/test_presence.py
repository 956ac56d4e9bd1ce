"""The security administrator sees who is signed in, and ends it with a reason; nobody else does."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import travel

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.organisation.actions import settling
from bihuan.organisation.models import SignIn
from bihuan.organisation.queries import access
from bihuan.organisation.rules.duties import Role
from tests.cast import CITY, NOON, PASSWORD, ROBOT, Cast, account_of, seat_as

LIST = "/console/security/sign-ins/"


@pytest.fixture
def guard(cast: Cast) -> Actor:
    return seat_as(Role.SECURITY_ADMIN, cast.office)


def enter(name: str) -> Client:
    browser = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0.0.0 Safari/537.36"})
    browser.post("/login/", {"username": name, "password": PASSWORD})
    return browser


def test_a_sign_in_is_ended_with_a_reason(cast: Cast, guard: Actor) -> None:
    chen, watching = enter("chen"), Client()
    watching.force_login(account_of(guard))
    session = watching.session
    session["proven_at"] = clock.now().isoformat()
    session.save()
    one = SignIn.objects.get(account=account_of(cast.chen))

    listed = watching.get(LIST).content.decode()
    watching.post(LIST, {"sign_in": one.pk, "note": " ", "once": "a"})
    still = chen.get("/me/").status_code
    watching.post(LIST, {"sign_in": one.pk, "note": "电脑遗失", "once": "b"})

    assert "陈科" in listed
    assert "Chrome 126 · Windows" in listed
    assert (still, chen.get("/me/").status_code) == (200, 302)
    one.refresh_from_db()
    assert one.ended_because == "安全管理员结束"


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.OFFICE_HEAD])
def test_nobody_else_sees_it(client: Client, cast: Cast, role: Role) -> None:
    client.force_login(account_of(seat_as(role, cast.office)))

    assert client.get(LIST).status_code == 404


def test_the_offices_own_rules_hold(cast: Cast) -> None:
    settling.set_office_rules(idle_minutes=5, second_factor="weighty", by=ROBOT, at=NOON)
    with travel(clock.now(), tick=False) as moving:
        chen = enter("chen")
        moving.shift(timedelta(minutes=6))

        page = chen.get("/me/", follow=True).content.decode()

    assert "您有5分钟没有操作，已自动退出" in page


def test_whoever_went_away_without_a_word_counts_until_his_time_is_over(cast: Cast, guard: Actor) -> None:
    with travel(clock.now(), tick=False) as moving:
        enter("chen")
        here = clock.now()
        counted = [access.open_sign_ins(CITY, here).count()]
        moving.shift(timedelta(hours=12, minutes=1))
        counted.append(access.open_sign_ins(CITY, clock.now()).count())

    assert counted == [1, 0]
