"""What the sample's plans are made of: aspects with campaigns, campaigns with problems, as words."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ProblemText:
    """One problem as the plan prints it; `more` are further labelled lines (配合单位, 督导单位 …)."""

    number: int
    title: str
    found: str
    target: str
    deadline: str
    lead: str
    responsible: str
    measures: tuple[str, ...]
    more: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CampaignText:
    """One campaign with its problems."""

    name: str
    problems: tuple[ProblemText, ...]


@dataclass(frozen=True, slots=True)
class AspectText:
    """One aspect with its campaigns."""

    name: str
    campaigns: tuple[CampaignText, ...]


def problem(number: int, *words: str, **more: str) -> ProblemText:
    """One row of a plan: title, found, target, deadline, lead, responsible, then the measures."""
    title, found, target, deadline, lead, responsible, *measures = words
    return ProblemText(number, title, found, target, deadline, lead, responsible, tuple(measures), more)
