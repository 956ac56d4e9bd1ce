"""The pages of exports: asked for, agreed to, fetched once, the password drawn once; nobody else finds them."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from bihuan.core import outbox
from bihuan.core.actor import Actor
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitioners.models import Export
from bihuan.petitioners.queries import exports
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from bihuan.web import export_view
from tests.actions.petitioners.test_exports import lines
from tests.cast import NOON, Cast, account_of, prove, seat_as
from tests.desk import IDENTITY, NAME, PHONE, desk, known_petition, secrets
from tests.makers import make_batch, make_petition

LIST, NEW = "/petitioners/exports/", "/petitioners/exports/new/"
FORM = {
    "fields_asked": ["name", "phone"],
    "reason": "inspection",
    "words": "督察组下沉核实",
    "recipient": "督察组",
    "paper": "调阅单第8号",
    "once": "k",
}
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return prove(client)


def ask(by: Actor, **more: Any) -> Any:
    return signed_in(by).post(NEW, {**FORM, **more}, follow=True)


def step(by: Actor, move: str, note: str = "", **more: Any) -> Any:
    body = {"move": move, "note": note, "once": f"{move}-k", **more}
    return signed_in(by).post(f"{LIST}{Export.objects.get().pk}/", body)


def test_the_whole_way_on_the_pages(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    asked = ask(by, named=petition.number).content.decode()
    waiting = signed_in(cast.wang).get(LIST).content.decode()
    step(cast.wang, "agree", "同意")
    file = step(by, "make")
    shown = step(cast.wang, "show").content.decode()

    assert "DC2022-001已提出，共1件，等整改办主任批准。" in asked
    assert ("DC2022-001" in waiting, "<b>待批准，等整改办主任</b>" in waiting) == (True, True)
    assert (file.headers["Content-Type"], file.headers["Cache-Control"]) == (TYPE, "no-store")
    assert "DC2022-001.xlsx" in file.headers["Content-Disposition"]
    [password] = re.findall(r"<code>([0-9A-Z-]{24})</code>", shown)
    assert lines(file.content, password)[-1] == [petition.matter.code, petition.number, NAME, PHONE]
    for text in (asked, waiting, shown, signed_in(by).get(f"{LIST}1/").content.decode()):
        assert [words for words in IDENTITY.values() if words in text] == []


def test_a_second_fetch_and_a_second_look_at_the_password_are_refused(cast: Cast) -> None:
    by = desk(cast)
    ask(by, named=known_petition(cast, by).matter.code)
    step(cast.wang, "agree", "同意")
    step(by, "make")

    again = [signed_in(by).post(f"{LIST}{Export.objects.get().pk}/", {"move": "make", "once": key}) for key in "ab"]
    own = step(by, "show")
    step(cast.wang, "show")
    over = step(cast.wang, "show", once="other")

    assert [one.status_code for one in (*again, own, over)] == [302] * 4
    page = signed_in(by)
    page.post(f"{LIST}{Export.objects.get().pk}/", {"move": "make", "once": "c"})
    assert "不能生成并下载文件" in page.get(LIST).content.decode()


def test_who_sent_it_shows_first_who_he_is(cast: Cast) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)
    ask(by, named=petition.matter.code)
    unproven = Client()
    for who, move in ((cast.wang, "agree"), (by, "make"), (cast.wang, "show")):
        unproven.force_login(account_of(who))
        answer = unproven.post(f"{LIST}{Export.objects.get().pk}/", {"move": move, "note": "同意"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/prove/")
    unproven.force_login(account_of(by))
    assert unproven.post(NEW, {**FORM, "named": petition.matter.code}).headers["Location"] == "/prove/"
    assert [one.state for one in Export.objects.all()] == ["asked"]


def test_nobody_else_finds_them(cast: Cast) -> None:
    by = desk(cast)
    ask(by, named=known_petition(cast, by).matter.code)
    address = f"{LIST}{Export.objects.get().pk}/"

    for who in (cast.zhang, cast.li, cast.chen, cast.qian, cast.sun):
        client = signed_in(who)
        assert [client.get(one).status_code for one in (LIST, NEW, address)] == [404] * 3
        assert client.post(address, {"move": "agree", "note": "同意"}).status_code == 404
    other = signed_in(desk(cast, "other"))
    assert [other.get(one).status_code for one in (LIST, NEW, address)] == [200, 200, 404]
    assert "DC2022-001" not in other.get(LIST).content.decode()
    assert signed_in(cast.wang).get(NEW).status_code == 404


def test_a_head_whose_unit_a_petition_concerns_finds_nothing_of_it(cast: Cast) -> None:
    by, concerned = desk(cast), seat_as(Role.OFFICE_HEAD, cast.water, "兼主任")
    petition = known_petition(cast, by)
    ask(by, named=petition.number)
    client, address = signed_in(concerned), f"{LIST}{Export.objects.get().pk}/"
    before = [client.get(address).status_code, "DC2022-001" in client.get(LIST).content.decode()]
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    other = make_petition(cast, petition.batch, "D2HE202204120199")
    record_identity(other, secrets(phone="13912340002"), by=by, at=NOON)
    ask(by, named=f"{petition.number} {other.number}", once="both")
    ask(by, named=other.number, once="other")

    listed = client.get(LIST).content.decode()
    assert before == [200, True]
    assert [client.get(address).status_code, client.post(address, {"move": "refuse", "note": "不"}).status_code] == [
        404,
        404,
    ]
    assert [f"DC2022-00{one}" in listed for one in (1, 2, 3)] == [False, False, True]
    told = [message.text[:21] for message in outbox.messages_of(concerned.person) if "DC2022" in message.text]
    assert told == ["待批准导出举报人信息：DC2022-003", "待批准导出举报人信息：DC2022-001"]
    assert "DC2022-002" in signed_in(cast.wang).get(LIST).content.decode()


def test_a_head_who_is_let_see_them_all_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by, concerned = desk(cast), seat_as(Role.OFFICE_HEAD, cast.water, "兼主任")
    petition = known_petition(cast, by)
    ask(by, named=petition.number)
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    monkeypatch.setattr(exports, "_closed", lambda *_: [])

    assert "DC2022-001" in signed_in(concerned).get(LIST).content.decode()


@pytest.mark.parametrize(
    "named",
    ["ＨＥ２－Ｘ０００１", "ｈｅ２-x０００１", "Ｄ２ＨＥ２０２２０４１２００３１", "HE2-X0001；　ＨＥ２－Ｘ０００１，"],
)
def test_full_width_letters_and_digits_name_a_petition(cast: Cast, named: str) -> None:
    by = desk(cast)
    petition = known_petition(cast, by)

    assert petition.matter.code == "HE2-X0001"
    assert petition.number == "D2HE202204120031"
    assert exports.named_by(by, named) == ([petition], [])
    assert "共1件" in ask(by, named=named).content.decode()


def test_where_every_head_is_concerned_the_asker_hears_so(cast: Cast) -> None:
    by = desk(cast)
    outside = desk(cast, "outside", cast.neighbour)
    batch = known_petition(cast, by).batch
    petition = make_petition(cast, batch, "D2HE202204120199", complained_of=str(cast.office))
    record_identity(petition, secrets(phone="13912340002"), by=outside, at=NOON)

    assert "现在没有能批准的主任" in ask(outside, named=petition.number).content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"named": "", "batch": ""}, "几样里填一样"),
        ({"named": "HE2-X9999，HE2-X0001"}, "查不到：HE2-X9999"),
        ({"fields_asked": []}, "导出哪几项"),
        ({"fields_asked": ["original"]}, "导出哪几项"),
        ({"reason": ""}, "理由"),
        ({"paper": " "}, "依据的文号"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(cast: Cast, changed: dict[str, Any], says: str) -> None:
    by = desk(cast)
    known_petition(cast, by)

    answer = ask(by, **{"named": "HE2-X0001", **changed})

    text = answer.content.decode()
    assert (answer.status_code, "还没有提出" in text, says in text) == (422, True, True)
    assert ("督察组下沉核实" in text, Export.objects.count()) == (True, 0)


def test_a_batch_or_what_the_ledger_filters_is_asked_for_as_a_whole(cast: Cast) -> None:
    by = desk(cast)
    first = known_petition(cast, by)
    make_petition(cast, first.batch, "D2HE202204120199", content="面粉厂粉尘")
    other = make_petition(cast, make_batch(first.batch.inspection, 2), "D2HE202204120299", content="面粉厂噪声")
    record_identity(other, secrets(phone="13912340002"), by=by, at=NOON)

    ask(by, batch=first.batch.pk)
    ledger = signed_in(by).get("/ledgers/petitions/?content=面粉厂").content.decode()
    offered = signed_in(by).get(f"{NEW}?content=面粉厂").content.decode()
    ask(by, asked="content=面粉厂", of_view="on", once="other")

    codes = [one.codes for one in Export.objects.order_by("pk")]
    assert codes == [["HE2-X0001", "HE2-X0002"], ["HE2-X0002", "HE2-X0003"]]
    assert ("导出举报人信息" in ledger, "台账里筛出的2件" in offered) == (True, True)
    assert "导出举报人信息" not in signed_in(cast.chen).get("/ledgers/petitions/").content.decode()
    assert f"{first.batch.inspection}{first.batch}</option>" in offered
    assert {one.pk for one in exports.batches_for(by)} == {one.batch_id for one in Petition.objects.all()}


def test_what_concerns_the_askers_unit_is_left_out_with_a_sentence(cast: Cast) -> None:
    by = desk(cast, "own", cast.water)
    first = known_petition(cast, desk(cast))
    other = make_petition(cast, first.batch, "D2HE202204120199", complained_of="沧县水务局")
    record_identity(other, secrets(phone="13912340002"), by=desk(cast, "third"), at=NOON)

    text = ask(by, named=f"{first.matter.code} {other.number}").content.decode()

    assert "DC2022-001已提出，共1件，等整改办主任批准。另有1件与您的单位有关，没有列入。" in text
    assert Export.objects.get().codes == [first.matter.code]


def test_the_petitions_are_led_to_by_their_numbers_and_the_rest_is_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = desk(cast)
    first = known_petition(cast, by)
    second = make_petition(cast, first.batch, "D2HE202204120032")
    ask(by, named=f"{first.number}，{second.number}")
    path = f"{LIST}{Export.objects.get().pk}/"

    whole = signed_in(by).get(path).content.decode()
    monkeypatch.setattr(export_view, "LINKED", 1)
    part = signed_in(by).get(path).content.decode()

    assert f">{first.number}</a>、<a" in whole and f">{second.number}</a>" in whole
    assert f">{first.number}</a>，等2件" in part
