"""The three administrators find their own page and none of the office's business."""

import pytest
from django.test import Client

from bihuan.management.documents import addresses
from bihuan.organisation.rules.duties import Role
from tests.cast import Cast, account_of, seat_as

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

    page = client.get("/", follow=True).content.decode()

    assert f"<h1>{CONSOLES[role]}</h1>" in page
    assert 'class="find"' not in page
    assert "/ledgers/" not in page
    assert "/inspection/" not in page


@pytest.mark.parametrize("role", CONSOLES)
@pytest.mark.parametrize("path", BUSINESS)
def test_an_administrator_opens_no_business_page(client: Client, cast: Cast, role: Role, path: str) -> None:
    client.force_login(account_of(seat_as(role, cast.office)))

    assert client.get(path).status_code == 404


def test_an_administrators_unit_and_person_rows_lead_to_no_ledger(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.SYSTEM_ADMIN, cast.office)))

    page = client.get(f"/settings/units/{cast.water.pk}/").content.decode()

    assert "审核人 张工(" in page
    assert "/ledgers/" not in page


def test_an_interface_opens_no_page_at_all(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.MACHINE, cast.office)))
    plain = [one for one in addresses() if not one.pattern.converters and one.name != "account_login"]

    opened = {str(one.name) for one in plain if client.get(f"/{one.pattern}").status_code not in (404, 405)}

    assert opened == set()


@pytest.mark.parametrize("role", [one for one in Role if one not in CONSOLES])
def test_nobody_else_opens_a_console(client: Client, cast: Cast, role: Role) -> None:
    client.force_login(account_of(seat_as(role, cast.office)))

    assert [client.get(f"/console/{name}/").status_code for name in ("system", "security", "audit")] == [404] * 3


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_page_answers_no_other_method(client: Client, cast: Cast, method: str) -> None:
    client.force_login(account_of(cast.chen))

    assert getattr(client, method)("/ledgers/problems/").status_code == 405
    assert getattr(client, method)("/console/audit/").status_code == 404
