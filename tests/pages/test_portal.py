"""The public pages: nothing but the frozen text, days that are left, an objection that is heard, sealed and thanked."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bihuan.core.attempts import Attempt
from bihuan.disclosure.models import Objection
from bihuan.disclosure.rules.objection import FROM_ADDRESS
from bihuan.disclosure.rules.wording import digest_of
from bihuan.organisation.models import Person
from tests.cast import Cast
from tests.makers import make_other, make_release

SAID = {"text": "井口没有封死，夜里还在抽水。", "contact": "139-8765-4321"}


@pytest.fixture
def shown(cast: Cast) -> Any:
    text = {"title": "第1项整改验收公示", "lead": "现予公示，〔公示期〕。", "done": "户主■■■的井已封填。"}
    drafter = Person.objects.get(pk=cast.chen.person)
    return make_release(drafter, period="公示期2025年10月30日至11月12日（10个工作日）", text=text)


def say(client: Client, release: Any, **otherwise: str) -> Any:
    return client.post(f"/public/notices/{release.code}/", {**SAID, **otherwise})


def test_a_notice_that_runs_is_listed_read_and_found_by_its_words(client: Client, shown: Any) -> None:
    listed, page = client.get("/public/"), client.get(f"/public/notices/{shown.code}/")

    assert "第1项整改验收公示" in listed.content.decode()
    assert "现予公示，公示期2025年10月30日至11月12日（10个工作日）。" in page.content.decode()
    assert "户主■■■的井已封填。" in page.content.decode()
    assert "第1项整改验收公示" in client.get("/public/", {"q": "封填"}).content.decode()
    assert "没有含这些字词的公示。" in client.get("/public/", {"q": "没有的"}).content.decode()


def test_nobody_is_given_a_session(client: Client, shown: Any) -> None:
    page = client.get(f"/public/notices/{shown.code}/")

    assert {*page.cookies} <= {"csrftoken", "__Host-csrf"}


def test_programs_read_the_same(client: Client, shown: Any) -> None:
    [one] = json.loads(client.get("/public/notices.json").content)["notices"]

    assert (one["code"], one["title"], one["days"]) == (shown.code, "第1项整改验收公示", 10)
    assert one["url"].endswith(f"/public/notices/{shown.code}/")


def test_what_is_written_or_drafted_elsewhere_appears_nowhere(client: Client, shown: Any) -> None:
    make_other(shown, sections={**shown.sections, "done": "户主王二麻子的井已封填。"})

    for path in ("/public/", f"/public/notices/{shown.code}/", "/public/notices.json", "/public/?q=王二麻子"):
        said = client.get(path).content.decode().replace('value="王二麻子"', "").replace("含有“王二麻子”的", "")
        assert "王二麻子" not in said
        assert str(shown.drafted_by) not in said
        assert shown.about_code not in said


@pytest.mark.parametrize("state", ["draft", "redacted", "approved"])
def test_what_was_not_put_out_is_not_there(client: Client, shown: Any, state: str) -> None:
    make_other(shown, state=state, published_at=None)

    assert client.get(f"/public/notices/{shown.code}/").status_code == 404
    assert json.loads(client.get("/public/notices.json").content) == {"notices": []}
    assert shown.title not in client.get("/public/").content.decode()


def test_what_was_taken_down_is_gone_and_says_so(client: Client, shown: Any) -> None:
    make_other(shown, state="withdrawn")

    gone = client.get(f"/public/notices/{shown.code}/")
    assert gone.status_code == 410
    assert "这份公示已撤下" in gone.content.decode()
    assert shown.title not in gone.content.decode()
    assert say(client, shown).status_code == 410


def test_what_ran_out_is_read_but_not_objected_to(client: Client, shown: Any) -> None:
    make_other(shown, starts_on=shown.starts_on - timedelta(days=40), ends_on=shown.ends_on - timedelta(days=40))

    page = client.get(f"/public/notices/{shown.code}/").content.decode()
    assert "公示已经期满" in page
    assert "提交意见" not in page
    assert say(client, shown).status_code == 422
    assert Objection.objects.count() == 0


def test_an_objection_is_thanked_with_its_code(client: Client, shown: Any) -> None:
    thanked = say(client, shown, once="a" * 32)
    again = say(client, shown, once="a" * 32)

    objection = Objection.objects.get()
    assert objection.code in thanked.content.decode()
    assert objection.code in again.content.decode()
    assert objection.has_contact


def test_what_cannot_be_taken_is_said_and_stays_in_the_form(client: Client, shown: Any) -> None:
    answer = say(client, shown, text="不对")

    assert answer.status_code == 422
    assert "请写明哪里与公示不符，至少10个字。" in answer.content.decode()
    assert ">不对</textarea>" in answer.content.decode()
    assert (Objection.objects.count(), Attempt.objects.count()) == (0, 0)


def test_one_address_is_heard_so_often_an_hour_and_keeps_its_words(client: Client, shown: Any) -> None:
    codes = [say(client, shown, text=f"{SAID['text']}{number}").status_code for number in range(FROM_ADDRESS + 1)]

    assert codes == [200] * FROM_ADDRESS + [429]
    late = say(client, shown, text="第七次说的这些话还在表单里。")
    assert "第七次说的这些话还在表单里。" in late.content.decode()
    assert Client(REMOTE_ADDR="10.9.8.7").post(f"/public/notices/{shown.code}/", SAID).status_code == 200


def test_markup_in_a_text_is_shown_as_it_was_typed(client: Client, shown: Any) -> None:
    text = {**shown.redacted, "done": "<script>alert(1)</script>"}
    make_other(shown, redacted=text, digest=digest_of(text))

    page = client.get(f"/public/notices/{shown.code}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
