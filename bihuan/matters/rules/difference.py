"""What a newer paper changes of records that stand: each is new, the same, changed or vanished. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

NEW, SAME, CHANGED, VANISHED = "new", "same", "changed", "vanished"
STATUS_LABELS = {NEW: "新增", SAME: "相同", CHANGED: "更改", VANISHED: "消失"}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record: its keys here (`known`) and in the new paper; `fields` {name: (old, new)}."""

    kind: str
    status: str
    label: str
    known: str
    read: str
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands against what was read."""

    changes: tuple[Change, ...]

    def of(self, kind: str, status: str) -> tuple[Change, ...]:
        """The changes of one kind and status."""
        return tuple(change for change in self.changes if (change.kind, change.status) == (kind, status))

    def count(self, status: str) -> int:
        """How many records have that status."""
        return sum(change.status == status for change in self.changes)
