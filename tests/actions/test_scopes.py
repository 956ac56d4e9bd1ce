"""Whose rows a role reads: by duty, ground, case, acceptance and inspection; the tree of units as it stands today."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bihuan.core.actor import Actor
from bihuan.matters import queries as matters
from bihuan.matters.models import Duty, Inspection, Matter
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Account, Appointment, Person, Region
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import petitions_found, petitions_seen
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Problem
from bihuan.rectification.queries.sight import measures_found, measures_seen, problems_found, problems_seen
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast, account_of, seat_as
from tests.house.put import stand
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

NOTHING: tuple[set[str], set[str], set[str]] = (set(), set(), set())


@pytest.fixture
@leads_up
def city(cast: Cast) -> Cast:
    """P1 led by 沧县水务局 (handed over), P2 its draft, P3 of 青县 on its own ground; a petition in 沧县 assigned there
    and one in the tray; each problem with a measure of whoever leads it.
    """
    inspection = make_inspection(cast)
    plan = make_plan(inspection, cast.party)
    problems = [make_problem(cast, number, plan=plan, lead=cast.water) for number in (1, 2)]
    problems.append(make_problem(cast, 3, plan=plan, lead=cast.neighbour))
    for one in Duty.objects.filter(matter=problems[2].matter).exclude(role=DutyRole.LEAD):
        make_other(one, is_ended=True)
    make_other(problems[2].matter, region=Region.objects.get(name="青县"))
    for problem in problems:
        make_measure(problem)
    name_first_responsible(problems[2].matter, cast)
    for problem in (problems[0], problems[2]):
        move_problem(problem, "issue", by=cast.chen, at=NOON)
    batch = make_batch(inspection)
    assign_petition(make_petition(cast, batch), [cast.county], by=cast.chen, at=NOON)
    make_petition(cast, batch, "D2HE202204120099")
    return cast


def name_first_responsible(matter: Matter, cast: Cast) -> None:
    write([Duty(matter=matter, role=DutyRole.FIRST_RESPONSIBLE, unit=cast.neighbour)], by=ROBOT, at=NOON)


def name(matter: str, role: DutyRole, **bearer: object) -> None:
    write([Duty(matter=Matter.objects.get(code=matter), role=role, **bearer)], by=ROBOT, at=NOON)


def reads(by: Actor) -> tuple[set[str], set[str], set[str]]:
    """The problems, measures and petitions that somebody reads, by code without the inspection's."""
    found = (problems_seen(by), measures_seen(by), petitions_seen(by))
    return tuple({code[4:] for code in rows.values_list("matter__code", flat=True)} for rows in found)  # type: ignore[return-value]  # three


def bound_to(inspection: Inspection, cast: Cast) -> Actor:
    person = appointing.add_person("赵某", by=ROBOT, at=NOON)
    days = {"starts_on": TODAY, "inspection": inspection}
    appointing.appoint_to(person, cast.party, "督察员", Role.INSPECTOR, by=ROBOT, at=NOON, **days)
    return scope.actor_for(appointing.open_account(person, f"x{person.pk}", "p", by=ROBOT, at=NOON), TODAY)


HANDED_OVER = ({"P001", "P003"}, {"M001-01", "M003-01"}, {"X0001"})
EVERYTHING = ({"P001", "P002", "P003"}, {"M001-01", "M002-01", "M003-01"}, {"X0001", "X0002"})
OF_COUNTY = ({"P001"}, {"M001-01"}, {"X0001"})


@pytest.mark.parametrize("role", ["O1", "O2", "O3", "O4", "O5", "O6"])
def test_the_citys_office_reads_everything(city: Cast, role: str) -> None:
    assert reads(seat_as(Role(role), city.office)) == EVERYTHING


def test_the_citys_first_responsible_reads_all_but_drafts(city: Cast) -> None:
    assert reads(seat_as(Role.FIRST_RESPONSIBLE, city.party)) == HANDED_OVER


@pytest.mark.parametrize("role", [Role.FIRST_RESPONSIBLE, Role.COUNTY_CLERK, Role.COUNTY_APPROVER])
def test_a_county_reads_its_own_ground_whoever_answers_there(city: Cast, role: Role) -> None:
    led_by_the_city = make_problem(city, 4, plan=Problem.objects.all()[0].plan, lead=city.office)
    for duty in Duty.objects.filter(matter=led_by_the_city.matter).exclude(role=DutyRole.LEAD):
        make_other(duty, is_ended=True)
    make_measure(led_by_the_city, unit=city.office)
    by = seat_as(role, city.county)
    before = reads(by)

    stand(led_by_the_city.matter, "rectifying")

    assert before == OF_COUNTY
    assert reads(by) == ({"P001", "P004"}, {"M001-01", "M004-01"}, {"X0001"})


