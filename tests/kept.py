"""A database filled once by real deeds, and laid again as it was: the same rows, without doing the deeds again.

What a process did first in an empty database is copied, table by table, with the words that search holds, the stored
files and what stands in the file of heads; the next test that starts in an empty database gets the copy. A database in
which anything stands is filled by deeds.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models

from bihuan.core import search, still

Filled = TypeVar("Filled")


@dataclass(frozen=True)
class _Table:
    """The rows of one table as they are stored, in the order of their keys, which are the first column."""

    model: type[models.Model]
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Kept(Generic[Filled]):
    """What `fill` makes of an empty database, and what it returns."""

    def __init__(self, fill: Callable[[], Filled]) -> None:
        self._fill = fill
        self._tables: list[_Table] = []
        self._made: Filled | None = None
        self._heads = b""
        self._files: dict[Path, bytes] = {}
        self._words: list[tuple[int, str]] = []

    def lay(self) -> Filled:
        """Fill the database, by deeds or by the copy of what they made; what is returned is nobody else's."""
        if any(_counts().values()):
            return self._fill()
        if self._made is None:
            made = self._fill()
            self._heads = Path(settings.HEADS).read_bytes()
            self._words = _words()
            store = Path(settings.FILES)
            self._files = {one.relative_to(store): one.read_bytes() for one in store.rglob("*") if one.is_file()}
            self._tables = [_copied(model) for model, count in _counts().items() if count]
            self._made = deepcopy(made)
            return made
        for table in self._tables:
            _insert(table)
        _put_words(self._words)
        _number_on([table.model for table in self._tables])
        with Path(settings.HEADS).open("ab") as heads:
            heads.write(self._heads)
        for name, data in self._files.items():
            place = Path(settings.FILES) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        still.forget()
        return deepcopy(self._made)


def _counts() -> dict[type[models.Model], int]:
    """How many rows each table of ours has, parents before their children."""
    ours = sorted(apps.get_app_config("bihuan").get_models(), key=lambda model: model._meta.db_table)
    parts = [f"SELECT {place}, COUNT(*) FROM {model._meta.db_table}" for place, model in enumerate(ours)]  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        counts = dict(cursor.fetchall())
    return {model: counts[place] for place, model in enumerate(ours)}


def _copied(model: type[models.Model]) -> _Table:
    columns = tuple(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table} ORDER BY 1")  # noqa: S608 -- our own names
        return _Table(model, columns, cursor.fetchall())


def _insert(table: _Table) -> None:
    places = ", ".join(["%s"] * len(table.columns))
    into = f"INSERT INTO {table.model._meta.db_table} ({', '.join(table.columns)}) VALUES ({places})"  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.executemany(into, table.rows)


def _words() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, CAST(words AS text) FROM {search.TABLE}")  # noqa: S608 -- our own table's name
        return cursor.fetchall()


def _put_words(words: list[tuple[int, str]]) -> None:
    kind = "text" if connection.vendor == "sqlite" else "tsvector"
    into = f"INSERT INTO {search.TABLE} (rowid, words) VALUES (%s, CAST(%s AS {kind}))"  # noqa: S608 -- as above
    with connection.cursor() as cursor:
        cursor.executemany(into, words)


def _number_on(filled: list[type[models.Model]]) -> None:
    """The next row of each table gets the next number."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
