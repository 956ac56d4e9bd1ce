"""One-time slips: nobody sets a password for somebody else; a slip opens once, in time, confirmed where it must be."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from time_machine import Traveller, travel

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.outbox import Message
from bihuan.lib import one_time
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Account, Appointment, Person, Post, Slip, Unit
from bihuan.organisation.queries import access, scope
from bihuan.organisation.rules.duties import Role
from tests.cast import NOON, PASSWORD, ROBOT, TODAY, Cast, account_of

CODE, CHOSEN = "ABCD-EFGH-JKMN-PQRS-TUVW", "three blue herons"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def moving(db: None) -> Iterator[Traveller]:
    """An hour after the cast was seated."""
    with travel(LATER, tick=False) as traveller:
        yield traveller


def administrator(name: str, login: str, role: Role, unit: Unit) -> Actor:
    person = appointing.add_person(name, by=ROBOT, at=NOON)
    post = Post.objects.filter(unit=unit, title=name).first() or appointing.add_post(unit, name, by=ROBOT, at=NOON)
    appointing.appoint(person, post, role, starts_on=date(2022, 1, 1), by=ROBOT, at=NOON)
    return scope.actor_for(appointing.open_account(person, login, PASSWORD, by=ROBOT, at=NOON), TODAY)


@pytest.fixture
def sysadmin(cast: Cast) -> Actor:
    return administrator("薛某", "sysadmin", Role.SYSTEM_ADMIN, cast.office)


@pytest.fixture
def guard(cast: Cast) -> Actor:
    return administrator("安某", "guard", Role.SECURITY_ADMIN, cast.office)


def slip_for(who: Actor, by: Actor, *, ends_factors: bool = False) -> Slip:
    return ways.print_slip(account_of(who), CODE, reason="忘了密码", ends_factors=ends_factors, by=by, at=LATER)


def use(username: str, code: str = CODE, chosen: str = CHOSEN, again: str = CHOSEN) -> str:
    form = {"username": username, "code": code, "chosen": chosen, "again": again}
    answer = Client().post("/enter/", form)
    return answer.headers.get("Location", "") or answer.content.decode()


def opens(username: str, password: str) -> bool:
    return Client().post("/login/", {"username": username, "password": password}).status_code == 302


def test_a_slip_sets_the_password_that_its_owner_chooses_once(cast: Cast, moving: Traveller, sysadmin: Actor) -> None:
    slip_for(cast.zhang, sysadmin)

    assert use("zhang", CODE.lower()) == "/login/"
    assert (opens("zhang", CHOSEN), opens("zhang", PASSWORD)) == (True, False)
    assert "凭条已用过" in use("zhang", chosen="another long one", again="another long one")
    assert not any(CODE in text or CHOSEN in text for text in Entry.objects.values_list("changes", flat=True))
    assert Message.objects.filter(person=cast.zhang.person, text__contains="一次性凭条").count() == 1


@pytest.mark.parametrize(
    ("username", "code", "hours"),
    [("li", CODE, 0), ("nobody", CODE, 0), ("zhang", "XXXX-EFGH-JKMN-PQRS-TUVW", 0), ("zhang", CODE, 73)],
)
def test_any_other_slip_is_refused_with_one_sentence(
    cast: Cast, moving: Traveller, sysadmin: Actor, username: str, code: str, hours: int
) -> None:
    slip_for(cast.zhang, sysadmin)
    moving.shift(timedelta(hours=hours))

    assert "登录名或凭条号不对，或凭条已用过、作废、超过了72小时" in use(username, code)
    assert not opens("zhang", CHOSEN)


def test_a_new_slip_makes_the_old_one_void(cast: Cast, moving: Traveller, sysadmin: Actor) -> None:
    slip_for(cast.zhang, sysadmin)
    ways.print_slip(account_of(cast.zhang), "WXYZ-2345", reason="忘了密码", by=sysadmin, at=LATER)

    assert "凭条已用过" in use("zhang")
    assert use("zhang", "WXYZ-2345") == "/login/"


@pytest.mark.parametrize(("chosen", "again", "says"), [("short", "short", "至少"), (CHOSEN, "other", "两次填的不一样")])
def test_a_poor_password_leaves_the_slip_good(
    cast: Cast, moving: Traveller, sysadmin: Actor, chosen: str, again: str, says: str
) -> None:
    slip_for(cast.zhang, sysadmin)

    assert says in use("zhang", chosen=chosen, again=again)
    assert use("zhang") == "/login/"


def test_the_offices_slip_waits_for_a_second_person(
    cast: Cast, moving: Traveller, sysadmin: Actor, guard: Actor
) -> None:
    slip = slip_for(cast.chen, sysadmin)

    assert "还要安全管理员确认" in use("chen")
    with pytest.raises(Refused, match="都不能确认"):
        ways.confirm_slip(slip, by=sysadmin, at=LATER)
    with pytest.raises(Refused, match="都不能确认"):
        ways.confirm_slip(slip, by=cast.chen, at=LATER)
    ways.confirm_slip(slip, by=guard, at=LATER)
    assert use("chen") == "/login/"


@pytest.mark.broken
def test_the_database_itself_refuses_who_confirms_his_own_slip(cast: Cast, moving: Traveller, sysadmin: Actor) -> None:
    slip = slip_for(cast.chen, sysadmin)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bihuan_slip SET confirmed_by_id = %s WHERE id = %s", [sysadmin.person, slip.pk])


def test_nobody_prints_a_slip_for_himself(cast: Cast, moving: Traveller, sysadmin: Actor) -> None:
    with pytest.raises(Refused, match="不能给自己打印凭条"):
        slip_for(sysadmin, sysadmin)


def test_a_forgotten_password_leaves_the_second_factor_and_a_lost_one_ends_it(
    cast: Cast, moving: Traveller, sysadmin: Actor
) -> None:
    account = account_of(cast.zhang)
    ways.add_phone(account, "手机", one_time.new_secret(), used=0, by=ROBOT, at=NOON)
    ways.renew_recovery_codes(account, ["ABCD-EFGH-JKMN"], by=ROBOT, at=NOON)
    slip_for(cast.zhang, sysadmin)
    use("zhang")
    browser = Client()
    after_forgotten = browser.post("/login/", {"username": "zhang", "password": CHOSEN}).headers["Location"]

    slip_for(cast.zhang, sysadmin, ends_factors=True)
    use("zhang", chosen=CHOSEN + "!", again=CHOSEN + "!")
    after_lost = Client().post("/login/", {"username": "zhang", "password": CHOSEN + "!"}).headers["Location"]

    assert (after_forgotten, after_lost) == ("/login/second/", "/")
    assert (access.factors_of(account).count(), access.recovery_codes_left(account)) == (0, 0)


def test_guessing_slips_waits_like_guessing_passwords(cast: Cast, moving: Traveller, sysadmin: Actor) -> None:
    slip_for(cast.zhang, sysadmin)
    for _ in range(5):
        use("zhang", "XXXX")

    assert "再试" in use("zhang")


def test_the_pages_print_show_once_and_confirm(cast: Cast, moving: Traveller, sysadmin: Actor, guard: Actor) -> None:
    printing, confirming = Client(), Client()
    for browser, name in ((printing, "sysadmin"), (confirming, "guard")):
        browser.force_login(Account.objects.get(username=name))
        session = browser.session
        session["proven_at"] = LATER.isoformat()
        session.save()
    who = account_of(cast.chen)
    form = {"account": who.pk, "reason": "忘了密码", "asked_by": "王主任", "once": "k"}

    shown = printing.post("/slips/", form).content.decode()
    listed = confirming.get("/slips/").content.decode()
    slip = Slip.objects.get()
    confirming.post(f"/slips/{slip.pk}/", {"once": "k2"})

    assert "请现在打印" in shown
    assert "陈科" in listed
    assert "等待确认" in listed
    slip.refresh_from_db()
    assert slip.confirmed_by == Person.objects.get(pk=guard.person)
    assert "打印一张凭条" not in listed  # the guard confirms, he does not print
    assert printing.post(f"/slips/{slip.pk}/", {"void": "1", "once": "k3"}).status_code == 302
    slip.refresh_from_db()
    assert slip.voided_at is not None


def test_a_slip_for_an_account_of_another_city_is_no_choice(cast: Cast, moving: Traveller, sysadmin: Actor) -> None:
    browser = Client()
    browser.force_login(Account.objects.get(username="sysadmin"))
    session = browser.session
    session["proven_at"] = LATER.isoformat()
    session.save()
    elsewhere = Actor.system("布置", "131000")
    person = appointing.add_person("外人", by=elsewhere, at=NOON)
    account = appointing.open_account(person, "elsewhere", PASSWORD, by=elsewhere, at=NOON)

    answer = browser.post("/slips/", {"account": account.pk, "reason": "忘了密码", "asked_by": "某", "once": "k"})

    assert answer.status_code == 422
    assert Slip.objects.count() == 0
    assert Appointment.objects.filter(person=person).count() == 0


def test_whose_slip_is_chosen_by_name_and_login(client: Client, cast: Cast, sysadmin: Actor) -> None:
    client.force_login(Account.objects.get(username="sysadmin"))
    chen = account_of(cast.chen)

    page = client.get("/slips/").content.decode()

    assert f">{chen.person}（{chen}）</option>" in page
