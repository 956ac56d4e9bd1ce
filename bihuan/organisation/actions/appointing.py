"""Everything that writes people, posts, appointments, delegations and accounts."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import organising
from bihuan.organisation.models import Account, Appointment, Person, Post, Unit
from bihuan.organisation.rules.duties import ADMINISTRATORS, Role


@action
def add_person(name: str, *, by: Actor, at: datetime, office_phone: str = "") -> Person:
    """Add a person. Two people may share a name."""
    return audit.create(Person(name=name, initials=organising.initials(name), office_phone=office_phone))


@action
def change_person(
    person: Person, *, by: Actor, at: datetime, note: str = "", seen: int | None = None, **facts: Any
) -> Person:
    """Correct a person's name or office telephone."""
    if "name" in facts:
        facts["initials"] = organising.initials(facts["name"])
    return audit.amend(person, seen=seen, because=note, **facts)


@action
def add_post(unit: Unit, title: str, *, by: Actor, at: datetime) -> Post:
    """Add a post to a unit."""
    if Post.objects.filter(unit=unit, title=title).exists():
        raise Refused(f"{unit}已有岗位“{title}”。")
    return audit.create(Post(unit=unit, title=title))


@action
def change_post(post: Post, *, by: Actor, at: datetime, note: str = "", seen: int | None = None, title: str) -> Post:
    """Call a post otherwise. Refuses a title that the unit has already."""
    if title != post.title and Post.objects.filter(unit=post.unit_id, title=title).exists():
        raise Refused(f"{post.unit}已有岗位“{title}”。")
    return audit.amend(post, seen=seen, because=note, title=title)


@action
def appoint(
    person: Person,
    post: Post,
    role: Role,
    *,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
    **facts: Any,
) -> Appointment:
    """Appoint a person to a post in a principal's role, from a day on.

    Refuses an end before the start, and an account that would hold two of the three administrators, or one of them
    beside any other role, at the same time.
    """
    if ends_on is not None and ends_on < starts_on:
        raise Refused("任职止期早于起期。")
    _refuse_excluded(person, role, starts_on, ends_on)
    return audit.create(Appointment(person=person, post=post, role=role, starts_on=starts_on, ends_on=ends_on, **facts))


@action
def appoint_to(
    person: Person, unit: Unit, title: str, role: Role, *, by: Actor, at: datetime, **days: Any
) -> Appointment:
    """Appoint a person to a post of that title, made where the unit has none. Refuses as `appoint`."""
    post = Post.objects.filter(unit=unit, title=title).first() or add_post(unit, title, by=by, at=at)
    return appoint(person, post, role, by=by, at=at, **days)


@action
def end_appointment(appointment: Appointment, *, on: date, by: Actor, at: datetime, note: str = "") -> Appointment:
    """End an appointment on a day, and every delegation of it that lasts longer; from the next day it gives nothing."""
    if on < appointment.starts_on:
        raise Refused("免职日期早于任职日期。")
    for stand_in in appointment.stand_ins.filter(ends_on__gt=on):
        audit.change(stand_in, starts_on=min(stand_in.starts_on, on), ends_on=on, because=note)
    return audit.amend(appointment, ends_on=on, because=note)


@action
def delegate(
    appointment: Appointment, person: Person, *, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Appointment:
    """Let a person stand in for an appointment (代理) between two days, within its own days.

    A delegation cannot be passed on, and nobody stands in for himself.
    """
    if appointment.stands_in_for_id is not None:
        raise Refused("代理不能再转代理。")
    if person.pk == appointment.person_id:
        raise Refused("不能由本人代理本人。")
    if starts_on < appointment.starts_on or (appointment.ends_on is not None and ends_on > appointment.ends_on):
        raise Refused("代理的起止要在被代理人的任职期内。")
    return appoint(
        person,
        appointment.post,
        Role(appointment.role),
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        at=at,
        stands_in_for=appointment,
    )


@action
def open_account(person: Person, username: str, password: str | None, *, by: Actor, at: datetime) -> Account:
    """Give a person a login name. One person, one account. Without a password only a slip lets him in first."""
    if Account.objects.filter(username=username).exists():
        raise Refused(f"登录名“{username}”已被使用。")
    return audit.create(Account(person=person, username=username, password=make_password(password)))


def _refuse_excluded(person: Person, role: Role, starts_on: date, ends_on: date | None) -> None:
    beside = Appointment.objects.filter(person=person).exclude(ends_on__lt=starts_on)
    if ends_on is not None:
        beside = beside.filter(starts_on__lte=ends_on)
    held = set(beside.values_list("role", flat=True)) - {role}
    if held and (role in ADMINISTRATORS or held & ADMINISTRATORS):
        raise Refused("系统、安全、审计三个管理员互斥，也不能兼任业务角色。")
