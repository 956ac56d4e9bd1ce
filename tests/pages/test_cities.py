"""Two cities in one database may call matters alike: neither sees the deeds of the other."""

from datetime import date

import pytest
from django.test import Client

from bihuan.core import correction
from bihuan.core.actor import Actor
from bihuan.matters import actions as matters
from bihuan.matters.models import Duty, Matter
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Account, Region
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.rectification.actions.handing_over import correct_problem, move_problem
from bihuan.rectification.actions.plan import index_problems
from bihuan.rectification.models import Plan, Problem
from bihuan.rectification.queries import overview, sight
from bihuan.rectification.rules.problem import PROBLEM
from tests.cast import NOON, PASSWORD, Cast
from tests.makers import change, make_measure, make_problem, open_record, write

ROBOT = Actor.system("布置", "130800")
WORDS = "请水务局抓紧"


@pytest.fixture
def other(cast: Cast) -> Account:
    """The head of the office of another city, whose first problem has the same code."""
    deed = {"by": ROBOT, "at": NOON}
    city = Region(code="130800", name="承德市", level="city")
    organising.add_regions([city], **deed)
    office = organising.add_unit("承德市整改办", "整改办", city, **deed)
    person = appointing.add_person("周主任", **deed)
    appointing.appoint_to(person, office, "主任", Role.OFFICE_HEAD, starts_on=date(2022, 1, 1), **deed)
    facts = {"level": "中央", "kind": "例行", "round_number": 2, "region": city}
    rules = matters.add_rule_set("默认", **deed)
    inspection = matters.add_inspection("HE2", "第二轮中央督察", rule_set=rules, **facts, **deed)
    [plan] = write([Plan(inspection=inspection, unit=office, title="承德方案")], **deed)
    matter = Matter(kind="problem", code="HE2-P001", inspection=inspection, region=city)
    open_record(matter, PROBLEM["accept_first"], [Duty(matter=matter, role=DutyRole.LEAD, unit=office)], **deed)
    [problem] = write([Problem(matter=matter, plan=plan, number=1, title="承德的问题", text="原文")], **deed)
    index_problems([problem])
    return appointing.open_account(person, "zhou", PASSWORD, **deed)


@pytest.fixture
def issued(cast: Cast, other: Account) -> Problem:
    problem = make_problem(cast)
    make_measure(problem)
    move_problem(problem, "issue", by=cast.chen, at=NOON, note=WORDS)
    return problem


def test_a_trail_is_of_ones_own_city(client: Client, other: Account, issued: Problem) -> None:
    client.force_login(other)

    page = client.get(f"/problems/{issued.matter.code}/").content.decode()

    assert "承德的问题" in page
    assert WORDS not in page
    assert "陈科" not in page


def test_a_correction_finds_the_step_of_its_own_city(cast: Cast, other: Account, issued: Problem) -> None:
    theirs = Problem.objects.select_related("matter").get(title="承德的问题")
    write([Duty(matter=theirs.matter, role=DutyRole.SUPPORTING, raw="各县")], by=ROBOT, at=NOON)

    assert sight.problem_stepped(issued.matter.code, cast.chen) == issued
    [taken] = correction.steps_of(cast.chen.person or 0, cast.chen.city, 10)
    assert taken.is_last
    correct_problem(issued, by=cast.chen, at=NOON, note="点错了")
    assert [issued.matter.state, theirs.matter.state] == ["draft", "draft"]


def test_soon_is_what_the_rules_of_ones_own_inspection_call_so(cast: Cast, issued: Problem) -> None:
    matters.add_rule_set("从严", by=ROBOT, at=NOON, due_soon_days=5, due_close_days=3)
    change(issued.measures.get().matter, by=ROBOT, at=NOON, due_on=None)  # so that dates alone tell

    assert overview.lights(cast.wang, date(2022, 12, 11)) == {"due": 1}
