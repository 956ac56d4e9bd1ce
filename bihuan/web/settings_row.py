"""The page of one setting: its forms, what stands beside them, its history; two editors never overwrite one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.core import clock, history
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import again, deed, page, refusals
from bihuan.gate.policy import SETTLING, Asked, opens, policy
from bihuan.gate.registers import REGISTERS, keeps
from bihuan.lib.quantity import whole
from bihuan.organisation.queries import scope
from bihuan.web import settings_forms as forms
from bihuan.web.directory import matters_of
from bihuan.web.settings import proof_first
from bihuan.web.settings_acts import ACTS, Act
from bihuan.web.trail import trail_lines

OVERTAKEN = "您填表时，别人已先改了这一条；您的字都还在。看过下面的不同，再按一次就以您的为准。"


Differs = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One form of the page; `differs` says (field, what stands now, what was typed) when somebody was quicker."""

    name: str
    head: str
    form: Any
    button: str
    seen: int
    differs: Differs = ()


@policy(SETTLING)
def settings_row(request: Asked, name: str, pk: int) -> HttpResponse:
    """One setting, and what can be done to it."""
    if name not in REGISTERS or not keeps(request.actor, name):
        raise Http404
    if first := proof_first(request, name):
        return first
    register = REGISTERS[name]
    row = get_object_or_404(register.rows(request.actor.city, ""), pk=pk)
    asked = _asked(request, name, row)
    try:
        if asked is not None and asked[1].is_valid():
            _do(request, row, *asked)
            return again(request)
        differs: Differs = ()
    except Overtaken:
        row = register.rows(request.actor.city, "").get(pk=pk)
        differs = tuple(_differs(asked[1], row)) if asked else ()
    status = 200 if asked is None else 409 if differs else 422
    return page(
        request, "settings/row.html", room="settings_home", status=status, **_drawn(request, name, row, asked, differs)
    )


def _drawn(request: Asked, name: str, row: Any, asked: Any, differs: Differs) -> dict[str, Any]:
    day = clock.day_or_today(str(request.GET.get("on", "")))
    register = REGISTERS[name]
    return {
        "title": str(row),
        "back": (register.title, reverse("settings_list", args=[name])),
        "boxes": _boxes(request, name, row, asked, differs),
        "facts": _facts(request, name, row, day),
        "day": day if register.has_day else None,
        "trail": trail_lines(history.deeds_on(row)),
        "warning": OVERTAKEN if differs else "",
    }


def _facts(request: Asked, name: str, row: Any, day: date) -> list[tuple[str, list[Any]]]:
    """What is said of the row, and where a unit's matters stand for whoever may read them."""
    facts = [(term, [words]) for term, words in REGISTERS[name].facts(row, day)]
    is_led = name == "units" and opens("ledger_list", request.actor)
    return [*facts, ("事项", matters_of(row.name))] if is_led else facts


def _asked(request: Asked, name: str, row: Any) -> tuple[Act, Any] | None:
    if request.method != "POST":
        return None
    act = next((one for one in ACTS[name] if one.name == request.POST.get("deed")), None)
    if act is None or not _may(request.actor, act, row):
        raise Http404
    return act, _form(act, row, request, request.POST)


def _may(by: Actor, act: Act, row: Any) -> bool:
    return act.is_open(row) and scope.has_role(by, act.who)


def _do(request: Asked, row: Any, act: Act, form: Any) -> None:
    held = {"seen": whole(request.POST.get("seen")) or 0} if act.is_edit else {}
    with refusals(request, act.done, unless=Overtaken if act.is_edit else None):
        act.run(row, **form.cleaned_data, **held, **deed(request))


def _boxes(request: Asked, name: str, row: Any, asked: Any, differs: Differs) -> list[Box]:
    boxes = []
    for act in ACTS[name]:
        if _may(request.actor, act, row):
            is_asked = asked is not None and asked[0] is act
            form = asked[1] if is_asked else _form(act, row, request, None, _initial(act, row))
            boxes.append(Box(act.name, act.head, form, act.button, row.version, differs if is_asked else ()))
    return boxes


def _form(act: Act, row: Any, request: Asked, data: Any, initial: Any = None) -> Any:
    city = {"city": request.actor.city} if issubclass(act.form, forms.CityForm) else {}
    form = act.form(data, initial=initial, auto_id=f"{act.name}-%s", **city)
    for name, choices in act.chosen.items():
        form.fields[name].queryset = choices(row)
    return form


def _initial(act: Act, row: Any) -> dict[str, Any]:
    if not act.is_edit:
        return {}
    found = {field: getattr(row, field) for field in act.form.base_fields}
    return {field: "1" if value is True else "0" if value is False else value for field, value in found.items()} | {
        field: value for field, value in found.items() if act.form.base_fields[field].widget.input_type == "checkbox"
    }


def _differs(form: Any, row: Any) -> Iterator[tuple[str, str, str]]:
    for field, typed in form.cleaned_data.items():
        stands = getattr(row, field)
        if stands != typed:
            yield form.fields[field].label, _said(stands), _said(typed)


def _said(value: Any) -> str:
    return "空" if value in (None, "") else "是" if value is True else "否" if value is False else str(value)
