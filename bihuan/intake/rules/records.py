"""Understood records in their JSON form, with the answers to their doubts applied; how a field is asked for.

Hides the JSON: readers of this module ask a `Row` for text, whole numbers, dates and lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

ANSWERED = "由答复确定"


@dataclass(frozen=True, slots=True)
class Row:
    """One understood record."""

    plain: Mapping[str, Any]

    @property
    def type(self) -> str:
        """problem, measure, petition, …"""
        return str(self.plain["type"])

    @property
    def key(self) -> str:
        """Its key inside the paper."""
        return str(self.plain.get("key") or "")

    @property
    def parent(self) -> str:
        """The key of the record that it belongs to."""
        return str(self.plain.get("parent") or "")

    def value(self, name: str) -> Any:
        """The value of a field, None where there is none."""
        return (self.plain["fields"].get(name) or {}).get("value")

    def raw(self, name: str) -> str:
        """The words of a field."""
        return str((self.plain["fields"].get(name) or {}).get("raw") or "")

    def text(self, name: str) -> str:
        """A field as text, "" where there is none."""
        value = self.value(name)
        return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)

    def whole(self, name: str) -> int | None:
        """A field as a whole number, None where it is none."""
        value = self.value(name)
        return int(value) if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()) else None

    def day(self, name: str) -> date | None:
        """A field as a date, None where it is none."""
        try:
            return date.fromisoformat(str(self.value(name) or ""))
        except ValueError:
            return None

    def many(self, name: str) -> list[Any]:
        """A field as a list."""
        value = self.value(name)
        return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]

    def spans(self) -> dict[str, Any]:
        """Where the words of each field stand."""
        return {name: one["span"] for name, one in self.plain["fields"].items() if one and one.get("span")}


def rows(understood: Mapping[str, Any], answers: Mapping[tuple[str, str], Any]) -> list[Row]:
    """The records of a paper with answers applied: {(record key, field): value}."""
    return [_answered(record, answers) for record in understood["records"]]


def heading(understood: Mapping[str, Any]) -> Row:
    """The paper's own fields, as a row."""
    return Row({"type": "paper", "fields": understood.get("heading") or {}})


def _answered(record: Mapping[str, Any], answers: Mapping[tuple[str, str], Any]) -> Row:
    key = str(record.get("key") or "")
    given = {field: value for (of, field), value in answers.items() if of == key and field}
    if not given:
        return Row(record)
    fields = dict(record["fields"])
    for name, value in given.items():
        fields[name] = {**(fields.get(name) or {"raw": "", "span": None}), "value": value, "derived": ANSWERED}
    return Row({**record, "fields": fields})


def of_type(found: Iterable[Row], kind: str) -> list[Row]:
    """The rows of one type, in the order of the paper."""
    return [row for row in found if row.type == kind]
