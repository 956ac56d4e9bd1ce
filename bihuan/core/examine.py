"""The examination: does the chain hold, does the trail rebuild every row, is nothing missing and nothing an orphan.

Hides how millions of entries are folded without holding them. Modules above add checks of their own through
`wiring.CHECKS`; each check yields one `Finding` per fault and is silent when all is well.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, models

from bihuan.core import audit, witness
from bihuan.core.audit import Entry, Recorded, TrailHead
from bihuan.core.chain import digest_of
from bihuan.core.prepared import FIRST, PAGE, in_pages, prepared
from bihuan.core.shapes import misshapen

WHOLE = "轨迹完整，件件有着落，没有发现问题。"
BROKEN = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, ObjectDoesNotExist, DatabaseError)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: which invariant, where, and the sentence that says what."""

    invariant: str
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.invariant} {self.where}：{self.sentence}"


Check = Callable[[], Iterable[Finding]]
CHECKS: list[Check] = []
READS: dict[Check, frozenset[type[Recorded]]] = {}


def about(*rows: type[Recorded]) -> Callable[[Check], Check]:
    """Declare that a check speaks of these rows: it is passed over where none of them is in use (`models_in_use`)."""

    def declare(check: Check) -> Check:
        READS[check] = frozenset(rows)
        return check

    return declare


def wire(checks: Iterable[Check]) -> None:
    """Take in the checks of the upper floors. Called once, at start."""
    CHECKS[:] = checks


def findings(*, skipping: Collection[Check] = ()) -> Iterator[Finding]:
    """Every fault that can be found, the trail's first. A check that breaks on what it reads is itself a finding."""
    used, misfits = models_in_use(), Misfits()
    known = frozenset(used)
    tables: tuple[type[models.Model], ...] = (Entry, TrailHead, *used)
    own: list[Check] = [partial(shape, model, misfits) for model in tables]
    own += [partial(chain, misfits), witnessed, *(partial(fold, model, misfits) for model in used)]
    for check in (*own, unknown_tables, references, pages, *CHECKS):
        if check in skipping or (check in READS and READS[check].isdisjoint(known)):
            continue
        try:
            yield from check()
        except BROKEN as fault:
            yield Finding("I14", _named(check), f"没有查完，数据已损坏：{type(fault).__name__} {fault}")


def models_in_use() -> list[type[Recorded]]:
    """The models that have a row or of which the trail speaks; in the others there is nothing that could be wrong.

    Where even that cannot be asked, all of them.
    """
    known = [*audit.recorded_models()]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_any_rows())
            filled = {place for (place,) in cursor.fetchall()}
        told = {*_tables_told()}
    except BROKEN:
        return known
    return [model for place, model in enumerate(known) if place in filled or model._meta.model_name in told]


