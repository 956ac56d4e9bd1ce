"""What was understood of a paper: records of fields, each field leading back to its words; doubts; reconciliation.

Hides nothing: these are the plain values that every layout in this package returns, that the preview shows, the commit
writes and `bihuan understand --json` prints.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bihuan.lib.paper.document import Span

Value = str | int | float | bool | None | Sequence[Any] | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the value, the raw words it came from and where they stand.

    A value that the words do not hold as they stand (a date worked out, a truth concluded) names its rule in `derived`;
    the raw words and span are then those that the rule worked on. A missing value is `None`, never a guess.
    """

    value: Value
    raw: str = ""
    span: Span | None = None
    derived: str | None = None

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "value": self.value,
            "raw": self.raw,
            "span": self.span.plain() if self.span else None,
            "derived": self.derived,
        }


MISSING = Field(None)
PASSED_ON = "沿用所属问题"  # the rule by which a measure has what its problem says


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a doubt: what it says, the value it would set, and what follows from it."""

    label: str
    value: Value
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {"label": self.label, "value": self.value, "note": self.note}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question that only a person can answer, about one field of a record (or, with `field` empty, the whole).

    `kind` is a short identifier of the sort of doubt (`deadline_ambiguous`, `unit_unknown`, …), the same for all
    doubts of a sort, so that a clerk's standing answer can be matched again.
    """

    field: str
    question: str
    choices: tuple[Choice, ...] = ()
    kind: str = ""
    span: Span | None = None

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "field": self.field,
            "question": self.question,
            "choices": [choice.plain() for choice in self.choices],
            "kind": self.kind,
            "span": self.span.plain() if self.span else None,
        }


@dataclass(frozen=True, slots=True)
class Record:
    """One problem, measure, petition, notice, aspect, campaign, … as understood.

    `key` names the record inside its paper (`problem:7`, `measure:7-3`, `petition:12`); `parent` is the key of the
    record it belongs to (a measure's problem, a problem's campaign), or empty.
    """

    type: str
    fields: Mapping[str, Field]
    doubts: tuple[Doubt, ...] = ()
    key: str = ""
    parent: str = ""

    def value(self, name: str) -> Any:
        """The value of a field, `None` if it was not read."""
        return self.fields.get(name, MISSING).value

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "type": self.type,
            "key": self.key,
            "parent": self.parent,
            "fields": {name: read.plain() for name, read in self.fields.items()},
            "doubts": [doubt.plain() for doubt in self.doubts],
        }


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One printed total held against what was read. `note` explains a difference, or is empty where they agree.

    `read` is None where a paper of this kind gives the number and does not list them.
    """

    what: str
    printed: int | float
    read: int | float | None
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {"what": self.what, "printed": self.printed, "read": self.read, "note": self.note}


@dataclass(frozen=True, slots=True)
class Understanding:
    """One paper, understood. `kind`: plan, petitions, bulletin, notice, report, slip or unknown.

    `heading` holds the fields of the paper itself (title, document_number, inspection, batch, batch_date, region …).
    """

    file: str
    kind: str
    records: tuple[Record, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    reconciliation: tuple[Reconciliation, ...] = ()
    heading: Mapping[str, Field] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "file": self.file,
            "kind": self.kind,
            "heading": {name: read.plain() for name, read in self.heading.items()},
            "records": [record.plain() for record in self.records],
            "doubts": [doubt.plain() for doubt in self.doubts],
            "reconciliation": [row.plain() for row in self.reconciliation],
        }
