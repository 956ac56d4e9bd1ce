"""Standing in (代理): who sets it for whom, how long it lasts, what never; it waits as any grant does."""

from datetime import timedelta

import pytest

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.outbox import Message
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing, granting
from bihuan.organisation.models import Appointment, Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from tests.actions.test_grants import LATER, grant_of, granter, held
from tests.cast import CITY, NOON, ROBOT, TODAY, Cast, account_of, seat_as

__all__ = ["granter"]  # the fixture, by its name

DAYS = {"starts_on": TODAY, "ends_on": LATER, "at": NOON}


def test_a_delegation_waits_as_any_grant_and_is_not_passed_on(cast: Cast, granter: Actor) -> None:
    own = Appointment.objects.get(person_id=cast.zhang.person)
    other = Person.objects.get(pk=cast.qian.person)
    days = {"starts_on": TODAY, "ends_on": LATER, "at": NOON}
    with pytest.raises(Refused, match="设代理由整改办或安全管理员办理"):
        appointing.delegate(own, other, by=cast.li, **days)
    stand_in = appointing.delegate(own, other, by=cast.chen, **days)
    before = held(stand_in)
    granting.confirm_grant(stand_in, by=cast.wang, at=NOON)
    with pytest.raises(Refused, match="还没有确认"):
        appointing.delegate(grant_of(cast, granter), other, by=cast.chen, **days)

    post = next(one for one in scope.held_by(cast.qian.person or 0, CITY, TODAY) if one.behalf)
    assert (before, held(stand_in), post.behalf) == (["U2"], ["U2", "U2"], "张工")
    with pytest.raises(Refused, match="代理不能再转代理"):
        appointing.delegate(stand_in, Person.objects.get(pk=cast.li.person), by=cast.chen, **days)
    by = scope.actor_for(account_of(cast.qian), TODAY).acting_in(post.appointment, post.post, post.behalf)
    appointing.end_appointment(stand_in, on=TODAY, by=cast.chen, at=NOON)
    appointing.add_person("某", by=by, at=NOON)
    last = Entry.objects.order_by("-number")[0]
    assert (last.name, last.behalf) == ("钱某", "张工")


def test_a_units_head_lets_a_colleague_stand_in_and_nobody_from_outside(cast: Cast) -> None:
    head = seat_as(Role.UNIT_HEAD, cast.water, "局长")
    colleague = Person.objects.get(pk=seat_as(Role.REPORTER, cast.water, "填报的").person)
    own = Appointment.objects.get(person_id=cast.zhang.person)
    others = Appointment.objects.get(person_id=cast.li.person)

    with pytest.raises(Refused, match="设代理由整改办或安全管理员办理，您不能设"):
        appointing.delegate(others, colleague, by=head, **DAYS)
    with pytest.raises(Refused, match="代理人要是本单位今天有任职的人"):
        appointing.delegate(own, Person.objects.get(pk=cast.qian.person), by=head, **DAYS)
    with pytest.raises(Refused, match="不能设自己为代理人"):
        appointing.delegate(own, Person.objects.get(pk=head.person), by=head, **DAYS)
    stand_in = appointing.delegate(own, colleague, by=head, **DAYS)
    granting.confirm_grant(stand_in, by=cast.wang, at=NOON)

    assert held(stand_in) == ["U1", "U2"]
    assert Message.objects.filter(person_id=cast.zhang.person, text__contains="代您任").exists()
    with pytest.raises(Refused, match="收回角色由安全管理员办理"):
        appointing.end_appointment(stand_in, on=TODAY, by=cast.li, at=NOON)
    appointing.end_appointment(stand_in, on=TODAY, by=head, at=NOON)
    with pytest.raises(Refused, match="收回角色由安全管理员办理"):
        appointing.end_appointment(own, on=TODAY, by=head, at=NOON)


def test_a_countys_approver_does_so_for_its_office_alone(cast: Cast) -> None:
    approver = seat_as(Role.COUNTY_APPROVER, cast.county, "县审")
    clerk = Appointment.objects.get(person_id=seat_as(Role.COUNTY_CLERK, cast.county, "县办").person)
    other = Person.objects.get(pk=seat_as(Role.UNIT_APPROVER, cast.county, "县单位").person)
    unit = Appointment.objects.get(person=other)

    assert appointing.delegate(clerk, other, by=approver, **DAYS).standing == "waiting"
    with pytest.raises(Refused, match="您不能设"):
        appointing.delegate(unit, clerk.person, by=approver, **DAYS)


def test_how_long_one_stands_in_and_for_whom_never(cast: Cast, granter: Actor) -> None:
    own = Appointment.objects.get(person_id=cast.zhang.person)
    other = Person.objects.get(pk=cast.qian.person)
    guard = Appointment.objects.get(person_id=granter.person)
    for days in (93, 400):
        with pytest.raises(Refused, match="代理一次最长92天"):
            appointing.delegate(
                own, other, by=cast.chen, at=NOON, starts_on=TODAY, ends_on=TODAY + timedelta(days=days)
            )
    last = TODAY + timedelta(days=91)
    assert appointing.delegate(own, other, by=cast.chen, at=NOON, starts_on=TODAY, ends_on=last).ends_on == last
    for role, sentence in ((Role.MACHINE, "接口账号不能设代理"), (Role.ACCEPTANCE_EXPERT, "是本人的意见")):
        special = Appointment.objects.get(person_id=seat_as(role, cast.office).person)
        with pytest.raises(Refused, match=sentence):
            appointing.delegate(special, other, by=granter, **DAYS)
    with pytest.raises(Refused, match="您不能设"):
        appointing.delegate(guard, appointing.add_person("空闲", by=ROBOT, at=NOON), by=cast.wang, **DAYS)
