"""The page on which the office splits a petition: proposed, added, corrected, taken back; nothing typed is lost."""

import re

import pytest
from django.test import Client

from bihuan.petitions.models import Petition, SubItem
from tests.answering import being_answered
from tests.cast import Cast, account_of

CONTENT = "群众反映：一是甲村砖厂夜间排放黑烟；二是厂区扬尘大。希望查处。"
PAGE = "/petitions/HE2-X0001/items/"


@pytest.fixture
def petition(cast: Cast, client: Client) -> Petition:
    """One whose text counts itself, read by the office."""
    way = being_answered(cast, content=CONTENT)
    client.force_login(account_of(cast.chen))
    return way.petition


def sent(client: Client, **told: str) -> str:
    """What the page answers to a form that is sent as it stands."""
    page = client.get(PAGE).content.decode()
    once = re.findall(r'name="once" value="([^"]+)"', page)[0]
    return client.post(PAGE, {"once": once, **told}, follow=True).content.decode()


def texts() -> list[str]:
    return [*SubItem.objects.filter(is_ended=False).order_by("number").values_list("text", flat=True)]


def test_what_its_own_text_counts_is_filled_in(client: Client, petition: Petition) -> None:
    page = client.get(PAGE).content.decode()

    assert "已照原文填好2项" in page
    assert [*re.findall(r"<textarea[^>]*>\s*([^<]*?)\s*</textarea>", page)] == [
        "甲村砖厂夜间排放黑烟",
        "厂区扬尘大",
        "",
        "",
    ]
    assert PAGE in client.get(f"/petitions/{petition.matter.code}/").content.decode()


def test_split_corrected_and_taken_back(client: Client, petition: Petition) -> None:
    page = sent(client, act="split", **{"new-text_1": "甲村砖厂夜间排放黑烟", "new-text_2": "厂区扬尘大"})
    assert "已添上分项" in page
    assert "<mark>甲村砖厂夜间排放黑烟</mark><sup>1</sup>；二是<mark>厂区扬尘大</mark><sup>2</sup>" in page

    first, second = SubItem.objects.order_by("number")
    sent(client, act="correct", item=str(second.pk), **{f"item-{second.pk}-text": "厂区扬尘大，影响村民"})
    sent(client, act="end", item=str(first.pk), note="另案办理")

    assert texts() == ["厂区扬尘大，影响村民"]
    detail = client.get("/petitions/HE2-X0001/").content.decode()
    for words in ("拆成分项", "更正分项", "收回分项", "另案办理"):
        assert words in detail


def test_what_is_refused_says_why_and_keeps_what_was_typed(client: Client, petition: Petition) -> None:
    page = sent(client, act="split", **{"new-text_1": "甲村砖厂夜间排放黑烟", "new-text_2": "甲村砖厂夜间排放黑烟"})
    assert "已经有了，请不要重复" in page and page.count("甲村砖厂夜间排放黑烟</textarea>") == 2
    assert "请至少写一个分项" in sent(client, act="split", **{"new-text_1": " "})
    sent(client, act="split", **{"new-text_1": "厂区扬尘大"})
    (row,) = SubItem.objects.all()

    page = sent(client, act="correct", item=str(row.pk), **{f"item-{row.pk}-text": "扬"})
    assert "太短" in page and "<details open>" in page
    assert "为什么收回" in sent(client, act="end", item=str(row.pk), note="")
    assert texts() == ["厂区扬尘大"]


def test_after_the_answer_it_is_only_read(cast: Cast, client: Client) -> None:
    being_answered(cast, content=CONTENT).to_answered(cast)
    client.force_login(account_of(cast.chen))

    page = client.get(PAGE).content.decode()

    assert "已反馈的信访件不能再改分项" in page and "<textarea" not in page
    assert "拆成分项" not in client.get("/petitions/HE2-X0001/").content.decode().split('<h2 class="h2 moves-h">')[0]


def test_what_was_typed_too_late_is_shown_and_not_lost(cast: Cast, client: Client) -> None:
    being_answered(cast, content=CONTENT).to_answered(cast)
    client.force_login(account_of(cast.chen))

    answer = client.post(
        PAGE, {"once": "late-00001", "act": "split", "new-text_1": "厂区<b>扬尘</b>", "new-text_2": ""}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已反馈的信访件不能再改分项" in page and "厂区&lt;b&gt;扬尘&lt;/b&gt;</p>" in page
    assert "<textarea" not in page and not texts()


def test_nobody_but_the_office_has_the_page(cast: Cast, client: Client, petition: Petition) -> None:
    client.force_login(account_of(cast.zhang))

    assert client.get(PAGE).status_code == 404


def test_the_same_over_the_api(client: Client, petition: Petition) -> None:
    address = "/api/v1/petitions/HE2-X0001/items"
    told = client.get(address).json()
    assert told["proposed"] == ["甲村砖厂夜间排放黑烟", "厂区扬尘大"] and told["shut"] == ""

    def send(end: str, body: dict[str, object], key: str) -> int:
        headers = {"Idempotency-Key": key}
        return client.post(f"{address}{end}", body, content_type="application/json", headers=headers).status_code

    assert send("", {"texts": told["proposed"]}, "items-00001") == 200
    assert send("", {"texts": told["proposed"]}, "items-00001") == 200
    assert send("", {"texts": told["proposed"]}, "items-00002") == 422
    first, second = client.get(address).json()["items"]
    assert send("/correct", {"item": first["id"], "text": "砖厂排放黑烟"}, "items-00003") == 200
    assert send("/end", {"item": second["id"], "note": "重复"}, "items-00004") == 200
    assert send("/end", {"item": 999999, "note": "重复"}, "items-00005") == 404

    (left,) = client.get(address).json()["items"]
    assert (left["number"], left["text"]) == (1, "砖厂排放黑烟")
