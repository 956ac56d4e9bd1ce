"""Principals, duties and capacities: how an appointment and a matter's duties become "may take this step".

Hides the table that grants each capacity. A `Role` comes with an appointment, a `DutyRole` stands on a matter, and a
`Capacity` is what a lifecycle's row asks for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """The principals (docs/permissions.md says what each may do)."""

    SYSTEM_ADMIN = "A1"
    SECURITY_ADMIN = "A2"
    AUDIT_ADMIN = "A3"
    OFFICE_HEAD = "O1"
    COORDINATION = "O2"
    SUPERVISION = "O3"
    ACCOUNTABILITY = "O4"
    PUBLICITY = "O5"
    PETITION_DESK = "O6"
    FIRST_RESPONSIBLE = "L1"
    CASE_LEADER = "L2"
    REPORTER = "U1"
    UNIT_APPROVER = "U2"
    UNIT_HEAD = "U3"
    COUNTY_CLERK = "C1"
    COUNTY_APPROVER = "C2"
    ACCEPTANCE_CLERK = "V1"
    ACCEPTANCE_EXPERT = "V2"
    FIELD_SUPERVISOR = "F1"
    DISCIPLINE_LIAISON = "D1"
    INSPECTOR = "X1"
    MACHINE = "X2"


ROLE_LABELS = {
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.OFFICE_HEAD: "整改办主任",
    Role.COORDINATION: "综合协调组",
    Role.SUPERVISION: "整改督办组",
    Role.ACCOUNTABILITY: "责任追究组",
    Role.PUBLICITY: "信息宣传组",
    Role.PETITION_DESK: "信访专员",
    Role.FIRST_RESPONSIBLE: "第一责任人",
    Role.CASE_LEADER: "包案领导",
    Role.REPORTER: "填报员",
    Role.UNIT_APPROVER: "单位审核人",
    Role.UNIT_HEAD: "单位主要负责人",
    Role.COUNTY_CLERK: "县整改办经办",
    Role.COUNTY_APPROVER: "县整改办审核人",
    Role.ACCEPTANCE_CLERK: "验收单位经办",
    Role.ACCEPTANCE_EXPERT: "验收专家",
    Role.FIELD_SUPERVISOR: "现场核查员",
    Role.DISCIPLINE_LIAISON: "纪委监委联络员",
    Role.INSPECTOR: "上级督察(只读)",
    Role.MACHINE: "接口账号",
}


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""Exclusive of each other and of every other role on the same day; the database holds it too (core/triggers.py)."""

