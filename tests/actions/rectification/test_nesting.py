"""A county's plan beside the city's: drafted from it, its differences found, explained, returned or passed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.rectification.actions import nesting, planning
from bihuan.rectification.actions.nesting import Redrafted, Rewritten
from bihuan.rectification.actions.plan import adopt_plan
from bihuan.rectification.models import Measure, Plan, Problem
from bihuan.rectification.queries import nesting as found
from bihuan.rectification.queries import plans
from bihuan.rectification.rules.drafts import DutyDraft, IndicatorDraft, MeasureDraft, PlanDraft, ProblemDraft
from tests.cast import NOON, ROBOT, Cast, seat_as
from tests.makers import make_inspection, make_other

DAY = date(2022, 11, 30)


def city_plan(cast: Cast) -> Plan:
    """The city's plan: a measure of the county with a target, and one of the next county."""
    units = ((1, "封填自备井。", cast.county), (2, "治理坑塘。", cast.neighbour))
    measures = tuple(
        MeasureDraft(
            f"measure:1-{number}",
            number,
            text,
            due_on=DAY,
            deadline_kind="date",
            indicators=(IndicatorDraft("关停自备井", "眼", Decimal(9)),) if number == 1 else (),
            duties=(DutyDraft(DutyRole.RESPONSIBLE, unit.pk),),
        )
        for number, text, unit in units
    )
    problem = ProblemDraft("problem:1", 1, "超采", "超采。", due_on=DAY, deadline_kind="date", measures=measures)
    draft = PlanDraft("市整改方案", "沧办字〔2022〕12号", problems=(problem,))
    return adopt_plan(draft, make_inspection(cast), cast.party, by=ROBOT, at=NOON)


def drafted(cast: Cast) -> tuple[Plan, Actor]:
    """The county's draft and its writer."""
    clerk = seat_as(Role.COUNTY_APPROVER, cast.county)
    return nesting.draft_plan(city_plan(cast), cast.county, by=clerk, at=NOON), clerk


def test_two_clerks_draft_one_plan_from_the_city_plan_as_it_stands(cast: Cast) -> None:
    parent, clerk = city_plan(cast), seat_as(Role.COUNTY_APPROVER, cast.county)
    issued = Plan.objects.get(pk=parent.pk)
    make_other(Plan.objects.get(pk=parent.pk), state="deliberating")  # its issue was corrected meanwhile
    with pytest.raises(Refused, match=nesting.NOT_IN_FORCE):
        nesting.draft_plan(issued, cast.county, by=clerk, at=NOON)
    make_other(Plan.objects.get(pk=parent.pk), state="issued")

    with CaptureQueriesContext(connection) as asked:
        nesting.draft_plan(issued, cast.county, by=clerk, at=NOON)

    locks = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"] and f'"id" = {parent.pk} ' in one["sql"]]
    assert any('FROM "bihuan_plan"' in one for one in locks) is connection.features.has_select_for_update
    with pytest.raises(Refused, match="已有一份方案"):
        nesting.draft_plan(issued, cast.county, by=clerk, at=NOON)


def differences(plan: Plan) -> list[tuple[str, bool]]:
    return [(one.kind, remark is not None) for one, remark in found.explained(plan)]


def test_a_county_drafts_what_the_city_asks_of_it_and_of_nobody_else(cast: Cast) -> None:
    plan, clerk = drafted(cast)

    rows = Measure.objects.filter(plan=plan).order_by("number")
    assert (plan.state, plan.title) == ("draft", "沧县党委和政府第二轮中央督察整改方案（草案）")
    assert [(one.text, one.carries_out.text) for one in rows if one.carries_out] == [("封填自备井。", "封填自备井。")]
    assert differences(plan) == []
    assert [one.name for one in plans.offers(plan, clerk) if not one.refusal] == ["consult"]


