"""The three administrators find their own page and none of the office's business."""

from importlib.metadata import version

import pytest
from django.test import Client

from bihuan.core.audit import Entry
from bihuan.lib.flow import Refused
from bihuan.management.documents import addresses
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Account
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import Role
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast, account_of, prove, seat_as
from tests.house.test_pages import PUBLIC

CONSOLES = {Role.SYSTEM_ADMIN: "系统管理", Role.SECURITY_ADMIN: "安全管理", Role.AUDIT_ADMIN: "审计"}
BUSINESS = (
    "/ledgers/",
    "/ledgers/problems/",
    "/ledgers/problems/workbook/",
    "/petitions/",
    "/problems/HE2-P001/",
    "/measures/HE2-M001-01/",
    "/imports/",
    "/imports/new/",
    "/search/?q=沧",
    "/settings/inspections/",
)


@pytest.mark.parametrize("role", CONSOLES)
def test_an_administrator_comes_home_to_his_own_page(client: Client, cast: Cast, role: Role) -> None:
    client.force_login(account_of(seat_as(role, cast.office)))
    prove(client)

    page = client.get("/", follow=True).content.decode()

    assert f"<h1>{CONSOLES[role]}</h1>" in page
    assert '<form class="find"' not in page
    assert "/ledgers/" not in page
    assert "/inspection/" not in page


@pytest.mark.parametrize("role", CONSOLES)
def test_an_administrator_opens_no_business_page(client: Client, cast: Cast, role: Role) -> None:
    client.force_login(account_of(seat_as(role, cast.office)))
    prove(client)

    assert {path: client.get(path).status_code for path in BUSINESS} == dict.fromkeys(BUSINESS, 404)


def test_an_administrators_unit_and_person_rows_lead_to_no_ledger(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.SYSTEM_ADMIN, cast.office)))
    prove(client)

    page = client.get(f"/settings/units/{cast.water.pk}/").content.decode()

    assert "审核人 张工(" in page
    assert "/ledgers/" not in page


def test_an_interface_opens_no_page_at_all(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.MACHINE, cast.office)))
    prove(client)
    plain = [one for one in addresses() if not one.pattern.converters and one.name not in PUBLIC]

    opened = {str(one.name) for one in plain if client.get(f"/{one.pattern}").status_code not in (404, 405)}

    assert opened == set()


def test_nobody_else_opens_a_console(cast: Cast) -> None:
    others = [one for one in Role if one not in CONSOLES]
    found = {}
    for role in others:
        client = Client()
        client.force_login(account_of(seat_as(role, cast.office)))
        prove(client)
        found[role] = [client.get(f"/console/{name}/").status_code for name in ("system", "security", "audit")]

    assert found == dict.fromkeys(others, [404] * 3)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_page_answers_no_other_method(client: Client, cast: Cast, method: str) -> None:
    client.force_login(account_of(cast.chen))
    prove(client)

    assert getattr(client, method)("/ledgers/problems/").status_code == 405
    assert getattr(client, method)("/console/audit/").status_code == 404


def test_the_system_administrator_switches_an_account_off_and_on(client: Client, cast: Cast) -> None:
    zhang, admin = Client(), seat_as(Role.SYSTEM_ADMIN, cast.office)
    zhang.force_login(account_of(cast.zhang))
    prove(zhang)
    client.force_login(account_of(admin))
    prove(client)
    before = zhang.get("/").status_code
    path, account = "/console/system/accounts/?q=zhang", account_of(cast.zhang)

    bare = client.post(path, {"account": account.pk, "act": "off", "note": ""}, follow=True).content.decode()
    page = client.post(path, {"account": account.pk, "act": "off", "note": "调离"}, follow=True).content.decode()
    own = client.post("/console/system/accounts/", {"account": account_of(admin).pk, "act": "off", "note": "x"})

    assert "请写明停用或启用的理由。" in bare
    assert "账号zhang已停用。" in page
    assert (before, zhang.get("/").headers.get("Location")) == (200, "/login/")
    assert "不能停用自己的账号。" in client.get(own.headers["Location"]).content.decode()
    client.post(path, {"account": account.pk, "act": "on", "note": "调回"})
    zhang.force_login(account_of(cast.zhang))
    prove(zhang)
    assert zhang.get("/").status_code == 200


