"""The settings as lists: what each is called, its rows, how a row reads, and what is said of one row on a day.

What can be done to a row, and by which form, is the page's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.core import calendar, clock
from bihuan.core.actor import Actor
from bihuan.lib.workdays import Workdays
from bihuan.matters import queries as matters
from bihuan.organisation.queries import scope, staff, structure
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.keeping import GRANT_STANDINGS, KEEPERS, GrantStanding

Cells = list[str]
Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of setting: `rows(city, words)` is its list, whole without words, `cells` how a row reads under its
    `heads`, `facts` what is said of it on a day. `fields` are those that an edit changes.

    `searched`: words narrow its list. `has_day`: its facts depend on the day.
    """

    title: str
    lead: str
    heads: tuple[str, ...]
    rows: Callable[[str, str], Any]
    cells: Callable[[Any], Cells]
    facts: Callable[[Any, date], Facts]
    fields: tuple[str, ...] = ()
    searched: bool = False
    has_day: bool = False


def keeps(by: Actor, name: str) -> bool:
    """Whether this actor opens and changes that kind of setting."""
    return scope.has_role(by, KEEPERS[name])


def lead_of(name: str, by: Actor) -> str:
    """What is said above a list."""
    return REGISTERS[name].lead or _years(by)


def _years(by: Actor) -> str:
    today = clock.today()
    unknown = Workdays(calendar.corrections(by.city)).unknown_years(today, today.replace(year=today.year + 1, day=1))
    said = f"{'、'.join(map(str, unknown))}年按法定节假日推算，调休待公布。" if unknown else ""
    return f"法定节假日和调休已在表中；这里只列改定的日子，已发出的日期不会移动。{said}"


def standing(unit: Any) -> str:
    """Whether a unit is in use, or until which day it was and who took over."""
    if unit.valid_until is None:
        return "在用"
    return f"至 {unit.valid_until}，" + (f"并入{unit.succeeded_by}" if unit.succeeded_by else "停用")


def _unit(unit: Any) -> Cells:
    return [unit.name, unit.kind, unit.region.name, str(unit.parent or ""), standing(unit)]


def _unit_facts(unit: Any, day: date) -> Facts:
    holders = [
        f"{one.post.title} {one.person}({ROLE_LABELS[Role(one.role)]})" for one in staff.answering_on(unit.pk, day)
    ]
    names = [(one.name, one.is_former) for one in unit.names.order_by("pk")]
    return [
        (f"{day} 在任", "；".join(holders) or "没有人在任"),
        ("别名", "、".join(name for name, is_former in names if not is_former) or "没有"),
        ("原名", "、".join(name for name, is_former in names if is_former) or "没有"),
        ("状态", standing(unit)),
    ]


def _people(city: str, words: str) -> Any:
    return staff.with_posts(staff.people_named(city, words) if words else staff.people_in(city), clock.today())


def _person(person: Any) -> Cells:
    return [person.name, "；".join(str(one.post) for one in person.held), person.office_phone]


def _person_facts(person: Any, _: date) -> Facts:
    held = [
        f"{one.starts_on} 至 {one.ends_on or '今'}：{_post_of(one)}{_waits(one)}" for one in staff.posts_of(person.pk)
    ]
    account = getattr(person, "account", None)
    return [("任职", "；".join(held) or "没有任过职"), ("账号", account.username if account else "没有账号")]


def _waits(row: Any) -> str:
    return "" if row.standing == GrantStanding.CONFIRMED else f"，{GRANT_STANDINGS[GrantStanding(row.standing)]}"


def _post_of(row: Any) -> str:
    behalf = f"，代{row.stands_in_for.person}" if row.stands_in_for else ""
    return f"{row.post}({ROLE_LABELS[Role(row.role)]}{behalf})"


def _holders(post: Any) -> str:
    return "、".join(one.person.name for one in post.held)


def _appointment(row: Any) -> Cells:
    until = row.ends_on.isoformat() if row.ends_on else ""
    behalf = f"代{row.stands_in_for.person.name}" if row.stands_in_for else ""
    role, standing = ROLE_LABELS[Role(row.role)], GRANT_STANDINGS[GrantStanding(row.standing)]
    return [row.person.name, str(row.post), role, row.starts_on.isoformat(), until, behalf, standing]


def _appointment_facts(row: Any, _: date) -> Facts:
    stand_ins = row.stand_ins.exclude(standing=GrantStanding.REFUSED).select_related("person")
    standing = [f"{one.person} {one.starts_on} 至 {one.ends_on}{_waits(one)}" for one in stand_ins]
    return [
        ("谁", str(row.person)),
        ("岗位", _post_of(row)),
        ("起止", f"{row.starts_on} 至 {row.ends_on or '今'}"),
        ("任职文号", row.paper_number or "没有填"),
        *([("督察", str(row.inspection))] if row.inspection else []),
        ("授予", _grant_of(row)),
        ("代理人", "；".join(standing) or "没有"),
    ]