def test_nobody_drafts_for_another_county_and_none_twice(cast: Cast) -> None:
    above, other = city_plan(cast), seat_as(Role.COUNTY_APPROVER, cast.county)
    assert cast.neighbour.parent is not None
    with pytest.raises(Refused, match=nesting.NOT_YOURS):
        nesting.draft_plan(above, cast.neighbour.parent, by=other, at=NOON)
    assert [unit for _, unit in plans.to_draft(other)] == [cast.county]
    nesting.draft_plan(above, cast.county, by=other, at=NOON)

    with pytest.raises(Refused, match="已有一份方案"):
        nesting.draft_plan(above, cast.county, by=other, at=NOON)
    assert plans.to_draft(other) == []


def test_what_is_written_later_lower_or_left_out_is_found_and_holds_the_plan_until_explained(cast: Cast) -> None:
    plan, clerk = drafted(cast)
    row = Measure.objects.get(plan=plan)
    mark = row.indicators.get()
    told = Redrafted("封填自备井。", date(2022, 12, 31), "", {mark.pk: Decimal(8)})
    nesting.redraft_measure(row, told, by=clerk, at=NOON, seen=row.version)
    assert differences(plan) == [("later", False), ("lower", False)]
    for step in ("consult", "submit"):
        plan = planning.move_plan(plan, step, by=clerk, at=NOON, note="征求过意见")
    with pytest.raises(Refused, match="与市方案核对还有2处没有说明。"):
        planning.move_plan(plan, "pass", by=cast.wang, at=NOON)

    for one, _ in found.explained(plan):
        nesting.explain_difference(plan, one.subject, one.digest, "冻土期", by=clerk, at=NOON)

    assert differences(plan) == [("later", True), ("lower", True)]
    assert planning.move_plan(plan, "pass", by=cast.wang, at=NOON).state == "deliberating"


def test_an_explanation_of_other_words_holds_no_longer(cast: Cast) -> None:
    plan, clerk = drafted(cast)
    row = Measure.objects.get(plan=plan)
    nesting.redraft_measure(row, Redrafted(row.text, date(2022, 12, 31)), by=clerk, at=NOON, seen=row.version)
    [(one, _)] = found.explained(plan)
    nesting.explain_difference(plan, one.subject, one.digest, "冻土期", by=clerk, at=NOON)

    row = Measure.objects.get(plan=plan)
    nesting.redraft_measure(row, Redrafted(row.text, date(2023, 3, 31)), by=clerk, at=NOON, seen=row.version)

    assert differences(plan) == [("later", False)]
    with pytest.raises(Refused, match=nesting.GONE):
        nesting.explain_difference(plan, one.subject, one.digest, "冻土期", by=clerk, at=NOON)


def test_a_measure_that_is_left_out_has_no_echo_and_one_tied_by_hand_has(cast: Cast) -> None:
    plan, clerk = drafted(cast)
    row = Measure.objects.get(plan=plan)
    above = row.carries_out
    assert above is not None
    nesting.redraft_measure(row, Redrafted("建立巡查制度。", DAY), by=clerk, at=NOON, seen=row.version)
    nesting.tie_measure(Measure.objects.get(pk=row.pk), "", by=clerk, at=NOON)
    assert differences(plan) == [("no_echo", False)]

    nesting.tie_measure(Measure.objects.get(pk=row.pk), above.matter.code, by=clerk, at=NOON)

    assert differences(plan) == []
    nesting.drop_measure(Measure.objects.get(pk=row.pk), by=clerk, at=NOON, note="并入另一项")
    assert differences(plan) == [("no_echo", False)]


