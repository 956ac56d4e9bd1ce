"""Writing over the API: the pages' own actions, once a key, on the version that was seen; refusals in one sentence."""

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.core.audit import Entry
from bihuan.gate import policy
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.matters.models import Matter
from bihuan.petitions.models import Petition
from bihuan.rectification.models import Problem
from tests.cast import NOON, Cast, account_of, prove
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem

TABLE = "第20批\n序号,受理编号,交办问题基本情况,行政区域,污染类型\n1,D2HE202204120032,沧县某面粉厂粉尘大。,沧县,大气\n"


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
@leads_up
def city(cast: Cast) -> Cast:
    plan = make_plan(make_inspection(cast), cast.party)
    make_measure(make_problem(cast, plan=plan))
    make_problem(cast, 2, plan=plan, lead=cast.neighbour)
    make_petition(cast, make_batch(plan.inspection))
    return cast


def signed_in(by: Any, **facts: Any) -> Client:
    client = Client(**facts)
    client.force_login(account_of(by))
    return client


def send(client: Client, path: str, told: dict[str, Any], *, key: str = "key-00001", **heads: str) -> Any:
    heads = {"Idempotency-Key": key, **{name.replace("_", "-"): value for name, value in heads.items()}}
    return client.post(f"/api/v1/{path}", told, content_type="application/json", headers=heads)


def test_a_step_is_taken_once_a_key_and_leaves_its_trail(city: Cast) -> None:
    client = signed_in(city.chen)
    seen = client.get("/api/v1/problems/HE2-P001")

    first = send(client, "problems/HE2-P001/steps", {"step": "issue"}, If_Match=seen["ETag"])
    again = send(client, "problems/HE2-P001/steps", {"step": "issue"}, If_Match=seen["ETag"])
    other = send(client, "problems/HE2-P001/steps", {"step": "issue", "note": "另一"}, If_Match=seen["ETag"])

    assert (first.status_code, first.json()["is_repeated"], first.json()["state"]["name"]) == (200, False, "issued")
    assert (again.status_code, again.json()["is_repeated"]) == (200, True)
    assert (other.status_code, "上次不同" in other.json()["error"]) == (422, True)
    entries = Entry.objects.filter(about="HE2-P001", step="issue")
    assert {(one.person, one.post) for one in entries} == {(city.chen.person, city.chen.post)}
    assert entries.values("deed").distinct().count() == 1


def test_a_version_is_wanted_and_must_be_the_one_that_stands(city: Cast) -> None:
    client = signed_in(city.chen)

    none = send(client, "problems/HE2-P001/steps", {"step": "issue"})
    stale = send(client, "problems/HE2-P001/steps", {"step": "issue"}, If_Match='"7"')
    odd = send(client, "problems/HE2-P001/steps", {"step": "issue"}, If_Match="x")
    in_body = send(client, "problems/HE2-P001/steps", {"step": "issue", "version": 1})

    assert [one.status_code for one in (none, stale, odd, in_body)] == [428, 412, 428, 200]
    assert "现在是版本1" in stale.json()["error"]


