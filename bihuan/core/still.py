"""What was asked before and cannot have changed since: kept in memory for as long as the trail ends where it ended.

Every change of a business row moves the trail's end, in the same transaction. So an answer made of business rows alone
(and of what its name says: the actor, the day) holds exactly until the end's digest is another. Hides the memory.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection

from bihuan.core import audit

MOST = 4_000  # answers kept; then all are dropped
END = f"SELECT digest FROM {audit.TrailHead._meta.db_table} WHERE id = 1"  # noqa: S608 -- our own table's name
Answer = TypeVar("Answer")
_kept: dict[Hashable, tuple[str, Any]] = {}
_seen: ContextVar[list[str] | None] = ContextVar("seen", default=None)


def known(name: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer that was kept under this name, where the trail stands still; else what `ask` says now.

    `name` names everything that the answer depends on beside business rows. What is given out is shared: nobody changes
    it. Inside a deed, whose writes are not in the trail yet, it always asks.
    """
    if audit.current.get() is not None:
        return ask()
    end = _end()
    kept = _kept.get(name)
    if end and kept is not None and kept[0] == end:
        answer: Answer = kept[1]
        return answer
    found = ask()  # after the end was read: an answer is never older than the end it is kept under
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[name] = (end, found)
    return found


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


def _end() -> str:
    """The digest of the last entry of the trail, which no two states of the data share; "" before the first."""
    seen = _seen.get()
    if seen is None:
        return _look()
    if not seen:
        seen.append(_look())
    return seen[0]


def _look() -> str:
    with connection.cursor() as cursor:
        cursor.execute(END)
        row = cursor.fetchone()
    return row[0] if row else ""
