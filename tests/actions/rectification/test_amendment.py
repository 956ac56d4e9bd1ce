"""Amending a plan: what a figure starts from is read, kept, compared and shown like what it is to reach."""

from dataclasses import replace
from decimal import Decimal

from bihuan.intake.rules.plans import plan_draft
from bihuan.intake.rules.records import Row
from bihuan.rectification.actions import amendment, plan
from bihuan.rectification.ledger import measure_marks
from bihuan.rectification.models import Measure
from bihuan.rectification.queries import adopted
from bihuan.rectification.rules.drafts import IndicatorDraft, MilestoneDraft, PlanDraft
from tests.cast import NOON, ROBOT, Cast
from tests.makers import make_inspection


def row(kind: str, key: str, parent: str = "", **fields: object) -> Row:
    return Row({"type": kind, "key": key, "parent": parent, "fields": {n: {"value": v} for n, v in fields.items()}})


def draft_from(baseline: float) -> PlanDraft:
    """A plan as the reader of papers hands it over: one problem with one measure that counts something."""
    counted = {"name": "处理能力", "target": 200, "unit": "吨/日", "bound": None, "baseline": baseline}
    marks = [{"date": "2022-12-31", "text": "建成", "quantity": 1}]
    rows = [
        row("problem", "problem:1", text="处理能力不足。"),
        row("measure", "measure:1-1", "problem:1", text="扩建处理站。", indicators=[counted], milestones=marks),
    ]
    return plan_draft(row("plan", "plan", title="整改方案"), rows, {}, lambda _: None)


def with_measure(draft: PlanDraft, **facts: object) -> PlanDraft:
    [problem] = draft.problems
    return replace(draft, problems=(replace(problem, measures=(replace(problem.measures[0], **facts),)),))  # type: ignore[arg-type]  # a measure's own fields


def test_a_baseline_is_kept_and_shown(cast: Cast) -> None:
    plan.adopt_plan(draft_from(100), make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    measure = Measure.objects.get()

    assert adopted.indicators_of(measure) == (IndicatorDraft("处理能力", "吨/日", Decimal(200), Decimal(100)),)
    assert measure_marks(measure) == "2022-12-31 建成；处理能力由100到200吨/日"


def test_another_baseline_is_a_difference_that_is_written(cast: Cast) -> None:
    standing = plan.adopt_plan(draft_from(100), make_inspection(cast), cast.party, by=ROBOT, at=NOON)

    found = amendment.amend_plan(standing, draft_from(120), by=ROBOT, at=NOON)

    assert [change.fields for change in found.changes if change.fields] == [
        {"indicators": ("处理能力由100到200吨/日", "处理能力由120到200吨/日")}
    ]
    assert measure_marks(Measure.objects.get()) == "2022-12-31 建成；处理能力由120到200吨/日"


def test_another_quantity_of_a_milestone_is_a_difference_that_is_written(cast: Cast) -> None:
    standing = plan.adopt_plan(draft_from(100), make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    [problem] = draft_from(100).problems
    later = MilestoneDraft(problem.measures[0].milestones[0].due_on, "建成", Decimal(2))

    found = amendment.amend_plan(standing, with_measure(draft_from(100), milestones=(later,)), by=ROBOT, at=NOON)

    assert [[*change.fields] for change in found.changes if change.fields] == [["milestones"]]
    assert adopted.milestones_of(Measure.objects.get()) == (later,)
