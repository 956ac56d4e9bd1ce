"""What stood on pages alone is read over the API: settings, one's own, the administrators' desks. Each operation tells
what its page tells, to whom the page tells it, and finds nothing for whom there is no page.
"""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import resolve, reverse

from bihuan.api import urls as api_urls
from bihuan.api.door import declared
from bihuan.core import clock, drafts, errands, timetable, vault
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.gate import tokens
from bihuan.gate.policy import policy_of
from bihuan.gate.registers import REGISTERS
from bihuan.matters.actions import add_rule_set
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import appointing, contracting, emergency, organising, own, settling
from bihuan.organisation.models import Account, Appointment, Person, SignIn
from bihuan.organisation.rules.contracts import Contract
from bihuan.organisation.rules.duties import Role
from bihuan.outgoing import actions as outgoing
from bihuan.rectification.models import Indicator, Milestone
from tests.cast import NOON, PASSWORD, ROBOT, TODAY, Cast, account_of, seat_as
from tests.kept import leads_up
from tests.makers import (
    make_batch,
    make_inspection,
    make_measure,
    make_other,
    make_petition,
    make_plan,
    make_problem,
    write,
)

assert api_urls.ROOMS  # which declare the operations
SAME = {  # operation: its page
    "api_account": "account_detail",
    "api_drafts": "draft_list",
    "api_stand_ins": "stand_in_list",
    "api_grants": "grant_list",
    "api_settings": "settings_home",
    "api_system": "console_system",
    "api_security": "console_security",
    "api_accounts": "account_list",
    "api_jobs": "job_list",
    "api_retention": "retention",
    "api_sign_ins": "sign_in_list",
    "api_tokens": "token_list",
    "api_slips": "slip_list",
    "api_emergencies": "unsealing_list",
    "api_receivers": "receiver_list",
    "api_audit": "console_audit",
    "api_audit_trail": "console_audit",
    "api_audit_report": "audit_report",
    "api_audit_workbook": "audit_workbook",
    "api_petitioner_exports": "petitioner_export_list",
}
OF_ROWS = {
    "api_settings_list": reverse("settings_list", args=["units"]),
    "api_settings_row": reverse("settings_row", args=["units", 1]),
    "api_readings": reverse("petitioner_detail", args=["HE2-X0001"]),
    "api_petitioner_export": reverse("petitioner_export_detail", args=[1]),
}


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def read(by: Actor, path: str) -> Any:
    answer = signed_in(by).get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def status(by: Actor, path: str) -> int:
    return signed_in(by).get(f"/api/v1/{path}").status_code


def page(by: Actor, path: str) -> str:
    """A page's words, without its tags."""
    answer = signed_in(by).get(path)
    assert answer.status_code == 200, path
    return html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode()))


@pytest.mark.parametrize("name", [*SAME, *OF_ROWS])
def test_an_operation_opens_for_whom_its_page_opens_and_for_no_interface(name: str) -> None:
    its_page = policy_of(resolve(OF_ROWS[name] if name in OF_ROWS else reverse(SAME[name])).func)

    assert its_page is not None
    assert declared()[name].roles == its_page.roles
    assert f"{name}_get" not in tokens.OPERATIONS


@pytest.fixture
@leads_up
def everybody(cast: Cast) -> dict[Role, Actor]:
    """Somebody of the office for each role that a person may have, and an inspection."""
    make_inspection(cast)
    return {role: seat_as(role, cast.office) for role in Role if role is not Role.MACHINE}


@pytest.mark.parametrize("name", [*SAME, *OF_ROWS])
def test_who_finds_no_page_finds_no_operation_and_nothing_is_written(everybody: dict[Role, Actor], name: str) -> None:
    given = {"api_settings_list": ["units"], "api_settings_row": ["units", 1], "api_readings": ["HE2-X0001"]}
    url = reverse(name, args=given.get(name, [1] if name in OF_ROWS else []))
    strangers = {*everybody} - declared()[name].roles
    before = Entry.objects.filter(kind="look").count()

    found = {role: signed_in(everybody[role]).get(url).status_code for role in strangers}

    assert set(found.values()) <= {404}
    assert Client().get(url).status_code == 401
    assert Entry.objects.filter(kind="look").count() == before


# Matters, as far as their pages said more


