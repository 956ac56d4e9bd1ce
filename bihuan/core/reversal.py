"""Taking a whole deed back: what it changed is changed back, what it created is marked withdrawn.

Hides the trail's JSON. Nothing is deleted and no number is given out twice; the reversal is a deed of its own.
"""

import json
from typing import Any
from uuid import UUID

from django.apps import apps

from bihuan.core import audit
from bihuan.core.audit import Entry, Recorded
from bihuan.core.plain import from_plain
from bihuan.lib.flow import Refused

KEPT = ("numberseries", "storedfile", "message", "intake", "intakedoubt")
MARKS = ("is_withdrawn", "is_ended")


def changed_by(deed: UUID) -> list[tuple[str, int]]:
    """(table, row) of what a deed changed that had stood before."""
    return [*Entry.objects.filter(deed=deed, kind="change").values_list("table", "row").distinct()]


def reverse(deed: UUID, *, because: str, about: str = "", step: str = "") -> int:
    """Take a deed back, inside an action; returns how many rows were set back or marked.

    With `about`, only what it did to that matter, and whole or not at all: a row that bears no mark to be taken back by
    is refused. `step` is the name under which states that a step had changed are set back.
    """
    done = 0
    entries = Entry.objects.filter(deed=deed).exclude(table__in=KEPT).order_by("-number")
    for entry in entries.filter(about=about) if about else entries:
        model: type[Recorded] = apps.get_model("bihuan", entry.table)
        row = model._default_manager.get(pk=entry.row)
        if entry.kind == "create":
            marked = _mark(row, because)
            if about and not marked:
                raise Refused(f"这一步留下的{model._meta.verbose_name}不能收回，请用下一步办理改正。")
            done += marked
        elif entry.kind == "change":
            audit.change(row, because=because, step=step if entry.step else "", **_before(model, entry))
            done += 1
    return done


def _mark(row: Recorded, because: str) -> int:
    mark = next((name for name in MARKS if hasattr(row, name)), None)
    if mark is None:
        return 0
    marked: dict[str, Any] = {mark: True}
    audit.change(row, because=because, **marked)
    return 1


def _before(model: type[Recorded], entry: Entry) -> dict[str, Any]:
    columns = {column.attname: column for column in model._meta.concrete_fields}
    deltas: dict[str, list[Any]] = json.loads(entry.changes)
    return {name: from_plain(columns[name], before) for name, (before, _) in deltas.items() if name != "version"}