def test_the_system_administrator_opens_an_account_and_knows_no_password(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.SYSTEM_ADMIN, cast.office)))
    person = appointing.add_person("新人", by=ROBOT, at=NOON)
    path, form = "/console/system/accounts/", {"person": person.pk, "username": "xinren", "once": "k"}

    poor = client.post(path, {**form, "username": "新 人"}).content.decode()
    page = client.post(path, form, follow=True).content.decode()

    assert "登录名只能用小写字母" in poor
    assert "已给新人开账号；再打印一张凭条" in page
    assert not Account.objects.get(person=person).has_usable_password()
    assert f'<option value="{person.pk}">' not in page  # who has one gets no second
    with pytest.raises(Refused, match="新人已有账号"):
        appointing.open_account(person, "other", None, by=ROBOT, at=NOON)
    with pytest.raises(Refused, match="账号由系统管理员开"):
        appointing.open_account(person, "other", None, by=cast.wang, at=NOON)


def test_nobody_else_switches_accounts(cast: Cast) -> None:
    for by in (cast.wang, cast.sun, seat_as(Role.SECURITY_ADMIN, cast.office)):
        with pytest.raises(Refused, match="账号由系统管理员停用、启用"):
            ways.switch_account(account_of(cast.zhang), is_active=False, by=by, at=NOON, note="x")


def test_the_system_administrator_reads_in_what_condition_the_system_is(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.SYSTEM_ADMIN, cast.office)))
    prove(client)

    page = client.get("/console/system/").content.decode()

    assert version("bihuan") in page
    assert f"{Entry.objects.count():,}条" in page


def test_the_security_administrator_settles_the_rules_and_sees_what_waits(client: Client, cast: Cast) -> None:
    admin = seat_as(Role.SECURITY_ADMIN, cast.office, "安全员")
    person = appointing.add_person("新人", by=ROBOT, at=NOON)
    appointing.appoint_to(person, cast.water, "填报", Role.REPORTER, starts_on=TODAY, by=admin, at=NOON)
    client.force_login(account_of(admin))
    prove(client)
    form = {"second_factor": "weighty", "idle_minutes": 20, "admin_idle_minutes": 10, "session_hours": 8, "seen": 1}

    low = client.post("/console/security/rules/", {**form, "idle_minutes": 1})
    client.post("/console/security/rules/", {**form, "once": "k"})
    page = client.get("/console/security/").content.decode()

    assert "请填5到240之间的整数。" in low.content.decode()
    assert structure.office_rules(CITY).idle_minutes == 20
    assert "20分钟，管理员10分钟" in page
    assert "填报员，沧县水务局 填报" in page
    assert "安全员授予" in page


def test_what_a_small_office_changes_stands_on_the_page_by_name(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.SECURITY_ADMIN, cast.office, "安全员")))
    prove(client)
    form = {"second_factor": "all", "idle_minutes": 30, "admin_idle_minutes": 15, "session_hours": 12, "seen": 1}
    before = client.get("/console/security/").content.decode()

    client.post("/console/security/rules/", {**form, "small_office": "on", "once": "k"})
    page = client.get("/console/security/").content.decode()

    assert "县级审核只由县里办" in before
    assert "沧县党委和政府、青县党委和政府" in page
    assert "办的和审的、上报的和验收的、验收的和销号的，都不是同一个人" in page


def test_two_who_settle_the_rules_do_not_overwrite_one_another(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.SECURITY_ADMIN, cast.office)))
    prove(client)
    form = {"second_factor": "all", "idle_minutes": 20, "admin_idle_minutes": 10, "session_hours": 8, "seen": 1}
    for once, minutes in (("a", 20), ("b", 25)):
        client.post("/console/security/rules/", {**form, "idle_minutes": minutes, "once": once})

    page = client.post("/console/security/rules/", {**form, "idle_minutes": 40, "once": "c"}, follow=True)

    assert "他人已先行办理，请刷新后再办。" in page.content.decode()
    assert structure.office_rules(CITY).idle_minutes == 25
