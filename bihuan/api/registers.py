"""The settings: inspections, rule sets, units, people, posts, appointments, groups, calendar, with their history."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from pydantic import Field

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.paging import Forwards, refuse_unknown
from bihuan.api.writing import Words
from bihuan.core import clock, history
from bihuan.core.actor import Actor
from bihuan.gate.deeds import said_of
from bihuan.gate.policy import SETTLING, Asked
from bihuan.gate.registers import REGISTERS, Register, keeps, lead_of

TAGS = ["设置"]


class RegisterLine(Schema):
    """A kind of setting: its name in addresses, what it is called, what is said above its list, its columns."""

    name: str
    label: str
    lead: str
    heads: list[str]
    is_searched: bool


class RegisterRow(Schema):
    """A row under the heads of its list."""

    id: int
    cells: list[str]


class RegisterRows(RegisterLine):
    """A page of a list, in the order of the rows' numbers; `next` begins the next one."""

    rows: list[RegisterRow]
    next: int | None = None


class Said(Schema):
    """Something said of a row."""

    label: str
    text: str


class Value(Said):
    """A field that an edit changes."""

    name: str


class RegisterWhole(RegisterRow):
    """One row: its values, what is said of it on a day (`on`), its history, newest first."""

    title: str
    version: int
    on: date
    values: list[Value]
    facts: list[Said]
    trail: list[shapes.DeedLine]


class Looked(Forwards):
    """Which rows."""

    q: Words = Field("", max_length=60, description="单位、人员、岗位、任职可按字词或拼音首字母查")


class OnDay(Schema):
    """As of which day."""

    on: date | None = Field(None, description="哪一天在任、在组；不填是今天")


def _register(by: Actor, name: str) -> Register:
    if name not in REGISTERS or not keeps(by, name):
        raise Http404
    return REGISTERS[name]


def _told(by: Actor, name: str) -> dict[str, Any]:
    one = REGISTERS[name]
    return {
        "name": name,
        "label": one.title,
        "lead": lead_of(name, by),
        "heads": [*one.heads],
        "is_searched": one.searched,
    }


@operation("GET", "/settings", "api_settings", "我管的设置", list[RegisterLine], who=(SETTLING,), tags=TAGS)
def kept(request: Asked) -> Any:
    """The kinds of setting that this person keeps."""
    return [_told(request.actor, name) for name in REGISTERS if keeps(request.actor, name)]


@operation(
    "GET", "/settings/{slug:name}", "api_settings_list", "一类设置的清单", RegisterRows, who=(SETTLING,), tags=TAGS
)
def listed(request: Asked, name: str, asked: Query[Looked]) -> Any:
    """One kind of setting, to whoever keeps it."""
    refuse_unknown(request, asked)
    register, words = _register(request.actor, name), asked.q.strip()
    if words and not register.searched:
        raise Wrong(422, f"{register.title}不能按字词查。")
    shown, following = asked.page_of(register.rows(request.actor.city, words))
    rows = [{"id": one.pk, "cells": register.cells(one)} for one in shown]
    return {**_told(request.actor, name), "rows": rows, "next": following}


@operation(
    "GET",
    "/settings/{slug:name}/{int:pk}",
    "api_settings_row",
    "一条设置和它的历史",
    RegisterWhole,
    who=(SETTLING,),
    tags=TAGS,
)
def whole(request: Asked, name: str, pk: int, asked: Query[OnDay]) -> Any:
    """One setting, to whoever keeps its kind."""
    refuse_unknown(request, asked)
    register = _register(request.actor, name)
    row: Any = get_object_or_404(register.rows(request.actor.city, ""), pk=pk)
    day = asked.on or clock.today()
    return {
        "id": row.pk,
        "cells": register.cells(row),
        "title": str(row),
        "version": row.version,
        "on": day,
        "values": [_value(row, field) for field in register.fields],
        "facts": [{"label": term, "text": words} for term, words in register.facts(row, day)],
        "trail": shapes.deed_lines(said_of(history.deeds_on(row))),
    }


def _value(row: Any, field: str) -> dict[str, str]:
    label, value = str(row._meta.get_field(field).verbose_name), getattr(row, field)
    words = ("是" if value else "否") if isinstance(value, bool) else "" if value is None else str(value)
    return {"name": field, "label": label, "text": words}