@pytest.mark.parametrize("role", [Role.COUNTY_CLERK, Role.FIRST_RESPONSIBLE])
def test_a_bureau_has_no_ground(city: Cast, role: Role) -> None:
    bureau = organising.add_unit("沧县气象局", "部门", city.region, by=ROBOT, at=NOON)

    assert reads(seat_as(role, bureau)) == NOTHING


def test_a_county_clerk_at_the_citys_own_unit_has_no_ground_there(city: Cast) -> None:
    own = organising.add_unit("沧州市某办", "整改办", Region.objects.get(level="city"), by=ROBOT, at=NOON)

    assert reads(seat_as(Role.COUNTY_CLERK, own)) == NOTHING


def test_a_unit_reads_what_it_answers_for(city: Cast) -> None:
    assert reads(seat_as(Role.UNIT_HEAD, city.water)) == ({"P001"}, {"M001-01"}, set())
    assert reads(seat_as(Role.REPORTER, city.neighbour)) == ({"P003"}, {"M003-01"}, set())
    assert reads(seat_as(Role.REPORTER, city.farm)) == (
        {"P001"},
        set(),
        set(),
    )  # supports: its head, not others' measures


def test_a_case_leader_reads_the_cases_that_name_him_and_no_other(city: Cast) -> None:
    by, other = seat_as(Role.CASE_LEADER, city.party), seat_as(Role.CASE_LEADER, city.party)
    before = reads(by)
    name("HE2-P001", DutyRole.CASE_LEADER, person=Person.objects.get(pk=by.person))
    name("HE2-X0001", DutyRole.CASE_LEADER, post_id=by.held[0].seat)
    name("HE2-P002", DutyRole.CASE_LEADER, person=Person.objects.get(pk=by.person))  # a draft

    assert before == NOTHING
    assert reads(by) == ({"P001"}, {"M001-01"}, {"X0001"})
    assert reads(other) == NOTHING
    name("HE2-P003", DutyRole.DEPUTY, unit=city.party)  # nobody was named: the unit's leaders
    assert reads(other) == ({"P003"}, {"M003-01"}, set())


def test_being_named_for_a_case_shows_nothing_without_the_role(city: Cast) -> None:
    by = seat_as(Role.REPORTER, city.office)
    name("HE2-P001", DutyRole.CASE_LEADER, person=Person.objects.get(pk=by.person))

    assert reads(by) == NOTHING


def test_who_supervises_reads_all_of_it_and_who_accepts_from_the_application_on(city: Cast) -> None:
    bureau = organising.add_unit("沧州市水利局", "部门", Region.objects.get(level="city"), by=ROBOT, at=NOON)
    by = seat_as(Role.ACCEPTANCE_CLERK, bureau)
    name("HE2-P003", DutyRole.SUPERVISING, unit=bureau)
    name("HE2-P001", DutyRole.ACCEPTING, unit=bureau)
    name("HE2-P002", DutyRole.LEAD, unit=bureau)
    before = reads(by)

    stand(Matter.objects.get(code="HE2-P001"), "claimed")

    assert before == ({"P003"}, {"M003-01"}, set())
    assert reads(by) == ({"P001", "P003"}, {"M001-01", "M003-01"}, set())
    assert reads(seat_as(Role.UNIT_APPROVER, bureau)) == ({"P003"}, {"M003-01"}, set())


def test_an_inspector_reads_his_inspection_from_the_submission_on(city: Cast) -> None:
    own, other = (bound_to(one, city) for one in (Inspection.objects.get(), make_inspection(city, "HE3")))
    before = reads(own)

    stand(Matter.objects.get(code="HE2-P001"), "claimed")
    stand(Matter.objects.get(code="HE2-M003-01"), "finished")
    stand(Matter.objects.get(code="HE2-X0001"), "county_review")

    assert before == NOTHING
    assert reads(own) == ({"P001"}, {"M001-01", "M003-01"}, {"X0001"})
    assert reads(other) == NOTHING
    assert [one.code for one in matters.inspections_for(own)] == ["HE2"]
    assert reads(city.zhao) == NOTHING  # bound to no inspection


@pytest.mark.parametrize("role", ["V2", "F1", "D1", "A1", "A2", "A3"])
def test_who_has_no_package_task_or_clue_and_no_business_reads_nothing(city: Cast, role: str) -> None:
    assert reads(seat_as(Role(role), city.county)) == NOTHING


def test_an_interface_reads_what_its_unit_answers_for(city: Cast) -> None:
    """Which of it comes out is the contract's: tests/pages/test_tokens.py."""
    assert reads(seat_as(Role.MACHINE, city.county)) == ({"P001"}, set(), {"X0001"})


def test_two_posts_show_what_each_shows_and_no_more(city: Cast) -> None:
    by = seat_as(Role.REPORTER, city.water)
    appointing.appoint_to(
        Person.objects.get(pk=by.person), city.neighbour, "兼职", Role.REPORTER, starts_on=TODAY, by=ROBOT, at=NOON
    )

    assert reads(scope.actor_for(account_of(by), TODAY)) == ({"P001", "P003"}, {"M001-01", "M003-01"}, set())


