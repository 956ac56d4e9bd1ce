"""An amended plan against the one that stands: who is who, and exactly what changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.rules.difference import difference
from bihuan.rectification.rules.drafts import (
    DutyDraft,
    HeadingDraft,
    IndicatorDraft,
    MeasureDraft,
    MilestoneDraft,
    PlanDraft,
    ProblemDraft,
)

DUE = date(2022, 12, 31)
MEASURE = MeasureDraft("M1", 1, "关停城区自备井二十眼。", due_on=DUE)
PROBLEM = ProblemDraft(
    "P1", 1, "地下水超采", "督察发现，城区仍有自备井未关停，超采地下水。", due_on=DUE, measures=(MEASURE,)
)
PLAN = PlanDraft("方案", problems=(PROBLEM,))


def told(known: PlanDraft, read: PlanDraft) -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    return [(change.kind, change.status, dict(change.fields)) for change in difference(known, read).changes]


def with_problem(**facts: object) -> PlanDraft:
    return replace(PLAN, problems=(replace(PROBLEM, **facts),))  # type: ignore[arg-type]  # a problem's own fields


def with_measure(**facts: object) -> PlanDraft:
    return with_problem(measures=(replace(MEASURE, **facts),))


def test_the_same_plan_has_no_difference() -> None:
    assert told(PLAN, PLAN) == [("problem", "same", {}), ("measure", "same", {})]


def test_other_marks_between_the_same_words_are_no_difference() -> None:
    assert told(PLAN, with_problem(text=PROBLEM.text.replace("，", ","))) == told(PLAN, PLAN)


def test_a_field_that_changed_is_told_with_both_values() -> None:
    assert told(PLAN, with_problem(due_on=None, target="年底前关停。")) == [
        ("problem", "changed", {"target": ("", "年底前关停。"), "due_on": ("2022-12-31", "")}),
        ("measure", "same", {}),
    ]


def test_a_problem_is_known_under_another_number() -> None:
    assert told(PLAN, with_problem(number=9))[0] == ("problem", "changed", {"number": ("1", "9")})


def test_a_problem_is_known_with_other_words_under_its_number() -> None:
    other = "督察发现，城区还有自备井没有关停，继续超采地下水。"

    assert told(PLAN, with_problem(text=other))[0] == ("problem", "changed", {"text": (PROBLEM.text, other)})


def test_a_problem_with_few_other_words_is_known_under_another_number() -> None:
    other = PROBLEM.text.replace("仍有", "尚有")

    assert [*told(PLAN, with_problem(text=other, number=5))[0][2]] == ["number", "text"]


def test_what_nothing_resembles_is_new_and_the_other_vanished() -> None:
    stranger = with_problem(number=2, text="垃圾填埋场渗滤液积存，污水直排。", measures=())

    assert [row[:2] for row in told(PLAN, stranger)] == [
        ("problem", "new"),
        ("problem", "vanished"),
        ("measure", "vanished"),
    ]


def test_another_unit_of_a_role_is_a_difference_and_its_own_words_are_none() -> None:
    lead = DutyDraft(DutyRole.LEAD, 7, "水务局")
    known = with_problem(duties=(lead, DutyDraft(DutyRole.CASE_LEADER, None, "王某")))
    read = with_problem(duties=(replace(lead, raw="市水务局"), DutyDraft(DutyRole.CASE_LEADER, None, "李某")))

    assert told(known, read)[0] == ("problem", "changed", {"leaders": ("王某", "李某")})


def test_milestones_and_indicators_are_compared_whole() -> None:
    known = with_measure(
        milestones=(MilestoneDraft(DUE, "关停", Decimal(12)),),
        indicators=(IndicatorDraft("收集率", "%", Decimal(70)),),
    )
    read = with_measure(
        milestones=(MilestoneDraft(DUE, "关停", Decimal(20)), MilestoneDraft(DUE, "验收")),
        indicators=(IndicatorDraft("收集率", "%", Decimal("70.0"), Decimal("45.5")),),
    )

    assert told(known, read)[1] == (
        "measure",
        "changed",
        {
            "milestones": ("2022-12-31 关停(12)", "2022-12-31 关停(20)；2022-12-31 验收"),
            "indicators": ("收集率70%", "收集率由45.5到70%"),
        },
    )


def test_a_campaign_s_measures_are_compared_under_its_name() -> None:
    water, soil = (HeadingDraft(f"c{at}", at, name, measures=(MEASURE,)) for at, name in ((1, "治水"), (2, "治土")))
    known, read = PlanDraft("方案", campaigns=(water,)), PlanDraft("方案", campaigns=(water, soil))

    assert [row[:2] for row in told(known, read)] == [("measure", "same"), ("measure", "new")]
    assert [row[:2] for row in told(read, known)] == [("measure", "same"), ("measure", "vanished")]


def test_changes_are_found_by_kind_and_status_and_counted() -> None:
    found = difference(PLAN, with_problem(number=9))

    assert ([one.known for one in found.of("problem", "changed")], found.count("same")) == (["P1"], 1)
    assert PLAN.measures() == (MEASURE,)
