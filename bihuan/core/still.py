"""What was asked before and cannot have changed since: kept in memory until the trail tells of rows that it came from.

Every change of a business row moves the trail's end, in the same transaction, and the trail's entry names the row's
table. An answer made of business rows alone (and of what its name says: the actor, the day) holds while no entry names
a table that was read for it. Hides the memory, and how it is seen what an answer was read from.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.db import connection

from bihuan.core import audit

MOST = 4_000  # answers kept; then all are dropped
FAR = 200  # entries since: beyond, everything is asked again
HEAD, ENTRIES = audit.TrailHead._meta.db_table, audit.Entry._meta.db_table
END = f"SELECT number, digest FROM {HEAD} WHERE id = 1"  # noqa: S608 -- our own table's name
SINCE = f'SELECT number, digest, "table" FROM {ENTRIES} WHERE number BETWEEN %s AND %s ORDER BY number'  # noqa: S608 -- as above
NAMED = re.compile(r"\bbihuan_\w+")
Answer = TypeVar("Answer")


class End(NamedTuple):
    """The last entry of the trail: no two states of the data share its digest."""

    number: int
    digest: str


@dataclass
class Kept:
    """An answer, the end at which it held last, and the tables it was read from; None: nobody can tell."""

    value: Any
    end: End
    tables: frozenset[str] | None


@dataclass
class _Reading:
    """What is read for an answer just now."""

    tables: set[str] = field(default_factory=set)
    is_sure: bool = True

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's
        """Hear which tables a query names, and execute it."""
        if sql not in (END, SINCE):
            self.tables.update(NAMED.findall(sql))
        return execute(sql, params, many, context)

    def add(self, kept: Kept) -> None:
        """Another answer is part of this one."""
        self.tables |= kept.tables or frozenset()
        self.is_sure = self.is_sure and kept.tables is not None

    def followed(self) -> frozenset[str] | None:
        """The tables; None where the trail does not follow one of them, or none was read."""
        tables = frozenset[str]().union(*(_made_from().get(one, (one,)) for one in self.tables))
        is_followed = self.is_sure and tables and tables <= {*_trailed().values()}
        return tables if is_followed else None


_kept: dict[Hashable, Kept] = {}
_seen: ContextVar[list[End | None] | None] = ContextVar("seen", default=None)
_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)


def known(name: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer that was kept under this name, where nothing changed that it came from; else what `ask` says now.

    `name` names everything that the answer depends on beside the rows that `ask` reads itself; a row that was read
    before is not among them. What is given out is shared: nobody changes it, nor follows it to rows it did not bring.
    Inside a deed, whose writes are not in the trail yet, it always asks.
    """
    if audit.current.get() is not None:
        return ask()
    end = _end()
    kept = _kept.get(name)
    if kept is None or end is None or not _holds(kept, end):
        kept = _asked(end, ask)
        if end is not None:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[name] = kept
    if above := _reading.get():
        above.add(kept)
    answer: Answer = kept.value
    return answer


def _asked(end: End | None, ask: Callable[[], Any]) -> Kept:
    """Ask after the end was read: an answer is never older than the end it is kept under."""
    reading = _Reading()
    token = _reading.set(reading)
    try:
        with connection.execute_wrapper(reading):
            value = ask()
    finally:
        _reading.reset(token)
    return Kept(value, end or End(0, ""), reading.followed())


def _holds(kept: Kept, end: End) -> bool:
    """Whether an answer still holds at this end; if so it is known to from now on."""
    if kept.end == end:
        return True
    if kept.tables is None or not kept.end.number < end.number <= kept.end.number + FAR:
        return False
    touched = _touched(kept.end, end)
    if touched is None or not touched.isdisjoint(kept.tables):
        return False
    kept.end = end
    return True


@lru_cache(FAR)
def _touched(since: End, end: End) -> frozenset[str] | None:
    """The tables that the entries after one end, up to another, name; None where the one is not on the way to the
    other: the data was restored, or another's was laid in its place.
    """
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [since.number, end.number])
        rows = cursor.fetchall()
    is_one_way = bool(rows) and tuple(rows[0][:2]) == since and tuple(rows[-1][:2]) == end
    return frozenset(_trailed().get(name, name) for _, _, name in rows[1:]) if is_one_way else None


@cache
def _trailed() -> dict[str, str]:
    """{its name in the trail: table}, of every table whose rows change in the trail alone."""
    recorded = (one._meta for one in apps.get_models() if issubclass(one, audit.Recorded))
    return {str(one.model_name): one.db_table for one in recorded}


@cache
def _made_from() -> dict[str, tuple[str, ...]]:
    """{table: the tables it repeats}, of every derived table that a deed writes with what it is made from: its model
    names them (`made_from`).
    """
    return {one._meta.db_table: one.made_from for one in apps.get_models() if hasattr(one, "made_from")}


@contextmanager
def one_moment() -> Iterator[None]:
    """While one request is answered, the trail's end is looked at once, and again after a deed of this request."""
    token = _seen.set([])
    try:
        yield
    finally:
        _seen.reset(token)


def moved() -> None:
    """A deed of this request has moved the trail's end."""
    (_seen.get() or []).clear()


def forget() -> None:
    """Drop every answer: for whoever changes rows past the trail, as a test that lays a kept database does."""
    _kept.clear()


def _end() -> End | None:
    """The trail's end; None before the first entry."""
    seen = _seen.get()
    if seen is None:
        return _look()
    if not seen:
        seen.append(_look())
    return seen[0]


def _look() -> End | None:
    with connection.cursor() as cursor:
        cursor.execute(END)
        row = cursor.fetchone()
    return End(*row) if row else None
