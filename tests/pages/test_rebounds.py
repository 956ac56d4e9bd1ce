"""The page of rebound counts: a number leads to its records, in scope, as the API tells them."""

import re

import pytest
from django.test import Client

from tests.cast import Cast, account_of
from tests.kept import leads_up
from tests.loop import make_loop


@pytest.fixture
@leads_up
def city(cast: Cast) -> Cast:
    """One problem that was signed off and came back."""
    loop = make_loop(cast)
    loop.to_signed_off()
    loop.later(90)
    loop.check(loop.accepter, "回头看", "未达到")
    loop.step("rebound", cast.wang, "07号井又在取水")
    return cast


def test_every_number_opens_its_records_within_scope(client: Client, city: Cast) -> None:
    client.force_login(account_of(city.chen))

    page = client.get("/acceptance/rebounds/").content.decode()

    links = re.findall(r'href="(/acceptance/rebounds/\?[^"]*only=rebounds)#records"', page)
    assert len(links) == 3
    assert "褚验" in page
    for link in links:
        records = client.get(link.replace("&amp;", "&")).content.decode().partition('id="records"')[2]
        assert ("自备井未封填" in records, "反弹" in records) == (True, True)
    told = client.get("/api/v1/rebounds").json()
    assert (told["all"]["signed_off"], told["all"]["rebounds"], told["all"]["rate"]) == (1, 1, "100.0%")
    assert [one["name"] for one in told["signers"]] == ["褚验"]


def test_who_does_not_read_the_problem_counts_none_of_it(client: Client, city: Cast) -> None:
    client.force_login(account_of(city.qian))

    assert client.get("/api/v1/rebounds").json()["all"]["signed_off"] == 0
    assert "还没有销号的问题" in client.get("/acceptance/rebounds/?unit=1").content.decode()
