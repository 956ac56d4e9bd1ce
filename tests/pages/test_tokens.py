"""Interfaces' tokens: given by one page, known by their hash, bounded by their contract, gone with the next request."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bihuan.api import ledgers
from bihuan.api import urls as api_urls
from bihuan.core import audit, clock
from bihuan.core.action import REGISTRY, action
from bihuan.core.actor import Actor
from bihuan.core.attempts import Attempt
from bihuan.gate import tokens
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing, contracting
from bihuan.organisation.actions.access import switch_account
from bihuan.organisation.models import Appointment, InterfaceToken
from bihuan.organisation.rules.contracts import Contract
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import petitions_for
from bihuan.rectification.actions.handing_over import move_problem
from tests.cast import NOON, PASSWORD, ROBOT, TODAY, Cast, account_of, prove, seat_as
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem

assert api_urls.ROOMS  # which declare what a contract may list
ROWS = "/api/v1/ledgers/problems"


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
@leads_up
def machine(cast: Cast) -> Any:
    """An interface of the county's water office, and an issued problem of that office beside two that are not its."""
    plan = make_plan(make_inspection(cast), cast.party)
    for number, lead in enumerate((cast.water, cast.neighbour, cast.water), 1):
        make_measure(make_problem(cast, number, plan=plan, lead=lead))
    for problem in plan.problems.filter(number__lt=3).select_related("matter__inspection__rule_set"):
        move_problem(problem, "issue", by=cast.wang, at=NOON)
    make_petition(cast, make_batch(plan.inspection), accountability="张某被处分")
    return account_of(seat_as(Role.MACHINE, cast.water, "水务平台"))


def made(account: Any, **facts: Any) -> str:
    """A token that the security administrator made."""
    token = tokens.new_token()
    terms: dict[str, Any] = {"operations": [*tokens.OPERATIONS], "networks": ["127.0.0.0/8"], "rate": 60}
    contract = Contract(**{**terms, "starts_on": TODAY, "ends_on": TODAY + timedelta(days=30), **facts})
    digest = tokens.digest_of(token)
    contracting.make_token(account, "省厅取数", contract, digest=digest, beginning=token, by=ROBOT, at=NOON)
    return token


def ask(token: str, path: str = ROWS, **facts: Any) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {token}"}, **facts)


def test_it_reads_what_its_unit_answers_for_and_no_drafts(machine: Any) -> None:
    told = ask(made(machine))

    assert (told.status_code, [row["code"] for row in told.json()["rows"]]) == (200, ["HE2-P001"])
    assert ask(made(machine), "/api/v1/problems/HE2-P002").status_code == 404
    assert ask(made(machine), "/api/v1/problems/HE2-P001").json()["steps"] == []


def test_it_is_told_nothing_of_who_was_held_to_account(machine: Any, cast: Cast) -> None:
    assign_petition(petitions_for(cast.chen).get(), [cast.water], by=cast.chen, at=NOON)
    person = Client()
    person.force_login(account_of(cast.zhang))

    asked = "/api/v1/ledgers/petitions?column=number&column=accountability"
    for path in ("/api/v1/petitions/HE2-X0001", asked):
        assert (
            "被处分" in person.get(path).content.decode(),
            "被处分" in ask(made(machine), path).content.decode(),
        ) == (
            True,
            False,
        )


LISTED = ("column=number", "column=content&column=findings&column=units", "number=HE", "sort=-due")
OF_PETITIONS = ("call-backs", "findings", "checks", "readings", "items", "parts")
WRITTEN = ("steps", "call-backs", "findings", "checks", "items", "items/end", "findings/return")


def said(told: Any) -> set[str]:
    """Every word that an answer says, at any depth."""
    if isinstance(told, dict):
        return set[str]().union(*(said(one) for one in told.values()))
    if isinstance(told, list):
        return set[str]().union(*(said(one) for one in told))
    return {told} if isinstance(told, str) else set()


@pytest.mark.promise("P3")
def test_it_is_told_no_more_of_petitions_than_a_person_of_its_unit(machine: Any, cast: Cast) -> None:
    first = petitions_for(cast.chen).get()
    make_petition(cast, first.batch, "X2HE202204130002", content="邻县渗坑")
    assign_petition(first, [cast.water], by=cast.chen, at=NOON)
    person, token = Client(), made(machine)
    person.force_login(account_of(cast.zhang))

    for path in ("/api/v1/petitions/HE2-X0001", *(f"/api/v1/ledgers/petitions?{one}" for one in LISTED)):
        told = ask(token, path).json()
        assert said(told) <= said(person.get(path).json()), path
        assert told.get("steps", []) == []
    for words in ("邻县", "X2HE202204130002", "被处分", "HE2-X0002"):
        assert [
            one for one in ask(token, f"/api/v1/search?q={words}").json()["hits"] if one["kind"] == "petition"
        ] == []
    assert ask(token, "/api/v1/petitions/HE2-X0002").status_code == 404


