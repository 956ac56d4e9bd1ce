"""A public copy: each stretch proposed is a person's to decide; what he typed stays nowhere."""

import html
import re

import pytest
from django.apps import apps
from django.test import Client

from bihuan.core.audit import Entry
from bihuan.core.drafts import Draft
from bihuan.organisation.models import Session
from bihuan.organisation.rules.duties import Role
from tests.cast import Cast, account_of, prove, seat_as

TEXT = "我叫赵小禾，电话13912340001，反映面粉厂粉尘。\r\n监督电话0317-2012345，钱塘也知道。"


@pytest.fixture
def writer(client: Client, cast: Cast) -> Client:
    """The publicity group's clerk."""
    client.force_login(account_of(seat_as(Role.PUBLICITY, cast.office)))
    return prove(client)


def shown(page: str) -> tuple[str, list[str], str]:
    """The digest, the keys of the ticked, and the copy."""
    digest = re.findall(r'name="digest" value="(\w+)"', page)[0]
    ticked = re.findall(r'name="black" value="([\d-]+)"[^>]* checked', page)
    copies = re.findall(r"readonly>([^<]*)</textarea>", page)
    return digest, ticked, html.unescape(copies[0]) if copies else ""


def test_all_that_is_proposed_is_ticked_and_the_copy_holds_what_was_decided(writer: Client) -> None:
    digest, ticked, none = shown(writer.post("/redaction/", {"text": TEXT, "act": "look"}).content.decode())

    form = {"text": TEXT, "act": "copy", "digest": digest}
    whole = shown(writer.post("/redaction/", {**form, "black": ticked, "more": "钱塘\n没有的"}).content.decode())[2]
    part = shown(writer.post("/redaction/", {**form, "black": ticked[:1]}).content.decode())[2]

    assert (len(ticked), none) == (2, "")
    assert whole == "我叫■■■，电话■■■，反映面粉厂粉尘。\n监督电话0317-2012345，■■■也知道。"
    assert part == "我叫■■■，电话13912340001，反映面粉厂粉尘。\n监督电话0317-2012345，钱塘也知道。"


def test_a_text_that_was_changed_is_looked_at_again_before_there_is_a_copy(writer: Client) -> None:
    digest, ticked, _ = shown(writer.post("/redaction/", {"text": TEXT, "act": "look"}).content.decode())

    page = writer.post(
        "/redaction/", {"text": "先写一句。" + TEXT, "act": "copy", "digest": digest, "black": ticked}
    ).content.decode()

    assert "文字改过了，请把下面的再看一遍" in page
    assert shown(page)[2] == ""
    assert len(shown(page)[1]) == 2


def test_what_was_typed_stands_nowhere(writer: Client) -> None:
    before = Entry.objects.count()
    writer.post("/redaction/", {"text": TEXT, "act": "look"})

    assert (Entry.objects.count(), Draft.objects.count()) == (before, 0)
    assert "13912340001" not in str([*Session.objects.values_list("session_data", flat=True)])
    assert not any("13912340001" in str([*one.objects.values()]) for one in apps.get_app_config("bihuan").get_models())
    assert writer.get("/redaction/").content.decode().count("readonly") == 0


def test_an_empty_text_is_one_sentence(writer: Client) -> None:
    page = writer.post("/redaction/", {"text": "", "act": "look"})

    assert page.status_code == 422
    assert "提出要涂的" not in page.content.decode()
