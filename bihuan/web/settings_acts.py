"""What can be done to one row of each kind of setting, declared: the forms and the actions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bihuan.matters import actions as matter_actions
from bihuan.organisation.actions import appointing, granting, organising
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import PEOPLE, Role
from bihuan.organisation.rules.keeping import DELEGATORS, GRANTERS, NEVER_DELEGATED, GrantStanding
from bihuan.web import settings_forms as forms


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


def _edit(form: Any, run: Callable[..., Any]) -> Act:
    return Act("edit", "修改", form, "存下", "已存下。", run, is_edit=True)


ACTS: dict[str, tuple[Act, ...]] = {
    "inspections": (_edit(forms.InspectionFacts, matter_actions.change_inspection),),
    "rules": (_edit(forms.RuleSetForm, matter_actions.change_rule_set),),
    "units": (
        _edit(forms.UnitForm, organising.change_unit),
        Act("name", "添别名", forms.UnitNameForm, "添别名", "已记下别名。", organising.add_unit_name),
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
    "people": (_edit(forms.PersonForm, appointing.change_person),),
    "posts": (_edit(forms.PostFacts, appointing.change_post),),
    "appointments": (
        Act(
            "end",
            "免职，收回角色",
            forms.EndForm,
            "免职",
            "已记下免职。",
            appointing.end_appointment,
            is_open=lambda row: row.stands_in_for_id is None and row.standing != GrantStanding.REFUSED,
            who=GRANTERS,
        ),
        Act(
            "end_delegation",
            "结束代理",
            forms.EndForm,
            "结束",
            "已记下。",
            appointing.end_appointment,
            is_open=lambda row: row.stands_in_for_id is not None and row.standing != GrantStanding.REFUSED,
            who=DELEGATORS,
        ),
        Act(
            "take_back",
            "撤回授予",
            forms.ReasonForm,
            "撤回",
            "已撤回，没有生效过。",
            granting.refuse_grant,
            is_open=lambda row: row.standing == GrantStanding.WAITING,
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
                and row.standing == GrantStanding.CONFIRMED
                and Role(row.role) not in NEVER_DELEGATED
            ),
            who=DELEGATORS,
        ),
    ),
    "groups": (
        _edit(forms.GroupForm, organising.change_group),
        Act("join", "添成员", forms.JoinForm, "添成员", "已添成员。", organising.join_group),
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
    "calendar": (_edit(forms.DayFacts, lambda row, **facts: organising.settle_day(row.day, **facts)),),
}
