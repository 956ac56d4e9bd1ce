"""The office's pages of public texts: written, redacted and approved there; objections answered, writers sealed."""

import re
from typing import Any

import pytest
from django.test import Client

from bihuan.core.actor import Actor
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.rules.wording import digest_of
from bihuan.organisation.rules.duties import Role
from tests.cast import Cast, account_of, prove, seat_as
from tests.loop import Loop, make_loop
from tests.makers import make_objection

CONTACT = "请打13987654321"


@pytest.fixture
def loop(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_accepted()
    return loop


def as_(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    return client


def test_a_text_goes_from_its_draft_to_its_approval_on_its_page(client: Client, loop: Loop) -> None:
    as_(client, loop.publicity)
    assert "等着拟稿" in client.get("/releases/").content.decode()
    assert 'href="/releases/"' in client.get(f"/problems/{loop.problem.matter.code}/").content.decode()
    made, again = (client.post("/releases/", {"code": loop.problem.matter.code, "once": "draft"}) for _ in range(2))
    assert "这一步刚才已经办过" in client.get(again["Location"]).content.decode()
    url = made.headers["Location"]
    drafted = loop.release()

    text = {**drafted.sections, "contact": "市整改办", "done": "户主李建国，电话13912345678，已封填。"}
    client.post(url, {"act": "edit", "seen": drafted.version, **text})
    page = client.get(url).content.decode()
    keys = re.findall(r'name="black" value="([^"]+)"', page)
    digest = digest_of(loop.release().sections)
    seen = as_(Client(), loop.cast.wang).get(url).content.decode()
    client.post(url, {"act": "redact", "digest": digest, "black": keys, "more": "封填"})
    as_(client, loop.cast.wang)
    assert ("稿（还没有脱敏）" in seen, "公开稿" in client.get(url).content.decode()) == (True, True)
    asked = client.post(url, {"move": "approve", "seen": loop.release().version, "note": ""})
    assert (asked["Location"], loop.release().state) == ("/prove/", "redacted")
    prove(client).post(url, {"move": "approve", "seen": loop.release().version, "note": ""})

    release = loop.release()
    assert (release.state, release.redacted["done"]) == ("approved", "户主■■■，电话■■■，已■■■。")


def test_what_another_wrote_meanwhile_is_not_written_over(client: Client, loop: Loop) -> None:
    drafted = loop.draft_text()
    as_(client, loop.publicity)

    answer = client.post(
        f"/releases/{drafted.code}/",
        {"act": "edit", "seen": drafted.version - 1, **drafted.sections, "done": "别的话"},
    )

    page = answer.content.decode()
    assert (answer.status_code, "他人已先行办理" in page) == (422, True)
    assert "别的话</textarea>" in page  # nothing typed is lost, and what stands is beside it
    assert "现在存着的 <small>与您写的不同的1部分" in page
    assert Release.objects.get().sections["done"] != "别的话"


def test_an_objection_is_answered_by_the_head_on_its_page(client: Client, loop: Loop) -> None:
    loop.publish()
    url = f"/objections/{loop.complain(contact=CONTACT).code}/"
    as_(client, loop.cast.chen)
    assert SAID in client.get("/objections/").content.decode()
    client.post(url, {"move": "check", "note": ""})
    as_(client, loop.cast.wang)
    client.post(url, {"move": "dismiss", "note": "到现场看过，井口已封。"})

    assert (Objection.objects.get().state, Objection.objects.get().answer) == ("dismissed", "到现场看过，井口已封。")


SAID = "井口没有封死，夜里还在抽水。"


def test_the_contact_is_drawn_for_the_desk_alone_and_for_a_reason(client: Client, cast: Cast, shown: Any) -> None:
    objection = make_objection(shown, contact=CONTACT)
    url = f"/objections/{objection.code}/contact/"
    for who in (cast.wang, cast.chen):
        as_(client, who)
        assert client.get(url).status_code == 404
        assert "13987654321" not in client.get(f"/objections/{objection.code}/").content.decode()
    prove(as_(client, seat_as(Role.PETITION_DESK, cast.office, "何访")))

    assert "13987654321" not in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert "13987654321" in client.post(url, {"reason": "回电告知结论"}).content.decode()


@pytest.fixture
def shown(cast: Cast) -> Release:
    from bihuan.organisation.models import Person
    from tests.makers import make_release

    return make_release(Person.objects.get(pk=cast.chen.person))