def test_a_milestone_has_its_quantity_and_a_petition_its_first_day(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    measure = make_measure(make_problem(cast, plan=plan))
    five = Milestone(measure=measure, due_on=date(2022, 9, 30), text="封填到位", quantity=5)
    write([five, Indicator(measure=measure, name="机井", target=9, measured_in="眼")], by=ROBOT, at=NOON)
    petition = make_petition(cast, make_batch(plan.inspection), main_type="大气", region_raw="某某镇")
    make_other(petition.matter, first_due_on=date(2022, 7, 9), due_on=date(2022, 7, 20))
    make_other(petition, reply_due_on=date(2022, 7, 20))

    whole, told = read(cast.chen, f"measures/{measure.matter.code}"), read(cast.chen, "petitions/HE2-X0001")

    assert {"due_on": "2022-09-30", "text": "封填到位", "quantity": "5眼"} in whole["milestones"]
    assert "5眼" in page(cast.chen, f"/measures/{measure.matter.code}/")
    assert whole["campaign"] is None
    assert told["due"] == {"text": "2022-07-20", "first": "2022-07-09"}
    assert "2022-07-20（首次2022-07-09）" in page(cast.chen, "/petitions/HE2-X0001/")
    assert (told["main_type"], told["region_raw"]) == ("大气", "某某镇")


# Settings


@pytest.fixture
@leads_up
def settled(cast: Cast) -> Cast:
    make_inspection(cast)
    organising.add_group("综合协调组", by=ROBOT, at=NOON)
    organising.settle_day(TODAY, is_working=False, note="台风停工", by=ROBOT, at=NOON)
    return cast


@pytest.mark.parametrize("name", REGISTERS)
def test_a_list_of_settings_has_the_rows_and_cells_of_its_page(settled: Cast, name: str) -> None:
    told, shown = read(settled.chen, f"settings/{name}"), page(settled.chen, f"/settings/{name}/")

    assert told["rows"]
    assert told["label"] in shown and told["lead"] in shown
    assert [head for head in told["heads"] if head not in shown] == []
    assert [cell for row in told["rows"] for cell in row["cells"] if cell not in shown] == []
    assert len(told["rows"]) == REGISTERS[name].rows(settled.chen.city, "").count()


@pytest.mark.parametrize("name", REGISTERS)
def test_a_setting_has_the_facts_and_the_history_of_its_page(settled: Cast, name: str) -> None:
    pk = read(settled.chen, f"settings/{name}")["rows"][0]["id"]

    told, shown = read(settled.chen, f"settings/{name}/{pk}"), page(settled.chen, f"/settings/{name}/{pk}/")

    assert [one for one in told["facts"] if one["label"] not in shown or one["text"] not in shown] == []
    assert [one["name"] for one in told["values"]] == [*REGISTERS[name].fields]
    assert told["trail"]
    assert [one["who"] for one in told["trail"] if one["who"] not in shown] == []


def test_settings_are_paged_searched_and_asked_of_a_day(settled: Cast) -> None:
    first = read(settled.chen, "settings/people?size=2")
    rest = read(settled.chen, f"settings/people?after={first['next']}")

    assert len(first["rows"]) == 2
    assert len(first["rows"]) + len(rest["rows"]) == Person.objects.count()
    assert [row["cells"][0] for row in read(settled.chen, "settings/people?q=陈")["rows"]] == ["陈科"]
    facts = read(settled.chen, f"settings/units/{settled.water.pk}?on=2021-12-31")["facts"]
    assert facts[0] == {"label": "2021-12-31 在任", "text": "没有人在任"}
    assert status(settled.chen, "settings/calendar?q=台风") == 422
    assert status(settled.chen, "settings/units?titel=x") == 422  # a slip of the pen is not answered with everything


def test_a_figure_of_one_is_no_yes(settled: Cast) -> None:
    rules = add_rule_set("一天", decline_days=1, by=ROBOT, at=NOON)

    values = {one["name"]: one["text"] for one in read(settled.chen, f"settings/rules/{rules.pk}")["values"]}

    assert (values["decline_days"], values["is_publish_first"]) == ("1", "否")


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.SYSTEM_ADMIN, ["rules", "units", "people", "posts", "groups", "calendar"]),
        (Role.SECURITY_ADMIN, ["appointments"]),
    ],
)
def test_each_keeper_is_told_of_what_he_keeps(settled: Cast, role: Role, kinds: list[str]) -> None:
    by = seat_as(role, settled.office)

    assert [one["name"] for one in read(by, "settings")] == kinds
    for name in REGISTERS:
        opened = signed_in(by).get(f"/settings/{name}/").status_code
        assert status(by, f"settings/{name}") == opened
        assert opened == (200 if name in kinds else 404)
    assert status(by, "settings/nothing") == 404