def test_who_was_overtaken_hears_it(city: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the question and the deed somebody else was faster: the row itself refuses."""
    from bihuan.api import steps

    def faster(_: Any, row: Any, *__: Any) -> None:
        Matter.objects.filter(pk=row.pk).update(version=9)

    monkeypatch.setattr(steps, "hold", faster)
    told = send(signed_in(city.chen), "problems/HE2-P001/steps", {"step": "issue", "version": 1})

    assert (told.status_code, told.json()) == (409, {"error": "他人已先行办理，请刷新后再办。"})
    Matter.objects.filter(code="HE2-P001").update(version=1)


def test_what_may_not_be_is_refused_in_the_sentence_of_the_page(city: Cast) -> None:
    chen, zhang = signed_in(city.chen), signed_in(city.zhang)
    send(chen, "problems/HE2-P001/steps", {"step": "issue", "version": 1})

    def ask(client: Client, told: dict[str, Any], key: str) -> tuple[int, str]:
        answer = send(client, "problems/HE2-P001/steps", {"version": 2, **told}, key=key)
        return answer.status_code, answer.json().get("error", "")

    assert ask(chen, {"step": "receive"}, "key-00002") == (422, "您没有办理“签收”的职责。")
    assert ask(zhang, {"step": "decline"}, "key-00003") == (422, "请写明退回交办的理由。")
    assert ask(zhang, {"step": "issue"}, "key-00004") == (422, "现在是“已交办”，不能下达。")
    assert ask(zhang, {"step": "nothing"}, "key-00005") == (422, "没有这一步。")
    assert ask(zhang, {"step": "receive", "so": 1}, "key-00006") == (422, "“so”没有这一项。")
    assert ask(zhang, {"step": "receive", "note": "a\0"}, "key-00007") == (422, "“note”有不能用的字符。")
    assert ask(zhang, {"step": "receive"}, "short") == (422, "“Idempotency-Key”太短，至少8个字符。")
    assert ask(zhang, {"step": "receive"}, "key-00008")[0] == 200


def test_another_units_matter_is_unknown_whatever_is_sent(city: Cast) -> None:
    told = send(signed_in(city.zhang), "problems/HE2-P002/steps", {"step": "issue", "version": 1})

    assert (told.status_code, Problem.objects.get(number=2).matter.state) == (404, "draft")


def test_a_petition_goes_to_units_and_a_part_of_it_is_received(city: Cast) -> None:
    chen, zhang = signed_in(city.chen), signed_in(city.zhang)
    path = "petitions/HE2-X0001/steps"

    stranger = send(chen, path, {"step": "assign", "version": 1, "units": [0]})
    done = send(chen, path, {"step": "assign", "version": 1, "units": [city.water.pk]}, key="key-00002")
    [part] = zhang.get("/api/v1/petitions/HE2-X0001").json()["parts"]
    received = send(zhang, path, {"step": "receive", "part": part["id"], "version": part["version"]}, key="key-00003")

    assert (stranger.status_code, done.status_code, received.status_code) == (422, 200, 200)
    assert [one["name"] for one in part["steps"] if one["is_open"]] == ["receive", "return"]
    assert Petition.objects.get().matter.state == "handling"


def test_a_part_of_another_petition_is_unknown(city: Cast) -> None:
    """A child under a parent that one may see."""
    other = make_petition(city, Petition.objects.get().batch, "D2HE202204120099")
    chen = signed_in(city.chen)
    send(chen, f"petitions/{other.matter.code}/steps", {"step": "assign", "version": 1, "units": [city.neighbour.pk]})
    [part] = chen.get(f"/api/v1/petitions/{other.matter.code}").json()["parts"]

    told = send(chen, "petitions/HE2-X0001/steps", {"step": "refuse_return", "part": part["id"], "version": 1})

    assert told.status_code == 404


def test_an_opinion_tells_nothing_of_a_petitioner(city: Cast) -> None:
    told = {"step": "transfer", "version": 1, "note": "请回电13913571234"}
    send(signed_in(city.chen), "petitions/HE2-X0001/steps", told)

    assert not Entry.objects.filter(note__contains="13913571234").exists()
    assert Entry.objects.filter(about="HE2-X0001", step="transfer").exists()


def test_a_session_wants_its_forms_token(city: Cast) -> None:
    """CSRF: another site's page cannot let a signed-in person act."""
    strict = signed_in(city.chen, enforce_csrf_checks=True)
    refused = send(strict, "problems/HE2-P001/steps", {"step": "issue", "version": 1})
    page = strict.get("/messages/")
    token = page.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    token = token or strict.cookies["csrftoken"].value
    done = send(strict, "problems/HE2-P001/steps", {"step": "issue", "version": 1}, X_CSRFToken=token)

    assert (refused.status_code, "X-CSRFToken" in refused.json()["error"]) == (403, True)
    assert done.status_code == 200


@pytest.mark.parametrize("step", ["publish", "sign_off"])
def test_a_weighty_step_wants_its_proof(city: Cast, step: str) -> None:
    client = signed_in(city.chen)

    asked = send(client, "problems/HE2-P001/steps", {"step": step, "version": 1})
    refused = send(prove(client), "problems/HE2-P001/steps", {"step": step, "version": 1})
    other = send(signed_in(city.chen), "problems/HE2-P001/steps", {"step": "issue", "version": 1})

    assert (asked.status_code, asked.json()) == (401, {"error": policy.UNPROVEN})
    assert (refused.status_code, other.status_code) == (422, 200)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[" * 10_000, "application/json", 400),
        ("[]", "application/json", 422),
        ("1", "application/json", 422),
        ("a=b", "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused(city: Cast, body: str, kind: str, status: int) -> None:
    heads = {"Idempotency-Key": "key-00001"}
    told = signed_in(city.chen).post("/api/v1/problems/HE2-P001/steps", body, content_type=kind, headers=heads)

    assert (told.status_code, [*told.json()]) == (status, ["error"])


def paper(client: Client, *, key: str = "key-00001", table: str = TABLE, **facts: Any) -> Any:
    told = {"inspection": "HE2", "file": SimpleUploadedFile("批次.csv", table.encode()), **facts}
    return client.post("/api/v1/imports", told, headers={"Idempotency-Key": key})


def test_a_paper_is_previewed_answered_committed_and_withdrawn(cast: Cast) -> None:
    make_inspection(cast)
    client = signed_in(cast.chen)
    table = TABLE.replace(",沧县,", ",某某镇,") + "2,D2HE202204120033,我叫赵四五，电话13913571234。,沧县,水\n"

    told = paper(client, table=table).json()
    again = paper(client, table=table).json()
    assert (told["state"]["name"], told["rows_read"], again["id"]) == ("previewed", 2, told["id"])
    assert (len(told["understood"]["records"]), "13913571234" in str(told)) == (2, False)
    path = f"imports/{told['id']}"
    doubt = next(one for one in told["doubts"] if one["choices"])
    assert doubt["answer"] is None

    wrong = send(client, f"{path}/doubts/{doubt['number']}", {"choice": 99}, key="key-00002")
    answered = send(client, f"{path}/doubts/{doubt['number']}", {"choice": 0}, key="key-00003")
    changed = send(client, f"{path}/doubts/{doubt['number']}", {"choice": 0}, key="key-00004")
    done = send(client, f"{path}/steps", {"step": "commit", "version": told["version"]}, key="key-00005")
    assert done.json().get("error") is None, done.json()
    back = {"step": "withdraw", "note": "放错了", "version": done.json()["paper"]["version"]}
    withdrawn = send(client, f"{path}/steps", back, key="key-00006")

    assert [one.status_code for one in (wrong, answered, changed, done, withdrawn)] == [422, 200, 422, 200, 200]
    assert (done.json()["paper"]["rows_created"], withdrawn.json()["paper"]["state"]["name"]) == (2, "withdrawn")
    assert IntakeDoubt.objects.get(intake=told["id"], number=doubt["number"]).answered_by_id == cast.chen.person
    assert client.get(f"/api/v1/{path}").json() == withdrawn.json()["paper"]


def test_what_cannot_be_read_is_refused_and_nothing_is_kept(city: Cast) -> None:
    client = signed_in(city.chen)

    nowhere = paper(client, inspection="NO1")
    unread = paper(client, file=SimpleUploadedFile("批次.docx", b"PK\3\4"), key="key-00002")
    fileless = client.post("/api/v1/imports", {"inspection": "HE2"}, headers={"Idempotency-Key": "key-00003"})

    assert [one.status_code for one in (nowhere, unread, fileless)] == [422, 422, 422]
    assert all(one.json()["error"] for one in (nowhere, unread, fileless))
    assert not Intake.objects.exists()


def test_others_take_no_papers_in(city: Cast) -> None:
    assert [paper(signed_in(by)).status_code for by in (city.zhang, city.sun, city.zhao)] == [404, 404, 404]


def test_messages_are_ones_own_and_search_finds_what_is_in_sight(city: Cast) -> None:
    send(signed_in(city.chen), "problems/HE2-P001/steps", {"step": "issue", "version": 1})
    zhang, qian = signed_in(city.zhang), signed_in(city.qian)

    told = zhang.get("/api/v1/messages?size=1").json()
    assert (told["unread"], told["rows"][0]["matter"]) == (1, "HE2-P001")
    assert qian.get("/api/v1/messages").json()["rows"] == []
    assert send(zhang, "messages/read", {}).json() == {"read": 1}
    assert send(zhang, "messages/read", {}).json() == {"read": 0}
    hits = [one.get("/api/v1/search?q=问题1").json()["hits"] for one in (zhang, qian)]
    assert [[one["code"] for one in found if one["kind"] == "problem"] for found in hits] == [["HE2-P001"], []]
