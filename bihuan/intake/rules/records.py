"""Understood records in their JSON form, with the answers to their doubts applied; how a field is asked for.

Hides the JSON: readers of this module ask a `Row` for text, whole numbers, dates and lists.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.intake.formats.understood import PASSED_ON

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

    def says(self, name: str) -> bool:
        """Whether there is a place for that field, filled in or not."""
        return name in self.plain["fields"]

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
    """The records of a paper with answers applied: {(record key, field): value}.

    What a measure has from its problem follows the answer to its problem.
    """
    found = [_answered(record, answers) for record in understood["records"]]
    above = {row.key: row for row in found if row.type == "problem"}
    answered: dict[str, set[str]] = defaultdict(set)
    for key, field in answers:
        answered[key].add(field)
    return [_passed_on(row, above[row.parent], answered) if row.parent in above else row for row in found]


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


def _passed_on(row: Row, above: Row, answered: Mapping[str, set[str]]) -> Row:
    """A measure with those answers to its problem that it has no words of its own for."""
    asked = answered.get(above.key, set()) - answered.get(row.key, set())
    names = {name for name in asked if _is_passed_on(row, name)}
    if (
        "due_on" in asked
        and row.value("due_on") is None
        and (_is_passed_on(row, "deadline") or not row.raw("deadline"))
    ):
        names |= {"due_on", *({"deadline"} & asked)}
    if not names:
        return row
    had = row.plain["fields"]
    told = {name: {**(had.get(name) or {"raw": "", "span": None}), "value": above.value(name)} for name in names}
    return Row({**row.plain, "fields": {**had, **{name: {**one, "derived": PASSED_ON} for name, one in told.items()}}})


def _is_passed_on(row: Row, name: str) -> bool:
    return (row.plain["fields"].get(name) or {}).get("derived") == PASSED_ON


def of_type(found: Iterable[Row], kind: str) -> list[Row]:
    """The rows of one type, in the order of the paper."""
    return [row for row in found if row.type == kind]
