"""The walk: every principal asks every address by every method; each answer is held against the expectations."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.gate import tokens
from bihuan.intake.actions import papers as intake
from bihuan.intake.understanding import understand_file
from bihuan.matters.models import Duty
from bihuan.organisation.actions import access, appointing, organising
from bihuan.organisation.models import Account, Appointment, InterfaceToken, Person, Post, Region, Unit
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Batch
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Plan, Problem
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast
from tests.house.asking import Asking
from tests.house.bodies import WRITTEN_OF_PLANS
from tests.house.put import make_export, put_entry, put_file, put_invitation, put_petition_file, put_sweep, stand
from tests.house.rows import AT_NOTHING, FILES, OF_A_BATCH, OF_A_PETITION, OF_A_PROBLEM, OF_ANY, Row
from tests.makers import (
    make_batch,
    make_inspection,
    make_measure,
    make_objection,
    make_other,
    make_petition,
    make_plan,
    make_problem,
    make_release,
    make_result,
)
from tests.makers import write as insert
from tests.returned import came_back

PRINCIPALS = (*(role.value for role in Role), "L1-city")
TOKEN = "X2-token"
RELATIONS = ("own", "delegated", "ended", "unconfirmed", "idle")
NOTHING = ("ended", "unconfirmed", "idle")  # what gives nothing: idle is both, ended and not confirmed
TABLE = "第20批\n序号,受理编号,交办问题基本情况,行政区域,污染类型\n1,D2HE202204120032,面粉厂粉尘大。,某某镇,大气\n"
Cell = tuple[str, str, str]  # principal, address, method


@dataclass
class City:
    """Everything that an address may lead to, and everybody who may ask."""

    cast: Cast
    logins: dict[tuple[str, str], Account] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)


def built(cast: Cast) -> City:
    """The city of the walk."""
    city = City(cast)
    bureau = organising.add_unit("沧州市水利局", "部门", Region.objects.get(level="city"), by=ROBOT, at=NOON)
    inspection = make_inspection(cast)
    for principal in PRINCIPALS:
        facts = {"inspection": inspection} if principal == "X1" else {}
        _seat(city, principal, _unit_of(principal, cast, bureau), facts)
    leader = city.logins["L2", "own"].person
    city.paths = _matters(city, bureau, leader)
    connection.run_on_commit.clear()  # nothing is ever committed here, and each rollback would look all of it through
    return city


def _unit_of(principal: str, cast: Cast, bureau: Unit) -> Unit:
    if principal[0] == "U" or principal == "X2":
        return cast.water
    if principal in ("C1", "C2", "L1"):
        return cast.county
    return {"V1": bureau, "L2": cast.party, "L1-city": cast.party}.get(principal, cast.office)


def _seat(city: City, principal: str, unit: Unit, facts: dict[str, Any]) -> None:
    """Five of that role in that unit: one holds it now, one for him, one held it until yesterday, one's grant waits,
    and one has both of these, so that one walk asks for the two at once.
    """
    role = Role(principal[:2])
    people = {one: appointing.add_person(f"某{len(city.logins)}", by=ROBOT, at=NOON) for one in RELATIONS}
    post = appointing.add_post(unit, f"席{principal}", by=ROBOT, at=NOON)
    since = {"starts_on": date(2022, 1, 1), **facts}
    own = appointing.appoint(people["own"], post, role, by=ROBOT, at=NOON, **since)
    today = clock.today()
    days = {"starts_on": today, "ends_on": today + timedelta(days=9)}
    appointing.delegate(own, people["delegated"], by=ROBOT, at=NOON, **days)
    for one in ("ended", "idle"):
        ended = appointing.appoint(people[one], post, role, by=ROBOT, at=NOON, **since)
        appointing.end_appointment(ended, on=today - timedelta(days=1), by=ROBOT, at=NOON)
    for one in ("unconfirmed", "idle"):
        waiting = Appointment(person=people[one], post=post, role=role, standing="waiting", **since)
        insert([waiting], by=ROBOT, at=NOON)
    for relation, person in people.items():
        login = f"{principal}-{relation}".lower()
        city.logins[principal, relation] = appointing.open_account(person, login, "p", by=ROBOT, at=NOON)


def _matters(city: City, bureau: Unit, leader: Person) -> dict[str, str]:
    cast = city.cast
    other_region = Region.objects.get(name="青县")
    plan = make_plan(_inspection_of(city), cast.party)
    leads = (cast.water, cast.water, cast.water, cast.farm, cast.neighbour)
    problems = [make_problem(cast, number, plan=plan, lead=lead) for number, lead in enumerate(leads, 1)]
    own, _, submitted, _, away = problems
    for duty in Duty.objects.filter(matter=away.matter, role__in=("first_responsible", "supporting")):
        make_other(duty, unit=cast.neighbour)
    make_other(away.matter, region=other_region)
    for problem in problems:
        make_measure(problem)
    for problem in (own, submitted, problems[3], away):
        move_problem(problem, "issue", by=cast.chen, at=NOON)
    stand(submitted.matter, "claimed")
    insert(
        [
            Duty(matter=own.matter, role=DutyRole.CASE_LEADER, person=leader),
            Duty(matter=own.matter, role=DutyRole.SUPERVISING, unit=bureau),
            Duty(matter=submitted.matter, role=DutyRole.ACCEPTING, unit=bureau),
        ],
        by=ROBOT,
        at=NOON,
    )
    relations = ("own", "own draft", "own, submitted", "another unit's", "another county's")
    paths = {}
    for number, relation in enumerate(relations, 1):
        paths[f"problem_detail:{relation}"] = f"/problems/HE2-P{number:03}/"
        paths[f"measure_detail:{relation}"] = f"/measures/HE2-M{number:03}-01/"
        paths[f"acceptance_detail:{relation}"] = f"/problems/HE2-P{number:03}/acceptance/"
        paths[f"extension_list:{relation}"] = f"/extensions/HE2-P{number:03}/"
        paths[f"light_list:{relation}"] = f"/lights/HE2-P{number:03}/"
        paths[f"api_lights:{relation}"] = f"/api/v1/lights/HE2-P{number:03}"
        paths[f"check_new:{relation}"] = f"/problems/HE2-P{number:03}/checks/new/"
        for name in OF_A_PROBLEM:
            paths[f"{name}:{relation}"] = reverse(name, args=[f"HE2-P{number:03}"])
        paths[f"api_problem:{relation}"] = f"/api/v1/problems/HE2-P{number:03}"
        paths[f"api_measure:{relation}"] = f"/api/v1/measures/HE2-M{number:03}-01"
        paths[f"measure_progress:{relation}"] = f"/measures/HE2-M{number:03}-01/progress/"
        paths[f"assignment_list:{relation}"] = f"/measures/HE2-M{number:03}-01/assignments/"
        paths[f"api_assignments:{relation}"] = f"/api/v1/measures/HE2-M{number:03}-01/assignments"
        paths[f"api_measure_reports:{relation}"] = f"/api/v1/measures/HE2-M{number:03}-01/reports"
        paths[f"api_problem_step:{relation}"] = f"/api/v1/problems/HE2-P{number:03}/steps"
        paths[f"api_measure_step:{relation}"] = f"/api/v1/measures/HE2-M{number:03}-01/steps"
    for relation, problem in (("own", own), ("another county's", away)):
        file, entry = put_file(problem, cast.chen), put_entry(problem)
        code = entry.matter.code
        paths[f"api_report_step:{relation}"] = reverse("api_report_step", kwargs={"code": code, "pk": entry.pk})
        paths[f"evidence_file:{relation}"] = reverse("evidence_file", args=[problem.matter.code, file.pk])
        paths[f"evidence_preview:{relation}"] = reverse("evidence_preview", args=[problem.matter.code, file.pk])
    paths |= _sweeps(city) | _packages(city, submitted)
    return {**paths, **_petitions(city, leader, other_region), **_others(city)}


def _packages(city: City, problem: Problem) -> dict[str, str]:
    """What an expert was asked to judge; his stand-in, whom no form makes, is another expert."""
    file, code = put_file(problem, city.cast.chen), problem.matter.code
    for one in ("own", "delegated"):
        put_invitation(problem, city.logins["V2", one].person)
    return {
        **{one: reverse(one, args=[code]) for one in ("package_detail", "api_package", "api_package_opinion")},
        "package_picture": reverse("package_picture", args=[code, file.pk]),
        "api_expert_without": reverse("api_expert_without", args=[code, 0]),
    }


PLANS = ("plan_detail", "plan_editions", "api_plan", "api_plan_shifts", "api_plan_step")


def plan_of(city: City) -> Plan:
    """The plan of the walk's problems."""
    return Plan.objects.get(inspection=_inspection_of(city), parent=None)