# One's own


def test_ones_account_says_where_one_is_signed_in_and_nobody_elses(cast: Cast) -> None:
    settling.set_office_rules(second_factor="weighty", by=ROBOT, at=NOON)
    agent = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0.0.0 Safari/537.36"}
    clerk = seat_as(Role.REPORTER, cast.water, "填报的")
    name = account_of(clerk).username
    browser = Client(headers=agent)
    browser.post("/login/", {"username": name, "password": PASSWORD})
    Client(headers=agent).post("/login/", {"username": "zhang", "password": PASSWORD})

    told = browser.get("/api/v1/account").json()

    assert (told["username"], told["is_linked"], told["factors"]) == (name, False, [])
    assert [(one["browser"], one["is_here"]) for one in told["sign_ins"]] == [("Chrome 126 · Windows", True)]
    assert SignIn.objects.count() == 2


def test_drafts_are_told_to_their_writer_alone(cast: Cast) -> None:
    words = {"note": "管网断点在二号井"}
    drafts.keep(cast.chen.person or 0, "/problems/HE2-P001/", "note-issue", words, clock.now())

    [one] = read(cast.chen, "drafts")

    assert (one["about"], one["fields"], one["form"]) == ("整改问题 HE2-P001", words, "note-issue")
    assert "管网断点在二号井" in page(cast.chen, "/drafts/")
    assert read(cast.zhang, "drafts") == []


def test_views_are_told_to_their_owner_and_ask_the_same(cast: Cast) -> None:
    own.keep_view("problems", "未下达的", "state=draft", by=cast.chen, at=NOON)

    [one] = read(cast.chen, "views")

    assert (one["ledger"], one["label"], one["question"]) == ("problems", "未下达的", "state=draft")
    assert status(cast.chen, f"ledgers/{one['ledger']}?{one['question']}") == 200
    assert read(cast.wang, "views") == []


def test_stand_ins_and_grants_are_as_on_their_pages(cast: Cast) -> None:
    head = seat_as(Role.UNIT_HEAD, cast.water, "局长")
    colleague = Person.objects.get(pk=seat_as(Role.REPORTER, cast.water, "填报的").person)
    away = Appointment.objects.get(person_id=cast.zhang.person)
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=9)}
    appointing.delegate(away, colleague, by=head, at=NOON, **days)

    [stand_in], [grant] = read(head, "stand-ins"), read(cast.wang, "grants")

    assert (stand_in["person"]["name"], stand_in["stands_in_for"]["name"]) == ("填报的", "张工")
    assert stand_in["standing"] == {"name": "waiting", "label": "待确认"}
    assert (grant["id"], grant["granted_by"], grant["deadlock"]) == (stand_in["id"], "局长", "")
    assert "填报的" in page(head, "/me/stand-ins/") and "填报的" in page(cast.wang, "/grants/")
    assert read(seat_as(Role.UNIT_HEAD, cast.farm, "别的局长"), "stand-ins") == []


# The administrators' desks


def test_the_figures_are_those_of_the_consoles(cast: Cast) -> None:
    keeper, guard = seat_as(Role.SYSTEM_ADMIN, cast.office), seat_as(Role.SECURITY_ADMIN, cast.office)
    settling.set_office_rules(small_office=True, by=ROBOT, at=NOON)
    ways.print_slip(account_of(cast.zhang), "ABCD-EFGH", reason="忘了密码", by=keeper, at=NOON)

    system, security = read(keeper, "console/system"), read(guard, "console/security")

    said = page(keeper, "/console/system/")
    for name, unit in (("units", "单位"), ("people", "人员"), ("posts", "岗位"), ("accounts", "账号")):
        assert re.search(rf"{system['figures'][name]}\s*\S*\s*{unit}", said), name
    assert system["condition"]["version"] in said
    assert (system["figures"]["slips"], security["figures"]["slips"]) == (1, 1)
    assert security["rules"]["small_office"] is True
    assert security["small"]["counties"] and security["small"]["counties"][0] in page(guard, "/console/security/")
    assert [one["words"] for one in security["rules"]["trail"]]


