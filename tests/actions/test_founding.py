"""The founding: five people, each with a slip, no superuser; all of it or nothing."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.organisation.actions import emergency as deeds
from bihuan.organisation.actions import organising
from bihuan.organisation.models import Account, Appointment, Person, Region
from bihuan.organisation.queries import emergency, scope
from tests.cast import prove

NAMES = {"system": "甲某", "security": "乙某", "audit": "丙某", "head": "丁某", "desk": "丁某"}


def set_up(**names: str) -> str:
    said = StringIO()
    call_command("setup", city="410900", stdout=said, **{**NAMES, **names})
    return said.getvalue()


def test_each_sets_his_own_password_by_his_slip(db: None) -> None:
    said = set_up()
    slips = re.findall(r"^  (\S+)  (\S+)  登录名 (\w+)  凭条号 ([\w-]+)$", said, re.MULTILINE)

    assert [(name, roles, login) for name, roles, login, _ in slips] == [
        ("甲某", "系统管理员", "jiamou"),
        ("乙某", "安全管理员", "yimou"),
        ("丙某", "审计管理员", "bingmou"),
        ("丁某", "整改办主任、综合协调组", "dingmou"),
    ]
    for place, (_, _, login, code) in enumerate(slips):
        chosen = f"a good long word {place}"
        form = {"username": login, "code": code, "chosen": chosen, "again": chosen}
        assert Client().post("/enter/", form).headers["Location"] == "/login/"
        browser = Client()
        assert browser.post("/login/", {"username": login, "password": chosen}).headers["Location"] == "/"
        assert browser.get("/").headers["Location"] == "/me/factors/"  # which everybody owes first
    assert not any(code in text for _, _, _, code in slips for text in Entry.objects.values_list("changes", flat=True))


def test_each_administrator_has_a_sealed_code_from_the_first_day_and_two_open(db: None) -> None:
    said = set_up(desk="戊某")
    codes = dict(re.findall(r"^  (\S+)  封存码 ([\w-]+)$", said, re.MULTILINE))
    at, desk = clock.now(), Account.objects.get(username="wumou")
    found = [emergency.code_typed("410900", codes[name], at) for name in ("甲某", "丙某")]
    login = scope.actor_for(desk, clock.today())

    assert [*codes] == ["甲某", "乙某", "丙某"]
    assert emergency.code_typed("410900", codes["甲某"][:-1], at) is None
    assert not any(code in text for code in codes.values() for text in Entry.objects.values_list("changes", flat=True))
    opened = deeds.unseal(found[0], found[1], reason="主任住院", purpose="签发", by=login, at=at)
    assert opened.appointment.person == desk.person


def test_a_code_of_the_first_day_is_said_to_be_one_until_its_holder_makes_another(db: None, client: Client) -> None:
    set_up()
    account = Account.objects.get(username="jiamou")
    client.force_login(account)
    prove(client)
    before = client.get("/emergency/").content.decode()
    client.post("/emergency/", {"act": "seal", "once": "k"})

    assert before.count("初建时的，装机的人看见过") == 3
    assert client.get("/emergency/").content.decode().count("初建时的，装机的人看见过") == 2


def test_nobody_can_sign_in_before_he_set_his_password(db: None) -> None:
    set_up()

    assert [one.has_usable_password() for one in Account.objects.all()] == [False] * 4
    assert Client().post("/login/", {"username": "jiamou", "password": ""}).status_code == 422


def test_two_administrators_in_one_person_are_refused_and_nothing_remains(db: None) -> None:
    with pytest.raises(CommandError, match="三个管理员互斥"):
        set_up(audit="甲某")

    assert (Person.objects.count(), Region.objects.count(), Appointment.objects.count()) == (0, 0, 0)


def test_namesakes_get_login_names_of_their_own(db: None) -> None:
    said = set_up(desk="丁谋")

    assert re.findall(r"登录名 (\w+)", said)[-2:] == ["dingmou", "dingmou2"]


def test_an_office_is_founded_once(db: None) -> None:
    set_up()

    with pytest.raises(CommandError, match="濮阳市已经建立过"):
        set_up()


def test_an_office_of_an_earlier_version_gets_its_administrators_once(db: None) -> None:
    by, at = Actor.system("初建", "410900"), clock.now()
    organising.open_office("410900", by=by, at=at)
    three = {name: NAMES[name] for name in ("system", "security", "audit")}
    said = StringIO()

    call_command("admins", city="410900", stdout=said, **three)

    assert re.findall(r"登录名 (\w+)", said.getvalue()) == ["jiamou", "yimou", "bingmou"]
    with pytest.raises(CommandError, match="已经有管理员在任"):
        call_command("admins", city="410900", **three)
    with pytest.raises(CommandError, match="还没有建立整改办"):
        call_command("admins", city="410800", **three)