def _lower_plan(city: City) -> dict[str, str]:
    """What a county drafts from the city's plan."""
    cast = city.cast
    lower = make_plan(_inspection_of(city), cast.county, parent=plan_of(city), state="draft")
    problem = make_problem(cast, 9, plan=lower, lead=cast.county)
    measure = make_measure(problem)
    return {
        "plan_problem": reverse("plan_problem", args=[lower.code, problem.pk]),
        "plan_check": reverse("plan_check", args=[lower.code]),
        **{
            name: reverse(name, args=[lower.code])
            for name in ("plan_opinions", "api_plan_opinions", *(f"api_plan_{one}" for one in WRITTEN_OF_PLANS))
        },
        "api_plan_check": reverse("api_plan_check", args=[lower.code]),
        "plan_measure": reverse("plan_measure", args=[lower.code, measure.pk]),
    }


def _sweeps(city: City) -> dict[str, str]:
    """A sweep in which one's own unit looks at a place, and one of another county's alone."""
    paths = {}
    for relation, unit in (("own", city.cast.water), ("another county's", city.cast.neighbour)):
        place = put_sweep(city.cast, _inspection_of(city), unit)
        for name in ("sweep_detail", "api_sweep", "api_sweep_step"):
            paths[f"{name}:{relation}"] = reverse(name, args=[place.sweep.code])
        for name in ("sweep_answer", "api_sweep_answer"):
            paths[f"{name}:{relation}"] = reverse(name, args=[place.sweep.code, place.pk])
    return paths