def test_accounts_and_sign_ins_are_listed_whole(cast: Cast) -> None:
    keeper, guard = seat_as(Role.SYSTEM_ADMIN, cast.office), seat_as(Role.SECURITY_ADMIN, cast.office)
    Client().post("/login/", {"username": "sun", "password": PASSWORD})

    accounts = read(keeper, "accounts")["rows"]

    assert len(accounts) == Account.objects.count()
    assert [one["person"]["name"] for one in read(keeper, "accounts?q=陈科")["rows"]] == ["陈科"]
    shown = page(guard, "/console/security/sign-ins/")
    for one in read(guard, "sign-ins")["rows"]:
        assert one["person"]["name"] in shown


def test_a_token_is_told_with_its_contract_and_without_itself(cast: Cast) -> None:
    guard = seat_as(Role.SECURITY_ADMIN, cast.office)
    machine, token = account_of(seat_as(Role.MACHINE, cast.water, "水务平台")), tokens.new_token()
    terms = Contract(
        operations=["api_me_get"], networks=["10.0.0.0/8"], rate=60, starts_on=TODAY, ends_on=TODAY, paper_number="12号"
    )
    digest = tokens.digest_of(token)
    contracting.make_token(machine, "省厅取数", terms, digest=digest, beginning=token, by=ROBOT, at=NOON)

    answer = signed_in(guard).get("/api/v1/tokens")

    [one] = answer.json()["rows"]
    assert (one["label"], one["standing"], one["paper"]) == ("省厅取数", "", "12号")
    assert one["operations"] == [{"name": "api_me_get", "label": "我是谁"}]
    assert token not in answer.content.decode() and digest not in answer.content.decode()


def test_a_slip_a_sealed_code_and_a_receiver_are_told_without_what_they_keep(cast: Cast) -> None:
    keeper, guard = seat_as(Role.SYSTEM_ADMIN, cast.office, "系某"), seat_as(Role.SECURITY_ADMIN, cast.office, "安某")
    slip = ways.print_slip(account_of(cast.zhang), "ABCD-EFGH", reason="忘了密码", by=keeper, at=NOON)
    code = emergency.seal_code("WXYZ-2345", by=keeper, at=NOON)
    outgoing.add_receiver("市大数据局", "https://oa.example/x", vault.Secret("s3cret-of-theirs"), by=guard, at=NOON)

    told = {name: signed_in(keeper).get(f"/api/v1/{name}") for name in ("slips", "emergencies", "receivers")}

    [one] = told["slips"].json()
    assert (one["person"]["name"], one["printed_by"]) == ("张工", "系某")
    assert [one["holder"] for one in told["emergencies"].json()["codes"]].count("系某") == 1
    assert [(one["name"], one["added_by"], one["waiting"]) for one in told["receivers"].json()] == [
        ("市大数据局", "安某", 0)
    ]
    words = "".join(answer.content.decode() for answer in told.values())
    kept = ("ABCD", "WXYZ", "s3cret", slip.digest, code.digest)
    assert [one for one in kept if one in words] == []


def test_the_background_says_whether_it_runs_and_what_waits(cast: Cast) -> None:
    keeper = seat_as(Role.SYSTEM_ADMIN, cast.office, "系某")
    assert (read(keeper, "jobs")["is_alive"], read(keeper, "jobs")["seen_at"]) == (False, None)

    timetable.note_alive(clock.machine_now())
    errands.ask("examine", {}, by=keeper, at=NOON)
    told, shown = read(keeper, "jobs"), page(keeper, "/console/system/jobs/")

    assert told["is_alive"] is True
    assert [(one["work"]["label"], one["is_running"]) for one in told["waiting"]] == [("检查", False)]
    assert [one["asked_by"] for one in told["decided"]] == ["系某"]
    assert [one for one in told["regular"] if one["label"] not in shown or one["when"] not in shown] == []


def test_what_is_kept_how_long_is_the_pages_table(cast: Cast) -> None:
    shown = page(cast.sun, "/console/retention/")

    told = read(cast.sun, "retention")

    assert len(told) > 10
    assert [one for one in told if one["what"] not in shown or one["how_long"] not in shown] == []
