"""A trail's JSON value back to what a column holds: the other direction of `audit.plain_value`."""

from typing import Any

from django.db import models


def from_plain(column: "models.Field[Any, Any]", value: Any) -> Any:
    """The column's value behind its JSON form."""
    if isinstance(column, models.BinaryField) and value is not None:
        return bytes.fromhex(value)
    if isinstance(column, models.ForeignKey | models.JSONField):
        return value
    return column.to_python(value)