def _inspection_of(city: City) -> Any:
    """The inspection to which X1 is bound."""
    return Appointment.objects.get(person=city.logins["X1", "own"].person).inspection


def _petitions(city: City, leader: Person, other_region: Region) -> dict[str, str]:
    cast, batch = city.cast, make_batch(_inspection_of(city))
    made = [make_petition(cast, batch, f"D2HE20220412003{number}") for number in range(4)]
    own, _, submitted, away = made
    make_other(away.matter, region=other_region)
    for petition, unit in ((own, cast.county), (submitted, cast.county), (away, cast.neighbour)):
        assign_petition(petition, [unit], by=cast.chen, at=NOON)
    stand(submitted.matter, "county_review")
    insert([Duty(matter=own.matter, role=DutyRole.CASE_LEADER, person=leader)], by=ROBOT, at=NOON)
    relations = ("own", "own draft", "own, submitted", "another county's")
    codes = [*zip(relations, (one.matter.code for one in made), strict=True)]
    paths = {f"{name}:{to}": reverse(name, args=[code]) for name in OF_A_PETITION for to, code in codes}
    paths |= {f"{name}:petition, {to}": reverse(name, args=[code]) for name in OF_ANY for to, code in codes}
    for relation, petition in (("own", own), ("another county's", away)):
        file = put_petition_file(petition, cast.chen)
        for name in FILES:
            paths[f"{name}:petition, {relation}"] = reverse(name, args=[petition.matter.code, file.pk])
    return paths


