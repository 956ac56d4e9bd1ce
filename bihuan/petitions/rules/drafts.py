"""A batch of petitions as it would be written: plain values, before any row exists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class SubItemDraft:
    """One sub-item: what was claimed, what was found."""

    number: int
    text: str
    finding: str = ""
    truth: str = ""

    def __str__(self) -> str:
        """As a line: 1.噪声扰民 属实."""
        return f"{self.number}.{' '.join(part for part in (self.text, self.finding, self.truth) if part)}"


@dataclass(frozen=True, slots=True)
class PetitionDraft:
    """One petition. `region` is a region's id; texts are already masked where they named a petitioner.

    `originals` are, by place, the words that came in where a mask changed them, and `numbers` those that its words
    tell: for the vault alone. `joined` are the keys of the other rows of the paper that are part of it.
    """

    key: str
    number: str
    number_key: str
    row: int | None = None
    is_key_case: bool = False
    channel: str = ""
    received_on: date | None = None
    region: int | None = None
    region_raw: str = ""
    content: str = ""
    main_type: str = ""
    types: tuple[str, ...] = ()
    findings: str = ""
    truth: str = ""
    handling: str = ""
    goal: str = ""
    closing: str = ""
    accountability: str = ""
    document_numbers: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    deadline_raw: str = ""
    sub_items: tuple[SubItemDraft, ...] = ()
    spans: Mapping[str, Any] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)
    numbers: tuple[Any, ...] = field(default=(), repr=False)
    joined: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The records of the paper that it was read from."""
        return frozenset((self.key, *self.joined))


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """One batch as printed. `total_note` explains a printed total that differs from what was read."""

    label: str
    number: int | None = None
    handed_over_on: date | None = None
    printed_total: int | None = None
    total_note: str = ""
    petitions: tuple[PetitionDraft, ...] = ()
