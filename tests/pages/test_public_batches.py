"""The page on which a batch of petitions is made public: one deed a step, each by whose duty it is."""

import re
from typing import Any

import pytest
from django.test import Client

from bihuan.disclosure.models import Release
from bihuan.petitions.actions import assign_petition
from bihuan.web import disclosure
from tests.cast import NOON, ROBOT, Cast, account_of, prove
from tests.makers import make_batch, make_petition
from tests.publicising import Publicising, being_publicised, stand_answered


@pytest.fixture
def way(cast: Cast) -> Publicising:
    return being_publicised(cast, 3)


def opened(by: Any) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def address(way: Publicising) -> str:
    return f"/releases/batches/{way.batch.pk}/"


def read(client: Client, way: Publicising) -> str:
    return client.get(address(way)).content.decode()


def digest_in(page: str) -> str:
    return page.partition('name="digest" value="')[2].partition('"')[0]


def states() -> list[str]:
    return [*Release.objects.order_by("pk").values_list("state", flat=True)]


def test_a_batch_goes_its_way_in_four_clicks(way: Publicising, cast: Cast) -> None:
    writer, head = opened(way.writer), opened(cast.wang)
    codes = [f"HE2-Q000{number}" for number in (1, 2, 3)]
    assert "拟这3件的公开文本" in read(writer, way)

    writer.post(address(way), {"move": "draft", "once": "a" * 32})
    page = read(writer, way)
    assert page.count("王建国</mark>先生") == 3
    black = [one.partition('"')[0] for one in page.split('name="black" value="')[1:]]
    writer.post(address(way), {"move": "redact", "release": codes, "black": black, "digest": digest_in(page)})
    assert states() == ["redacted"] * 3
    assert "审批这3件" not in read(writer, way)

    page = read(head, way)
    assert "王建国" not in page
    prove(head).post(address(way), {"move": "approve", "release": codes, "digest": digest_in(page)})
    assert states() == ["approved"] * 3
    assert "公开这3件" not in read(head, way)

    asked = writer.post(address(way), {"move": "publish", "release": codes})
    assert (asked["Location"], states()) == ("/prove/", ["approved"] * 3)
    prove(writer).post(address(way), {"move": "publish", "release": codes})
    assert states() == ["released"] * 3
    assert "已公开3件" in read(writer, way)


def test_the_same_click_drafts_once(way: Publicising) -> None:
    writer = opened(way.writer)
    for _ in range(2):
        answer = writer.post(address(way), {"move": "draft", "once": "a" * 32}, follow=True)

    assert states() == ["draft"] * 3
    assert "没有等着办这一步的" not in answer.content.decode()


def test_what_is_sent_without_being_seen_as_it_stands_is_refused(way: Publicising) -> None:
    way.draft()
    writer = opened(way.writer)

    for sent in (
        {"move": "redact", "release": ["HE2-Q0001"], "digest": "0" * 64},
        {"move": "redact", "release": ["HE2-Q0009"], "digest": digest_in(read(writer, way))},
        {"move": "publish", "release": ["HE2-Q0001"]},
        {"move": "anything"},
    ):
        answer = prove(writer).post(address(way), sent, follow=True)
        assert "refused" in answer.content.decode() or "没有等着" in answer.content.decode()

    assert states() == ["draft"] * 3


def test_who_has_no_part_in_it_reads_and_does_nothing(way: Publicising, cast: Cast) -> None:
    way.draft()
    clerk = opened(cast.chen)
    page = read(clerk, way)
    assert "HE2-Q0001" in page or "D2HE202204120001" in page
    assert "送审批（" not in page

    sent = {"move": "redact", "release": ["HE2-Q0001", "HE2-Q0002", "HE2-Q0003"], "digest": digest_in(page)}
    clerk.post(address(way), sent)

    assert states() == ["draft"] * 3
    assert opened(cast.zhang).get(address(way)).status_code == 404


def test_the_list_of_texts_leads_to_batches_and_the_desk_of_the_head_as_well(way: Publicising, cast: Cast) -> None:
    assert "待拟稿3件" in opened(way.writer).get("/releases/").content.decode()
    way.draft()
    way.send()

    assert "待审批3件" in opened(cast.wang).get("/releases/").content.decode()
    home = opened(cast.wang).get("/").content.decode()
    assert f"/releases/batches/{way.batch.pk}/" in home
    assert "第20批信访件的公开文本3件" in home
    assert re.search(r"第20批信访件的公开文本3件.{0,80}第二轮中央督察", re.sub(r"<[^>]+>|\s+", "", home))


def test_of_many_batches_a_page_at_a_time_is_shown(
    way: Publicising, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosure, "BATCHES", 1)
    later = make_batch(way.batch.inspection, 21)
    petition = make_petition(cast, later, "D2HE202204130041", truth="属实", closing="已办结")
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    stand_answered([petition], by=ROBOT, at=NOON)
    client = opened(way.writer)

    first, second = (client.get(f"/releases/?page={number}").content.decode() for number in (1, 2))

    assert "<small>2批</small>" in first and "第1页，共2页" in first
    assert (f"/releases/batches/{later.pk}/" in first, f"/releases/batches/{later.pk}/" in second) == (True, False)
    assert (address(way) in first, address(way) in second) == (False, True)


def test_one_text_is_written_on_its_own_page_in_its_own_parts(way: Publicising) -> None:
    first, *_ = way.draft()
    writer = opened(way.writer)
    url = f"/releases/{first.code}/"
    assert "责任人被处理情况" in writer.get(url).content.decode()

    written = {"act": "edit", "seen": first.version, "content": "甲", "findings": "乙", "handling": "丙"}
    writer.post(url, written | {"goal": "", "accountability": "无"})

    first.refresh_from_db()
    assert (first.sections["findings"], first.sections["truth"]) == ("乙", "属实")
    assert f'href="/petitions/{first.about_code}/"' in writer.get(url).content.decode()


def test_a_page_of_thirty_asks_no_more_than_one_of_three(cast: Cast, django_assert_max_num_queries: Any) -> None:
    way = being_publicised(cast, 30)
    way.draft()
    writer = opened(way.writer)
    read(writer, way)

    with django_assert_max_num_queries(28):
        assert "拟稿、脱敏 <small>30件" in read(writer, way)
