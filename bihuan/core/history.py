"""A matter's trail as people read it: one line a deed, with the names of fields instead of their columns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField

from bihuan.core.audit import KINDS, Entry, Recorded, entries_about
from bihuan.core.clock import SHANGHAI
from bihuan.lib import redact

SILENT = frozenset({"id", "city", "version", "spans", "record_key", "intake_id"})
SHOWN = 60
ENDED = "is_ended"  # the mark of a row that holds no longer


@dataclass(frozen=True, slots=True)
class PastDeed:
    """What one person did at one moment: the action, the steps taken, the tables touched, the fields changed.

    `stepped` are the same steps, each with the table whose row it moved.

    `ended` are the rows that he marked as holding no longer (or, with False, as holding again): (table, row, mark).
    """

    at: datetime
    action: str
    who: str
    post: str
    behalf: str
    steps: tuple[str, ...]
    stepped: tuple[tuple[str, str], ...]
    touched: tuple[str, ...]
    note: str
    changes: tuple[tuple[str, str, str], ...]
    ended: tuple[tuple[str, int, bool], ...]
    number: int
    digest: str


def deeds_about(
    about: str,
    city: str,
    *,
    limit: int = 50,
    is_masked: bool = False,
    untold: Collection[str] = (),
    joined: Mapping[str, Collection[int]] | None = None,
) -> list[PastDeed]:
    """The deeds on one matter, newest first, at most `limit` of them; of the fields that are `untold` no change.

    `is_masked` where none may tell who petitioned: a text may have been kept by an answer that was changed since.
    `joined`: as in `entries_about`.
    """
    entries = entries_about(about, city, joined)[: limit * 20]
    groups = groupby(entries, key=lambda entry: entry.deed)
    return [_deed(list(group), is_masked=is_masked, untold=untold) for _, group in groups][:limit]


def deeds_on(row: Recorded, *, limit: int = 20) -> list[PastDeed]:
    """The deeds on one row that belongs to no matter (a unit, a rule set), newest first."""
    entries = Entry.objects.filter(table=str(row._meta.model_name), row=row.pk).order_by("-number")[:limit]
    return [_deed(list(group)) for _, group in groupby(entries, key=lambda entry: entry.deed)]


def begun(rows: Sequence[Recorded]) -> dict[int, tuple[datetime, str]]:
    """{row: when it was first written, and by whom}, for rows of one model, in one query."""
    if not rows:
        return {}
    first = Entry.objects.filter(table=str(rows[0]._meta.model_name), row__in=[row.pk for row in rows], kind="create")
    return {row: (at, name) for row, at, name in first.values_list("row", "at", "name")}


def ended_rows(deeds: Iterable[PastDeed]) -> dict[tuple[str, int], Any]:
    """The rows that these deeds ended or let hold again, each with what it points to: a query for each table."""
    asked: dict[str, set[int]] = {}
    for table, row, _ in (one for deed in deeds for one in deed.ended):
        asked.setdefault(table, set()).add(row)
    found: dict[tuple[str, int], Any] = {}
    for table, rows in asked.items():
        model = apps.get_model("bihuan", table)
        pointing = [column.name for column in model._meta.concrete_fields if column.is_relation]
        whole = model._default_manager.filter(pk__in=rows).select_related(*pointing)
        found |= {(table, row.pk): row for row in whole}
    return found


def _deed(entries: list[Entry], *, is_masked: bool = False, untold: Collection[str] = ()) -> PastDeed:
    last, changed = entries[0], (entry for entry in entries if entry.kind == "change")
    touched = dict.fromkeys(f"{KINDS[entry.kind]}{_table(entry.table)}" for entry in reversed(entries))
    steps = dict.fromkeys(entry.step for entry in reversed(entries) if entry.step)
    return PastDeed(
        at=last.at,
        action=last.action,
        who=last.name,
        post=next((entry.post for entry in entries if entry.post), ""),
        behalf=next((entry.behalf for entry in entries if entry.behalf), ""),
        steps=tuple(steps),
        stepped=tuple(dict.fromkeys((entry.table, entry.step) for entry in reversed(entries) if entry.step)),
        touched=tuple(touched),
        note=next((entry.note for entry in entries if entry.note), ""),
        changes=tuple(_changes(changed, is_masked=is_masked, untold=untold)),
        ended=tuple(
            (entry.table, entry.row, bool(entry.deltas[ENDED][1]))
            for entry in reversed(entries)
            if entry.kind == "change" and ENDED in entry.deltas
        ),
        number=last.number,
        digest=last.digest,
    )


def _table(table: str) -> str:
    return str(apps.get_model("bihuan", table)._meta.verbose_name)


def _changes(entries: Iterable[Entry], *, is_masked: bool, untold: Collection[str]) -> Iterable[tuple[str, str, str]]:
    silent = SILENT.union(untold, ("state", ENDED))
    for entry in entries:
        columns = {column.attname: column for column in apps.get_model("bihuan", entry.table)._meta.concrete_fields}
        for name, (before, after) in entry.deltas.items():
            if name not in silent:
                column = columns[name]
                was, is_now = (_words(_named(column, value), is_masked=is_masked) for value in (before, after))
                yield str(column.verbose_name), was, is_now


def _named(column: Any, value: Any) -> Any:
    """What a stored key points to, as it is called now; a moment by the clock here; other values as they are."""
    if value is not None and isinstance(column, DateTimeField):
        moment = column.to_python(value).astimezone(SHANGHAI)
        return f"{moment:%Y-%m-%d %H:%M}" if moment.time() != time() else f"{moment:%Y-%m-%d}"
    if value is None or not column.is_relation:
        return value
    return column.related_model._default_manager.filter(pk=value).first() or value


def _words(value: Any, *, is_masked: bool) -> str:
    if value is None or value == "":
        return ""
    text = {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    text = redact.masked(text) if is_masked else text
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
