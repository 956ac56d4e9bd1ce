"""Everything that writes people, posts, appointments, delegations and accounts.

Hides who may grant: an appointment that a person grants waits (`granting.confirm_grant`); the system's stands at once.
"""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.lib.pinyin import initials
from bihuan.organisation.models import Account, Appointment, Person, Post, Unit
from bihuan.organisation.queries import delegating, scope, staff, structure
from bihuan.organisation.rules import exclusions
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.keeping import DELEGATED_FOR, GRANTERS, NEVER_DELEGATED, GrantStanding, confirmers_of


@action
def add_person(name: str, *, by: Actor, at: datetime, office_phone: str = "") -> Person:
    """Add a person. Two people may share a name."""
    return audit.create(Person(name=name, initials=initials(name), office_phone=office_phone))


@action
def change_person(
    person: Person, *, by: Actor, at: datetime, note: str = "", seen: int | None = None, **facts: Any
) -> Person:
    """Correct a person's name or office telephone."""
    if "name" in facts:
        facts["initials"] = initials(facts["name"])
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

    Granted by a person it gives nothing until a second one confirms it, and those who may are told. Refuses who may not
    grant, a grant to oneself, an end before the start, an inspector without his inspection, and an account that would
    hold two of the three administrators, or one of them beside any other role, at the same time.
    """
    _refuse_granter(by, GRANTERS, person, "授予角色由安全管理员办理，您不能授予。")
    if role == Role.INSPECTOR and facts.get("inspection") is None and not by.is_system:
        raise Refused("上级督察人员要写明是哪一次督察。")
    return _granted(
        Appointment(person=person, post=post, role=role, starts_on=starts_on, ends_on=ends_on, **facts), by, at
    )


@action
def appoint_to(
    person: Person, unit: Unit, title: str, role: Role, *, by: Actor, at: datetime, **days: Any
) -> Appointment:
    """Appoint a person to a post of that title, made where the unit has none. Refuses as `appoint`."""
    post = Post.objects.filter(unit=unit, title=title).first() or add_post(unit, title, by=by, at=at)
    return appoint(person, post, role, by=by, at=at, **days)


@action
def end_appointment(appointment: Appointment, *, on: date, by: Actor, at: datetime, note: str = "") -> Appointment:
    """End an appointment on a day, and every delegation of it that lasts longer; from the next day it gives nothing.

    Refuses a day before it began, and who may not: roles are withdrawn by whoever grants them.
    """
    is_stand_in = appointment.stands_in_for_id is not None and appointment.until is None
    able = by.is_system or scope.has_role(by, GRANTERS) or (is_stand_in and delegating.may_delegate(by, appointment))
    if not able:
        raise Refused("收回角色由安全管理员办理，您不能收回。")
    if on < appointment.starts_on:
        raise Refused("免职日期早于任职日期。")
    for stand_in in appointment.stand_ins.filter(ends_on__gt=on):
        audit.change(stand_in, starts_on=min(stand_in.starts_on, on), ends_on=on, because=note)
    return audit.amend(appointment, ends_on=on, because=note)


@action
def delegate(
    appointment: Appointment, person: Person, *, starts_on: date, ends_on: date, by: Actor, at: datetime
) -> Appointment:
    """Let a person stand in for an appointment (代理) between two days, within its own days, for 92 days at most.

    A delegation cannot be passed on, and nobody stands in for himself or lets himself stand in. Of an interface and of
    an expert there is none. A unit's head and a county's approver set one in their own units, by somebody of those. It
    waits for its confirmation as any grant; the one stood in for is told.
    """
    _refuse_delegator(by, appointment, person, at)
    _refuse_undelegable(appointment, person, starts_on, ends_on)
    stand_in = Appointment(
        person=person,
        post=appointment.post,
        role=appointment.role,
        starts_on=starts_on,
        ends_on=ends_on,
        stands_in_for=appointment,
        inspection_id=appointment.inspection_id,
    )
    said = f"已请{person}在{starts_on}至{ends_on}代您任{appointment.post}，确认后生效。"
    outbox.tell({appointment.person_id} - {by.person}, said, at=at)
    return _granted(stand_in, by, at)


@action
def open_account(person: Person, username: str, password: str | None, *, by: Actor, at: datetime) -> Account:
    """Give a person a login name. One person, one account. Without a password only a slip lets him in first.

    Refuses who is not the system administrator, a name that is taken, and somebody who has an account.
    """
    if not by.is_system and not scope.has_role(by, (Role.SYSTEM_ADMIN,)):
        raise Refused("账号由系统管理员开，您不能办。")
    if Account.objects.filter(person=person).exists():
        raise Refused(f"{person}已有账号。")
    if Account.objects.filter(username=username).exists():
        raise Refused(f"登录名“{username}”已被使用。")
    return audit.create(Account(person=person, username=username, password=make_password(password)))


def _refuse_granter(by: Actor, allowed: frozenset[Role], person: Person, sentence: str) -> None:
    if by.is_system:
        return
    if not scope.has_role(by, allowed):
        raise Refused(sentence)
    if by.person == person.pk:
        raise Refused("不能给自己授予角色，请由另一位安全管理员办理。")


def _refuse_delegator(by: Actor, appointment: Appointment, person: Person, at: datetime) -> None:
    if by.is_system:
        return
    if objection := NEVER_DELEGATED.get(Role(appointment.role)):
        raise Refused(objection)
    if not delegating.may_delegate(by, appointment):
        raise Refused("设代理由整改办或安全管理员办理，您不能设；本单位的由主要负责人或县审核人设。")
    if by.person == person.pk:
        raise Refused("不能设自己为代理人，请由另一位办理。")
    if not delegating.is_colleague(by, person, day_of(at)):
        raise Refused("代理人要是本单位今天有任职的人；请别的人代理，由整改办设。")


def _refuse_undelegable(appointment: Appointment, person: Person, starts_on: date, ends_on: date) -> None:
    if appointment.stands_in_for_id is not None:
        raise Refused("代理不能再转代理。")
    if person.pk == appointment.person_id:
        raise Refused("不能由本人代理本人。")
    if starts_on < appointment.starts_on or (appointment.ends_on is not None and ends_on > appointment.ends_on):
        raise Refused("代理的起止要在被代理人的任职期内。")
    if appointment.standing != GrantStanding.CONFIRMED:
        raise Refused("这项任职还没有确认，不能代理。")
    if ends_on - starts_on >= DELEGATED_FOR:
        raise Refused(f"代理一次最长{DELEGATED_FOR.days}天；还要接着代理的，到期再设，长期离岗的请换人任职。")


def _granted(appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """Write the appointment: the system's stands at once, a person's waits, and those who may confirm it are told."""
    if appointment.ends_on is not None and appointment.ends_on < appointment.starts_on:
        raise Refused("任职止期早于起期。")
    refuse_excluded(appointment)
    if by.is_system:
        return audit.create(appointment)
    _refuse_twice(appointment)
    _refuse_unless_small(appointment)
    appointment.granted_by_id, appointment.standing = by.person, GrantStanding.WAITING
    audit.create(appointment)
    able = scope.persons_holding(confirmers_of(Role(appointment.role)), by.city, day_of(at))
    said = f"{appointment.person}任{appointment.post}（{ROLE_LABELS[Role(appointment.role)]}）待您确认。"
    outbox.tell(able - {by.person, appointment.person_id}, said, at=at)
    if stuck := staff.deadlock(appointment, day_of(at)):
        outbox.tell({by.person or 0}, f"{appointment.person}任{appointment.post}：{stuck}"[:300], at=at)
    return appointment


def refuse_excluded(asked: Appointment) -> None:
    """Refuse an appointment beside which its person holds one that excludes it on the same day."""
    held = set(standing_beside(asked).values_list("role", flat=True))
    if objection := exclusions.excluded(Role(asked.role), held):
        raise Refused(objection)


def standing_beside(asked: Appointment) -> QuerySet[Appointment]:
    """What its person holds, or is to hold, on one of the same days."""
    others = Appointment.objects.filter(person=asked.person).exclude(standing=GrantStanding.REFUSED)
    beside = others.exclude(pk=asked.pk).exclude(ends_on__lt=asked.starts_on)
    return beside if asked.ends_on is None else beside.filter(starts_on__lte=asked.ends_on)


def _refuse_unless_small(asked: Appointment) -> None:
    """Refuse what only a small office allows, where this one is not."""
    if structure.office_rules(asked.post.city).small_office:
        return
    role, held = Role(asked.role), standing_beside(asked).values_list("role", flat=True)
    if objection := exclusions.too_large(role, held) or exclusions.sits_elsewhere(role, asked.post.unit.kind):
        raise Refused(objection)


def _refuse_twice(asked: Appointment) -> None:
    """Refuse the same role at the same unit for days on which he has it already."""
    same = standing_beside(asked).filter(role=asked.role, post__unit=asked.post.unit_id, until__isnull=True)
    if asked.inspection_id:
        same = same.filter(inspection=asked.inspection_id)
    if asked.stands_in_for_id:
        same = same.filter(stands_in_for=asked.stands_in_for_id)
    twice = same.select_related("post").order_by("starts_on").first()
    if twice is not None:
        days = f"{twice.starts_on} 至 {twice.ends_on or '今'}"
        label = ROLE_LABELS[Role(asked.role)]
        raise Refused(f"{asked.person}在{asked.post.unit}已任{label}（{twice.post.title}，{days}），不用重复授予。")
