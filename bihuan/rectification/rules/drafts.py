"""A plan as it would be written: plain values, before any row exists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bihuan.lib.quantity import plain
from bihuan.organisation.rules.duties import DutyRole

Spans = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """A role, and the unit (by id) or the words of the paper that bear it."""

    role: DutyRole
    unit: int | None
    raw: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """By when, what, how much."""

    due_on: date
    text: str
    quantity: Decimal | None = None

    @property
    def words(self) -> str:
        """How one line tells it: 2022-12-31 完成12眼."""
        return f"{self.due_on} {self.text}"


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """What is counted, in which unit, how much is wanted, and from how much on where the paper says so."""

    name: str
    measured_in: str
    target: Decimal
    baseline: Decimal | None = None

    @property
    def words(self) -> str:
        """How one line tells it: 关停自备井20眼, 处理能力由100到200吨/日."""
        way = "" if self.baseline is None else f"由{plain(self.baseline)}到"
        return f"{self.name}{way}{plain(self.target)}{self.measured_in}"


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """One measure."""

    key: str
    number: int
    text: str
    completion_sign: str = ""
    deadline_raw: str = ""
    deadline_kind: str = "unknown"
    due_on: date | None = None
    milestones: tuple[MilestoneDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    duties: tuple[DutyDraft, ...] = ()
    spans: Spans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProblemDraft:
    """One problem with its measures."""

    key: str
    number: int
    title: str
    text: str
    upper_number: str = ""
    county_number: str = ""
    pollution_type: str = ""
    nature: str = ""
    target: str = ""
    deadline_raw: str = ""
    deadline_kind: str = "unknown"
    due_on: date | None = None
    is_prominent: bool = False
    acceptance_level: str = "市级验收"
    aspect: int | None = None
    campaign: int | None = None
    measures: tuple[MeasureDraft, ...] = ()
    duties: tuple[DutyDraft, ...] = ()
    spans: Spans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeadingDraft:
    """An aspect or a campaign: its number, its name, for a campaign the aspect's number, and measures of its own."""

    key: str
    number: int
    name: str
    aspect: int | None = None
    measures: tuple[MeasureDraft, ...] = ()
    spans: Spans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A whole plan."""

    title: str
    document_number: str = ""
    issued_on: date | None = None
    aspects: tuple[HeadingDraft, ...] = ()
    campaigns: tuple[HeadingDraft, ...] = ()
    problems: tuple[ProblemDraft, ...] = ()

    def measures(self) -> tuple[MeasureDraft, ...]:
        """Every measure, those of problems first."""
        return (
            *(measure for problem in self.problems for measure in problem.measures),
            *(measure for campaign in self.campaigns for measure in campaign.measures),
        )
