"""Rows written by one statement each, made once a model: what the trail writes in every deed, and thousands at a time.

Hides the SQL and how a value is stored. The query maker of Django makes every statement anew, which takes longer than
all that the database does for it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each a value for the same fields by name; the key is among them."""
    names = tuple(rows[0])
    columns = [(name, _stored(model, name)) for name in names]
    to = connections[DEFAULT_DB_ALIAS]
    values = [[store(row[name], to) for name, store in columns] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(model, names), values)


def claim(row: models.Model) -> bool:
    """Insert a row without its key, unless one like it is there; whether it was inserted."""
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    insertion = _insertion(type(row), tuple(field.name for field in columns))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection=connection) for field in columns]
    with connection.cursor() as cursor:
        cursor.execute(f"{insertion} ON CONFLICT DO NOTHING", values)
        return bool(cursor.rowcount == 1)


def add(news: Sequence[models.Model]) -> None:
    """Insert new rows of one model, inside a transaction; each gets its key."""
    model = type(news[0])
    columns = [(field.attname, _stored(model, field.name)) for field in model._meta.concrete_fields]
    values, to = [], connections[DEFAULT_DB_ALIAS]
    for row, key in zip(news, _keys(model, len(news)), strict=True):
        row.pk = key
        _follow_parents(row)
        values.append([store(getattr(row, name), to) for name, store in columns])
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(model, tuple(field.name for field in model._meta.concrete_fields)), values)
    for row in news:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 -- as Django notes when it inserts


def _keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Keys that nobody else gets: an insertion of many rows cannot tell which key each was given."""
    table, key = model._meta.db_table, str(model._meta.pk and model._meta.pk.name)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # whose transactions write one after the other
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return range(last + 1, last + 1 + count)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, count]
        )
        return [given for (given,) in cursor.fetchall()]


def _follow_parents(row: models.Model) -> None:
    """Point to rows that were given before they had a key."""
    for field in _parents(type(row)):
        parent = field.get_cached_value(row, default=None)
        if parent is not None and getattr(row, field.attname) is None:
            if parent.pk is None:
                raise ValueError(f"{field.name} was not written yet")
            setattr(row, field.attname, parent.pk)


@cache
def _parents(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))


def update(row: models.Model, names: Collection[str], **where: Any) -> bool:
    """Write these fields as the row has them, where the stored row has the values `where`; whether there was one."""
    model = type(row)
    fields = [_field(model, name) for name in names]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection=connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_changing(model, tuple(names), tuple(where)), [*values, *where.values()])
        return bool(cursor.rowcount == 1)


def erase(row: Any, *names: str) -> None:
    """Empty columns that stand in no trail, inside a deed, so that what they held is nowhere left in the file.

    The embedded database writes over what it frees, and its log is emptied after the commit; PostgreSQL frees it at its
    next vacuum. Refuses a column that the trail holds.
    """
    if not {*names} <= row.untrailed:
        raise ValueError("only what stands in no trail can be erased")
    is_embedded = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if is_embedded:
            cursor.execute("PRAGMA secure_delete = ON")
        for name in names:
            setattr(row, name, row._meta.get_field(name).get_default())
        update(row, names, id=row.pk)
    if is_embedded:
        transaction.on_commit(_empty_log, robust=True)


def _empty_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


AS_IT_IS = (models.CharField, models.TextField, models.BigIntegerField)  # stored as what it is in Python


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


@cache
def _stored(model: type[models.Model], name: str) -> Callable[[Any, Any], Any]:
    """What makes of a field's value what the database takes."""
    field = _field(model, name)
    if isinstance(field, AS_IT_IS):
        return lambda value, _: value
    return lambda value, to: field.get_db_prep_save(value, connection=to)


@cache
def _insertion(model: type[models.Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(_quoted(_field(model, name).column) for name in names)
    given = ", ".join("%s" for _ in names)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({given})"  # noqa: S608 -- names of our own models; values are parameters


@cache
def _changing(model: type[models.Model], names: tuple[str, ...], where: tuple[str, ...]) -> str:
    sets = ", ".join(f"{_quoted(_field(model, name).column)} = %s" for name in names)
    wanted = " AND ".join(f"{_quoted(_field(model, name).column)} = %s" for name in where)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {sets} WHERE {wanted}"  # noqa: S608 -- as above


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
