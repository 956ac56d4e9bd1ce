"""Settings lists filled from a workbook: the empty form, and the filled one taken in whole or not at all."""

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django import forms as django_forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from bihuan.core.actor import Actor
from bihuan.core.entering import NotEntered, enter_all
from bihuan.gate.answers import deed, page, refusals, workbook
from bihuan.gate.policy import SETTLING, Asked, policy
from bihuan.gate.registers import REGISTERS
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.lib.paper.blank import Blank, blank_workbook
from bihuan.lib.paper.document import Table, Unreadable
from bihuan.lib.paper.guarded import read_guarded
from bihuan.lib.reading.dates import moments, squeezed
from bihuan.web.settings import AREAS, Area, adds, area_of, form_of, listed, proof_first

MOST_ROWS, MOST_NAMED, HEADS_WITHIN = 500, 20, 10  # half a thousand rows hold the database for 3 s
IGNORED = ("序号",)
WIDTHS = {"row": 22, "day": 12}
NOTES = {
    "row": "从下拉清单里选；也可以写本表上面几行刚填的名称。",
    "choice": "从下拉清单里选。",
    "day": "日期，如 2022-04-03。",
}
Cells = dict[str, str]


@policy(SETTLING)
def settings_workbook(request: Asked, name: str) -> HttpResponse:
    """GET: the empty workbook of one list. POST: a filled one, entered whole or refused with every reason."""
    area = area_of(request.actor, name)
    if area.stands is None or not adds(request.actor, area):
        raise Http404
    if first := proof_first(request, name):
        return first
    if request.method != "POST":
        title = REGISTERS[name].title
        return workbook(f"{title}空表", blank_workbook(title, [*_columns(area, request.actor.city)]))
    try:
        with refusals(request, unless=NotEntered):
            entered, stood = _taken_in(request, area)
            tell(request, "done", f"添上{entered}行。" + (f"{stood}行已经有了，没有动。" if stood else ""))
    except NotEntered as refusal:
        return page(request, "settings/list.html", room="settings_home", status=422, **_refused(request, name, refusal))
    return redirect("settings_list", name)


def _refused(request: Asked, name: str, refusal: NotEntered) -> dict[str, Any]:
    named = [f"第{number}行 {why}" for number, why in refusal.faults[:MOST_NAMED]]
    more = [f"等{len(refusal.faults)}行。"] if len(refusal.faults) > MOST_NAMED else []
    return {
        **listed(request, name),
        "form": form_of(AREAS[name], request.actor.city),
        "faults": named + more,
        "refused_rows": len(refusal.faults),
    }


def _taken_in(request: Asked, area: Area) -> tuple[int, int]:
    """Enter the rows of the file that was sent: (how many are new, how many stood already)."""
    file, city = request.FILES.get("file"), request.actor.city
    if file is None:
        raise Refused("请先选填好的表。")
    rows = _rows(area, city, str(file.name), file.read())
    return enter_all(rows, partial(_enter_one, area), **deed(request))


def _enter_one(area: Area, cells: Cells, *, by: Actor, at: datetime) -> bool:
    """Enter one row as the form of the page would; whether it is new."""
    empty = form_of(area, by.city)
    data, faults = {}, []
    for name, field in empty.fields.items():
        try:
            data[name] = _value(field, cells.get(str(field.label), ""))
        except Refused as refusal:
            faults.append(f"{field.label}：{refusal}")
            data[name] = ""
    form = form_of(area, by.city, data)
    if not form.is_valid() or faults:
        named = {fault.split("：", 1)[0] for fault in faults}
        others = [(form.fields[name].label, words) for name, words in form.errors.items() if name in form.fields]
        faults += [f"{label}：{words[0]}" for label, words in others if label not in named]
        raise Refused("；".join(fault.rstrip("。") for fault in faults) + "。")
    if area.stands is not None and area.stands(by.city, form.cleaned_data):
        return False
    area.add(**form.cleaned_data, by=by, at=at)
    return True


