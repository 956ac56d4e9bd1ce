"""A view of a ledger put to the database: filters, order, one page of rows, a count that stops being exact at 10,000.

Hides how a declared column becomes a query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, When

from bihuan.core import planner, still
from bihuan.lib.ledger import Chosen, Column, View

PAGE = 50
NO_KINDS: Mapping[str, Q] = {}
EXACT = 10_000
MOST = 1_000
Asked = tuple[Any, ...]
_common: set[Asked] = set()  # the filters that were last seen to leave more than is counted: a hint, true or not


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a view: its rows, how many in all (`is_exact` or at least so many), and whether more follow.

    `tally` says how many of all are of each kind that was asked for; nothing where the count is not exact.
    """

    rows: list[Any]
    count: int
    is_exact: bool
    has_more: bool
    tally: Mapping[str, int] = field(default_factory=dict)


def condition(chosen: Chosen, today: date, *, is_common: bool = False) -> Q:
    """What one filter in force means; with `is_common`, that it is no rare find."""
    column = chosen.column
    if column.where is not None:
        where: Q = column.where(chosen.values, today)
        return where
    if column.control == "choice":
        return Q(**{f"{column.lookup}{planner.COMMONLY_IN if is_common else '__in'}": chosen.values})
    if column.control == "dates":
        ends = {f"{column.lookup}__gte": chosen.after, f"{column.lookup}__lte": chosen.before}
        return Q(**{name: day for name, day in ends.items() if day})
    return Q(**{f"{column.lookup}__icontains": chosen.values[0]})


def narrowed(rows: QuerySet[Any], view: View, today: date) -> QuerySet[Any]:
    """The rows that the view asks for, in its order."""
    is_common = _asked(view) in _common
    for chosen in view.filters:
        rows = rows.filter(condition(chosen, today, is_common=is_common))
    column = view.ledger.column(view.sort)
    grouped = (view.group.sort,) if view.group is not None and view.group.sort else ()
    ordered = (f"-{column.sort}" if view.is_descending else column.sort,) if column else ()
    return rows.order_by(*grouped, *ordered, *view.ledger.order)