def test_a_draft_is_written_by_its_county_alone_and_only_while_it_is_one(cast: Cast) -> None:
    plan, clerk = drafted(cast)
    row = Measure.objects.get(plan=plan)
    told = Redrafted("封填。", DAY)
    for by in (cast.chen, cast.zhang, cast.qian):
        with pytest.raises(Refused, match=nesting.NOT_YOURS):
            nesting.redraft_measure(row, told, by=by, at=NOON, seen=row.version)
    with pytest.raises(Overtaken):
        nesting.redraft_measure(row, told, by=clerk, at=NOON, seen=row.version + 1)
    planning.move_plan(plan, "consult", by=clerk, at=NOON)
    row = Measure.objects.get(plan=plan)

    with pytest.raises(Refused, match="方案现在是“征求意见”，不能再改"):
        nesting.redraft_measure(row, told, by=clerk, at=NOON, seen=row.version)
    with pytest.raises(Refused, match="不能再改"):
        nesting.drop_measure(row, by=clerk, at=NOON, note="不要了")


def bearing(row: Measure | Problem) -> list[tuple[str, str]]:
    duties = row.matter.duties.filter(is_ended=False, role__in=("lead", "responsible")).order_by("role", "pk")
    return [(one.role, str(one.unit)) for one in duties]


def test_words_and_units_of_a_draft_are_written_anew_by_its_own_units_alone(cast: Cast) -> None:
    plan, clerk = drafted(cast)
    make_other(cast.water, parent_id=cast.county.pk)
    row, problem = Measure.objects.get(plan=plan), Problem.objects.get(plan=plan)
    told = Rewritten("超采治理", "公共管网内仍有自备井。", DAY, [cast.water.pk], [cast.county.pk], "全部关停")

    nesting.rewrite_problem(problem, told, by=clerk, at=NOON, seen=problem.version)
    words = Redrafted(row.text, DAY, units=[cast.water.pk])
    nesting.redraft_measure(row, words, by=clerk, at=NOON, seen=row.version)

    fresh = Measure.objects.get(plan=plan)
    with pytest.raises(Refused, match="请选至少一家责任单位。"):
        nesting.redraft_measure(fresh, replace(words, units=[]), by=clerk, at=NOON, seen=fresh.version)

    problem = Problem.objects.get(plan=plan)
    assert (problem.title, problem.target) == ("超采治理", "全部关停")
    assert bearing(problem) == [("lead", "沧县水务局"), ("responsible", "沧县党委和政府")]
    assert bearing(row) == [("responsible", "沧县水务局")]
    assert [kind for kind, _ in differences(plan)] == ["unit_left"]
    for wrong, sentence in (
        (replace(told, leads=[]), "请选至少一个牵头单位。"),
        (replace(told, leads=[cast.neighbour.pk]), "请从制定单位和它下面的单位里选。"),
        (told, "没有改动，不用存。"),
    ):
        with pytest.raises(Refused, match=sentence):
            nesting.rewrite_problem(problem, wrong, by=clerk, at=NOON, seen=problem.version)
    with pytest.raises(Refused, match=nesting.NOT_YOURS):
        nesting.rewrite_problem(problem, told, by=cast.chen, at=NOON, seen=problem.version)
    make_other(problem.matter, state="rectifying")
    make_other(problem.matter.rounds.get(), state="rectifying")
    with pytest.raises(Refused, match=nesting.HANDED_OVER):
        nesting.rewrite_problem(problem, replace(told, title="改"), by=clerk, at=NOON, seen=problem.version)


def test_what_was_handed_over_is_not_written_over_whatever_the_plan_says_of_itself(cast: Cast) -> None:
    plan, clerk = drafted(cast)
    row = Measure.objects.select_related("matter", "plan", "problem__matter").get(plan=plan)
    assert row.problem is not None
    make_other(row.problem.matter, state="rectifying")
    make_other(row.problem.matter.rounds.get(), state="rectifying")

    with pytest.raises(Refused, match=nesting.HANDED_OVER):
        nesting.redraft_measure(row, Redrafted(row.text, date(2029, 1, 1)), by=clerk, at=NOON, seen=row.version)
    with pytest.raises(Refused, match=nesting.HANDED_OVER):
        nesting.drop_measure(row, by=clerk, at=NOON, note="不做了")

    row.matter.refresh_from_db()
    assert (row.matter.due_on, row.matter.first_due_on) == (DAY, DAY)
