"""Settings pages: inspections, rule sets, units, people, appointments, groups, calendar; each list adds one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import calendar, clock
from bihuan.core.actor import Actor
from bihuan.gate import proof
from bihuan.gate.answers import again, deed, page, refusals
from bihuan.gate.policy import SETTLING, Asked, policy
from bihuan.lib.workdays import Workdays
from bihuan.matters import actions as matter_actions
from bihuan.matters import queries as matters
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.queries import scope, staff, structure
from bihuan.organisation.rules.duties import PEOPLE, ROLE_LABELS, Role
from bihuan.organisation.rules.keeping import GRANTERS, KEEPERS, STANDINGS, Standing
from bihuan.web import settings_forms as forms
from bihuan.web.paging import pager_of

SHOWN = 50
SEARCHED = ("units", "people", "posts", "appointments")
Cells = list[str]


@dataclass(frozen=True, slots=True)
class Area:
    """One kind of setting: its list, how a row reads, the form that adds one, and the action behind it.

    `stands(city, facts)`: whether a row of a workbook is there already; None where the list is not filled from one.
    `none`: what there is none of yet, where that is not the title. `adders`: who of its keepers adds one.
    """

    title: str
    lead: str
    heads: tuple[str, ...]
    rows: Callable[[str, str], Any]
    row: Callable[[Any], Cells]
    form: Any
    add: Callable[..., Any]
    noun: str
    stands: Callable[[str, Mapping[str, Any]], bool] | None = None
    none: str = ""
    adders: frozenset[Role] = PEOPLE


def _unit(unit: Any) -> Cells:
    return [unit.name, unit.kind, unit.region.name, str(unit.parent or ""), standing(unit)]


def standing(unit: Any) -> str:
    """Whether a unit is in use, or until which day it was and who took over."""
    if unit.valid_until is None:
        return "在用"
    return f"至 {unit.valid_until}，" + (f"并入{unit.succeeded_by}" if unit.succeeded_by else "停用")


def _appointment(row: Any) -> Cells:
    until = row.ends_on.isoformat() if row.ends_on else ""
    behalf = f"代{row.stands_in_for.person.name}" if row.stands_in_for else ""
    role, standing = ROLE_LABELS[Role(row.role)], STANDINGS[Standing(row.standing)]
    return [row.person.name, str(row.post), role, row.starts_on.isoformat(), until, behalf, standing]


def _group(group: Any) -> Cells:
    members = "、".join(str(one.person) for one in group.memberships.all() if one.ends_on is None)
    return [group.name, str(group.parent or ""), members or "还没有成员"]


def _inspection(row: Any) -> Cells:
    feedback = row.feedback_on.isoformat() if row.feedback_on else ""
    return [row.name, row.code, row.level, row.kind, feedback, str(row.rule_set)]


def _rules(row: Any) -> Cells:
    order = "先公示后验收" if row.is_publish_first else "先验收后公示"
    days = (row.decline_days, row.reply_days, row.notice_days, row.due_soon_days, row.tolerance_points)
    return [row.name, order, *map(str, days)]


def _appoint(*, person: Any, unit: Any, title: str, role: str, by: Actor, at: Any, **days: Any) -> Any:
    return appointing.appoint_to(person, unit, title, Role(role), by=by, at=at, **days)


def _unit_stands(city: str, facts: Mapping[str, Any]) -> bool:
    return structure.units_in(city).filter(name=facts["name"], kind=facts["kind"], region=facts["region"]).exists()


def _person_stands(city: str, facts: Mapping[str, Any]) -> bool:
    same = staff.people_in(city).filter(name=facts["name"])
    return (same.filter(office_phone=facts["office_phone"]) if facts["office_phone"] else same).exists()


def _appointment_stands(city: str, facts: Mapping[str, Any]) -> bool:
    granted = staff.appointments_in(city).exclude(standing=Standing.REFUSED)
    held = granted.filter(person=facts["person"], role=facts["role"])
    post = {"post__unit": facts["unit"], "post__title": facts["title"]}
    return held.filter(starts_on=facts["starts_on"], **post).exists()


AREAS = {
    "inspections": Area(
        "督察",
        "几次督察可以并行多年；每件事项属于其中一次。",
        ("名称", "代号", "级别", "类型", "反馈", "规则"),
        lambda city, _: matters.inspections_in(city),
        _inspection,
        forms.InspectionForm,
        lambda **facts: matter_actions.add_inspection(facts.pop("code"), facts.pop("name"), **facts),
        "一次督察",
    ),
    "rules": Area(
        "规则",
        "天数、容差和先后次序是参数；步骤本身不在这里改。",
        ("名称", "次序", "退回期限", "信访反馈", "公示期", "临期提示", "序时容差"),
        lambda city, _: matters.rule_sets_in(city),
        _rules,
        forms.RuleSetForm,
        lambda **facts: matter_actions.add_rule_set(facts.pop("name"), **facts),
        "一套规则",
    ),
    "units": Area(
        "单位",
        "改名、并入后，旧名仍认得。",
        ("名称", "类别", "行政区域", "上级", "状态"),
        lambda city, words: structure.units_found(city, words) if words else structure.units_in(city),
        _unit,
        forms.UnitForm,
        lambda **facts: organising.add_unit(facts.pop("name"), facts.pop("kind"), facts.pop("region"), **facts),
        "一个单位",
        _unit_stands,
    ),
    "people": Area(
        "人员",
        "一人一号；没有账号的人也可以任职、担责。",
        ("姓名", "现任", "办公电话"),
        lambda city, words: staff.with_posts(
            staff.people_named(city, words) if words else staff.people_in(city), clock.today()
        ),
        lambda person: [person.name, "；".join(str(one.post) for one in person.held), person.office_phone],
        forms.PersonForm,
        lambda **facts: appointing.add_person(facts.pop("name"), **facts),
        "一个人",
        _person_stands,
    ),
    "posts": Area(
        "岗位",
        "单位里的位子；谁坐在上面，由任职写明。",
        ("岗位", "单位", "今天在任"),
        lambda city, words: staff.posts_in(city, words, clock.today()),
        lambda post: [post.title, post.unit.name, "、".join(one.person.name for one in post.held)],
        forms.PostForm,
        lambda **facts: appointing.add_post(facts.pop("unit"), facts.pop("title"), **facts),
        "一个岗位",
        lambda city, facts: staff.posts_in(city).filter(unit=facts["unit"], title=facts["title"]).exists(),
    ),
    "appointments": Area(
        "任职",
        "谁在哪个岗位、以什么角色、从哪天到哪天。授予要另一个人确认才有效；历史都留着。",
        ("姓名", "岗位", "角色", "起", "止", "代理", "状态"),
        lambda city, words: staff.appointments_named(city, words) if words else staff.appointments_in(city),
        _appointment,
        forms.AppointmentForm,
        _appoint,
        "一项任职",
        _appointment_stands,
        adders=GRANTERS,
    ),
    "groups": Area(
        "工作组",
        "领导小组、办公室和各工作组。",
        ("名称", "上级", "成员"),
        lambda city, _: structure.groups_in(city),
        _group,
        forms.GroupForm,
        lambda **facts: organising.add_group(facts.pop("name"), **facts),
        "一个工作组",
        lambda city, facts: structure.groups_in(city).filter(name=facts["name"]).exists(),
    ),
    "calendar": Area(
        "工作日历",
        "",
        ("日期", "这一天", "依据"),
        lambda city, _: calendar.days_in(city),
        lambda one: [one.day.isoformat(), "上班" if one.is_working else "休息", one.note],
        forms.CalendarForm,
        lambda **facts: organising.settle_day(facts.pop("day"), **facts),
        "一天",
        lambda city, facts: calendar.days_in(city).filter(day=facts["day"], is_working=facts["is_working"]).exists(),
        "改定的日子，按法定安排计算",
    ),
}


@policy(SETTLING)
def settings_home(request: Asked) -> HttpResponse:
    """Settings begin with the first that this person keeps."""
    return redirect("settings_list", next(name for name in AREAS if keeps(request.actor, name)))


@policy(SETTLING)
def settings_list(request: Asked, name: str) -> HttpResponse:
    """One kind of setting: what there is, and the form that adds one."""
    area, city = area_of(request.actor, name), request.actor.city
    form: Any = form_of(area, city, request.POST or None) if adds(request.actor, area) else None
    if request.method == "POST" and form is None:
        raise Http404
    if asked := proof_first(request, name):
        return asked
    if request.method == "POST" and form.is_valid():
        with refusals(request, f"已添上{area.noun}。"):
            area.add(**form.cleaned_data, **deed(request))
        return again(request)
    return page(
        request,
        "settings/list.html",
        room="settings_home",
        status=422 if form and form.errors else 200,
        **listed(request, name),
        form=form,
    )


def proof_first(request: Asked, name: str) -> HttpResponse | None:
    """Where roles are granted and withdrawn the person first shows again who he is; None elsewhere."""
    return proof.first(request) if name == "appointments" else None


def keeps(by: Actor, name: str) -> bool:
    """Whether this actor opens and changes that kind of setting."""
    return scope.has_role(by, KEEPERS[name])


def adds(by: Actor, area: Area) -> bool:
    """Whether this actor adds rows to that kind of setting, which he keeps."""
    return scope.has_role(by, area.adders)


def area_of(by: Actor, name: str) -> Area:
    """One kind of setting; 404 where there is none of that name, or it is not this actor's to keep."""
    if name not in AREAS or not keeps(by, name):
        raise Http404
    return AREAS[name]


