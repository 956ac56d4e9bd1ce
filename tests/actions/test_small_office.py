"""The small office (小整改办): what it allows, what falls to the city, and what stays two persons all the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.vault import Secret
from bihuan.disclosure.rules.release import RELEASE
from bihuan.lib.flow import Flow, Refused
from bihuan.matters.models import Round
from bihuan.organisation.actions import appointing, granting, settling
from bihuan.organisation.models import Account, Appointment, Person, Post
from bihuan.organisation.queries import hands, scope, small
from bihuan.organisation.rules import chain
from bihuan.organisation.rules.duties import Answering, Capacity, DutyRole, Role
from bihuan.petitioners.actions import keeping, reading
from bihuan.petitions import actions as petitions
from bihuan.petitions.actions import stepping
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.plan import PLAN
from bihuan.rectification.rules.problem import PROBLEM
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast, account_of, seat_as
from tests.house.put import stand
from tests.makers import make_batch, make_inspection, make_other, make_petition, write

LATER = TODAY + timedelta(days=30)


@pytest.fixture
def granter(cast: Cast) -> Actor:
    """The security administrator."""
    return seat_as(Role.SECURITY_ADMIN, cast.office, "安全员")


def be_small(by: Actor, *, is_small: bool = True) -> None:
    settling.set_office_rules(small_office=is_small, by=by, at=NOON)


def grant(by: Actor, person: Person, post: object, role: Role, **days: object) -> Appointment:
    return appointing.appoint(person, post, role, by=by, at=NOON, **{"starts_on": TODAY, **days})


@pytest.mark.parametrize(
    ("one", "other"), [(Role.COORDINATION, Role.SUPERVISION), (Role.ACCOUNTABILITY, Role.PETITION_DESK)]
)
def test_two_groups_in_one_person_only_in_a_small_office(cast: Cast, granter: Actor, one: Role, other: Role) -> None:
    own = Appointment.objects.get(person_id=seat_as(one, cast.office).person)
    with pytest.raises(Refused, match="由两个人担任；确实只有一个人的，请安全管理员先在“安全规则”里设为小整改办"):
        grant(granter, own.person, own.post, other)
    be_small(granter)
    both = grant(granter, own.person, own.post, other)
    granting.confirm_grant(both, by=cast.wang, at=NOON)

    assert {post.role for post in scope.held_by(own.person_id, CITY, TODAY)} == {one, other}
    with pytest.raises(Refused, match=f"还有人按小整改办任职：{own.person}"):
        be_small(granter, is_small=False)
    appointing.end_appointment(both, on=TODAY, by=granter, at=NOON)
    settling.set_office_rules(small_office=False, by=granter, at=NOON + timedelta(days=1))
    assert scope.held_by(own.person_id, CITY, LATER)[0].role == one


def test_an_administrator_from_another_unit_only_in_a_small_office(cast: Cast, granter: Actor) -> None:
    person = appointing.add_person("信息中心的人", by=ROBOT, at=NOON)
    post = appointing.add_post(cast.water, "信息化", by=ROBOT, at=NOON)
    with pytest.raises(Refused, match="管理员由整改办的人担任"):
        grant(granter, person, post, Role.SYSTEM_ADMIN)
    be_small(granter)

    assert grant(granter, person, post, Role.SYSTEM_ADMIN).standing == "waiting"
    assert small.serving_by_leave(CITY, TODAY) == ["信息中心的人(沧县水务局，系统管理员)"]


def able(by: Actor, unit: int) -> frozenset[Capacity]:
    return scope.capacities(by, [Answering(DutyRole.RESPONSIBLE, unit)])


def test_a_county_without_an_approver_falls_to_the_citys_supervisors_and_the_trail_says_so(
    cast: Cast, granter: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = account_of(seat_as(Role.SUPERVISION, cast.office, "督办员"))
    other = seat_as(Role.COORDINATION, cast.office)
    petition = make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120030")
    petitions.assign_petition(petition, [cast.county], by=cast.chen, at=NOON)
    part = Undertaking.objects.get(petition=petition)
    make_other(part, state="county_review")
    open_step(monkeypatch, UNDERTAKING, "county_return")
    before = able(scope.actor_for(officer, TODAY), cast.county.pk)
    be_small(granter)
    by = scope.actor_for(officer, TODAY)
    told = scope.persons_meant("county", [Answering(DutyRole.RESPONSIBLE, cast.county.pk)], CITY, TODAY)

    petitions.move_undertaking(part, "county_return", by=by, at=NOON, note="补材料")

    assert Capacity.COUNTY not in before
    assert (Capacity.COUNTY in able(by, cast.county.pk), Capacity.COUNTY in able(other, cast.county.pk)) == (
        True,
        False,
    )
    assert told == {officer.person_id}
    last = Entry.objects.filter(step="county_return").order_by("-number")[0]
    assert last.post.endswith("·代县整改办审核(小整改办)")


def test_a_county_with_an_approver_keeps_its_own_step(cast: Cast, granter: Actor) -> None:
    officer = account_of(seat_as(Role.SUPERVISION, cast.office, "督办员"))
    seat_as(Role.COUNTY_APPROVER, cast.county)
    be_small(granter)
    by = scope.actor_for(officer, TODAY)

    assert [Capacity.COUNTY in able(by, unit.pk) for unit in (cast.county, cast.neighbour)] == [False, True]


def open_step(monkeypatch: pytest.MonkeyPatch, flow: Flow, name: str) -> None:
    """Let a step be taken whose facts nobody gathers yet."""
    moves = tuple(replace(move, awaits="", conditions=()) if move.name == name else move for move in flow.moves)
    monkeypatch.setattr(stepping if flow is PETITION else petitions, flow.name.upper(), replace(flow, moves=moves))


@pytest.fixture
def county_approved(cast: Cast, granter: Actor, monkeypatch: pytest.MonkeyPatch) -> tuple[Petition, Account]:
    """A petition that one person, who supervises and coordinates, approved for a county without an approver."""
    login = account_of(seat_as(Role.SUPERVISION, cast.office, "一人两组"))
    post = Appointment.objects.get(person=login.person).post
    appointing.appoint(login.person, post, Role.COORDINATION, starts_on=TODAY, by=ROBOT, at=NOON)
    be_small(granter)
    open_step(monkeypatch, UNDERTAKING, "county_approve")
    open_step(monkeypatch, PETITION, "approve")
    petition = make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120030")
    petitions.assign_petition(petition, [cast.county], by=cast.chen, at=NOON)
    part = make_other(Undertaking.objects.get(petition=petition), state="county_review")
    petitions.move_undertaking(part, "county_approve", by=scope.actor_for(login, TODAY), at=NOON)
    stand(petition.matter, "city_review")
    return petition, login


@pytest.mark.promise("P6")
def test_who_approved_for_the_county_does_not_approve_for_the_city(
    cast: Cast, county_approved: tuple[Petition, Account]
) -> None:
    petition, login = county_approved
    with pytest.raises(Refused, match="这件事的县级审核是您办的，市级审核要由另一个人办"):
        petitions.move_petition(petition, "approve", by=scope.actor_for(login, TODAY), at=NOON)

    petitions.move_petition(petition, "approve", by=cast.wang, at=NOON)

    assert Petition.objects.get(pk=petition.pk).matter.state == "answered"


@pytest.mark.teeth("P6")
def test_without_the_chain_one_hand_would_do_both(
    county_approved: tuple[Petition, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    petition, login = county_approved
    monkeypatch.setattr(hands, "refuse_same_hand", lambda *_: None)

    petitions.move_petition(petition, "approve", by=scope.actor_for(login, TODAY), at=NOON)

    taken = dict(hands.links_taken(petition.matter.code, CITY))
    assert taken == {"county": login.person_id, "city": login.person_id}


def test_a_new_round_begins_a_new_chain(county_approved: tuple[Petition, Account]) -> None:
    petition, login = county_approved
    write([Round(matter=petition.matter, number=2, state="city_review")], by=ROBOT, at=NOON)
    make_other(petition.matter, round_number=2)

    petitions.move_petition(petition, "approve", by=scope.actor_for(login, TODAY), at=NOON)

    assert hands.links_taken(petition.matter.code, CITY) == [("city", login.person_id)] * 2


def test_the_chain_names_steps_that_there_are() -> None:
    flows = {"problem": PROBLEM["accept_first"], "measure": MEASURE, "petition": PETITION, "undertaking": UNDERTAKING}
    flows |= {"release": RELEASE, "plan": PLAN[True]}

    assert {
        (flow, step) for flow, steps in chain.LINKS.items() for step in steps if not flows[flow].rows(step)
    } == set()
    assert {one for steps in chain.LINKS.values() for one in steps.values()} == chain.LABELS.keys()


@pytest.mark.parametrize("is_small", [False, True])
def test_whatever_the_office_two_persons_stay_two(cast: Cast, granter: Actor, *, is_small: bool) -> None:
    be_small(granter, is_small=is_small)
    me = Person.objects.get(pk=granter.person)
    post = Post.objects.filter(unit=cast.office)[0]
    with pytest.raises(Refused, match="三个管理员互斥"):
        grant(granter, Person.objects.get(pk=cast.chen.person), post, Role.AUDIT_ADMIN)
    with pytest.raises(Refused, match="不能给自己授予角色"):
        grant(granter, me, post, Role.REPORTER)
    own = Appointment.objects.get(person_id=seat_as(Role.PETITION_DESK, cast.office).person)
    waiting = grant(granter, own.person, own.post, Role.OFFICE_HEAD)
    with pytest.raises(Refused, match="授予人和本人都不能确认"):
        granting.confirm_grant(waiting, by=replace(cast.wang, person=own.person_id), at=NOON)


def test_who_asks_to_open_a_petitioner_never_consents_in_a_small_office_either(cast: Cast, granter: Actor) -> None:
    be_small(granter)
    desk = account_of(seat_as(Role.PETITION_DESK, cast.office))
    post = Appointment.objects.get(person=desk.person).post
    appointing.appoint(desk.person, post, Role.OFFICE_HEAD, starts_on=TODAY, by=ROBOT, at=NOON)
    by = scope.actor_for(desk, TODAY)
    petition = make_petition(cast, make_batch(make_inspection(cast)), "D2HE202204120030")
    keeping.record_identity(petition, {"name": Secret("甲某")}, by=by, at=NOON)
    opening = reading.ask_opening(petition, ["name"], "verify", "核实", is_kin=True, by=by, at=NOON)

    with pytest.raises(Refused, match="自己提出的，不能由自己批准"):
        reading.decide_opening(opening, "agree", by=by, at=NOON)