def _others(city: City) -> dict[str, str]:
    """The addresses of one row of everything else."""
    cast, inspection = city.cast, _inspection_of(city)
    understood = understand_file("批次.csv", TABLE.encode(), structure.directory(CITY), None)
    paper = intake.take_in("批次.csv", TABLE.encode(), understood, inspection, by=cast.chen, at=NOON)
    back = came_back(cast.chen, inspection)
    group = organising.add_group("综合协调组", by=ROBOT, at=NOON)
    day = organising.settle_day(TODAY, is_working=False, by=ROBOT, at=NOON)
    held = Appointment.objects.get(person_id=cast.zhang.person)
    rows = {
        "inspections": inspection.pk,
        "rules": inspection.rule_set_id,
        "units": cast.water.pk,
        "people": cast.zhang.person,
        "posts": Post.objects.get(unit=cast.farm).pk,
        "appointments": held.pk,
        "groups": group.pk,
        "calendar": day.pk,
    }
    account = city.logins["O2", "own"]
    slip = access.print_slip(account, "ABCD-EFGH", reason="忘了密码", by=ROBOT, at=clock.now())
    export = make_export(city.logins["O6", "own"].person)
    release = make_release(city.logins["O5", "own"].person)
    objection = make_objection(release, contact="请打电话")
    return {
        **{one: reverse(one, args=[plan_of(city).code]) for one in PLANS},
        **_lower_plan(city),
        **{one: reverse(one, args=[release.code]) for one in ("notice_detail", "release_detail", "api_release")},
        **{
            one: reverse(one, args=[objection.code])
            for one in ("objection_detail", "objection_contact", "api_objection")
        },
        **{one: reverse(one, args=["HE2-X0001"]) for one in ("petitioner_detail", "petitioner_letter")},
        "public_petition": reverse("public_petition", args=[make_result(release.drafted_by).code]),
        **{one: reverse(one, args=[Batch.objects.latest("pk").pk]) for one in ("public_batch", "api_public_batch")},
        "petitioner_export_detail": reverse("petitioner_export_detail", args=[export.pk]),
        **{one: reverse(one, args=[0]) for one in AT_NOTHING},
        "slip_detail": reverse("slip_detail", args=[slip.pk]),
        **{
            f"{page}:{name}": reverse(page, args=[name, pk])
            for page in ("settings_row", "api_settings_row")
            for name, pk in rows.items()
        },
        "api_readings": reverse("api_readings", args=["HE2-X0001"]),
        "api_petitioner_export": reverse("api_petitioner_export", args=[export.pk]),
        "import_detail": reverse("import_detail", args=[paper.pk]),
        **{one: reverse(one, args=[inspection.batches.get().pk]) for one in OF_A_BATCH},
        "unit_detail": reverse("unit_detail", args=[cast.water.pk]),
        "person_detail": reverse("person_detail", args=[cast.zhang.person]),
        "api_import": reverse("api_import", args=[paper.pk]),
        "api_import_step": reverse("api_import_step", args=[paper.pk]),
        "api_import_doubt": reverse("api_import_doubt", args=[paper.pk, paper.doubts.order_by("number")[0].number]),
        "api_returned": reverse("api_returned", args=[back.pk]),
        "api_returned_step": reverse("api_returned_step", args=[back.pk]),
        "api_unit": reverse("api_unit", args=[cast.water.pk]),
        "api_person": reverse("api_person", args=[cast.zhang.person]),
    }


def path_of(city: City, row: Row) -> str:
    """Where a row of the table leads."""
    return city.paths.get(row.key) or reverse(row.name, args=[row.given] if row.given else [])


