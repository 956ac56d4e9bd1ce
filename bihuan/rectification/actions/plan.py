"""Adopting a plan (整改方案): its aspects, campaigns, problems and measures become ledger rows in one deed.

Hides the codes of matters, and in which order the rows must be inserted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bihuan.core import audit, numbering, search
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.matters import actions as matters
from bihuan.matters.models import Duty, Inspection, Matter
from bihuan.matters.queries import work
from bihuan.organisation.models import Unit
from bihuan.rectification.actions import editions
from bihuan.rectification.models import Aspect, Campaign, Indicator, Measure, Milestone, Plan, Problem
from bihuan.rectification.queries import adopted
from bihuan.rectification.queries.adopted import MEASURE_COLUMNS, PROBLEM_COLUMNS
from bihuan.rectification.rules.drafts import DutyDraft, MeasureDraft, PlanDraft, ProblemDraft
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.plan import PlanState, is_draft_title
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM


@dataclass
class Shelf:
    """The plan's rows as they are made, by their numbers in the paper, and the rows that wait to be inserted."""

    plan: Plan
    intake: Any
    aspects: dict[int, Aspect] = field(default_factory=dict)
    campaigns: dict[int, Campaign] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)  # the codes of what was inserted


@action
def adopt_plan(
    draft: PlanDraft,
    inspection: Inspection,
    unit: Unit,
    *,
    by: Actor,
    at: datetime,
    parent: Plan | None = None,
    intake: Any = None,
) -> Plan:
    """Write a whole plan: every problem starts as a draft (草案), every measure as not started. All or nothing.

    A paper whose title calls itself a draft is a plan that is being written (起草); any other was issued already, which
    is a fact of that paper and no step.
    """
    is_draft = is_draft_title(draft.title)
    plan = audit.create(
        Plan(
            inspection=inspection,
            unit=unit,
            parent=parent,
            title=draft.title,
            document_number=draft.document_number,
            issued_on=draft.issued_on,
            state=PlanState.DRAFT if is_draft else PlanState.ISSUED,
            opened_at=at if is_draft else None,
            intake=intake,
        )
    )
    shelf = Shelf(plan, intake)
    add_headings(shelf, draft)
    problems = add_problems(shelf, draft.problems)
    pairs = [
        (problem, measure) for problem, one in zip(problems, draft.problems, strict=True) for measure in one.measures
    ]
    add_measures(shelf, pairs, [(shelf.campaigns[one.number], m) for one in draft.campaigns for m in one.measures])
    if not is_draft:
        editions.freeze(
            plan, adopted.plan_as_draft(plan), document_number=plan.document_number, dated_on=plan.issued_on
        )
    return plan


def add_headings(shelf: Shelf, draft: PlanDraft) -> None:
    """Insert aspects and campaigns that are not on the shelf yet."""
    for one in draft.aspects:
        if one.number not in shelf.aspects:
            row = Aspect(plan=shelf.plan, number=one.number, name=one.name, spans=one.spans)
            shelf.aspects[one.number] = audit.create(row)
    for one in draft.campaigns:
        if one.number not in shelf.campaigns:
            aspect = shelf.aspects.get(one.aspect) if one.aspect else None
            campaign = Campaign(plan=shelf.plan, aspect=aspect, number=one.number, name=one.name, spans=one.spans)
            shelf.campaigns[one.number] = audit.create(campaign)


def add_problems(shelf: Shelf, drafts: Sequence[ProblemDraft]) -> list[Problem]:
    """Insert problems with their matters, rounds and duties."""
    if not drafts:
        return []
    code = shelf.plan.inspection.code
    first = numbering.take(f"{code}-P", len(drafts))
    opened = [_matter(shelf, "problem", f"{code}-P{first + place:03}", one.due_on) for place, one in enumerate(drafts)]
    matters.open_matters(opened, PROBLEM[ACCEPT_FIRST])
    problems = [
        Problem(
            matter=matter,
            plan=shelf.plan,
            aspect=shelf.aspects.get(one.aspect) if one.aspect else None,
            campaign=shelf.campaigns.get(one.campaign) if one.campaign else None,
            record_key=one.key,
            **{name: getattr(one, name) for name in (*PROBLEM_COLUMNS, "spans")},
        )
        for matter, one in zip(opened, drafts, strict=True)
    ]
    audit.create_many(problems)
    shelf.made += [matter.code for matter in opened]
    index_problems(problems)
    name_all([(matter, one.duties) for matter, one in zip(opened, drafts, strict=True)])
    return problems