# The tree over time.


def test_a_successor_reads_what_its_predecessor_answered_for_from_the_day_after(city: Cast) -> None:
    heir = organising.add_unit("沧县水利局", "部门", city.region, by=ROBOT, at=NOON)
    login = account_of(seat_as(Role.UNIT_APPROVER, heir))
    organising.merge_unit(city.water, heir, on=TODAY, by=ROBOT, at=NOON)

    assert reads(scope.actor_for(login, TODAY)) == NOTHING
    assert reads(scope.actor_for(login, TODAY + timedelta(days=1))) == ({"P001"}, {"M001-01"}, set())


def test_of_a_unit_that_was_split_the_named_heir_reads_and_the_other_does_not(city: Cast) -> None:
    heir, other = (
        organising.add_unit(one, "部门", city.region, by=ROBOT, at=NOON) for one in ("沧县水利局", "沧县河长中心")
    )
    logins = [account_of(seat_as(Role.UNIT_APPROVER, one)) for one in (heir, other)]
    organising.merge_unit(city.water, heir, on=TODAY - timedelta(days=1), by=ROBOT, at=NOON)

    assert [reads(scope.actor_for(one, TODAY))[0] for one in logins] == [{"P001"}, set()]


def test_a_unit_that_moved_is_read_from_above_where_it_stands_today(city: Cast) -> None:
    from_above, new = (account_of(seat_as(Role.UNIT_HEAD, one)) for one in (city.farm, city.county))
    station = organising.add_unit("沧县河道所", "部门", city.region, by=ROBOT, at=NOON, parent=city.farm)
    name("HE2-P003", DutyRole.RESPONSIBLE, unit=station)
    before = [reads(scope.actor_for(one, TODAY))[0] for one in (from_above, new)]

    organising.change_unit(station, parent=city.county, by=ROBOT, at=NOON)

    assert before == [{"P001", "P003"}, {"P001"}]
    assert [reads(scope.actor_for(one, TODAY))[0] for one in (from_above, new)] == [{"P001"}, {"P001", "P003"}]


def test_a_unit_that_took_over_its_own_superior_ends_in_no_circle(city: Cast) -> None:
    below = organising.add_unit("沧县水务中心", "部门", city.region, by=ROBOT, at=NOON, parent=city.water)
    organising.merge_unit(city.water, below, on=TODAY - timedelta(days=1), by=ROBOT, at=NOON)

    assert scope.below(CITY, TODAY)[below.pk] == {below.pk, city.water.pk}


# P3: every query that asks for somebody, for the member, the stranger, the ended appointment and the stand-in.

QUERIES: dict[str, Callable[[Actor], object]] = {
    "problems_seen": lambda by: {one.number for one in problems_seen(by)},
    "measures_seen": lambda by: {one.number for one in measures_seen(by)},
    "petitions_seen": lambda by: {one.number for one in petitions_seen(by)},
    "problems_found": lambda by: {one.number for one in problems_found(by, "1")},
    "measures_found": lambda by: {one.number for one in measures_found(by, "HE2-M001-01")},
    "petitions_found": lambda by: {one.number for one in petitions_found(by, "D2HE202204120031")},
}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.promise("P3")
def test_the_member_sees_it_the_stranger_the_former_and_the_unconfirmed_do_not_and_the_stand_in_does(
    city: Cast, query: str
) -> None:
    asked, unit = QUERIES[query], city.county
    member, stranger = seat_as(Role.UNIT_APPROVER, unit), seat_as(Role.UNIT_APPROVER, city.office)
    name("HE2-P001", DutyRole.LEAD, unit=unit)
    former, stand_in, waiting = (account_of(seat_as(Role.UNIT_APPROVER, city.office)) for _ in range(3))
    give(former, member, ends_on=TODAY - timedelta(days=1))
    give(waiting, member, by=seat_as(Role.OFFICE_HEAD, city.office))
    give(stand_in, member)

    assert asked(member) != set()
    assert asked(stranger) == asked(scope.actor_for(former, TODAY)) == asked(scope.actor_for(waiting, TODAY)) == set()
    assert asked(scope.actor_for(stand_in, TODAY)) == asked(member)


def give(login: Account, member: Actor, *, ends_on: date = TODAY, by: Actor = ROBOT) -> None:
    """Let somebody stand in for a member from June to a day."""
    held = Appointment.objects.get(pk=member.held[0].appointment)
    appointing.delegate(held, login.person, starts_on=TODAY.replace(month=6), ends_on=ends_on, by=by, at=NOON)


@pytest.mark.teeth("P3")
def test_a_query_that_shows_everything_is_found(city: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = seat_as(Role.UNIT_APPROVER, city.office)

    monkeypatch.setattr(scope, "sees_all", lambda _: True)

    assert all(asked(stranger) != set() for asked in QUERIES.values())
    assert Petition.objects.exists()