def _value(field: Any, text: str) -> Any:
    """What the form's field takes for a cell's words."""
    match _kind(field):
        case "row" if text:
            return _row_named(field, text)
        case "choice" if text:
            values = {str(label): value for value, label in field.choices}
            if text not in values:
                raise Refused(f"没有“{text}”，只能填{'、'.join(values)}。")
            return values[text]
        case "day" if text:
            return _day(text)
        case _:
            return text


def _kind(field: Any) -> str:
    """What a field takes: a row that exists, one of its choices, a day, or text."""
    kinds = {django_forms.ModelChoiceField: "row", django_forms.ChoiceField: "choice", django_forms.DateField: "day"}
    return next((kind for one, kind in kinds.items() if isinstance(field, one)), "text")


def _row_named(field: Any, text: str) -> int:
    named = Q(name=text) | (Q(names__name=text) if hasattr(field.queryset.model, "names") else Q())
    found = [*field.queryset.filter(named).distinct()[:2]]
    if not found:
        raise Refused(f"还没有“{text}”，请先添上，或写全称。")
    if len(found) > 1:
        raise Refused(f"有不止一个“{text}”，请在页面上逐个添。")
    return int(found[0].pk)


def _day(text: str) -> str:
    found = [*moments(squeezed(text)[0])]
    if len(found) != 1 or found[0].grain != "day" or found[0].first is None:
        raise Refused(f"看不懂日期“{text}”，请写成 2022-04-03 这样。")
    return found[0].first.isoformat()


def _rows(area: Area, city: str, name: str, data: bytes) -> list[tuple[int, Cells]]:
    """The filled rows of the first sheet under the list's headings: (row of the sheet, {heading: words})."""
    labels = {_folded(str(field.label)): str(field.label) for field in form_of(area, city).fields.values()}
    required = [str(field.label) for field in form_of(area, city).fields.values() if field.required]
    try:
        document = read_guarded(name, data)
    except Unreadable as fault:
        raise Refused(str(fault)) from fault
    for table in (block for block in document.blocks if isinstance(block, Table)):
        grid = _grid(table)
        for row in [*grid][:HEADS_WITHIN]:
            heads = {column: labels.get(_folded(text), text) for column, text in grid[row].items()}
            if {*required} <= {*heads.values()}:
                return _below(grid, row, heads, {*labels.values()})
    raise Refused(f"没有找到表头。第一行要有{'、'.join(required)}；请用“下载空表”里的表。")


def _below(
    grid: dict[int, dict[int, str]], head: int, heads: dict[int, str], labels: set[str]
) -> list[tuple[int, Cells]]:
    unknown = [text for text in heads.values() if text not in labels and _folded(text) not in IGNORED]
    if unknown:
        raise Refused(f"不认得“{unknown[0]}”这一列，请删去，或用“下载空表”里的表。")
    if len({*heads.values()}) < len(heads):
        raise Refused("有两列表头相同，请删去一列。")
    rows = [
        (row + 1, {heads[column]: text for column, text in cells.items() if column in heads})
        for row, cells in grid.items()
        if row > head
    ]
    if len(rows) > MOST_ROWS:
        raise Refused(f"一次最多{MOST_ROWS}行，这张表有{len(rows)}行，请分几次。")
    return rows


def _grid(table: Table) -> dict[int, dict[int, str]]:
    grid: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        text = " ".join(cell.text.split())
        if text:
            grid.setdefault(cell.row, {})[cell.column] = text
    return grid


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("*")


def _columns(area: Area, city: str) -> Iterator[Blank]:
    for field in form_of(area, city).fields.values():
        kind = _kind(field)
        yield Blank(
            str(field.label),
            WIDTHS.get(kind, 16),
            field.required,
            str(field.help_text) or NOTES.get(kind, ""),
            _words(field, kind),
            kind == "day",
        )


def _words(field: Any, kind: str) -> list[str]:
    """What a column's drop-down offers."""
    if kind == "row":
        return [str(row) for row in field.queryset]
    return [str(label) for _, label in field.choices] if kind == "choice" else []
