"""Which problems and measures a unit's duties show, and at what price."""

from datetime import date

import pytest

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.matters.models import Duty, Matter
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Unit
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.petitions.queries import petitions_seen
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Measure, Problem
from bihuan.rectification.queries.sight import measures_seen, problems_seen
from tests.cast import NOON, ROBOT, TODAY, Cast
from tests.makers import make_measure, make_problem, write


@action
def withdraw(matter: Matter, *, by: Actor, at: object) -> None:
    audit.change(matter, is_withdrawn=True)


@action
def end(duty: Duty, *, by: Actor, at: object) -> None:
    audit.change(duty, is_ended=True)


def officer_of(unit: Unit) -> Actor:
    person = appointing.add_person("某经办", by=ROBOT, at=NOON)
    post = appointing.add_post(unit, "经办", by=ROBOT, at=NOON)
    appointing.appoint(person, post, Role.REPORTER, starts_on=date(2022, 1, 1), by=ROBOT, at=NOON)
    return scope.actor_for(appointing.open_account(person, "mou", "p", by=ROBOT, at=NOON), TODAY)


def handed_over(cast: Cast) -> tuple[Problem, Measure, Measure]:
    """A problem led by the water bureau and supported by the farm bureau, with a measure of each."""
    problem = make_problem(cast)
    own, other = make_measure(problem), make_measure(problem, 2, unit=cast.farm)
    move_problem(problem, "issue", by=cast.chen, at=NOON)
    return problem, own, other


def test_a_unit_sees_its_own_measures_and_all_of_a_problem_that_it_leads(cast: Cast) -> None:
    _, own, other = handed_over(cast)

    assert [*measures_seen(cast.zhang)] == [own, other]
    assert [*measures_seen(cast.li)] == [other]
    assert [*measures_seen(cast.qian)] == []


def test_a_unit_sees_all_measures_of_a_problem_that_it_oversees(cast: Cast) -> None:
    problem, own, other = handed_over(cast)
    [duty] = write([Duty(matter=problem.matter, role=DutyRole.SUPERVISING, unit=cast.neighbour)], by=ROBOT, at=NOON)
    seen = [*measures_seen(cast.qian)]

    end(duty, by=ROBOT, at=NOON)

    assert seen == [own, other]
    assert [*measures_seen(cast.qian)] == []


def test_the_units_above_see_what_those_below_them_answer_for(cast: Cast) -> None:
    water = organising.add_unit("沧县水务局河道所", "部门", cast.region, by=ROBOT, at=NOON, parent=cast.farm)
    problem = make_problem(cast)
    measure = make_measure(problem, unit=water)
    move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert [*measures_seen(officer_of(cast.farm))] == [measure]


def test_no_unit_sees_a_measure_of_a_draft(cast: Cast) -> None:
    measure = make_measure(make_problem(cast))

    assert [*measures_seen(cast.zhang)] == []
    assert [*measures_seen(cast.chen)] == [measure]


def test_nobody_sees_a_measure_that_was_withdrawn(cast: Cast) -> None:
    _, own, other = handed_over(cast)
    before = [*measures_seen(cast.zhang)], [*measures_seen(cast.li)], [*measures_seen(cast.chen)]

    withdraw(other.matter, by=ROBOT, at=NOON)

    assert before == ([own, other], [other], [own, other])
    assert [*measures_seen(cast.zhang)] == [own]
    assert [*measures_seen(cast.li)] == []
    assert [*measures_seen(cast.chen)] == [own]


@pytest.mark.parametrize("seen", [problems_seen, measures_seen, petitions_seen])
def test_the_duties_of_a_unit_are_listed_once_and_not_asked_for_row_by_row(cast: Cast, seen: object) -> None:
    plan = seen(officer_of(cast.party)).explain()  # type: ignore[operator]  # one of the three above

    assert "duty" in plan or "U0" in plan
    assert "CORRELATED" not in plan  # SQLite's word; PostgreSQL joins, or keeps the list as a hashed plan
