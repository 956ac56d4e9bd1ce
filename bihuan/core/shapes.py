"""Whether what SQLite holds is of the kind that its column declares.

SQLite takes a word where a date belongs, and -1 where yes or no does; read back, the one is nothing and the other no:
folding alone would not see them, while queries do. PostgreSQL refuses such values itself.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection, models

YEAR_MONTH_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
TEXT = "typeof({c}) = 'text'"
SHAPES: tuple[tuple[type["models.Field[Any, Any]"], str], ...] = (
    (models.BooleanField, "typeof({c}) = 'integer' AND {c} IN (0, 1)"),
    (models.IntegerField, "typeof({c}) = 'integer'"),
    (models.DecimalField, "typeof({c}) IN ('integer', 'real') AND abs({c}) < 1e18"),
    (
        models.DateTimeField,
        (
            f"{TEXT} AND datetime({{c}}) IS substr({{c}}, 1, 19) AND substr({{c}}, 1, 10) GLOB '{YEAR_MONTH_DAY}'"
            " AND (length({c}) = 19 OR substr({c}, 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]')"
        ),
    ),
    (models.DateField, f"{TEXT} AND {{c}} GLOB '{YEAR_MONTH_DAY}' AND date({{c}}) IS {{c}}"),
    (models.UUIDField, f"{TEXT} AND length({{c}}) = 32 AND {{c}} NOT GLOB '*[^0-9a-f]*'"),
    (models.JSONField, f"{TEXT} AND json_valid({{c}})"),
    (models.BinaryField, "typeof({c}) = 'blob'"),
    (models.CharField, TEXT),
    (models.TextField, TEXT),
)


def misshapen(model: type[models.Model]) -> Iterator[tuple[int, list[str]]]:
    """(key, names of the columns) of each row that holds a value of another kind; SQLite alone lets them in."""
    if connection.vendor != "sqlite":
        return
    names, question = _question(model)
    if not names:
        return
    with connection.cursor() as cursor:
        rows = cursor.execute(question).fetchall()
    for pk, *fit in rows:
        yield pk, [name for name, is_fit in zip(names, fit, strict=True) if not is_fit]


@cache
def _question(model: type[models.Model]) -> tuple[list[str], str]:
    """The columns that declare a kind, and the rows that hold another in one of them: is each of its values so."""
    shaped = {column.attname: shape for column in model._meta.concrete_fields if (shape := _shape(column))}
    key, table = _quoted(model._meta.pk.column), _quoted(model._meta.db_table)
    every = " AND ".join(shaped.values())
    return [*shaped], f"SELECT {key}, {', '.join(shaped.values())} FROM {table} WHERE NOT ({every}) ORDER BY {key}"  # noqa: S608 -- our own names


def _shape(column: "models.Field[Any, Any]") -> str:
    """The condition that a value of this column meets, or "" where any would."""
    target = column
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    shape = next((shape for kind, shape in SHAPES if isinstance(target, kind)), "")
    name = _quoted(column.column)
    return f"({name} IS NULL OR ({shape.format(c=name)}))" if shape else ""


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
