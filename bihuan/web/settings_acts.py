"""What can be done to one row of each kind of setting, declared: the forms, what stands beside them, the actions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bihuan.core import calendar, clock
from bihuan.core.actor import Actor
from bihuan.gate import policy
from bihuan.matters import actions as matter_actions
from bihuan.matters import queries as matters
from bihuan.organisation.actions import appointing, granting, organising
from bihuan.organisation.queries import staff, structure
from bihuan.organisation.rules.duties import PEOPLE, ROLE_LABELS, Role
from bihuan.organisation.rules.keeping import DELEGATORS, GRANTERS, NEVER_DELEGATED, STANDINGS, Standing
from bihuan.web import settings_forms as forms
from bihuan.web.directory import matters_of
from bihuan.web.settings import standing

Facts = list[tuple[str, list[Any]]]


def _always(_: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do to a row: its form, and the action that takes the row, what was filled in, `by`, `at`, `key`.

    An edit begins with the row's own values and is held to the version that was seen. `chosen` narrows a choice of the
    form to what belongs to the row: {field: row → the choices}. `who`, of those who open the row, may do it.
    """

    name: str
    head: str
    form: Any
    button: str
    done: str
    run: Callable[..., Any]
    is_edit: bool = False
    is_open: Callable[[Any], bool] = _always
    who: frozenset[Role] = PEOPLE
    chosen: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: where it is found, what is said beside its forms on a day, and what can be done to it."""

    rows: Callable[[str], Any]
    facts: Callable[[Any, date, Actor], Facts]
    acts: tuple[Act, ...]
    has_day: bool = False


def _edit(form: Any, run: Callable[..., Any]) -> Act:
    return Act("edit", "修改", form, "存下", "已存下。", run, is_edit=True)


def _unit_facts(unit: Any, day: date, by: Actor) -> Facts:
    holders = [
        f"{one.post.title} {one.person}({ROLE_LABELS[Role(one.role)]})" for one in staff.answering_on(unit.pk, day)
    ]
    names = [(one.name, one.is_former) for one in unit.names.order_by("pk")]
    return [
        (f"{day} 在任", ["；".join(holders) or "没有人在任"]),
        ("别名", ["、".join(name for name, is_former in names if not is_former) or "没有"]),
        ("原名", ["、".join(name for name, is_former in names if is_former) or "没有"]),
        ("状态", [standing(unit)]),
        *([("事项", matters_of(unit.name))] if policy.opens("ledger_list", by) else []),
    ]


def _posts(person: Any, _: date, __: Actor) -> Facts:
    held = [
        f"{one.starts_on} 至 {one.ends_on or '今'}：{_post_of(one)}{_waits(one)}" for one in staff.posts_of(person.pk)
    ]
    account = getattr(person, "account", None)
    return [("任职", ["；".join(held) or "没有任过职"]), ("账号", [account.username if account else "没有账号"])]


def _waits(row: Any) -> str:
    return "" if row.standing == Standing.CONFIRMED else f"，{STANDINGS[Standing(row.standing)]}"


def _post_of(row: Any) -> str:
    behalf = f"，代{row.stands_in_for.person}" if row.stands_in_for else ""
    return f"{row.post}({ROLE_LABELS[Role(row.role)]}{behalf})"


def _appointment_facts(row: Any, _: date, __: Actor) -> Facts:
    stand_ins = row.stand_ins.exclude(standing=Standing.REFUSED).select_related("person")
    standing = [f"{one.person} {one.starts_on} 至 {one.ends_on}{_waits(one)}" for one in stand_ins]
    return [
        ("谁", [str(row.person)]),
        ("岗位", [_post_of(row)]),
        ("起止", [f"{row.starts_on} 至 {row.ends_on or '今'}"]),
        ("任职文号", [row.paper_number or "没有填"]),
        *([("督察", [str(row.inspection)])] if row.inspection else []),
        ("授予", [_grant_of(row)]),
        ("代理人", ["；".join(standing) or "没有"]),
    ]


def _grant_of(row: Any) -> str:
    """By whom it was granted and confirmed, or how it stands."""
    if row.granted_by is None:
        return "由系统初建"
    if row.standing != Standing.CONFIRMED:
        stuck = staff.deadlock(row, clock.today())
        return f"{row.granted_by}授予，{STANDINGS[Standing(row.standing)]}{f'；{stuck}' if stuck else ''}"
    return f"{row.granted_by}授予，{row.confirmed_by}确认"


def _members(group: Any, day: date, _: Actor) -> Facts:
    found = [f"{one.title} {one.person}".strip() for one in structure.members_on(group.pk, day)]
    return [(f"{day} 成员", ["、".join(found) or "没有成员"])]


def _inspection_facts(row: Any, _: date, __: Actor) -> Facts:
    return [("代号", [f"{row.code}，用在事项编码里，不能改"])]


def _no_facts(*_: Any) -> Facts:
    return [("注意", ["改了参数，已经算出、已经发出的日期不会移动。"])]


KINDS = {
    "inspections": Kind(
        matters.inspections_in, _inspection_facts, (_edit(forms.InspectionFacts, matter_actions.change_inspection),)
    ),
    "rules": Kind(matters.rule_sets_in, _no_facts, (_edit(forms.RuleSetForm, matter_actions.change_rule_set),)),
    "units": Kind(
        structure.units_in,
        _unit_facts,
        (
            _edit(forms.UnitForm, organising.change_unit),
            Act(
                "name",
                "添别名",
                forms.UnitNameForm,
                "添别名",
                "已记下别名。",
                organising.add_unit_name,
            ),
            Act(
                "merge",
                "并入别的单位",
                forms.MergeForm,
                "并入",
                "已并入。",
                organising.merge_unit,
                is_open=lambda row: row.valid_until is None,
            ),
            Act(
                "close",
                "撤销，没有接手的单位",
                forms.CloseForm,
                "停用",
                "已停用。",
                organising.close_unit,
                is_open=lambda row: row.valid_until is None,
            ),
        ),
        has_day=True,
    ),
    "people": Kind(staff.people_in, _posts, (_edit(forms.PersonForm, appointing.change_person),)),
    "posts": Kind(
        lambda city: staff.posts_in(city, "", clock.today()),
        lambda post, *_: [("今天在任", ["、".join(one.person.name for one in post.held) or "没有人在任"])],
        (_edit(forms.PostFacts, appointing.change_post),),
    ),
    "appointments": Kind(
        staff.appointments_in,
        _appointment_facts,
        (
            Act(
                "end",
                "免职，收回角色",
                forms.EndForm,
                "免职",
                "已记下免职。",
                appointing.end_appointment,
                is_open=lambda row: row.stands_in_for_id is None and row.standing != Standing.REFUSED,
                who=GRANTERS,
            ),
            Act(
                "end_delegation",
                "结束代理",
                forms.EndForm,
                "结束",
                "已记下。",
                appointing.end_appointment,
                is_open=lambda row: row.stands_in_for_id is not None and row.standing != Standing.REFUSED,
                who=DELEGATORS,
            ),
            Act(
                "take_back",
                "撤回授予",
                forms.ReasonForm,
                "撤回",
                "已撤回，没有生效过。",
                granting.refuse_grant,
                is_open=lambda row: row.standing == Standing.WAITING,
                who=DELEGATORS,
            ),
            Act(
                "delegate",
                "代理",
                forms.DelegateForm,
                "设代理",
                "已设代理，待另一个人确认。",
                appointing.delegate,
                is_open=lambda row: (
                    row.stands_in_for_id is None
                    and row.standing == Standing.CONFIRMED
                    and Role(row.role) not in NEVER_DELEGATED
                ),
                who=DELEGATORS,
            ),
        ),
    ),
    "groups": Kind(
        structure.groups_in,
        _members,
        (
            _edit(forms.GroupForm, organising.change_group),
            Act(
                "join",
                "添成员",
                forms.JoinForm,
                "添成员",
                "已添成员。",
                organising.join_group,
            ),
            Act(
                "leave",
                "成员离组",
                forms.LeaveForm,
                "离组",
                "已记下离组。",
                lambda _, membership, **facts: organising.leave_group(membership, **facts),
                is_open=lambda group: structure.members_of(group).exists(),
                chosen={"membership": structure.members_of},
            ),
        ),
        has_day=True,
    ),
    "calendar": Kind(
        calendar.days_in,
        lambda row, *_: [("日期", [str(row.day)])],
        (_edit(forms.DayFacts, lambda row, **facts: organising.settle_day(row.day, **facts)),),
    ),
}