def plan(rows: Iterable[Row], principals: Iterable[str], methods: Iterable[str]) -> Iterator[tuple[str, Row, str]]:
    """Every cell: principal × address × method. A HEAD of what a GET opens is the same page made once more: it is asked
    of the first for whom it opens, and of everybody for whom it does not.
    """
    asking = tuple(principals)
    first = {row.key: next((who for who in asking if expected(who, row, "head") == "opens"), "") for row in rows}
    for who in asking:
        for row in rows:
            for method in methods:
                if method != "head" or who == first[row.key] or expected(who, row, method) != "opens":
                    yield who, row, method


def expected(who: str, row: Row, method: str, relation: str = "own") -> str:
    """What the table says: opens, 405, 404 or login."""
    asks = "nobody" if who == "nobody" or relation in NOTHING else who
    answer = row.who(method).get(asks, "404")
    is_unknown = who == "nobody" or (who == TOKEN and (relation in NOTHING or not row.is_for_programs))
    return "login" if answer == "404" and is_unknown else answer


def differences(
    city: City, rows: Iterable[Row], principals: Iterable[str], methods: Iterable[str], relation: str = "own"
) -> tuple[int, dict[Cell, tuple[str, str]]]:
    """How many cells were asked; {cell: (what the table says, what was answered)} where these differ."""
    count, found = 0, {}
    with at_rest():
        clients = {who: _client(city, who, relation) for who in principals}
        for who, row, method in plan(tuple(rows), clients, tuple(methods)):
            answer = _ask(clients[who], method, path_of(city, row), row.body)
            wanted, count = expected(who, row, method, relation), count + 1
            if answer != wanted:
                found[who, row.key, method] = (wanted, answer)
    return count, found


def _client(city: City, who: str, relation: str) -> Client:
    client = Asking()
    if who == TOKEN:
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {given_token(city.logins['X2', relation])}"
    elif who != "nobody":
        client.force_login(city.logins[who, relation])
        client.get("/")  # what a session notes of itself at its first request is noted once, not taken back each time
    return client


def given_token(account: Account, **facts: Any) -> str:
    """A token that lists every operation, written past the action that would ask whether there is an appointment."""
    token, today = tokens.new_token(), clock.today()
    contract = {"operations": [*tokens.OPERATIONS], "networks": ["127.0.0.0/8"], "rate": 100_000, **facts}
    days = {"starts_on": today, "ends_on": today}
    digest = tokens.digest_of(token)
    insert([InterfaceToken(account=account, label="全部", digest=digest, **{**days, **contract})], by=ROBOT, at=NOON)
    return token


def _sent(client: Client, path: str, body: dict[str, str]) -> Any:
    if not path.startswith("/api/"):
        return client.post(path, body)
    return client.post(path, body, content_type="application/json", headers={"Idempotency-Key": "key-of-the-walk"})


def _ask(client: Client, method: str, path: str, body: dict[str, str]) -> str:
    """Ask, and take back whatever that did."""
    with transaction.atomic():
        answer = _sent(client, path, body) if method == "post" else getattr(client, method)(path)
        answer.close()
        transaction.set_rollback(True)
    assert answer.status_code < 500, (method, path, answer.status_code)
    leads = answer.headers.get("Location", "").partition("?")[0]
    if leads == "/login/" and not path.startswith(("/logout/", "/login/")):
        return "login"
    if answer.status_code == 401:  # how a program is told that nobody is known who asks
        return "login"
    return str(answer.status_code) if answer.status_code in (404, 405) else "opens"


@contextmanager
def at_rest() -> Iterator[None]:
    """Ten thousand refusals are not worth ten thousand lines. The clock stands: what a session notes of itself once a
    minute is not noted, and taken back, at each request.
    """
    logging.disable(logging.CRITICAL)
    try:
        with time_machine.travel(clock.now(), tick=False):
            yield
    finally:
        logging.disable(logging.NOTSET)
