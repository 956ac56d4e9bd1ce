"""Before a weighty act one shows again who one is; what was filled in goes on afterwards and nothing is lost."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.core import clock
from bihuan.gate import arrival, passkey, proof
from bihuan.organisation.actions import access as ways
from bihuan.organisation.models import Appointment, Session
from bihuan.organisation.queries import access
from bihuan.organisation.rules.duties import Role
from tests.cast import NOON, PASSWORD, ROBOT, Cast, account_of, seat_as
from tests.makers import make_batch, make_inspection, make_petition, make_problem
from tests.soft_key import SoftKey

ORIGIN = "http://testserver"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def chen(client: Client, cast: Cast) -> Client:
    """陈科, signed in long ago."""
    client.force_login(account_of(cast.chen))
    ways.renew_recovery_codes(account_of(cast.chen), ["ABCD-EFGH-JKMN"], by=ROBOT, at=NOON)
    return client


def test_a_weighty_act_asks_first_and_goes_on_with_what_was_filled_in(chen: Client) -> None:
    asked = chen.post("/me/factors/codes/", {"once": "k1", "note": "一段话&=+", "note2": ""})
    asks = chen.get("/prove/").content.decode()
    goes_on = chen.post("/prove/", {"password": PASSWORD}).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', goes_on))

    assert asked.headers["Location"] == "/prove/"
    assert "刚才填的内容都留着" in asks
    assert 'action="/me/factors/codes/"' in goes_on
    assert {"once": "k1", "note": "一段话&amp;=+", "note2": ""}.items() <= fields.items()
    assert "备用码" in chen.post("/me/factors/codes/", {"once": "k1"}).content.decode()


def test_it_says_which_step_waits_and_on_what(chen: Client, cast: Cast) -> None:
    make_problem(cast)
    sent = chen.post("/problems/HE2-P001/", {"move": "sign_off", "once": "k1"})
    asks = chen.get("/prove/").content.decode()

    assert sent.headers["Location"] == "/prove/"
    assert "您要办的是<b>销号</b>（HE2-P001）。" in asks


def test_a_wrong_password_proves_nothing_and_loses_nothing(chen: Client, cast: Cast) -> None:
    chen.post("/me/factors/codes/", {"once": "k1"})

    refused = chen.post("/prove/", {"password": "wrong"})

    assert arrival.WRONG_AGAIN in refused.content.decode()
    assert "刚才填的内容都留着" in refused.content.decode()
    assert access.recovery_codes_left(account_of(cast.chen)) == 1


def test_who_has_a_phone_proves_himself_by_both(chen: Client, cast: Cast) -> None:
    account = account_of(cast.chen)
    ways.add_phone(account, "手机", SECRET, used=0, by=ROBOT, at=NOON)
    chen.post("/me/factors/codes/", {"once": "k1"})

    alone = chen.post("/prove/", {"password": PASSWORD}).status_code
    both = chen.post("/prove/", {"password": PASSWORD, "code": "ABCD-EFGH-JKMN"})

    assert alone == 422
    assert "接着办" in both.content.decode()


def asked_by(client: Client) -> str:
    """What the page asks a passkey to sign."""
    page = client.get("/prove/").content.decode()
    return html.unescape(re.findall(r'data-options="([^"]*)"', page)[0])


def test_who_has_only_a_passkey_proves_himself_by_it_and_not_by_the_password_alone(chen: Client, cast: Cast) -> None:
    account, key = account_of(cast.chen), SoftKey()
    ways.add_passkey(account, "钥匙", key.passkey, by=ROBOT, at=NOON)
    chen.post("/me/factors/codes/", {"once": "k1", "note": "一段话"})

    alone = chen.post("/prove/", {"password": PASSWORD}).status_code
    strange = chen.post("/prove/", {"answer": SoftKey(name=key.name).answer(asked_by(chen), ORIGIN)})
    elsewhere = chen.post("/prove/", {"answer": key.answer(asked_by(chen), "http://elsewhere")}).status_code
    unknown = SoftKey(knows_owner=False, private=key.private, name=key.name).answer(asked_by(chen), ORIGIN)
    nobody = chen.post("/prove/", {"answer": unknown}).status_code
    shown = chen.post("/prove/", {"answer": key.answer(asked_by(chen), ORIGIN)}).content.decode()

    assert (alone, strange.status_code, elsewhere, nobody) == (422, 422, 422, 422)
    assert passkey.WRONG in strange.content.decode()
    assert "刚才填的内容都留着" in strange.content.decode()
    assert "接着办" in shown
    assert "一段话" in shown


def test_an_answer_opens_once_and_a_recovery_code_helps_whose_passkey_is_away(chen: Client, cast: Cast) -> None:
    account, key = account_of(cast.chen), SoftKey()
    ways.add_passkey(account, "钥匙", key.passkey, by=ROBOT, at=NOON)
    chen.post("/me/factors/codes/", {"once": "k1"})
    answer = key.answer(asked_by(chen), ORIGIN)

    once = chen.post("/prove/", {"answer": answer})
    session = chen.session
    session[arrival.PROVEN] = (clock.now() - timedelta(minutes=11)).isoformat()
    session.save()
    chen.post("/me/factors/codes/", {"once": "k2"})
    again = chen.post("/prove/", {"answer": answer})
    spare = chen.post("/prove/", {"password": PASSWORD, "code": "ABCD-EFGH-JKMN"})

    assert ("接着办" in once.content.decode(), again.status_code) == (True, 422)
    assert "接着办" in spare.content.decode()


def test_the_proof_holds_ten_minutes(chen: Client) -> None:
    session = chen.session
    for minutes, leads in ((9, 200), (11, 302)):
        session[arrival.PROVEN] = (clock.now() - timedelta(minutes=minutes)).isoformat()
        session.save()
        assert chen.post("/me/factors/codes/", {"once": f"k{minutes}"}).status_code == leads


def test_what_waits_is_sealed_where_it_waits(chen: Client) -> None:
    chen.post("/me/factors/codes/", {"once": "k1", "note": "举报人在场"})

    kept = Session.objects.get(session_key=chen.session.session_key).get_decoded()[proof.WAITING]

    assert "举报" not in str(kept)
    assert b"\xe4\xb8\xbe".hex() not in kept["sealed"]


def test_the_session_goes_on_under_a_new_key(chen: Client) -> None:
    before = chen.cookies["sessionid"].value
    chen.post("/prove/", {"password": PASSWORD})

    assert chen.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_role_is_granted_by_whoever_has_just_shown_who_he_is(client: Client, cast: Cast) -> None:
    client.force_login(account_of(seat_as(Role.SECURITY_ADMIN, cast.office)))
    rows = Appointment.objects.count()

    granted = client.post("/settings/appointments/", {"person": cast.zhang.person, "once": "k"})
    withdrawn = client.post(f"/settings/appointments/{Appointment.objects.earliest('pk').pk}/", {"deed": "end"})

    assert [one.headers["Location"] for one in (granted, withdrawn)] == ["/prove/", "/prove/"]
    assert Appointment.objects.count() == rows


def test_who_petitioned_is_read_by_whoever_has_just_shown_who_he_is(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    client.force_login(account_of(seat_as(Role.PETITION_DESK, cast.office)))

    asked = client.post(f"/petitions/{petition.matter.code}/petitioner/", {"act": "ask", "once": "k"})

    assert asked.headers["Location"] == "/prove/"


def test_a_file_does_not_wait_and_its_page_says_so(client: Client, cast: Cast) -> None:
    guard = seat_as(Role.SECURITY_ADMIN, cast.office)
    client.force_login(account_of(guard))
    path = "/settings/appointments/workbook/"

    asked = client.post(path, {"file": SimpleUploadedFile("任职.xlsx", b"PK"), "once": "k"})
    asks = client.get("/prove/").content.decode()
    goes_on = client.post("/prove/", {"password": PASSWORD})

    assert asked.headers["Location"] == "/prove/"
    assert "刚才填的内容都留着" not in asks
    assert goes_on.headers["Location"] == path
    assert "文件没有留着，请重新选一次再交。" in client.get("/settings/appointments/").content.decode()
