"""The package as an expert finds it, the invitation as the accepting unit sends it, and both over the API."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.lib.pictures import preview
from bihuan.matters.actions.evidence import Brought
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import evidence
from bihuan.rectification.models import ExpertInvitation
from tests.actions.rectification.test_experts import invite, judge
from tests.cast import Cast, account_of, seat_as
from tests.loop import Loop, make_loop

WHITE = (250, 250, 250)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (480, 320), WHITE).save(out, "JPEG")
    return preview(out.getvalue())


@pytest.fixture
def loop(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Loop:
    """A claim with a picture and a paper, at the accepting unit; the clock stands at its day."""
    made = make_loop(cast)
    made.to_proven()
    paper = Brought("总结.txt", b"words", "其他", words="电话13812345678，已封填")
    photo = Brought("井.jpg", picture(), "整改后照片", preview=picture())
    evidence.add_evidence(made.fresh(), [photo, paper], by=made.reporter, at=made.now)
    made.step("claim_done", made.head, "自查合格")
    made.check(made.county, "现场督导")
    made.step("pass_preliminary", made.county)
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made


@pytest.fixture
def who(cast: Cast) -> Actor:
    return seat_as(Role.ACCEPTANCE_EXPERT, cast.office, "钱专")


def signed_in(client: Client, by: Actor) -> Client:
    client.force_login(account_of(by))
    return client


def test_the_accepting_unit_asks_and_sees_the_opinion_beside_its_conditions(
    client: Client, loop: Loop, who: Actor
) -> None:
    url = f"/problems/{loop.problem.matter.code}/acceptance/"
    signed_in(client, loop.accepter)

    late = client.post(url, {"act": "invite", "person": who.person, "until": "2030-01-01", "asked": "看井口"})
    sent = client.post(url, {"act": "invite", "person": who.person, "until": f"{clock.today()}", "asked": "看井口"})
    waiting = client.get(url).content.decode()
    judge(loop, who, "不同意", "井口没有封死。")
    heard = client.get(url).content.decode()

    assert late.status_code == 422
    assert "截止日期应在今天到" in late.content.decode()
    assert "看井口" in late.content.decode()  # nothing typed is lost
    assert sent.status_code == 302
    assert "1 位还没有意见" in waiting
    assert "井口没有封死。" in heard


def test_the_invitation_is_taken_back_on_the_page(client: Client, loop: Loop, who: Actor) -> None:
    row, url = invite(loop, who), f"/problems/{loop.problem.matter.code}/acceptance/"
    signed_in(client, loop.accepter)

    client.post(url, {"act": "without", "row": row.pk, "note": "出差"})

    assert ExpertInvitation.objects.get().unheard == "出差"
    assert "<b>不等的理由：</b>出差" in client.get(url).content.decode()
    assert client.post(url, {"act": "without", "row": 0, "note": "x"}).status_code == 404


def test_an_expert_reads_the_package_and_nothing_else_of_the_matter(client: Client, loop: Loop, who: Actor) -> None:
    code = loop.problem.matter.code
    signed_in(client, who)
    assert client.get(f"/packages/{code}/").status_code == 404
    invite(loop, who)

    page = client.get(f"/packages/{code}/").content.decode()
    home, listed = client.get("/").content.decode(), client.get("/acceptance/").content.decode()

    assert "钱专 " in page
    assert "138****5678" in page
    assert "13812345678" not in page
    assert f'href="/packages/{code}/"' in home
    assert f'href="/packages/{code}/"' in listed
    for other in ("problems/{}/", "evidence/{}/", "problems/{}/acceptance/", "problems/{}/dossier/"):
        assert client.get(f"/{other.format(code)}").status_code == 404


def test_a_picture_bears_the_reader_and_opens_for_nobody_else(client: Client, loop: Loop, who: Actor) -> None:
    invite(loop, who)
    [file] = [one for one in loop.problem.matter.evidence.all() if one.preview_id]
    url = f"/packages/{loop.problem.matter.code}/{file.pk}/picture/"
    plain = client.get(f"/packages/{loop.problem.matter.code}/{file.pk}/picture/")
    answer = signed_in(client, who).get(url)

    image = Image.open(io.BytesIO(answer.content)).convert("L")
    assert plain.status_code == 302
    assert answer["Cache-Control"] == "no-store"
    assert image.getextrema()[0] < 200  # the white picture is written over
    assert signed_in(Client(), loop.accepter).get(url).status_code == 404
    assert client.get(url.replace(f"/{file.pk}/", "/0/")).status_code == 404


def test_an_opinion_on_the_page_keeps_what_was_typed_when_it_is_refused(client: Client, loop: Loop, who: Actor) -> None:
    invite(loop, who)
    url = f"/packages/{loop.problem.matter.code}/"
    signed_in(client, who)
    told = {"verdict": "同意", "words": "看过照片", "seen": "0" * 64}

    stale = client.post(url, told)
    [seen] = re.findall('name="seen" value="([0-9a-f]{64})"', stale.content.decode())
    given, again = (client.post(url, {**told, "seen": seen, "once": "opinion"}) for _ in range(2))

    assert stale.status_code == 422
    assert "您打开以后材料有改动" in stale.content.decode()
    assert "看过照片" in stale.content.decode()
    assert (given.status_code, again.status_code) == (302, 302)
    assert "提出，不能再改" in client.get(url).content.decode()


def test_programs_ask_read_and_judge_as_people_do(client: Client, loop: Loop, who: Actor) -> None:
    code = loop.problem.matter.code
    key = {"headers": {"Idempotency-Key": "expert-0001"}, "content_type": "application/json"}
    signed_in(client, loop.accepter)
    experts = client.get(f"/api/v1/problems/{code}/experts").json()
    body: dict[str, Any] = {"person": who.person, "until": f"{clock.today()}"}
    sent = [client.post(f"/api/v1/problems/{code}/experts", body, **key).json() for _ in range(2)]

    signed_in(client, who)
    listed = client.get("/api/v1/packages").json()
    read = client.get(f"/api/v1/packages/{code}").json()
    opinion = {"verdict": "同意", "words": "看过。", "digest": read["digest"]}
    given = client.post(f"/api/v1/packages/{code}/opinion", opinion, **key)
    signed_in(client, loop.accepter)
    after = client.get(f"/api/v1/problems/{code}/experts").json()["asked"]

    assert [(one["name"], one["refusal"]) for one in experts["candidates"]] == [("钱专", "")]
    assert [one["is_repeated"] for one in sent] == [False, True]
    assert [(one["code"], one["is_judged"]) for one in listed] == [(code, False)]
    assert read["files"][-1]["words"] == "电话138****5678，已封填"
    assert given.status_code == 200
    assert [(one["state"], one["words"]) for one in after] == [("同意", "看过。")]