def test_it_reads_nothing_beside_a_petition_and_writes_nothing_to_it(machine: Any, cast: Cast) -> None:
    assign_petition(petitions_for(cast.chen).get(), [cast.water], by=cast.chen, at=NOON)
    token, count = made(machine), audit.Entry.objects.count()
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": "robot-000001", "If-Match": '"1"'}
    told = {"step": "return", "note": "不是", "called_on": "2022-07-04", "way": "电话", "outcome": "满意"}

    for name in OF_PETITIONS:
        assert ask(token, f"/api/v1/petitions/HE2-X0001/{name}").status_code == 404, name
    assert ask(token, "/api/v1/evidence/HE2-X0001").status_code == 404
    for name in WRITTEN:
        answer = Client().post(f"/api/v1/petitions/HE2-X0001/{name}", told, "application/json", headers=head)
        assert answer.status_code == 404, name
    assert audit.Entry.objects.count() == count


@pytest.mark.broken
@pytest.mark.teeth("P3")
def test_a_ledger_that_shows_it_all_is_found(machine: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_petition(cast, petitions_for(cast.chen).get().batch, "X2HE202204130002", content="邻县渗坑")
    monkeypatch.setattr(ledgers, "rows_of", lambda *_: petitions_for(cast.chen))

    assert "邻县渗坑" in said(ask(made(machine), "/api/v1/ledgers/petitions?column=content").json())


def test_nor_by_the_trail_of_what_it_was_before(machine: Any, cast: Cast) -> None:
    petition = petitions_for(cast.chen).get()
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    _correct(petitions_for(cast.chen).get(), by=cast.chen, at=NOON)
    person = Client()
    person.force_login(account_of(cast.zhang))

    path = "/api/v1/petitions/HE2-X0001"
    [told, kept] = [one.json()["trail"][0]["changes"] for one in (person.get(path), ask(made(machine), path))]
    goal = {"field": "办结目标", "before": "", "after": "不再冒烟"}
    assert told == [{"field": "责任人被处理情况", "before": "张某被处分", "after": "李某被处分"}, goal]
    assert kept == [goal]


@action
def _correct(petition: Petition, *, by: Actor, at: datetime) -> Petition:
    return audit.change(petition, accountability="李某被处分", goal="不再冒烟")


@pytest.mark.parametrize(
    ("facts", "status", "sentence"),
    [
        ({"networks": ["10.0.0.0/8"]}, 401, tokens.ELSEWHERE),
        ({"operations": ["api_me_get"]}, 404, tokens.NOT_LISTED),
        ({"starts_on": TODAY + timedelta(days=1)}, 401, "请先登录，或带上有效的接口令牌。"),
    ],
)
def test_its_contract_bounds_it(machine: Any, facts: dict[str, Any], status: int, sentence: str) -> None:
    told = ask(made(machine, **facts))

    assert (told.status_code, told.json()) == (status, {"error": sentence})


def test_it_expires(machine: Any) -> None:
    token = made(machine)
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        assert ask(token).status_code == 200
    with time_machine.travel(NOON + timedelta(days=31), tick=False):
        assert ask(token).status_code == 401


def test_too_often_waits_a_minute(machine: Any) -> None:
    token = made(machine, rate=3)
    statuses = [ask(token).status_code for _ in range(4)]
    told = ask(token)

    assert statuses == [200, 200, 200, 429]
    assert (told.headers["Retry-After"], told.json()) == ("60", {"error": "这一分钟内调用得太多，请60秒后再试。"})
    with time_machine.travel(NOON + timedelta(seconds=61), tick=False):
        assert ask(token).status_code == 200
        assert Attempt.objects.count() == 1  # what is past is forgotten


def test_a_withdrawn_token_is_unknown_at_the_next_request(machine: Any, cast: Cast) -> None:
    token = made(machine)
    before = ask(token).status_code
    contracting.end_token(InterfaceToken.objects.get(), by=ROBOT, at=NOON, note="丢了")

    assert (before, ask(token).status_code) == (200, 401)
    with pytest.raises(Refused, match="已经停用"):
        contracting.end_token(InterfaceToken.objects.get(), by=ROBOT, at=NOON)


def test_it_goes_with_its_account_and_with_its_appointment(machine: Any) -> None:
    token = made(machine)
    switch_account(machine, is_active=False, by=ROBOT, at=NOON, note="停")
    switched_off = ask(token).status_code
    switch_account(machine, is_active=True, by=ROBOT, at=NOON, note="开")
    again = ask(token).status_code
    appointment = Appointment.objects.get(person=machine.person)
    appointing.end_appointment(appointment, on=date(2022, 7, 3), by=ROBOT, at=NOON)

    assert (switched_off, again, ask(token).status_code) == (401, 200, 401)


def test_it_never_signs_in_and_a_session_of_it_opens_nothing(machine: Any) -> None:
    client = Client()
    told = client.post("/login/", {"username": machine.username, "password": PASSWORD})
    client.force_login(machine)

    assert "没有有效的任职" in told.content.decode()
    assert [client.get(path).status_code for path in ("/", ROWS, "/api/v1/me")] == [404, 404, 404]


def test_a_token_opens_no_page_and_a_session_beside_a_bad_one_opens_nothing(machine: Any, cast: Cast) -> None:
    person = Client()
    person.force_login(account_of(cast.chen))

    assert ask(made(machine), "/ledgers/problems/").status_code == 302
    assert person.get(ROWS, headers={"Authorization": "Bearer bh_no"}).status_code == 401
    assert person.get(ROWS, headers={"Authorization": "Basic eDp5"}).status_code == 401
    assert person.get(ROWS).status_code == 200


def test_nobody_holds_an_interface_beside_a_role(machine: Any, cast: Cast) -> None:
    post = Appointment.objects.get(person_id=cast.zhang.person).post
    for person, role in ((machine.person, Role.REPORTER), (account_of(cast.zhang).person, Role.MACHINE)):
        with pytest.raises(Refused, match="接口账号只作接口用"):
            appointing.appoint(person, post, role, starts_on=TODAY, by=ROBOT, at=NOON)


def test_only_a_day_old_use_is_noted_and_leaves_no_trail(machine: Any) -> None:
    token = made(machine)
    ask(token)
    noted = InterfaceToken.objects.get()

    assert (noted.used_at, noted.version) == (clock.now(), 1)
    assert REGISTRY.keys() >= {"organisation.make_token", "organisation.end_token"}


def test_the_page_shows_a_token_once_and_keeps_its_hash(machine: Any, cast: Cast) -> None:
    client = Client()
    client.force_login(account_of(seat_as(Role.SECURITY_ADMIN, cast.office, "安全员")))
    prove(client)
    form = {"account": machine.pk, "label": "省厅取数", "operations": ["api_ledger_problems_get"], "rate": "60"}
    form |= {"networks": "127.0.0.1，10.1.0.0/16", "starts_on": "2022-07-04", "ends_on": "2023-07-04"}

    wrong = client.post("/console/security/interfaces/", {**form, "networks": "昌平"})
    shown = client.post("/console/security/interfaces/", form).content.decode()
    token = shown.partition('<code class="token">')[2].partition("</code>")[0]
    listed = client.get("/console/security/interfaces/").content.decode()

    assert (wrong.status_code, "请填网络地址" in wrong.content.decode()) == (422, True)
    assert (ask(token).status_code, token in listed, token[:9] in listed) == (200, False, True)
    row = InterfaceToken.objects.get()
    assert (row.digest, row.networks) == (tokens.digest_of(token), ["127.0.0.1/32", "10.1.0.0/16"])
    client.post("/console/security/interfaces/", {"token": row.pk, "note": "对方丢了"})
    assert ask(token).status_code == 401


@pytest.mark.parametrize("by", ["zhang", "wang", "sun"])
def test_others_give_no_tokens(machine: Any, cast: Cast, by: str) -> None:
    contract = Contract(["api_me_get"], ["127.0.0.1"], 1, TODAY, TODAY)
    with pytest.raises(Refused, match="安全管理员"):
        contracting.make_token(
            machine, "私用", contract, digest="1" * 64, beginning="bh_", by=getattr(cast, by), at=NOON
        )


def test_a_person_gets_no_token(cast: Cast) -> None:
    contract = Contract(["api_me_get"], ["127.0.0.1"], 1, TODAY, TODAY)
    with pytest.raises(Refused, match="没有接口账号的任职"):
        contracting.make_token(
            account_of(cast.chen), "私用", contract, digest="1" * 64, beginning="bh_", by=ROBOT, at=NOON
        )


def test_a_contract_that_is_not_asked_is_found(machine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Teeth: without the question at the gate, each of the bounds would be open."""
    monkeypatch.setattr(tokens, "stop", lambda _: None)

    assert ask(made(machine, networks=["10.0.0.0/8"], operations=["api_me_get"])).status_code == 200