def _grant_of(row: Any) -> str:
    """By whom it was granted and confirmed, or how it stands."""
    if row.granted_by is None:
        return "由系统初建"
    if row.standing != GrantStanding.CONFIRMED:
        stuck = staff.deadlock(row, clock.today())
        return f"{row.granted_by}授予，{GRANT_STANDINGS[GrantStanding(row.standing)]}{f'；{stuck}' if stuck else ''}"
    return f"{row.granted_by}授予，{row.confirmed_by}确认"


def _group(group: Any) -> Cells:
    members = "、".join(str(one.person) for one in group.memberships.all() if one.ends_on is None)
    return [group.name, str(group.parent or ""), members or "还没有成员"]


def _members(group: Any, day: date) -> Facts:
    found = [f"{one.title} {one.person}".strip() for one in structure.members_on(group.pk, day)]
    return [(f"{day} 成员", "、".join(found) or "没有成员")]


def _inspection(row: Any) -> Cells:
    feedback = row.feedback_on.isoformat() if row.feedback_on else ""
    return [row.name, row.code, row.level, row.kind, feedback, str(row.rule_set)]


def _rules(row: Any) -> Cells:
    order = "先公示后验收" if row.is_publish_first else "先验收后公示"
    days = (row.decline_days, row.reply_days, row.notice_days, row.due_soon_days, row.tolerance_points)
    return [row.name, order, *map(str, days)]


def _rules_facts(*_: Any) -> Facts:
    return [
        ("注意", "改了参数，已经算出、已经发出的日期不会移动。"),
        ("灯号", "灯号的天数和容差从改的那天起算，全市的灯号随即重算；以前的日子保持原来的灯。"),
    ]


REGISTERS: Mapping[str, Register] = {
    "inspections": Register(
        "督察",
        "几次督察可以并行多年；每件事项属于其中一次。",
        ("名称", "代号", "级别", "类型", "反馈", "规则"),
        lambda city, _: matters.inspections_in(city),
        _inspection,
        lambda row, _: [("代号", f"{row.code}，用在事项编码里，不能改")],
        ("name", "level", "kind", "region", "rule_set", "team", "on_site_from", "on_site_until", "feedback_on"),
    ),
    "rules": Register(
        "规则",
        "天数、容差和先后次序是参数；步骤本身不在这里改。",
        ("名称", "次序", "退回期限", "信访反馈", "公示期", "临期提示", "序时容差"),
        lambda city, _: matters.rule_sets_in(city),
        _rules,
        _rules_facts,
        (
            *("name", "is_publish_first", "decline_days", "reply_days", "notice_days", "notice_counted_as"),
            *("due_soon_days", "due_close_days", "due_close_points", "milestone_missed_days", "tolerance_points"),
            *("report_every", "is_unchanged_approved", "recheck_months", "petitioner_years"),
        ),
    ),
    "units": Register(
        "单位",
        "改名、并入后，旧名仍认得。",
        ("名称", "类别", "行政区域", "上级", "状态"),
        lambda city, words: structure.units_found(city, words) if words else structure.units_in(city),
        _unit,
        _unit_facts,
        ("name", "kind", "region", "parent"),
        searched=True,
        has_day=True,
    ),
    "people": Register(
        "人员",
        "一人一号；没有账号的人也可以任职、担责。",
        ("姓名", "现任", "办公电话"),
        _people,
        _person,
        _person_facts,
        ("name", "office_phone"),
        searched=True,
    ),
    "posts": Register(
        "岗位",
        "单位里的位子；谁坐在上面，由任职写明。",
        ("岗位", "单位", "今天在任"),
        lambda city, words: staff.posts_in(city, words, clock.today()),
        lambda post: [post.title, post.unit.name, _holders(post)],
        lambda post, _: [("今天在任", _holders(post) or "没有人在任")],
        ("title",),
        searched=True,
    ),
    "appointments": Register(
        "任职",
        "谁在哪个岗位、以什么角色、从哪天到哪天。授予要另一个人确认才有效；历史都留着。",
        ("姓名", "岗位", "角色", "起", "止", "代理", "状态"),
        lambda city, words: staff.appointments_named(city, words) if words else staff.appointments_in(city),
        _appointment,
        _appointment_facts,
        searched=True,
    ),
    "groups": Register(
        "工作组",
        "领导小组、办公室和各工作组。",
        ("名称", "上级", "成员"),
        lambda city, _: structure.groups_in(city),
        _group,
        _members,
        ("name", "parent"),
        has_day=True,
    ),
    "calendar": Register(
        "工作日历",
        "",
        ("日期", "这一天", "依据"),
        lambda city, _: calendar.days_in(city),
        lambda one: [one.day.isoformat(), "上班" if one.is_working else "休息", one.note],
        lambda row, _: [("日期", str(row.day))],
        ("is_working", "note"),
    ),
}