def alike(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows in the same order on both databases: what is not known stands before everything, as SQLite has it."""
    if connection.vendor != "postgresql":
        return rows
    return rows.order_by(*(_ordered(rows.model, str(name)) for name in rows.query.order_by))


def _ordered(model: Any, name: str) -> Any:
    path, is_descending = name.removeprefix("-"), name.startswith("-")
    if not _may_be_nothing(model, path):
        return name
    return F(path).desc(nulls_last=True) if is_descending else F(path).asc(nulls_first=True)


def _may_be_nothing(model: Any, path: str) -> bool:
    for part in path.split("__"):
        if part == "pk":
            return False
        if part not in {name for field in model._meta.fields for name in (field.name, field.attname)}:
            return True
        field = model._meta.get_field(part)
        if field.null:
            return True
        model = field.related_model
    return False


def _asked(view: View) -> Asked:
    """The filters in force, as a key."""
    return (view.ledger.name, *((one.column.name, *one.values) for one in view.filters))


def dressed(rows: QuerySet[Any], view: View, columns: Iterable[Column], today: date) -> QuerySet[Any]:
    """The rows with the words that these columns read, and without the long texts that only others read."""
    shown = tuple(columns)
    names = dict.fromkeys(name for column in shown for name in column.brings)
    stored = {column.name for column in rows.model._meta.concrete_fields}
    unread = [one.name for one in view.ledger.columns if one.kind == "long" and one not in shown and one.name in stored]
    with_words: QuerySet[Any] = view.ledger.dress(rows, today).defer(*unread)
    return with_words.prefetch_related(*names) if names else with_words


def counted(rows: QuerySet[Any], marks: Mapping[str, Any]) -> dict[str, int]:
    """How many rows there are (`count`), up to one more than is counted exactly, and how many of them bear each mark;
    counted again when the trail has moved.
    """
    some = rows.order_by().annotate(**marks).values("pk", *marks)[: EXACT + 1]
    try:
        query, given = some.query.sql_with_params()
    except EmptyResultSet:  # known to be nothing before the database is asked
        return dict.fromkeys(("count", *marks), 0)
    sums = {f"sum_{mark}": Sum(mark, default=0) for mark in marks}
    found = still.known(("count", query, given), lambda: some.aggregate(count=Count("pk"), **sums))
    return {name.removeprefix("sum_"): number for name, number in found.items()}


def listing(
    rows: QuerySet[Any], view: View, today: date, *, size: int = PAGE, kinds: Mapping[str, Q] = NO_KINDS
) -> Listing:
    """One page of the view, and how many of all its rows are of each of these kinds.

    The keys of the page are looked for first, so that an index alone can answer; only then are its rows fetched. The
    kinds ask for nothing more: they are counted with the rows, or seen on the keys where these are all.
    """
    marks = {f"is_{kind}": Case(When(of, then=1), default=0, output_field=IntegerField()) for kind, of in kinds.items()}
    rows = alike(narrowed(rows, view, today))
    start = (view.page - 1) * size
    seen = marks if view.page == 1 else {}
    keyed = [*rows.annotate(**seen).values_list("pk", *seen)[start : start + size + 1]]
    keys = [key for key, *_ in keyed]
    page = {row.pk: row for row in dressed(rows.model._default_manager.filter(pk__in=keys), view, view.columns, today)}
    found = [page[key] for key in keys if key in page]
    if view.page == 1 and len(keyed) <= size:
        tally = {"count": len(found), **{mark: sum(row[at] for row in keyed) for at, mark in enumerate(seen, 1)}}
    else:
        tally = counted(rows, marks)
    count, is_exact = tally["count"], tally["count"] <= EXACT
    counts = {kind: tally[f"is_{kind}"] for kind in kinds} if is_exact else {}
    _note(view, is_common=not is_exact)
    return Listing(found[:size], min(count, EXACT), is_exact, len(found) > size, counts)


def _note(view: View, *, is_common: bool) -> None:
    if len(_common) >= MOST:
        _common.clear()
    (_common.add if is_common else _common.discard)(_asked(view))


def after(rows: QuerySet[Any], view: View, today: date, *, last: Q | None, size: int) -> Listing | None:
    """As `listing`, but the rows that follow a row (`last` names it among `rows`) in the view's order; None where it is
    not there any more. Without `last`, the first ones.

    Rows that come or go meanwhile shift nothing: whoever follows to the end reads every row that stayed as it was once.
    """
    asked = narrowed(rows, view, today)
    order = [str(name) for name in (*asked.query.order_by, "pk")]
    following = alike(asked.order_by(*order))
    if last is not None:
        values = rows.filter(last).order_by().values_list(*(name.removeprefix("-") for name in order)).first()
        if values is None:
            return None
        following = following.filter(_beyond([*zip(order, values, strict=True)]))
    keys = [*following.values_list("pk", flat=True)[: size + 1]]
    page = {row.pk: row for row in dressed(rows.model._default_manager.filter(pk__in=keys), view, view.columns, today)}
    found = [page[key] for key in keys[:size] if key in page]
    count = counted(asked, {})["count"]
    return Listing(found, min(count, EXACT), count <= EXACT, len(keys) > size)


def _beyond(order: Sequence[tuple[str, Any]]) -> Q:
    """The condition of standing behind the row that has these values, in this order."""
    behind, level = Q(pk__in=[]), Q()
    for name, value in order:
        path = name.removeprefix("-")
        behind |= level & _later(path, value, is_descending=name.startswith("-"))
        level &= Q(**{f"{path}__isnull": True}) if value is None else Q(**{path: value})
    return behind


def _later(path: str, value: Any, *, is_descending: bool) -> Q:
    """The condition of a later value of one column; nothing stands before everything."""
    nothing = Q(**{f"{path}__isnull": True})
    if value is None:
        return Q(pk__in=[]) if is_descending else ~nothing
    further = Q(**{f"{path}__{'lt' if is_descending else 'gt'}": value})
    return further | nothing if is_descending else further
