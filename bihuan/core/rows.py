"""Rows written by one statement each, made once a model: what the trail writes in every deed, and thousands at a time.

Hides the SQL and how a value is stored. The query maker of Django makes every statement anew, which takes longer than
all that the database does for it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each a value for the same fields by name; the key is among them."""
    names = tuple(rows[0])
    stored = [_stored(model, name) for name in names]
    values = [[store(row[name]) for name, store in zip(names, stored, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(model, names), values)


def update(row: models.Model, names: Collection[str], **was: Any) -> bool:
    """Write these fields of a row as they are now, where the row still has the values `was`; whether it had."""
    model = type(row)
    fields = [_field(model, name) for name in names]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection=connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_changing(model, tuple(names), tuple(was)), [*values, row.pk, *was.values()])
        return bool(cursor.rowcount == 1)


AS_IT_IS = (models.CharField, models.TextField, models.BigIntegerField)  # stored as what it is in Python


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


@cache
def _stored(model: type[models.Model], name: str) -> Callable[[Any], Any]:
    """What makes of a field's value what the database takes."""
    field = _field(model, name)
    if isinstance(field, AS_IT_IS):
        return lambda value: value
    return lambda value: field.get_db_prep_save(value, connection=connection)


@cache
def _insertion(model: type[models.Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(_quoted(_field(model, name).column) for name in names)
    given = ", ".join("%s" for _ in names)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({given})"  # noqa: S608 -- names of our own models; values are parameters


@cache
def _changing(model: type[models.Model], names: tuple[str, ...], was: tuple[str, ...]) -> str:
    sets = ", ".join(f"{_quoted(_field(model, name).column)} = %s" for name in names)
    wanted = " AND ".join(f"{_quoted(_field(model, name).column)} = %s" for name in (model._meta.pk.name, *was))
    return f"UPDATE {_quoted(model._meta.db_table)} SET {sets} WHERE {wanted}"  # noqa: S608 -- as above


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
