"""The editions of a plan, and a plan as the lines of one."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from bihuan.rectification.models import Measure, Plan, PlanEdition, Problem
from bihuan.rectification.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft
from bihuan.rectification.rules.editions import Count, Line, from_plain
from bihuan.rectification.rules.nesting import BEARING


def editions_of(plan: Plan) -> QuerySet[PlanEdition]:
    """The editions of a plan, oldest first."""
    return PlanEdition.objects.filter(plan=plan, is_withdrawn=False).order_by("number")


def written_since(plan: Plan) -> QuerySet[PlanEdition]:
    """The editions that were written since a plan was opened to be revised."""
    rows = editions_of(plan).filter(number__gt=1)
    return rows.none() if plan.opened_at is None else rows.filter(written_at__gte=plan.opened_at)


def held_deadlines(plan: Plan) -> list[tuple[Problem | Measure, Line]]:
    """[(a record, the line of the edition of this revision that says another deadline of it)]: they wait for the
    paper.
    """
    newest = written_since(plan).last()
    lines = {one.code: one for one in from_plain(newest.content) if one.held} if newest else {}
    if not lines:
        return []
    found: list[Problem | Measure] = []
    for model in (Problem, Measure):
        rows = model._default_manager.filter(plan=plan, matter__code__in=lines, matter__is_withdrawn=False)
        found += rows.select_related("matter").order_by("pk")
    return [(row, lines[row.matter.code]) for row in found]


def two_editions(plan: Plan, older: int | None, newer: int | None) -> tuple[PlanEdition | None, PlanEdition | None]:
    """The two editions that are asked for: else the newest, and the one before it."""
    kept = {one.number: one for one in editions_of(plan)}
    new = kept.get(newer or 0) or kept.get(max(kept, default=0))
    before = max((number for number in kept if new is not None and number < new.number), default=0)
    return kept.get(older or 0) or kept.get(before), new


def lines_of(edition: PlanEdition, codes: Collection[str] | None) -> list[Line]:
    """The records of an edition, those with one of these codes where some are given."""
    return [one for one in from_plain(edition.content) if codes is None or one.code in codes]


def lines_from(draft: PlanDraft, codes: Mapping[str, str], units: Mapping[int, str]) -> list[Line]:
    """A plan as the lines of an edition; `codes` are the matters by the draft's keys, `units` names by their ids."""
    found: list[Line] = []
    for problem in draft.problems:
        found.append(_line(problem, f"第{problem.number}项", codes, units))
        found += [_line(one, f"第{problem.number}项措施{one.number}", codes, units) for one in problem.measures]
    for campaign in draft.campaigns:
        found += [_line(one, f"举措{campaign.number}措施{one.number}", codes, units) for one in campaign.measures]
    return found


def _line(one: ProblemDraft | MeasureDraft, label: str, codes: Mapping[str, str], units: Mapping[int, str]) -> Line:
    borne = (duty for duty in one.duties if duty.role in BEARING)
    marks = one.indicators if isinstance(one, MeasureDraft) else ()
    return Line(
        code=codes.get(one.key, one.key),
        label=label,
        text=one.text,
        due_on=one.due_on,
        deadline=one.deadline_raw,
        target=one.target if isinstance(one, ProblemDraft) else one.completion_sign,
        units=tuple(dict.fromkeys(units.get(duty.unit or 0, duty.raw) for duty in borne)),
        counts=tuple(
            Count(mark.name, mark.measured_in, mark.target, mark.baseline is not None and mark.baseline > mark.target)
            for mark in marks
        ),
    )
