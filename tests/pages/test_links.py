"""The page of what a matter is linked with, and the section on both matters' pages: for whoever sees both ends."""

from typing import Any

import pytest
from django.test import Client

from bihuan.matters.models import MatterLink
from bihuan.matters.queries import linking as below
from bihuan.rectification.queries import linking
from tests.actions.rectification.test_linking import Pair
from tests.cast import Cast, account_of

PROBLEM, PETITION = "HE2-P001", "HE2-X0001"
TOLD = {"other": PETITION, "kind": "同一地点", "reason": "都在东坑塘。"}


@pytest.fixture
def pair(cast: Cast) -> Pair:
    return Pair(cast)


def signed_in(by: Any) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_the_office_links_and_ends_on_the_page_and_both_pages_tell_it(cast: Cast, pair: Pair) -> None:
    office = signed_in(cast.chen)
    assert "还没有" in page(office, f"/problems/{PROBLEM}/")

    assert office.post(f"/links/{PROBLEM}/", TOLD).status_code == 302
    for path in (f"/problems/{PROBLEM}/", f"/petitions/{PETITION}/"):
        told = page(office, path)
        assert "都在东坑塘" in told
        assert "关联事项" in told
    assert office.get(f"/api/v1/links/{PETITION}").json()[0]["other"] == PROBLEM

    row = MatterLink.objects.get().pk
    office.post(f"/links/{PETITION}/", {"act": "end", "row": row, "note": "弄错了"})
    assert MatterLink.objects.get().is_ended
    assert "解除关联事项" in page(office, f"/petitions/{PETITION}/")
    assert office.get(f"/api/v1/links/{PETITION}").json() == []


def test_what_is_wrong_is_said_and_nothing_is_lost(cast: Cast, pair: Pair) -> None:
    answer = signed_in(cast.chen).post(f"/links/{PROBLEM}/", {**TOLD, "other": "HE2-X0999"})

    assert answer.status_code == 422
    assert "没有这个编号" in answer.content.decode()
    assert "都在东坑塘" in answer.content.decode()


def test_who_sees_one_end_reads_not_even_that_there_is_a_link(cast: Cast, pair: Pair) -> None:
    signed_in(cast.chen).post(f"/links/{PROBLEM}/", TOLD)
    unit = signed_in(cast.zhang)  # leads the problem; the petition lies in the tray

    for path in (f"/problems/{PROBLEM}/", f"/links/{PROBLEM}/"):
        told = page(unit, path)
        assert PETITION not in told
        assert "都在东坑塘" not in told
    assert 'id="links"' not in page(unit, f"/problems/{PROBLEM}/")
    assert unit.get(f"/api/v1/links/{PROBLEM}").json() == []
    assert PETITION not in str(unit.get(f"/api/v1/problems/{PROBLEM}").json())
    assert unit.get(f"/links/{PETITION}/").status_code == 404
    row = MatterLink.objects.get().pk
    assert unit.post(f"/links/{PROBLEM}/", {"act": "end", "row": row, "note": "不要"}).status_code == 404


def test_another_county_finds_neither_end(cast: Cast, pair: Pair) -> None:
    signed_in(cast.chen).post(f"/links/{PROBLEM}/", TOLD)
    away = signed_in(cast.qian)

    for code in (PROBLEM, PETITION):
        assert away.get(f"/links/{code}/").status_code == 404
        assert away.get(f"/api/v1/links/{code}").status_code == 404
        assert away.post(f"/links/{code}/", TOLD).status_code == 404


def test_a_link_that_were_shown_to_everybody_is_found(cast: Cast, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "links_for", lambda _, matter: [*below.links_of(matter.pk)])

    with pytest.raises(AssertionError):
        test_who_sees_one_end_reads_not_even_that_there_is_a_link(cast, pair)
