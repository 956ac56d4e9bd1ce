"""The ledgers over the API: their parameters and their answers are read off the same declaration as the page's."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from ninja import Schema
from pydantic import create_model

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.core import clock, listing
from bihuan.core.actor import Actor
from bihuan.gate.policy import Asked
from bihuan.gate.shelves import SHELVES, Shelf, ledger_for, rows_of
from bihuan.lib.ledger import Column, Day, Ledger, Light, Next, Title, View, view_of
from bihuan.lib.quantity import whole
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role

SIZE, MOST = 50, 200
KEPT_FROM_MACHINES = frozenset({"accountability"})  # F4 in a petition's answer
CELLS: dict[str, Any] = {
    "light": shapes.LightCell,
    "day": shapes.DayCell,
    "next": shapes.NextCell,
    "title": shapes.TitleCell,
    "serial": int | str,
    "count": int | str,
}


def cell(value: Any, column: Column) -> Any:
    """A cell as JSON, in the shape that its column's kind has."""
    match value:
        case Title(text, sub):
            return {"text": text, "sub": sub}
        case Light(state, word, reason):
            return {"state": state, "word": word, "reason": reason}
        case Day(text, first):
            return {"text": text, "first": first}
        case Next(day, text):
            return {"day": day, "text": text}
        case _:
            return value if column.kind in CELLS else str(value)


def _parameter(name: str, said: str, schema: dict[str, Any], *, many: bool = False) -> dict[str, Any]:
    shape = {"type": "array", "items": schema} if many else schema
    return {"in": "query", "name": name, "required": False, "description": said, "schema": shape}


def _filters(column: Column) -> list[dict[str, Any]]:
    if column.control == "choice":
        said = "、".join(f"{value} {label}" if value != label else label for value, label in column.choices.items())
        return [_parameter(column.name, f"{column.label}：{said}", _one_of(column.choices), many=True)]
    if column.control == "dates":
        days = {"type": "string", "format": "date"}
        return [_parameter(f"{column.name}_{end}", f"{column.label}{word}", days) for end, word in ENDS.items()]
    return [_parameter(column.name, f"{column.label}含有的字", WORDS)] if column.control else []


ENDS = {"after": "从", "before": "到"}
WORDS = {"type": "string", "maxLength": 100}


def _one_of(values: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [*values]}


def parameters(ledger: Ledger) -> list[dict[str, Any]]:
    """What may be asked of a ledger, as OpenAPI says it."""
    sorts = [column.name for column in ledger.columns if column.sort]
    return [
        *(one for column in ledger.columns for one in _filters(column)),
        _parameter("sort", "按哪一栏排，前面加 - 为倒序", _one_of([*sorts, *(f"-{name}" for name in sorts)])),
        _parameter("column", "要哪些栏；不写为页面上默认的栏", _one_of(one.name for one in ledger.columns), many=True),
        _parameter("inspection", "只要这个督察的(编号)", {"type": "string", "maxLength": 20}),
        _parameter("after", "接着这一件往后取：上一页答复里的 next", {"type": "string", "maxLength": 40}),
        _parameter("size", f"一页几件，1 到 {MOST}", {"type": "integer", "minimum": 1, "maximum": MOST}),
    ]


def refuse_unknown(ledger: Ledger, asked: QueryDict, without: Collection[str] = ()) -> None:
    """Refuse a name or a value that the ledger does not know: a slip of the pen must not answer with everything.

    `without` are names that a ledger knows and this question does not.
    """
    known = {one["name"]: one["schema"] for one in parameters(ledger) if one["name"] not in without}
    for name, values in asked.lists():
        if name not in known:
            raise Wrong(422, f"{ledger.title}没有“{name[:40]}”这个条件。")
        of = known[name].get("items", known[name])
        if len(values) > 1 and known[name] is of:
            raise Wrong(422, f"“{name}”只能写一个。")
        if not all(_fits(of, value) for value in values):
            raise Wrong(422, f"“{name}”填得不对：{_wanted(of)}。")


def _fits(schema: dict[str, Any], value: str) -> bool:
    if "enum" in schema:
        return value in [*schema["enum"]]
    if schema.get("format") == "date":
        return _is_day(value)
    if schema["type"] == "integer":
        return (whole(value, most=schema["maximum"]) or 0) >= 1
    return bool(len(value) <= schema["maxLength"]) and "\0" not in value


def _wanted(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return f"可填{'、'.join(schema['enum'][:20])}"
    if schema.get("format") == "date":
        return "应是日期，如 2022-06-01"
    return f"应是1到{schema['maximum']}的整数" if schema["type"] == "integer" else "太长"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2022-06-01")


def _shape(ledger: Ledger) -> type[Schema]:
    """The answer's shape, read off the columns."""
    titled = "".join(part.title() for part in ledger.name.split("-"))
    fields: dict[str, Any] = {one.name: (CELLS.get(one.kind, str), None) for one in ledger.columns}
    cells = create_model(f"{titled}Cells", __base__=Schema, **fields)
    row = create_model(f"{titled}Row", __base__=Schema, code=(str, ...), version=(int, ...), cells=(cells, ...))
    return create_model(f"{titled}Rows", __base__=shapes.Rows, rows=(list[row], ...))  # type: ignore[valid-type]  # made just above


def shown_to(by: Actor, view: View) -> list[Column]:
    """The view's columns, but those that no machine is told."""
    is_machine = scope.has_role(by, (Role.MACHINE,))
    return [one for one in view.columns if not (is_machine and one.name in KEPT_FROM_MACHINES)]


def _answer(request: Asked, shelf: Shelf) -> dict[str, Any]:
    ledger, today, asked = ledger_for(shelf, request.actor), clock.today(), request.GET
    refuse_unknown(ledger, asked)
    view = view_of(ledger, asked)
    rows = rows_of(shelf, request.actor, asked.get("inspection", ""))
    size = whole(asked.get("size"), most=MOST) or SIZE
    last = Q(matter__code=asked["after"]) if asked.get("after") else None
    found = listing.after(rows, view, today, last=last, size=size)
    if found is None:
        raise Wrong(422, "接续的那一件已经看不到，请从头取。")
    columns = shown_to(request.actor, view)
    return {
        "ledger": ledger.name,
        "title": ledger.title,
        "as_of": today,
        "count": found.count,
        "is_exact": found.is_exact,
        "next": ledger.key(found.rows[-1]) if found.has_more else "",
        "rows": [
            {
                "code": ledger.key(row),
                "version": row.matter.version,
                "cells": {column.name: cell(column.value(row, today), column) for column in columns},
            }
            for row in found.rows
        ],
    }


def _declare(shelf: Shelf) -> Callable[..., Any]:
    """One operation for one ledger."""
    ledger = shelf.ledger

    def ledger_rows(request: Asked) -> Any:
        return _answer(request, shelf)

    return operation(
        "GET",
        f"/ledgers/{ledger.name}",
        f"api_ledger_{ledger.name.replace('-', '_')}",
        ledger.title,
        _shape(ledger),
        description="列、条件、排序都与页面上的台账相同；一页不超过 200 件，用 next 接着取。",
        tags=["台账"],
        openapi_extra={"parameters": parameters(ledger)},
    )(ledger_rows)


for _shelf in SHELVES.values():
    _declare(_shelf)