def listed(request: Asked, name: str) -> dict[str, Any]:
    """What the page of one list draws, except the form."""
    area = AREAS[name]
    words = str(request.GET.get("q", "")).strip().replace("\0", "")[:60]
    rows = area.rows(request.actor.city, words)
    found = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    return {
        "title": area.title,
        "lead": [area.lead or _years(request.actor)],
        "tabs": _tabs(request.actor, name),
        "heads": area.heads,
        "rows": [{"cells": area.row(one), "url": reverse("settings_row", args=[name, one.pk])} for one in found],
        "searched": words if name in SEARCHED else None,
        "pager": pager_of(found, words),
        "form_head": f"添{area.noun}",
        "button": "添上",
        "filling": reverse("settings_workbook", args=[name]) if area.stands and adds(request.actor, area) else "",
        "faults": [],
        "empty": f"没有找到“{words}”。" if words else f"还没有{area.none or area.title}。",
    }


def form_of(area: Area, city: str, data: Any = None) -> Any:
    """The form that adds one row, empty or with what was sent."""
    return area.form(data, city=city) if issubclass(area.form, forms.CityForm) else area.form(data)


def _years(by: Actor) -> str:
    today = clock.today()
    unknown = Workdays(calendar.corrections(by.city)).unknown_years(today, today.replace(year=today.year + 1, day=1))
    said = f"{'、'.join(map(str, unknown))}年按法定节假日推算，调休待公布。" if unknown else ""
    return f"法定节假日和调休已在表中；这里只列改定的日子，已发出的日期不会移动。{said}"


def _tabs(by: Actor, name: str) -> list[tuple[str, str, bool]]:
    kept = ((one, area) for one, area in AREAS.items() if keeps(by, one))
    return [(area.title, reverse("settings_list", args=[one]), one == name) for one, area in kept]