@cache
def _any_rows() -> str:
    """The places, among the recorded models, of those that have a row."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in audit.recorded_models()]
    parts = (f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {table})" for place, table in enumerate(tables))  # noqa: S608 -- our own names
    return " UNION ALL ".join(parts)


@prepared
def _tables_told() -> models.QuerySet[Entry, str]:
    return Entry.objects.order_by("table").values_list("table", flat=True).distinct()


def _named(check: Check) -> str:
    if isinstance(check, partial):
        return str(getattr(check.args[0], "_meta", Entry._meta).verbose_name)
    return f"{check.__module__.removeprefix('bihuan.')}.{check.__name__}"


class Misfits:
    """The rows that hold a value of another kind than their column declares: of each table looked for once."""

    def __init__(self) -> None:
        self._found: dict[type[models.Model], list[tuple[int, list[str]]]] = {}

    def of(self, model: type[models.Model]) -> list[tuple[int, list[str]]]:
        """(key, names of the columns) of each such row."""
        if model not in self._found:
            self._found[model] = [*misshapen(model)]
        return self._found[model]

    def keys(self, model: type[models.Model]) -> set[int]:
        """The keys of such rows."""
        return {pk for pk, _ in self.of(model)}

    def others(self, model: type[models.Model]) -> Iterator[Any]:
        """The rows that can be read, by their keys, a page at a time."""
        broken = self.keys(model)
        if broken:
            return model._default_manager.exclude(pk__in=broken).order_by("pk").iterator(PAGE)
        return in_pages(partial(_rows, model))


@prepared
def _rows(model: type[models.Model], start: int) -> models.QuerySet[Any]:
    return model._default_manager.filter(pk__gte=start).order_by("pk")[:PAGE]


def shape(model: type[models.Model], misfits: Misfits) -> Iterator[Finding]:
    """I3 of one table: every value is of the kind that its column declares."""
    for pk, names in misfits.of(model):
        for name in names:
            yield Finding("I3", f"{model._meta.verbose_name} {pk}", f"“{name}”不是这一栏该有的值。")


def chain(misfits: Misfits | None = None) -> Iterator[Finding]:
    """I2: numbers without a gap, every hash right, the end where the head says."""
    number, digest = 0, audit.GENESIS
    for entry in (misfits or Misfits()).others(Entry):
        number += 1
        if entry.number != number:
            yield Finding("I2", f"轨迹#{number}", f"缺少第{number}至{entry.number - 1}条。")
            number = entry.number
        if entry.previous != digest:
            yield Finding("I2", f"轨迹#{entry.number}", "前一哈希与上一条不符。")
        if digest_of(entry) != entry.digest:
            yield Finding("I2", f"轨迹#{entry.number}", "内容与哈希不符。")
        digest = entry.digest
    head = TrailHead.objects.filter(pk=1).first()
    if (head.number, head.digest) != (number, digest) if head else number:
        yield Finding("I2", "轨迹末端", f"链到第{number}条，末端记载为第{head.number if head else 0}条。")


def witnessed() -> Iterator[Finding]:
    """I2: every deed ended where the file outside the database says, and none of which that file knows is gone."""
    heads, changed, unknown, last = witness.Heads(), list[int](), list[int](), 0
    ends = in_pages(_ends, lambda end: (end[1] + 1,))
    for _, deed in groupby(ends, key=itemgetter(0)):
        *_, (_, last, digest) = deed
        if not heads.is_so(last, digest):
            changed.append(last)
        elif not heads.knows(last, digest):
            unknown.append(last)
    if changed:
        yield Finding("I2", f"轨迹#{changed[0]}", f"自此有{len(changed)}次办理与库外链头不符，轨迹被改写过。")
    if unknown:
        yield Finding("I2", f"轨迹#{unknown[0]}", f"自此有{len(unknown)}次办理在库外链头里没有记载。")
    gone = [number for number in heads.done if number > last]
    if gone:
        yield Finding("I2", "轨迹末端", f"库外链头记到第{max(gone)}条，链只到第{last}条，末尾被截去。")
    if len(gone) < len(heads.done):
        yield Finding("I2", "库外链头", f"有{len(heads.done) - len(gone)}处办理在链里没有。")


@prepared
def _ends(start: int) -> models.QuerySet[Entry, tuple[Any, int, str]]:
    return Entry.objects.filter(number__gte=start).order_by("number").values_list("deed", "number", "digest")[:PAGE]


def fold(model: type[Recorded], misfits: Misfits) -> Iterator[Finding]:
    """I3: the entries of each row, folded, give the row; its version is the number of its entries."""
    broken, rows = misfits.keys(model), misfits.others(model)
    row = next(rows, None)
    for pk, entries in groupby(entries_of(model), key=itemgetter(0)):
        while row is not None and row.pk < pk:
            yield _orphan(model, row)
            row = next(rows, None)
        values, count, faults = rebuilt(model, (entry[2] for entry in entries))
        yield from (Finding("I3", f"{model._meta.verbose_name} {pk}", fault) for fault in faults)
        if row is None or row.pk != pk:
            if pk not in broken:
                yield Finding("I3", f"{model._meta.verbose_name} {pk}", "轨迹中有这一行，表中没有。")
            continue
        yield from _compare(model, row, values, count)
        row = next(rows, None)
    while row is not None:
        yield _orphan(model, row)
        row = next(rows, None)


def rebuilt(model: type[Recorded], changes: Iterable[str]) -> tuple[dict[str, Any], int, list[str]]:
    """What a row's entries make of it: its values, how many entries, and where one does not continue the one before.

    A column that its first entry does not know was added by a later migration, which gave the row the column's default.
    """
    values: dict[str, Any] = {}
    count, faults = 0, []
    for text in changes:
        count += 1
        deltas = _deltas(text)
        if deltas is None:
            faults.append(f"第{count}次记录读不出来。")
        for field, (before, after) in (deltas or {}).items():
            if values.get(field) != before:
                faults.append(f"第{count}次记录的“{field}”前值与上一次不接。")
            values[field] = after
        if count == 1:
            values = _defaults(model) | values
    return values, count, faults


def _defaults(model: type[Recorded]) -> dict[str, Any]:
    columns = (one for one in model._meta.concrete_fields if one.has_default() and one.attname not in model.untrailed)
    return {column.attname: audit.plain_value(column.get_default()) for column in columns}


def _deltas(text: str) -> dict[str, tuple[Any, Any]] | None:
    """{field: (before, after)} of an entry; None where somebody wrote something else into it."""
    try:
        return {str(field): (before, after) for field, (before, after) in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return None


def entries_of(model: type[Recorded]) -> Iterator[tuple[int, int, str]]:
    """(key, number, changes) of every entry that changed a row of a table, row by row, the oldest first."""
    of_table = partial(_entries, str(model._meta.model_name))
    return in_pages(of_table, lambda entry: (entry[0], entry[1] + 1), (FIRST, FIRST))


@prepared
def _entries(table: str, row: int, start: int) -> models.QuerySet[Entry, tuple[int, int, str]]:
    found = Entry.objects.filter(table=table, row__gte=row).exclude(row=row, number__lt=start).exclude(kind="look")
    return found.order_by("row", "number").values_list("row", "number", "changes")[:PAGE]


def _compare(model: type[Recorded], row: Recorded, values: dict[str, Any], count: int) -> Iterator[Finding]:
    where = f"{model._meta.verbose_name} {row.pk}"
    stored = audit.plain_row(row)
    for field in sorted({*stored, *values}):
        if stored.get(field) != values.get(field):
            yield Finding("I3", f"{where} {_about(row)}".strip(), f"“{field}”与轨迹不符。")
    if row.version != count:
        yield Finding("I3", where, f"版本为{row.version}，轨迹有{count}次记录。")


def _about(row: Recorded) -> str:
    try:
        return row.about
    except ObjectDoesNotExist:
        return ""


def _orphan(model: type[Recorded], row: Recorded) -> Finding:
    return Finding("I3", f"{model._meta.verbose_name} {row.pk}", "表中有这一行，轨迹中没有。")


def unknown_tables() -> Iterator[Finding]:
    """I3: no entry speaks of a table that the house does not know."""
    known = {model._meta.model_name for model in audit.recorded_models()}
    for table in _tables_told():
        if table not in known:
            yield Finding("I3", table, "轨迹提到的表不存在。")


def references() -> Iterator[Finding]:
    """I14: SQLite's own check of its foreign keys."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for row in cursor.execute("PRAGMA foreign_key_check").fetchall():
            yield Finding("I14", "数据库", f"{row[0]} 第{row[1]}行指向不存在的 {row[2]}。")


def pages() -> Iterator[Finding]:
    """I14: SQLite's own check of its pages and indexes, and its settings as shipped."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma, fine in (("integrity_check", "ok"), ("foreign_keys", 1), ("synchronous", 2)):
            value = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if value != fine:
                yield Finding("I14", "数据库", f"{pragma} 为 {value}，应为 {fine}。")