GUARDS = (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
"""Who is told when somebody tries to get in, or a way in was made."""

PEOPLE = frozenset(Role) - {Role.MACHINE}
"""Who logs in and opens pages at all; an interface's account never does."""

BUSINESS = PEOPLE - ADMINISTRATORS
"""Who has to do with the matters themselves; the administrators keep out of them."""


class DutyRole(StrEnum):
    """What a unit or a person answers for on a matter."""

    FIRST_RESPONSIBLE = "first_responsible"
    CASE_LEADER = "case_leader"
    DEPUTY = "deputy"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORTING = "supporting"
    SUPERVISING = "supervising"
    ACCEPTING = "accepting"
    PERSON = "person"
    LIAISON = "liaison"


DUTY_LABELS = {
    DutyRole.FIRST_RESPONSIBLE: "第一责任人",
    DutyRole.CASE_LEADER: "包案领导",
    DutyRole.DEPUTY: "分管负责同志",
    DutyRole.LEAD: "牵头单位",
    DutyRole.RESPONSIBLE: "责任单位",
    DutyRole.SUPPORTING: "配合单位",
    DutyRole.SUPERVISING: "督导单位",
    DutyRole.ACCEPTING: "验收单位",
    DutyRole.PERSON: "具体责任人",
    DutyRole.LIAISON: "联络员",
}


class Capacity(StrEnum):
    """In what capacity somebody acts on one matter; the `who` of a lifecycle's row."""

    OFFICE = "office"
    SUPERVISION = "supervision"
    OFFICE_HEAD = "office_head"
    PUBLICITY = "publicity"
    PETITION_DESK = "petition_desk"
    LEADING_GROUP = "leading_group"
    REPORTING = "reporting"
    LEAD = "lead"
    LEAD_HEAD = "lead_head"
    RESPONSIBLE = "responsible"
    COUNTY_CLERK = "county_clerk"
    COUNTY = "county"
    ACCEPTING = "accepting"
    FIELD = "field"
    CONSEQUENCE = "consequence"


CAPACITY_LABELS = {
    Capacity.OFFICE: "市整改办(综合协调)",
    Capacity.SUPERVISION: "市整改办(整改督办)",
    Capacity.OFFICE_HEAD: "市整改办主任",
    Capacity.PUBLICITY: "信息宣传组",
    Capacity.PETITION_DESK: "信访专员",
    Capacity.LEADING_GROUP: "领导小组",
    Capacity.REPORTING: "填报员",
    Capacity.LEAD: "牵头单位审核人",
    Capacity.LEAD_HEAD: "牵头单位主要负责人",
    Capacity.RESPONSIBLE: "责任(承办)单位审核人",
    Capacity.COUNTY_CLERK: "县整改办经办",
    Capacity.COUNTY: "县整改办审核人",
    Capacity.ACCEPTING: "验收单位",
    Capacity.FIELD: "现场核查员",
    Capacity.CONSEQUENCE: "系统(随其他步骤)",
}


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment valid now: its role, the ids of its unit and of all units below, and how it is called.

    `behalf` names the person it stands in for, if it is a delegation. `unit` and `seat` are its own unit and post;
    `bearer` the person whose cases it shows; `regions` the ground of its county; `is_top` says that its unit is the
    leading group; `inspection` bounds it; from `until` on, within its last day, it gives nothing. The approval of the
    county of `counties`, units all of them, falls to it: the office is small and the county has no approver.
    """

    role: Role
    units: frozenset[int]
    appointment: int = 0
    post: str = ""
    behalf: str = ""
    unit: int = 0
    seat: int = 0
    bearer: int = 0
    regions: frozenset[int] = frozenset()
    is_top: bool = False
    inspection: int | None = None
    until: datetime | None = None
    counties: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answering:
    """A duty on the matter: which role, which unit."""

    role: DutyRole
    unit: int | None


CITY_WIDE = {
    Role.OFFICE_HEAD: Capacity.OFFICE_HEAD,
    Role.COORDINATION: Capacity.OFFICE,
    Role.SUPERVISION: Capacity.SUPERVISION,
    Role.PUBLICITY: Capacity.PUBLICITY,
    Role.PETITION_DESK: Capacity.PETITION_DESK,
}
BY_DUTY = {
    (Role.REPORTER, DutyRole.LEAD): Capacity.REPORTING,
    (Role.REPORTER, DutyRole.RESPONSIBLE): Capacity.REPORTING,
    (Role.UNIT_APPROVER, DutyRole.LEAD): Capacity.LEAD,
    (Role.UNIT_HEAD, DutyRole.LEAD): Capacity.LEAD_HEAD,
    (Role.UNIT_APPROVER, DutyRole.RESPONSIBLE): Capacity.RESPONSIBLE,
    (Role.ACCEPTANCE_CLERK, DutyRole.ACCEPTING): Capacity.ACCEPTING,
    (Role.FIELD_SUPERVISOR, DutyRole.SUPERVISING): Capacity.FIELD,
}


def possible(held: Iterable[Held]) -> frozenset[Capacity]:
    """The capacities in which somebody with these appointments acts on some matter or other."""
    roles = {post.role for post in held}
    by_duty = {capacity for (role, _), capacity in BY_DUTY.items() if role in roles}
    return frozenset({CITY_WIDE[role] for role in roles & CITY_WIDE.keys()} | by_duty)


def capacities(held: Iterable[Held], answering: Iterable[Answering], leading_group: int | None) -> frozenset[Capacity]:
    """The capacities in which somebody with these appointments may act on a matter with these duties.

    A first responsible person of the unit `leading_group` acts for the leading group. A county's approver acts for the
    county where a unit below his own answers for the matter; so does whom a county without one falls to.
    """
    duties = tuple(answering)
    granted: set[Capacity] = set()
    for post in held:
        if post.role in CITY_WIDE:
            granted.add(CITY_WIDE[post.role])
        if post.role == Role.FIRST_RESPONSIBLE and leading_group in post.units:
            granted.add(Capacity.LEADING_GROUP)
        for duty in duties:
            granted.update(_by_duty(post, duty))
    return frozenset(granted)


def _by_duty(post: Held, duty: Answering) -> Iterator[Capacity]:
    """The capacities that one appointment has by one duty on the matter."""
    is_own = duty.unit in post.units
    if is_own and (post.role, duty.role) in BY_DUTY:
        yield BY_DUTY[post.role, duty.role]
    if is_own and post.role == Role.COUNTY_CLERK:
        yield Capacity.COUNTY_CLERK
    if duty.unit in post.counties or (is_own and post.role == Role.COUNTY_APPROVER):
        yield Capacity.COUNTY
