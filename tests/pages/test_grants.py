"""The list of grants that wait: confirmed or refused, several at once, each a deed of its own."""

import pytest
from django.db import transaction
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Appointment, Person
from bihuan.organisation.rules.duties import ADMINISTRATORS, Role
from tests.cast import NOON, ROBOT, TODAY, Cast, account_of, prove, seat_as
from tests.kept import leads_up
from tests.makers import make_inspection

LIST = "/grants/"


@pytest.fixture
@leads_up
def waiting(cast: Cast) -> list[int]:
    """Two grants of business roles and one of an administrator's."""
    by = seat_as(Role.SECURITY_ADMIN, cast.office, "安全员")
    return [granted(cast, by, role, name) for role, name in ((Role.REPORTER, "甲"), (Role.UNIT_HEAD, "乙"))] + [
        granted(cast, by, Role.AUDIT_ADMIN, "丙")
    ]


def granted(cast: Cast, by: Actor, role: Role, name: str) -> int:
    person = appointing.add_person(f"{name}某", by=ROBOT, at=NOON)
    unit = cast.office if role in ADMINISTRATORS else cast.water
    row = appointing.appoint_to(person, unit, f"{name}岗", role, starts_on=TODAY, by=by, at=NOON)
    return int(row.pk)


def page_of(client: Client, by: Actor) -> str:
    client.force_login(account_of(by))
    prove(client)
    return client.get(LIST).content.decode()


def standings(waiting: list[int]) -> list[str]:
    return [Appointment.objects.get(pk=one).standing for one in waiting]


def test_the_head_of_the_office_sees_all_and_an_administrator_only_what_is_his_to_confirm(
    client: Client, cast: Cast, waiting: list[int]
) -> None:
    head, admin = page_of(client, cast.wang), page_of(client, seat_as(Role.SYSTEM_ADMIN, cast.office))

    assert [name in head for name in ("甲某", "乙某", "丙某")] == [True, True, True]
    assert [name in admin for name in ("甲某", "乙某", "丙某")] == [False, False, True]
    assert "安全员" in head


def test_his_home_says_how_many_wait(client: Client, cast: Cast, waiting: list[int]) -> None:
    client.force_login(account_of(cast.wang))
    prove(client)
    before = client.get("/").content.decode()

    client.post(LIST, {"act": "confirm", "row": waiting, "once": "k"})

    assert "确认：3项角色授予" in before
    assert "角色授予" not in client.get("/").content.decode().split("您走后的变化")[0]


def test_several_are_confirmed_at_once_each_by_a_deed_of_its_own(
    client: Client, cast: Cast, waiting: list[int]
) -> None:
    client.force_login(account_of(cast.wang))
    prove(client)

    page = client.post(LIST, {"act": "confirm", "row": waiting[:2], "once": "k"}, follow=True).content.decode()

    assert "已确认2项。" in page
    assert standings(waiting) == ["confirmed", "confirmed", "waiting"]


def test_a_refusal_wants_its_reason(client: Client, cast: Cast, waiting: list[int]) -> None:
    client.force_login(account_of(cast.wang))
    prove(client)

    bare = client.post(LIST, {"act": "refuse", "row": waiting[:1], "once": "k"}, follow=True).content.decode()
    with_note = {"act": "refuse", "row": waiting[:1], "note": "人不在岗", "once": "l"}
    page = client.post(LIST, with_note, follow=True).content.decode()

    assert "请写明不予确认的理由。" in bare
    assert "已退回1项。" in page
    assert standings(waiting) == ["refused", "waiting", "waiting"]


def test_what_is_not_his_to_confirm_is_as_if_it_were_not_there(client: Client, cast: Cast, waiting: list[int]) -> None:
    client.force_login(account_of(seat_as(Role.SYSTEM_ADMIN, cast.office)))
    prove(client)

    page = client.post(LIST, {"act": "confirm", "row": waiting, "once": "k"}, follow=True).content.decode()

    assert "已确认1项。" in page
    assert "没有这一项，或不由您确认；也许别人刚办过。" in page
    assert standings(waiting) == ["waiting", "waiting", "confirmed"]


def test_nothing_chosen_is_said_and_an_unknown_act_is_not_found(client: Client, cast: Cast, waiting: list[int]) -> None:
    client.force_login(account_of(cast.wang))
    prove(client)

    assert "一项也没有办：请先勾选。" in client.post(LIST, {"act": "confirm"}, follow=True).content.decode()
    assert client.post(LIST, {"act": "forget", "row": waiting}).status_code == 404


def test_a_second_click_confirms_nothing_twice(client: Client, cast: Cast, waiting: list[int]) -> None:
    client.force_login(account_of(cast.wang))
    prove(client)
    form = {"act": "confirm", "row": waiting[:1], "once": "k"}
    client.post(LIST, form)
    version = Appointment.objects.get(pk=waiting[0]).version

    client.post(LIST, form)

    assert Appointment.objects.get(pk=waiting[0]).version == version


def test_every_forbidden_pair_is_refused_by_the_page(client: Client, cast: Cast) -> None:
    by = seat_as(Role.SECURITY_ADMIN, cast.office, "安全员")
    client.force_login(account_of(by))
    prove(client)
    inspection, refused = make_inspection(cast), "系统、安全、审计三个管理员互斥，也不能兼任业务角色。"
    said, asked = 0, 0
    for one in sorted(ADMINISTRATORS):
        for other in (role for role in Role if role != one):
            for held, wanted in ((one, other), (other, one)):
                with transaction.atomic():
                    person = Person.objects.get(pk=seat_as(held, cast.office).person)
                    form = {"person": person.pk, "unit": cast.office.pk, "title": "位子", "role": wanted}
                    form |= {"starts_on": "2030-01-01", "inspection": inspection.pk}
                    said += refused in client.post("/settings/appointments/", form, follow=True).content.decode()
                    asked += 1
                    assert Appointment.objects.filter(person=person).count() == 1
                    transaction.set_rollback(True)  # the office stays as small as it was

    assert (said, asked) == (asked, 2 * 3 * 21)