def add_measures(
    shelf: Shelf,
    of_problems: Sequence[tuple[Problem, MeasureDraft]],
    of_campaigns: Sequence[tuple[Campaign, MeasureDraft]] = (),
) -> list[Measure]:
    """Insert measures with their matters, rounds, duties, milestones and indicators."""
    code = shelf.plan.inspection.code
    rows: list[tuple[Measure, MeasureDraft]] = []
    for problem, one in of_problems:
        name = problem.matter.code.removeprefix(f"{code}-P")
        rows.append((_measure(shelf, f"{code}-M{name}", one, problem=problem), one))
    for campaign, one in of_campaigns:
        rows.append((_measure(shelf, f"{code}-MC{shelf.plan.pk:02}{campaign.number:02}", one, campaign=campaign), one))
    if not rows:
        return []
    matters.open_matters([measure.matter for measure, _ in rows], MEASURE)
    for measure, _ in rows:
        measure.matter_id = measure.matter.pk
    audit.create_many([measure for measure, _ in rows])
    shelf.made += [measure.matter.code for measure, _ in rows]
    index_measures([measure for measure, _ in rows])
    name_all([(measure.matter, one.duties) for measure, one in rows])
    add_marks(rows)
    return [measure for measure, _ in rows]


def index_problems(problems: Sequence[Problem]) -> None:
    """Put the words of problems, and of the files on them, into the search index."""
    written = work.words_of(one.matter_id for one in problems)
    texts = (
        (one.matter_id, f"{one.matter.code} {one.title} {one.text} {one.target}{written.get(one.matter_id, '')}")
        for one in problems
    )
    search.index("problem", texts)


def index_measures(measures: Sequence[Measure]) -> None:
    """Put the words of measures, and of the files on them, into the search index."""
    written = work.words_of(one.matter_id for one in measures)
    texts = (
        (one.matter_id, f"{one.matter.code} {one.text} {one.completion_sign}{written.get(one.matter_id, '')}")
        for one in measures
    )
    search.index("measure", texts)


def add_marks(rows: Sequence[tuple[Measure, MeasureDraft]]) -> None:
    """Insert the milestones and indicators of measures."""
    audit.create_many(
        [
            Milestone(measure=measure, due_on=mark.due_on, text=mark.text, quantity=mark.quantity)
            for measure, one in rows
            for mark in one.milestones
        ]
    )
    audit.create_many(
        [
            Indicator(
                measure=measure,
                name=mark.name,
                measured_in=mark.measured_in,
                baseline=mark.baseline,
                target=mark.target,
            )
            for measure, one in rows
            for mark in one.indicators
        ]
    )


def name_all(named: Sequence[tuple[Matter, Sequence[DutyDraft]]]) -> None:
    """Insert the duties of matters."""
    matters.name_bearers(
        [
            Duty(matter=matter, role=duty.role, unit_id=duty.unit, raw=duty.raw[:300], is_first=duty.is_first)
            for matter, duties in named
            for duty in duties
        ]
    )


def _matter(shelf: Shelf, kind: str, code: str, due_on: Any) -> Matter:
    plan = shelf.plan
    return Matter(
        kind=kind,
        code=code,
        inspection=plan.inspection,
        region=plan.unit.region,
        first_due_on=due_on,
        due_on=due_on,
        intake=shelf.intake,
    )


def _measure(shelf: Shelf, stem: str, one: MeasureDraft, **place: Any) -> Measure:
    serial = numbering.take(stem)
    return Measure(
        matter=_matter(shelf, "measure", f"{stem}-{serial:02}", one.due_on),
        plan=shelf.plan,
        record_key=one.key,
        **{name: getattr(one, name) for name in (*MEASURE_COLUMNS, "spans")},
        **place,
    )
