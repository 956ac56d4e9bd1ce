"""A role that a person granted gives nothing until a second person confirms it; nobody grants or confirms his own."""

import ast
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.core.outbox import Message
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing, granting, settling
from bihuan.organisation.models import Account, Appointment, Person, Post
from bihuan.organisation.queries import scope, staff, structure
from bihuan.organisation.rules.duties import ADMINISTRATORS, Role
from bihuan.organisation.rules.keeping import confirmers_of
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast, account_of, seat_as
from tests.house.source import trees
from tests.kept import leads_up

LATER = TODAY + timedelta(days=30)


@pytest.fixture
@leads_up
def granter(cast: Cast) -> Actor:
    """The security administrator."""
    return seat_as(Role.SECURITY_ADMIN, cast.office, "安全员")


@pytest.fixture
@leads_up
def everybody(cast: Cast, granter: Actor) -> dict[Role, Actor]:
    """Somebody of the office for each role."""
    return {role: seat_as(role, cast.office) for role in Role}


@pytest.fixture
@leads_up
def hands(cast: Cast) -> list[Account]:
    """Two who grant, one who confirms, and one who keeps the system."""
    roles = (Role.SECURITY_ADMIN, Role.OFFICE_HEAD, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    return [account_of(seat_as(role, cast.office)) for role in roles]


def grant_of(cast: Cast, by: Actor, role: Role = Role.REPORTER, **facts: object) -> Appointment:
    """A role granted to somebody new."""
    person = appointing.add_person("新人", by=ROBOT, at=NOON)
    unit = cast.office if role in ADMINISTRATORS else cast.water
    post = appointing.add_post(unit, f"新岗位{person.pk}", by=ROBOT, at=NOON)
    given: dict = {"starts_on": TODAY, **facts}
    return appointing.appoint(person, post, role, by=by, at=NOON, **given)


def held(grant: Appointment) -> list[str]:
    return [post.role.value for post in scope.held_by(grant.person_id, CITY, TODAY)]


def test_a_grant_gives_nothing_until_a_second_person_confirms_it(cast: Cast, granter: Actor) -> None:
    grant = grant_of(cast, granter)
    before = held(grant), [*staff.answering_on(cast.water.pk, TODAY)]

    granting.confirm_grant(grant, by=cast.wang, at=NOON)

    assert before == ([], [Appointment.objects.get(person_id=cast.zhang.person)])
    assert held(grant) == ["U1"]
    assert grant in staff.answering_on(cast.water.pk, TODAY)
    assert (grant.granted_by_id, grant.confirmed_by_id, grant.confirmed_at) == (granter.person, cast.wang.person, NOON)


def test_what_the_system_makes_stands_at_once(cast: Cast) -> None:
    grant = grant_of(cast, ROBOT)

    assert (held(grant), grant.standing, grant.granted_by) == (["U1"], "confirmed", None)


def test_a_refused_grant_never_gives_anything_and_stands_beside_any_other(cast: Cast, granter: Actor) -> None:
    grant = grant_of(cast, granter)
    granting.refuse_grant(grant, by=cast.wang, at=NOON, note="人不在岗")

    post = Post.objects.filter(unit=cast.office)[0]
    again = appointing.appoint(grant.person, post, Role.AUDIT_ADMIN, starts_on=TODAY, by=granter, at=NOON)

    assert (held(grant), grant.standing, again.standing) == ([], "refused", "waiting")
    assert Message.objects.filter(person_id=granter.person, text__contains="未予确认：人不在岗").exists()
    with pytest.raises(Refused, match="已经确认过或退回过"):
        granting.confirm_grant(grant, by=cast.wang, at=NOON)
    with pytest.raises(IntegrityError, match="三个管理员互斥"), transaction.atomic():
        Appointment.objects.filter(pk=grant.pk).update(standing="waiting")


def test_those_who_may_confirm_are_told_and_then_the_granter_and_the_holder(cast: Cast, granter: Actor) -> None:
    grant = grant_of(cast, granter)
    asked = [*Message.objects.values_list("person_id", flat=True)]

    granting.confirm_grant(grant, by=cast.wang, at=NOON)

    told = {*Message.objects.filter(text__contains="已由王主任确认").values_list("person_id", flat=True)}
    assert asked == [cast.wang.person]
    assert told == {granter.person, grant.person_id}


def test_only_the_security_administrator_grants_and_withdraws(cast: Cast) -> None:
    own = Appointment.objects.get(person_id=cast.zhang.person)
    for by in (cast.wang, cast.chen, cast.zhang, cast.sun, seat_as(Role.SYSTEM_ADMIN, cast.office)):
        with pytest.raises(Refused, match="授予角色由安全管理员办理"):
            grant_of(cast, by)
        with pytest.raises(Refused, match="收回角色由安全管理员办理"):
            appointing.end_appointment(own, on=TODAY, by=by, at=NOON)


def test_the_security_administrator_withdraws_at_once(cast: Cast, granter: Actor) -> None:
    own = Appointment.objects.get(person_id=cast.zhang.person)

    appointing.end_appointment(own, on=TODAY - timedelta(days=1), by=granter, at=NOON)

    assert held(own) == []


def test_the_granter_takes_back_what_nobody_confirmed_and_no_other_granter_does(cast: Cast, granter: Actor) -> None:
    grant, other = grant_of(cast, granter), seat_as(Role.SECURITY_ADMIN, cast.office)

    with pytest.raises(Refused, match="不由您确认"):
        granting.refuse_grant(grant, by=other, at=NOON, note="填错")
    with pytest.raises(Refused, match="请写明不予确认的理由"):
        granting.refuse_grant(grant, by=granter, at=NOON, note=" ")
    granting.refuse_grant(grant, by=granter, at=NOON, note="填错")

    assert grant.standing == "refused"


@pytest.mark.parametrize("role", Role)
def test_every_role_is_confirmed_by_whom_the_table_names_and_by_nobody_else(
    cast: Cast, granter: Actor, everybody: dict[Role, Actor], role: Role
) -> None:
    weighty = {"A1", "A2", "A3", "O1", "L1", "L2"}
    named = {"O1", "L1", "A1"} if role in weighty else {"O1"}
    inspection = make_inspection_for(cast, role)
    grant = grant_of(cast, granter, role, **inspection)
    for one, by in everybody.items():
        if one in named:
            assert grant in staff.grants_to_confirm(by)
            granting.confirm_grant(grant, by=by, at=NOON)
            assert grant.standing == "confirmed"
            grant = grant_of(cast, granter, role, **inspection)
        else:
            assert grant not in staff.grants_to_confirm(by)
            with pytest.raises(Refused, match="不由您确认"):
                granting.confirm_grant(grant, by=by, at=NOON)
            assert held(grant) == []
    assert confirmers_of(role) == named


def make_inspection_for(cast: Cast, role: Role) -> dict[str, object]:
    from tests.makers import make_inspection

    return {"inspection": make_inspection(cast)} if role == Role.INSPECTOR else {}


def test_an_inspector_is_granted_for_one_inspection(cast: Cast, granter: Actor) -> None:
    with pytest.raises(Refused, match="要写明是哪一次督察"):
        grant_of(cast, granter, Role.INSPECTOR)


def test_nobody_grants_to_himself_nor_confirms_his_own_by_page_or_by_sql(cast: Cast, granter: Actor) -> None:
    me = Person.objects.get(pk=granter.person)
    post = Post.objects.filter(unit=cast.office)[0]
    with pytest.raises(Refused, match="不能给自己授予角色"):
        appointing.appoint(me, post, Role.SECURITY_ADMIN, starts_on=LATER, by=granter, at=NOON)
    second = seat_as(Role.OFFICE_HEAD, cast.office)
    grant = appointing.appoint(
        Person.objects.get(pk=second.person), post, Role.REPORTER, starts_on=TODAY, by=granter, at=NOON
    )
    with pytest.raises(Refused, match="授予人和本人都不能确认"):
        granting.confirm_grant(grant, by=second, at=NOON)

    forbidden = (
        {"granted_by_id": grant.person_id},
        {"confirmed_by_id": grant.person_id},
        {"confirmed_by_id": grant.granted_by_id},
        {"standing": "confirmed"},
    )
    for change in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.filter(pk=grant.pk).update(**change)


def test_where_the_only_head_is_the_holder_the_way_out_is_named_and_leads_out(cast: Cast, granter: Actor) -> None:
    wang, post = Person.objects.get(pk=cast.wang.person), Post.objects.filter(unit=cast.office)[0]
    stuck = appointing.appoint(wang, post, Role.PETITION_DESK, starts_on=TODAY, by=granter, at=NOON)
    free = grant_of(cast, granter)
    way = "请安全管理员先授予另一个人整改办主任，或给主任设代理，由第一责任人或系统管理员确认；再由他确认这一项"

    assert way in staff.deadlock(stuck, TODAY)
    assert staff.deadlock(free, TODAY) == ""
    assert Message.objects.filter(person_id=granter.person, text__contains="没有人能确认").count() == 1
    with pytest.raises(Refused, match=way):
        granting.confirm_grant(stuck, by=cast.wang, at=NOON)
    second = grant_of(cast, granter, Role.OFFICE_HEAD)
    granting.confirm_grant(second, by=seat_as(Role.SYSTEM_ADMIN, cast.office), at=NOON)
    login = appointing.open_account(second.person, "second", None, by=ROBOT, at=NOON)
    granting.confirm_grant(stuck, by=scope.actor_for(login, TODAY), at=NOON)
    assert (staff.deadlock(stuck, TODAY), stuck.standing) == ("", "confirmed")


def test_nobody_is_named_who_is_not_there(cast: Cast, granter: Actor) -> None:
    own = Appointment.objects.get(person_id=cast.wang.person)
    appointing.end_appointment(own, on=TODAY - timedelta(days=1), by=ROBOT, at=NOON)
    weighty = grant_of(cast, granter, Role.OFFICE_HEAD)

    assert staff.deadlock(weighty, TODAY).endswith("请先补任其中一位。")


def test_the_same_role_at_the_same_unit_is_not_granted_twice_for_the_same_days(cast: Cast, granter: Actor) -> None:
    first = grant_of(cast, granter, ends_on=LATER)
    other_post = appointing.add_post(cast.water, "另一岗位", by=ROBOT, at=NOON)
    elsewhere = appointing.add_post(cast.farm, "填报", by=ROBOT, at=NOON)

    def again(post: Post, **days: object) -> Appointment:
        given = {"starts_on": LATER, **days}
        return appointing.appoint(first.person, post, Role.REPORTER, by=granter, at=NOON, **given)

    with pytest.raises(
        Refused, match=f"新人在沧县水务局已任填报员（{first.post.title}，{TODAY} 至 {LATER}），不用重复授予"
    ):
        again(other_post)
    assert again(elsewhere).standing == again(other_post, starts_on=LATER + timedelta(days=1)).standing == "waiting"
    granting.refuse_grant(first, by=granter, at=NOON, note="填错")
    assert again(other_post, ends_on=LATER).standing == "waiting"


def test_the_office_rules_are_the_security_administrators(cast: Cast, granter: Actor) -> None:
    defaults = structure.office_rules(CITY)
    with pytest.raises(Refused, match="由安全管理员设定"):
        settling.set_office_rules(small_office=True, by=cast.wang, at=NOON)
    with pytest.raises(Refused, match="时间至少是1"):
        settling.set_office_rules(idle_minutes=0, by=granter, at=NOON)
    with pytest.raises(Refused, match="第二验证只能是"):
        settling.set_office_rules(second_factor="none", by=granter, at=NOON)

    settling.set_office_rules(small_office=True, second_factor="weighty", by=granter, at=NOON)

    now = structure.office_rules(CITY)
    assert (defaults.small_office, defaults.second_factor, defaults.idle_minutes) == (False, "all", 30)
    assert (defaults.admin_idle_minutes, defaults.session_hours) == (15, 12)
    assert (now.small_office, now.second_factor) == (True, "weighty")


def asks_days_alone(tree: ast.Module) -> set[str]:
    """The functions that ask for valid days without asking whether a grant was confirmed."""
    return {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for one in ast.walk(function)
        if isinstance(one, ast.Call) and _called(one.func) == "valid_on"
    }


def _called(function: ast.expr) -> str:
    """What is called, where it is a name or a module's."""
    match function:
        case ast.Name(name) | ast.Attribute(ast.Name("scope"), name):
            return name
    return ""


def test_every_query_of_appointments_asks_whether_they_were_confirmed() -> None:
    found = {name: asks_days_alone(tree) for name, tree in trees("bihuan")}

    assert {name: one for name, one in found.items() if one} == {
        "bihuan/organisation/queries/scope.py": {"_in_force_at"},
        "bihuan/organisation/queries/structure.py": {"members_on"},  # groups: nobody's permission
    }


def test_a_query_that_forgets_to_ask_is_found() -> None:
    planted = "def answering(unit, day):\n    return Appointment.objects.filter(scope.valid_on(day), unit=unit)"

    assert asks_days_alone(ast.parse(planted)) == {"answering"}


PEOPLE = 4
ROLES = (Role.SECURITY_ADMIN, Role.OFFICE_HEAD, Role.SYSTEM_ADMIN, Role.REPORTER, Role.COORDINATION)
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["grant", "grant", "confirm", "confirm", "refuse", "end", "delegate"]),
        st.integers(0, PEOPLE - 1),
        st.integers(0, PEOPLE - 1),
        st.sampled_from(ROLES),
    ),
    min_size=4,
    max_size=14,
)


