"""Every address declares who may open it; nobody without a login gets past the login."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bihuan.gate.policy import Policy, policy_of
from tests.cast import Cast, account_of

ARGUMENTS = {"code": "HE2-P001", "name": "problems", "pk": 1, "number": 1, "check": "no_measure"}
PUBLIC = {
    *("account_login", "account_logout", "account_second", "account_slip", "provider_go", "provider_return"),
    *("healthz", "readyz"),
    *("notice_list", "notice_detail", "notice_feed"),
    *("public_petitions", "public_petitions_csv", "public_petitions_json", "public_petition"),
    *("public_figures_csv", "public_figures_json"),
    *("public_figures", "public_feed"),
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def address(pattern: URLPattern) -> str:
    from django.urls import reverse

    named = {name: ARGUMENTS[name] for name in pattern.pattern.converters}
    return reverse(str(pattern.name), kwargs=named)


def test_every_address_declares_its_policy() -> None:
    assert [str(one.name) for one in patterns() if policy_of(one.callback) is None] == []


def test_only_these_addresses_are_public() -> None:
    assert {str(one.name) for one in patterns() if policy_of(one.callback) == Policy(public=True)} == PUBLIC


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_past_the_login(client: Client, db: None, settings: Any, method: str) -> None:
    settings.OIDC_ISSUER = "https://sso.example.gov.cn"  # so that its addresses are there
    for one in patterns():
        if one.name not in PUBLIC:
            answer = getattr(client, method)(address(one))
            leads = answer.headers.get("Location", "").partition("?")[0]
            wanted = (401, "") if answer.headers.get("WWW-Authenticate") else (302, "/login/")
            assert (one.name, answer.status_code, leads) == (one.name, *wanted)
            assert (wanted[0] == 401) == address(one).startswith("/api/")


def test_an_account_whose_appointment_ended_opens_nothing(client: Client, cast: Cast) -> None:
    from datetime import date

    from bihuan.organisation.actions import appointing
    from bihuan.organisation.models import Appointment
    from tests.cast import NOON, ROBOT

    client.force_login(account_of(cast.chen))
    before = client.get("/ledgers/problems/").status_code
    post = Appointment.objects.get(person_id=cast.chen.person)
    appointing.end_appointment(post, on=date(2022, 7, 5), by=ROBOT, at=NOON)

    assert (before, client.get("/ledgers/problems/").status_code) == (200, 404)
