"""A database filled once by real deeds, and laid again as it was: the same rows, without doing the deeds again.

What a process did first in an empty database is copied, table by table, with the words that search holds, the stored
files and what stands in the file of heads; the next test that starts in an empty database gets the copy. A database in
which anything stands is filled by deeds. What leads up to a test from there is kept as well: as the difference that its
deeds made, for whoever stands at the same end of the trail.
"""

from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from bihuan.core import audit, search, still
from bihuan.core.audit import TrailHead

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
        if any(_stand()):
            return self._fill()
        if self._made is None:
            made = self._fill()
            self._heads, self._files = _beside()
            self._words = _words()
            self._tables = [_copied(model) for model, count in _counts().items() if count]
            self._made = deepcopy(made)
            return made
        for table in self._tables:
            _insert(table)
        _put_words(self._words)
        _number_on([table.model for table in self._tables])
        _put_beside(self._heads, self._files)
        still.forget()
        return deepcopy(self._made)


@dataclass(frozen=True)
class _State:
    """All that stands in the database and beside it: {model: {key: row}}, {matter: words}, heads, {name: file}."""

    rows: dict[type[models.Model], dict[Any, tuple[Any, ...]]]
    words: dict[int, str]
    heads: bytes
    files: dict[Path, bytes]


@dataclass(frozen=True)
class _Led:
    """What a lead-up made of one state of the data, and what it returned."""

    before: _State
    after: _State
    made: Any

    def lay(self) -> None:
        """Make the same of it again."""
        with transaction.atomic():
            for model in {**self.before.rows, **self.after.rows}:
                was, rows = self.before.rows.get(model, {}), self.after.rows.get(model, {})
                _delete(model, [key for key in was if key not in rows])
                _update(model, [row for key, row in rows.items() if key in was and row != was[key]])
                if added := [row for key, row in rows.items() if key not in was]:
                    _insert(_Table(model, _columns(model), added))
                    _number_on([model])
            was_said = self.before.words
            _put_words([*(self.after.words.items() - was_said.items())])
        heads = self.after.heads[len(self.before.heads) :]
        _put_beside(heads, {name: data for name, data in self.after.files.items() if name not in self.before.files})
        still.forget()


class Leads:
    """What leads up to tests, each done by deeds once from one state of the data. `is_open` while a test runs that
    changes nothing of the program; in another every deed is done.
    """

    is_open = False

    def __init__(self) -> None:
        self._led: dict[Hashable, _Led] = {}

    def led(self, name: Hashable, do: Callable[[], Filled]) -> Filled:
        """What `do` returns; its deeds are done, or laid. `name` names all that they depend on beside the data."""
        if not self.is_open:
            return do()
        place = (name, *_stand())
        if found := self._led.get(place):
            found.lay()
        else:
            before, made = state_of_all(), do()
            found = self._led[place] = _Led(before, state_of_all(), deepcopy(made))
            return made
        again: Filled = deepcopy(found.made)
        return again


LEADS = Leads()


def leads_up(fill: Callable[..., Filled]) -> Callable[..., Filled]:
    """For a fixture that fills the database and nothing else: its deeds are done once, and laid where the next test
    stands where it began.
    """

    @wraps(fill)
    def led(*given: Any, **named: Any) -> Filled:
        return LEADS.led((fill.__module__, fill.__qualname__), lambda: fill(*given, **named))

    return led


def _stand() -> tuple[str | int, ...]:
    """Where the data stands: the end of the trail, which rebuilds every row of the recorded tables, and how many rows
    each of the others has.
    """
    end = f"SELECT MAX(digest) FROM {TrailHead._meta.db_table}"  # noqa: S608 -- our own name
    others = [f"(SELECT COUNT(*) FROM {model._meta.db_table})" for model in _unrecorded()]  # noqa: S608 -- as above
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({end}), {', '.join(others)}")
        last, *counts = cursor.fetchone()
    return last or "", *counts


def state_of_all() -> _State:
    """All that stands now."""
    return _State(stored_rows(), dict(_words()), *_beside())


def stored_rows() -> dict[type[models.Model], dict[Any, tuple[Any, ...]]]:
    """{model: {key: row}} of the tables that have rows; a row is as it is stored, its values in the order of fields."""
    filled = [model for model, count in _counts().items() if count]
    return {one: {row[0]: row for row in _copied(one).rows} for one in filled}


def _beside() -> tuple[bytes, dict[Path, bytes]]:
    """The heads and the stored files."""
    store, heads = Path(settings.FILES), Path(settings.HEADS)
    files = {one.relative_to(store): one.read_bytes() for one in store.rglob("*") if one.is_file()}
    return heads.read_bytes() if heads.exists() else b"", files


def _put_beside(heads: bytes, files: dict[Path, bytes]) -> None:
    with Path(settings.HEADS).open("ab") as kept:
        kept.write(heads)
    for name, data in files.items():
        place = Path(settings.FILES) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _counts() -> dict[type[models.Model], int]:
    """How many rows each table of ours has, parents before their children."""
    parts = [f"SELECT {place}, COUNT(*) FROM {model._meta.db_table}" for place, model in enumerate(_ours())]  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        counts = dict(cursor.fetchall())
    return {model: counts[place] for place, model in enumerate(_ours())}


@cache
def _ours() -> list[type[models.Model]]:
    return sorted(apps.get_app_config("bihuan").get_models(), key=lambda model: model._meta.db_table)


@cache
def _unrecorded() -> list[type[models.Model]]:
    recorded = {*audit.recorded_models(), audit.Entry, TrailHead}
    return [model for model in _ours() if model not in recorded]


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)  # the key first
    return tuple(connection.ops.quote_name(field.column) for field in fields)


def _copied(model: type[models.Model]) -> _Table:
    columns = _columns(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table} ORDER BY 1")  # noqa: S608 -- our own names
        return _Table(model, columns, cursor.fetchall())


def _insert(table: _Table) -> None:
    places = ", ".join(["%s"] * len(table.columns))
    into = f"INSERT INTO {table.model._meta.db_table} ({', '.join(table.columns)}) VALUES ({places})"  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.executemany(into, table.rows)


def _delete(model: type[models.Model], keys: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {model._meta.db_table} WHERE {_columns(model)[0]} = %s",  # noqa: S608 -- our own names
            [(key,) for key in keys],
        )


def _update(model: type[models.Model], rows: list[tuple[Any, ...]]) -> None:
    key, *columns = _columns(model)
    words = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {model._meta.db_table} SET {words} WHERE {key} = %s",  # noqa: S608 -- our own names
            [(*row[1:], row[0]) for row in rows],
        )


def _words() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, CAST(words AS text) FROM {search.TABLE}")  # noqa: S608 -- our own table's name
        return cursor.fetchall()


def _put_words(words: list[tuple[int, str]]) -> None:
    kind = "text" if connection.vendor == "sqlite" else "tsvector"
    into = f"INSERT INTO {search.TABLE} (rowid, words) VALUES (%s, CAST(%s AS {kind}))"  # noqa: S608 -- as above
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {search.TABLE} WHERE rowid = %s", [(matter,) for matter, _ in words])  # noqa: S608 -- as above
        cursor.executemany(into, words)


def _number_on(filled: list[type[models.Model]]) -> None:
    """The next row of each table gets the next number."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
