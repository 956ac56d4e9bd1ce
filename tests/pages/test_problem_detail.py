from datetime import datetime
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.matters.models import Duty, Matter
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions.actions import assign_petition, move_undertaking
from bihuan.petitions.queries import undertakings_of
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Problem
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_problem, write


@pytest.fixture
def problem(cast: Cast) -> Problem:
    problem = make_problem(cast)
    make_measure(problem)
    return problem


def login(client: Client, who: Actor) -> Client:
    client.force_login(account_of(who))
    return client


def test_the_office_sees_whose_by_when_and_what_next(client: Client, cast: Cast, problem: Problem) -> None:
    page = login(client, cast.chen).get(f"/problems/{problem.matter.code}/").content.decode()

    assert "沧县水务局" in page
    assert "2022-12-31" in page
    assert "下一步：市整改办下达。" in page


def test_many_units_are_counted_on_the_first_screen_and_named_below(client: Client, cast: Cast) -> None:
    units = (cast.water, cast.farm, cast.county, cast.party)
    problem = make_problem(cast)
    measure = make_measure(problem)
    write([Duty(matter=problem.matter, role=DutyRole.RESPONSIBLE, unit=unit) for unit in units], by=ROBOT, at=NOON)
    write([Duty(matter=measure.matter, role=DutyRole.RESPONSIBLE, unit=unit) for unit in units[1:]], by=ROBOT, at=NOON)
    login(client, cast.chen)

    for url in (f"/problems/{problem.matter.code}/", f"/measures/{measure.matter.code}/"):
        page = client.get(url).content.decode()
        assert "等4家" in page.split('class="answers"')[1].split("</dl>")[0]
        assert "、".join(str(unit) for unit in units) in page


def test_the_way_to_its_measures_finds_them_whatever_stands_in_its_title(client: Client, cast: Cast) -> None:
    problem = make_problem(cast, title="3#锅炉A&B厂 100%未达标")
    measure = make_measure(problem)
    page = login(client, cast.chen).get(f"/problems/{problem.matter.code}/").content.decode()

    way = unescape(page.split("作为措施台账打开")[0].rpartition('href="')[2].partition('"')[0])

    assert f"/measures/{measure.matter.code}/" in client.get(way).content.decode()
    assert f"/measures/{measure.matter.code}/" not in client.get(f"{way}没有").content.decode()


def test_issuing_on_the_page_takes_the_step_once(client: Client, cast: Cast, problem: Problem) -> None:
    url = f"/problems/{problem.matter.code}/"
    login(client, cast.chen)

    first = client.post(url, {"move": "issue", "note": "", "once": "k"}, follow=True)
    second = client.post(url, {"move": "issue", "note": "", "once": "k"}, follow=True)

    assert "已下达。" in first.content.decode()
    assert "这一步刚才已经办过，没有重复办理。" in second.content.decode()
    problem.matter.refresh_from_db()
    assert problem.matter.version == 2


def test_the_lead_unit_finds_it_only_after_it_was_handed_over(client: Client, cast: Cast, problem: Problem) -> None:
    url = f"/problems/{problem.matter.code}/"
    login(client, cast.zhang)
    before = client.get(url).status_code
    move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert before == 404
    assert client.get(url).status_code == 200


def test_the_next_county_finds_nothing(client: Client, cast: Cast, problem: Problem) -> None:
    move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert login(client, cast.qian).get(f"/problems/{problem.matter.code}/").status_code == 404


def test_the_public_is_led_to_the_login(client: Client, cast: Cast, problem: Problem) -> None:
    path = f"/problems/{problem.matter.code}/"
    assert client.get(path).headers["Location"] == f"/login/?next={quote(path, safe='')}"


def test_the_ledger_shows_it_and_its_peek(client: Client, cast: Cast, problem: Problem) -> None:
    login(client, cast.chen)

    assert "问题1" in client.get("/ledgers/problems/").content.decode()
    assert "<html" not in client.get("/problems/HE2-P001/", headers={"HX-Target": "peek"}).content.decode()


def test_the_trail_is_in_the_words_of_the_trade(client: Client, cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = undertakings_of(petition)
    move_undertaking(part, "receive", by=cast.zhang, at=NOON)

    page = login(client, cast.chen).get(f"/petitions/{petition.matter.code}/").content.decode()

    assert "<b>签收、转入办理</b>" in page
    assert "张工 沧县水务局" in page


def test_the_measures_stand_along_the_time_with_their_milestones(client: Client, cast: Cast, problem: Problem) -> None:
    from datetime import date

    from bihuan.rectification.models import Measure, Milestone
    from tests.makers import write

    measure = Measure.objects.get(problem=problem)
    marks = [Milestone(measure=measure, due_on=date(2022, 9, 30), text="封填5眼", quantity=5)]
    write(marks, by=cast.chen, at=NOON)

    page = login(client, cast.chen).get(f"/problems/{problem.matter.code}/").content.decode()

    assert 'aria-label="1项措施的起止和节点"' in page
    assert ">09-30 5</text>" in page
    assert ">12-31</text>" in page


def test_a_measure_says_its_source_its_duties_and_its_road(client: Client, cast: Cast, problem: Problem) -> None:
    page = login(client, cast.chen).get("/measures/HE2-M001-01/").content.decode()

    assert "<h2>原文 <small>《" in page
    assert "<dt>责任单位</dt>" in page
    assert "已完成待审" in page.split('aria-label="步骤"')[1]


def test_only_those_who_open_imports_are_led_to_the_paper(client: Client, cast: Cast) -> None:
    from bihuan.intake.actions import papers as actions
    from bihuan.intake.understanding import understand_file
    from bihuan.organisation.queries import structure
    from tests.actions.intake.test_intake import PLAN

    understood = understand_file("方案.txt", PLAN.encode(), structure.directory(cast.chen.city), None)
    inspection = make_inspection(cast)
    intake = actions.take_in("方案.txt", PLAN.encode(), understood, inspection, by=cast.chen, at=NOON)
    actions.commit_intake(intake, by=cast.chen, at=NOON)
    move_problem(Problem.objects.get(number=1), "issue", by=cast.chen, at=NOON)
    link = f'href="/imports/{intake.pk}/?at=problem:1"'

    office = login(client, cast.chen).get("/problems/HE2-P001/").content.decode()
    unit = login(client, cast.zhang).get("/problems/HE2-P001/").content.decode()

    assert (link in office, link in unit) == (True, False)
    assert "仍有20眼自备井未按期关停" in unit


@action
def retract(matter: Matter, *, by: Actor, at: datetime) -> None:
    audit.change(matter, is_withdrawn=True)


def test_a_measure_that_was_taken_back_is_not_counted(client: Client, cast: Cast) -> None:
    problem = make_problem(cast)
    make_measure(problem)
    taken_back = make_measure(problem, 2)
    retract(taken_back.matter, by=ROBOT, at=NOON)
    client.force_login(account_of(cast.chen))

    assert "1项，已确认0项" in client.get(f"/problems/{problem.matter.code}/").content.decode()