def attempt(what: str, by: Actor, person: Person, role: Role, post: Post) -> None:
    """One deed of a history; what is refused leaves things as they are."""
    last = Appointment.objects.order_by("-pk")[0]
    try:
        match what:
            case "grant":
                appointing.appoint(person, post, role, starts_on=TODAY, by=by, at=NOON)
            case "confirm":
                granting.confirm_grant(last, by=by, at=NOON)
            case "refuse":
                granting.refuse_grant(last, by=by, at=NOON, note="不")
            case "end":
                appointing.end_appointment(last, on=TODAY, by=by, at=NOON)
            case _:
                appointing.delegate(last, person, starts_on=TODAY, ends_on=LATER, by=by, at=NOON)
    except Refused:
        pass


def self_made(rows: Iterable[Appointment]) -> list[Appointment]:
    """Of these roles in force, those that one person alone brought about, or the holder had a hand in."""
    return [
        row
        for row in rows
        if row.granted_by_id is not None and len({row.person_id, row.granted_by_id, row.confirmed_by_id, None}) < 4
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=DEEDS)
@pytest.mark.promise("P6")
def test_no_history_ends_with_a_role_that_somebody_gave_himself(
    cast: Cast, hands: list[Account], history: list[tuple]
) -> None:
    with transaction.atomic():
        post = Post.objects.filter(unit=cast.office)[0]
        for what, who, whom, role in history:
            by = scope.actor_for(Account.objects.get(pk=hands[who].pk), TODAY)
            attempt(what, by, Person.objects.get(pk=hands[whom].person_id), role, post)
        found = self_made(Appointment.objects.filter(scope.in_force(TODAY)))
        transaction.set_rollback(True)

    assert found == []


@pytest.mark.teeth("P6")
def test_a_role_of_ones_own_making_is_found() -> None:
    hands = [(1, 2, 3), (1, 1, 3), (1, 2, 1), (1, 2, 2), (1, 2, None), (1, None, None)]
    rows = [Appointment(person_id=who, granted_by_id=one, confirmed_by_id=two) for who, one, two in hands]

    assert self_made(rows) == rows[1:5]


@pytest.mark.teeth("P6")
def test_an_action_that_forgets_to_ask_is_stopped_by_the_database(
    cast: Cast, granter: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appointing, "_refuse_granter", lambda *_: None)
    monkeypatch.setattr(appointing, "_refuse_twice", lambda *_: None)
    monkeypatch.setattr(granting, "_refuse_confirmer", lambda *_: None)
    me, post = Person.objects.get(pk=granter.person), Post.objects.filter(unit=cast.office)[0]
    with pytest.raises(Overtaken):
        appointing.appoint(me, post, Role.SECURITY_ADMIN, starts_on=TODAY, by=granter, at=NOON)

    with pytest.raises(Overtaken):
        granting.confirm_grant(grant_of(cast, granter), by=granter, at=NOON)
