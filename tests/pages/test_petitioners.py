"""The petitioner's page: the desk records and opens, the head decides, everybody else finds no such page."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.petitioners.actions.reading import ask_opening
from bihuan.petitioners.models import Opening, Petitioner
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from tests.actions.petitioners.test_destruction import AFTER, signed_off
from tests.cast import NOON, Cast, account_of, prove
from tests.desk import ADDRESS, ID, IDENTITY, NAME, PHONE, desk, known_petition
from tests.makers import make_batch, make_inspection, make_petition

ASK = {"act": "ask", "fields_asked": ["name", "phone"], "reason": "call_back", "words": "核实夜间施工"}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return prove(client)


def url(petition: Petition, more: str = "") -> str:
    return f"/petitions/{petition.matter.code}/petitioner/{more}"


def page(by: Actor, address: str) -> str:
    return signed_in(by).get(address).content.decode()


def plain(text: str) -> list[str]:
    return [name for name, words in IDENTITY.items() if words in text]


def test_the_desk_records_and_reads_masked(cast: Cast) -> None:
    by = desk(cast)
    petition = make_petition(cast, make_batch(make_inspection(cast)))

    answer = signed_in(by).post(url(petition), {"act": "write", "once": "k", **IDENTITY}, follow=True)

    text = answer.content.decode()
    assert ("已存入。" in text, plain(text)) == (True, [])
    for words in ("赵某某", "139****0001", "沧县杜林镇××", "x***@qq.com"):
        assert words in text


def test_a_field_left_empty_stays_and_a_ticked_one_is_cleared(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    form = {"act": "write", "once": "k", "seen": 1, "name": "", "phone": "13912340002", "cleared": ["wechat"]}

    text = signed_in(by).post(url(petition), form, follow=True).content.decode()

    assert ("139****0002" in text, "赵某某" in text, "x***</dd>" in text) == (True, True, False)


def test_what_is_opened_is_plain_on_this_page_alone_under_the_readers_name(cast: Cast) -> None:
    by, other = desk(cast), desk(cast, "other")
    petition = known_petition(cast, by)

    text = signed_in(by).post(url(petition), ASK, follow=True).content.decode()

    assert plain(text) == ["name", "phone"]
    assert text.count("desk某 2022-07-04 12:00 查看") == 2
    elsewhere = [
        page(by, f"/petitions/{petition.matter.code}/"),
        page(by, url(petition, "letter/")),
        page(other, url(petition)),
    ]
    assert [plain(one) for one in elsewhere] == [[], [], []]


@pytest.mark.parametrize("missing", ["fields_asked", "reason", "words"])
def test_what_is_missing_is_asked_for_and_nothing_is_opened(cast: Cast, missing: str) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    answer = signed_in(by).post(url(petition), {name: value for name, value in ASK.items() if name != missing})

    assert (answer.status_code, "还没有打开" in answer.content.decode()) == (422, True)
    assert Opening.objects.count() == 0


def test_consent_is_asked_given_and_used_on_the_page(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    asked = signed_in(by).post(url(petition), {**ASK, "is_kin": "on"}, follow=True).content.decode()
    opening = Opening.objects.get()
    head = page(cast.wang, url(petition))
    step = {"act": "opening", "row": opening.pk, "note": ""}
    signed_in(cast.wang).post(url(petition), {**step, "move": "agree"})
    opened = signed_in(by).post(url(petition), {**step, "move": "open"}, follow=True).content.decode()

    assert ("等整改办主任批准" in asked, plain(asked)) == (True, [])
    assert ("desk某要查看姓名、电话：回访，核实夜间施工；与举报人有亲属或利害关系" in head, plain(head)) == (True, [])
    assert plain(opened) == ["name", "phone"]


def test_the_head_sees_who_read_and_no_value_not_even_masked(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    ask_opening(petition, ["phone"], "verify", "核实", by=by, at=NOON)

    text = page(cast.wang, url(petition)) + page(cast.wang, url(petition, "letter/"))

    assert "核实情况：核实" in text
    assert ([*plain(text)], "赵某某" in text, "139****" in text) == ([], False, False)


def test_nobody_else_finds_the_page_or_the_section(cast: Cast) -> None:
    petition = known_petition(cast, desk(cast))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    accused = desk(cast, "own", cast.water)

    for by in (cast.chen, cast.zhang, cast.sun, accused):
        client = signed_in(by)
        assert client.get(url(petition)).status_code == 404
        assert client.get(url(petition, "letter/")).status_code == 404
        assert client.post(url(petition), ASK).status_code == 404
        assert "举报人 <small>" not in client.get(f"/petitions/{petition.matter.code}/").content.decode()
    assert "已登记：姓名、电话" in page(cast.wang, f"/petitions/{petition.matter.code}/")


def test_a_request_of_another_petition_cannot_be_decided_here(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    other = make_petition(cast, petition.batch, "D2HE202204120099")
    opening = ask_opening(petition, ["phone"], "verify", "核实", by=by, at=NOON, is_kin=True)

    step = {"act": "opening", "row": opening.pk, "move": "agree", "note": ""}
    assert signed_in(cast.wang).post(url(other), step).status_code == 404
    assert signed_in(cast.wang).post(url(petition), {**step, "act": "destruction"}).status_code == 404
    assert Opening.objects.get().state == "asked"


def test_a_number_is_looked_for_without_an_address_that_tells_it(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    answer = signed_in(by).post("/petitioners/", {"field": "phone", "number": PHONE, "once": "k"})

    text = answer.content.decode()
    assert ("找到1件" in text, petition.number in text, PHONE in text) == (True, True, False)
    assert "今天还可以查29次" in text
    assert "没有找到" in signed_in(by).post("/petitioners/", {"field": "id_number", "number": PHONE}).content.decode()
    assert signed_in(cast.wang).get("/petitioners/").status_code == 404


def test_the_letter_names_what_is_held_and_who_read_it(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    ask_opening(petition, ["phone", "address"], "verify", "核实", by=by, at=NOON)

    text = page(by, url(petition, "letter/"))

    assert "<dt>身份证号</dt>" in text
    assert "<dd>139****0001</dd>" in text  # masked, though it stands open to its reader
    assert ("电话、住址" in text, "核实情况：核实" in text) == (True, True)
    assert plain(text) == []


def test_two_destroy_a_key_on_the_page_when_its_time_is_over(cast: Cast) -> None:
    by = desk(cast)
    petition = signed_off(cast, by)
    before = page(by, url(petition))

    with time_machine.travel(AFTER, tick=False):
        offered = page(by, url(petition))
        signed_in(by).post(url(petition), {"act": "propose", "note": "保存期满"})
        waiting = page(cast.wang, url(petition))
        step = {"act": "destruction", "row": petition.petitioner.destructions.get().pk, "move": "confirm", "note": ""}
        signed_in(cast.wang).post(url(petition), step)
        after = page(by, url(petition))

    assert ["提出销毁" in text for text in (before, offered)] == [False, True]
    assert "desk某提出销毁：保存期满" in waiting
    assert ("密钥已于 2024-07-04 销毁" in after, "登记或更正" in after) == (True, False)
    assert Petitioner.objects.get().destroyed_on == AFTER.date()
    assert [words for words in (NAME, ID, ADDRESS) if words in after] == []
