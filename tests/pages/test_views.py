"""Views: a question to a ledger that somebody keeps, opens again and drops; only his own."""

from urllib.parse import unquote

import pytest
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.organisation.models import SavedView
from tests.cast import Cast, account_of

KEEP = "/ledgers/problems/views/?state=issued&sort=-due&column=title&column=state"


def login(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    return client


def test_a_kept_view_opens_with_its_conditions_order_and_columns(client: Client, cast: Cast) -> None:
    page = login(client, cast.chen).post(KEEP, {"label": "等签收的", "once": "k"}, follow=True).content.decode()

    view = SavedView.objects.get()
    assert view.question == "state=issued&column=title&column=state&sort=-due"
    assert "已存为视图“等签收的”。" in page
    assert f'href="/ledgers/problems/?{view.question.replace("&", "&amp;")}" aria-current="page">等签收的' in page


def test_the_same_name_takes_the_new_question(client: Client, cast: Cast) -> None:
    login(client, cast.chen).post(KEEP, {"label": "等签收的"})

    client.post("/ledgers/problems/views/?light=over", {"label": "等签收的"})

    assert SavedView.objects.get().question == "light=over"


def test_a_double_click_keeps_it_once(client: Client, cast: Cast) -> None:
    login(client, cast.chen).post(KEEP, {"label": "等签收的", "once": "k"})

    page = client.post(KEEP, {"label": "等签收的", "once": "k"}, follow=True).content.decode()

    assert "这一步刚才已经办过" in page
    assert SavedView.objects.count() == 1


def test_only_ones_own_are_seen_and_dropped(client: Client, cast: Cast) -> None:
    login(client, cast.chen).post(KEEP, {"label": "等签收的"})
    drop = f"/ledgers/problems/views/?drop={SavedView.objects.get().pk}"

    assert "等签收的" not in login(client, cast.wang).get("/ledgers/problems/").content.decode()
    assert client.post(drop).status_code == 404
    login(client, cast.chen).post(drop)
    assert SavedView.objects.get().is_dropped
    assert "等签收的" not in client.get("/ledgers/problems/").content.decode().split("已删去")[-1].split("</p>")[-1]


def test_a_view_without_a_name_and_the_thirty_first_are_refused(client: Client, cast: Cast) -> None:
    login(client, cast.chen)
    for number in range(30):
        client.post(KEEP, {"label": f"视图{number}"})

    full = client.post(KEEP, {"label": "再一个"}, follow=True).content.decode()
    nameless = client.post(KEEP, {"label": " "}, follow=True).content.decode()

    assert "一张台账最多存30个视图，请先删去不用的。" in full
    assert "请给视图起个名字。" in nameless
    assert SavedView.objects.count() == 30


@pytest.mark.parametrize("question", ["column=vanished&state=nothing", "%00", "sort=--"])
def test_a_view_whose_column_is_gone_still_opens(client: Client, cast: Cast, question: str) -> None:
    assert login(client, cast.chen).get(f"/ledgers/problems/?{unquote(question)}").status_code == 200


def test_a_view_that_is_none_is_not_found(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    assert client.post("/ledgers/problems/views/?drop=abc").status_code == 404
