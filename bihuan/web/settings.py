"""Settings pages: inspections, rule sets, units, people, appointments, groups, calendar; each list adds one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bihuan.core import calendar
from bihuan.core.actor import Actor
from bihuan.gate import proof
from bihuan.gate.answers import again, deed, page, refusals
from bihuan.gate.policy import SETTLING, Asked, policy
from bihuan.gate.registers import REGISTERS, keeps, lead_of
from bihuan.matters import actions as matter_actions
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.queries import scope, staff, structure
from bihuan.organisation.rules.duties import PEOPLE, Role
from bihuan.organisation.rules.keeping import GRANTERS, GrantStanding
from bihuan.web import settings_forms as forms
from bihuan.web.paging import pager_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Area:
    """One kind of setting beside its register: the form that adds a row, and the action behind it.

    `stands(city, facts)`: whether a row of a workbook is there already; None where the list is not filled from one.
    `none`: what there is none of yet, where that is not its title. `adders`: who of its keepers adds one.
    """

    form: Any
    add: Callable[..., Any]
    noun: str
    stands: Callable[[str, Mapping[str, Any]], bool] | None = None
    none: str = ""
    adders: frozenset[Role] = PEOPLE


def _appoint(*, person: Any, unit: Any, title: str, role: str, by: Actor, at: Any, **days: Any) -> Any:
    return appointing.appoint_to(person, unit, title, Role(role), by=by, at=at, **days)


def _unit_stands(city: str, facts: Mapping[str, Any]) -> bool:
    return structure.units_in(city).filter(name=facts["name"], kind=facts["kind"], region=facts["region"]).exists()


def _person_stands(city: str, facts: Mapping[str, Any]) -> bool:
    same = staff.people_in(city).filter(name=facts["name"])
    return (same.filter(office_phone=facts["office_phone"]) if facts["office_phone"] else same).exists()


def _appointment_stands(city: str, facts: Mapping[str, Any]) -> bool:
    granted = staff.appointments_in(city).exclude(standing=GrantStanding.REFUSED)
    held = granted.filter(person=facts["person"], role=facts["role"])
    post = {"post__unit": facts["unit"], "post__title": facts["title"]}
    return held.filter(starts_on=facts["starts_on"], **post).exists()


AREAS = {
    "inspections": Area(
        forms.InspectionForm,
        lambda **facts: matter_actions.add_inspection(facts.pop("code"), facts.pop("name"), **facts),
        "一次督察",
    ),
    "rules": Area(
        forms.RuleSetForm,
        lambda **facts: matter_actions.add_rule_set(facts.pop("name"), **facts),
        "一套规则",
    ),
    "units": Area(
        forms.UnitForm,
        lambda **facts: organising.add_unit(facts.pop("name"), facts.pop("kind"), facts.pop("region"), **facts),
        "一个单位",
        _unit_stands,
    ),
    "people": Area(
        forms.PersonForm,
        lambda **facts: appointing.add_person(facts.pop("name"), **facts),
        "一个人",
        _person_stands,
    ),
    "posts": Area(
        forms.PostForm,
        lambda **facts: appointing.add_post(facts.pop("unit"), facts.pop("title"), **facts),
        "一个岗位",
        lambda city, facts: staff.posts_in(city).filter(unit=facts["unit"], title=facts["title"]).exists(),
    ),
    "appointments": Area(
        forms.AppointmentForm,
        _appoint,
        "一项任职",
        _appointment_stands,
        adders=GRANTERS,
    ),
    "groups": Area(
        forms.GroupForm,
        lambda **facts: organising.add_group(facts.pop("name"), **facts),
        "一个工作组",
        lambda city, facts: structure.groups_in(city).filter(name=facts["name"]).exists(),
    ),
    "calendar": Area(
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
    area, register = AREAS[name], REGISTERS[name]
    words = str(request.GET.get("q", "")).strip().replace("\0", "")[:60]
    rows = register.rows(request.actor.city, words)
    found = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    return {
        "title": register.title,
        "lead": [lead_of(name, request.actor)],
        "tabs": _tabs(request.actor, name),
        "heads": register.heads,
        "rows": [{"cells": register.cells(one), "url": reverse("settings_row", args=[name, one.pk])} for one in found],
        "searched": words if register.searched else None,
        "pager": pager_of(found, words),
        "form_head": f"添{area.noun}",
        "button": "添上",
        "filling": reverse("settings_workbook", args=[name]) if area.stands and adds(request.actor, area) else "",
        "faults": [],
        "empty": f"没有找到“{words}”。" if words else f"还没有{area.none or register.title}。",
    }


def form_of(area: Area, city: str, data: Any = None) -> Any:
    """The form that adds one row, empty or with what was sent."""
    return area.form(data, city=city) if issubclass(area.form, forms.CityForm) else area.form(data)


def _tabs(by: Actor, name: str) -> list[tuple[str, str, bool]]:
    kept = (one for one in AREAS if keeps(by, one))
    return [(REGISTERS[one].title, reverse("settings_list", args=[one]), one == name) for one in kept]
