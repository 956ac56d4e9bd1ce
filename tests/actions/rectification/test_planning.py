"""A plan on its way: drafted, checked, deliberated, issued by its paper, revised into a new edition."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bihuan.core import correction
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import amendment, planning
from bihuan.rectification.actions.handing_over import Paper, move_problem
from bihuan.rectification.actions.plan import adopt_plan
from bihuan.rectification.actions.planning import Considered
from bihuan.rectification.models import Measure, Plan, PlanEdition, Problem
from bihuan.rectification.queries import adopted, plans
from bihuan.rectification.queries import editions as kept
from bihuan.rectification.rules.drafts import IndicatorDraft, MeasureDraft, PlanDraft, ProblemDraft
from bihuan.rectification.rules.editions import shifts
from tests.cast import NOON, ROBOT, TODAY, Cast, seat_as
from tests.makers import make_inspection, make_other
from tests.steps import make_whole_plan

PAPER = Paper("沧办字〔2022〕31号", TODAY)
LATER = NOON + timedelta(days=1)
MEETINGS = ("政府常务会", "党委常委会")


def consider(plan: Plan, by: Actor, outcome: str = "通过", *, bodies: tuple[str, ...] = MEETINGS) -> None:
    for body in bodies:
        said = Considered(body, TODAY, outcome, "第12次", "纪要〔2022〕12号")
        planning.record_deliberation(plan, said, by=by, at=NOON)


def go(plan: Plan, name: str, by: Actor, paper: Paper | None = None) -> Plan:
    return planning.move_plan(plan, name, by=by, at=NOON, note="征求了各县意见", paper=paper)


def test_a_city_plan_is_issued_only_after_both_meetings_and_with_its_paper(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "draft")
    plan = go(go(plan, "consult", cast.chen), "deliberate", cast.chen)
    consider(plan, cast.chen, bodies=MEETINGS[:1])
    with pytest.raises(Refused, match="还没有审议记录：党委常委会。"):
        go(plan, "issue", cast.chen, PAPER)
    consider(plan, cast.chen, bodies=MEETINGS[1:])
    with pytest.raises(Refused, match="请填写文号和日期。"):
        go(plan, "issue", cast.chen)

    plan = go(plan, "issue", cast.chen, PAPER)

    edition = PlanEdition.objects.get()
    assert (plan.state, plan.document_number, plan.issued_on) == ("issued", PAPER.number, PAPER.dated_on)
    assert (edition.number, edition.document_number, len(edition.content)) == (1, PAPER.number, 2)
    assert edition.approver == "政府常务会第12次(2022-07-04)；党委常委会第12次(2022-07-04)"


def test_no_paper_is_older_than_the_meetings_that_passed_it(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    consider(plan, cast.chen)

    with pytest.raises(Refused, match="文件日期2022-07-01早于审议日期2022-07-04，请核对。"):
        go(plan, "issue", cast.chen, Paper("沧办字〔2022〕31号", date(2022, 7, 1)))

    assert Plan.objects.get().state == "deliberating"
    assert go(plan, "issue", cast.chen, PAPER).issued_on == TODAY


def test_a_meetings_no_holds_until_it_says_yes_and_earlier_words_do_not_count_after_a_redraft(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    consider(plan, cast.chen, "未通过，修改后再议")
    with pytest.raises(Refused, match="政府常务会、党委常委会没有通过"):
        go(plan, "issue", cast.chen, PAPER)
    consider(plan, cast.chen)
    assert [one.name for one in plans.offers(plan, cast.chen) if not one.refusal] == ["redraft", "issue"]

    plan = planning.move_plan(plan, "redraft", by=cast.chen, at=LATER, note="重写")

    assert plans.PlanFacts(plan).bodies_missing == MEETINGS


def test_a_problem_is_not_handed_over_before_its_plan_is_issued(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    problem = Problem.objects.get()
    with pytest.raises(Refused, match="方案还没有印发，现在是“审议”。"):
        move_problem(problem, "issue", by=cast.chen, at=NOON)
    consider(plan, cast.chen)
    go(plan, "issue", cast.chen, PAPER)

    move_problem(Problem.objects.get(), "issue", by=cast.chen, at=NOON)

    assert Problem.objects.get().matter.state == "issued"


def test_a_county_writes_its_own_plan_and_the_office_returns_or_passes_it(cast: Cast) -> None:
    plan, county = make_whole_plan(cast, cast.county, "draft"), seat_as(Role.COUNTY_APPROVER, cast.county)
    plan = go(go(plan, "consult", county), "submit", county)
    with pytest.raises(Refused, match="您没有办理“核对通过”的职责"):
        go(plan, "pass", seat_as(Role.COUNTY_APPROVER, cast.county))
    plan = go(plan, "return", cast.chen)
    plan = go(go(plan, "consult", county), "submit", county)

    plan = go(plan, "pass", cast.wang)

    consider(plan, county)
    assert go(plan, "issue", county, PAPER).state == "issued"


def test_nobody_of_another_county_sees_or_moves_a_draft(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.county, "draft")
    own = seat_as(Role.COUNTY_CLERK, cast.county)
    other = seat_as(Role.COUNTY_APPROVER, cast.neighbour.parent)

    assert [*plans.plans_for(own)] == [plan]
    assert not plans.plans_for(other).exists()
    with pytest.raises(Refused, match="您没有办理"):
        go(plan, "consult", other)
    with pytest.raises(Refused, match=planning.NOT_YOURS):
        consider(plan, other)


def test_what_was_written_down_wrongly_is_taken_back_with_a_reason(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    consider(plan, cast.chen)
    row = plans.deliberations_of(plan)[0]
    with pytest.raises(Refused, match="请写明撤去的理由。"):
        planning.drop_deliberation(row, by=cast.chen, at=NOON)

    planning.drop_deliberation(row, by=cast.chen, at=NOON, note="会次写错")

    assert plans.PlanFacts(plan).bodies_missing == MEETINGS[:1]


@pytest.mark.parametrize(
    ("said", "state", "sentence"),
    [
        (Considered("政府常务会", date(2022, 9, 1), "通过"), "deliberating", "日期2022-09-01还没有到"),
        (Considered("某会", TODAY, "通过"), "deliberating", "请选审议的会议和结果"),
        (Considered("政府常务会", TODAY, "通过"), "draft", "现在是“起草”，还没有提请审议"),
    ],
)
def test_a_record_that_cannot_be_is_refused(cast: Cast, said: Considered, state: str, sentence: str) -> None:
    plan = make_whole_plan(cast, cast.party, state)

    with pytest.raises(Refused, match=sentence):
        planning.record_deliberation(plan, said, by=cast.chen, at=NOON)


WELLS = IndicatorDraft("关停自备井", "眼", Decimal(20))
MEASURE = MeasureDraft("measure:1-1", 1, "封填自备井。", due_on=date(2022, 11, 30), indicators=(WELLS,))
DRAFT = PlanDraft(
    "整改方案",
    "沧办字〔2022〕12号",
    date(2022, 7, 1),
    problems=(
        ProblemDraft(
            "problem:1",
            1,
            "超采",
            "自备井未关停。",
            due_on=date(2022, 12, 31),
            measures=(MEASURE, replace(MEASURE, key="measure:1-2", number=2, text="建立一井一档制度。")),
        ),
    ),
)


def amended(**facts: object) -> PlanDraft:
    """The newer paper: its first measure otherwise, its second one left out."""
    changed = replace(MEASURE, **facts)  # type: ignore[arg-type]  # a measure's own fields
    problem = replace(DRAFT.problems[0], measures=(changed,))
    return replace(DRAFT, document_number="沧办字〔2022〕40号", issued_on=date(2022, 7, 3), problems=(problem,))


def test_what_came_in_as_an_issued_paper_is_issued_by_no_step_and_a_draft_is_not(cast: Cast) -> None:
    inspection = make_inspection(cast)
    issued = adopt_plan(DRAFT, inspection, cast.party, by=cast.chen, at=NOON)
    draft = adopt_plan(replace(DRAFT, title="沧县整改方案（送审稿）"), inspection, cast.county, by=cast.chen, at=NOON)

    assert (issued.state, draft.state) == ("issued", "draft")
    assert [*PlanEdition.objects.values_list("plan", "document_number")] == [(issued.pk, "沧办字〔2022〕12号")]
    assert [one.name for one in plans.offers(issued, cast.chen)] == ["revise"]


def test_an_amendment_is_an_edition_that_names_its_paper_and_shows_what_was_softened(cast: Cast) -> None:
    plan = adopt_plan(DRAFT, make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    newer = amended(due_on=date(2023, 3, 31), indicators=(replace(WELLS, target=Decimal(12)),))

    amendment.amend_plan(plan, newer, by=cast.chen, at=LATER, note="冻土期无法施工")

    old, new = kept.two_editions(plan, None, None)
    assert old is not None
    assert new is not None
    assert (new.number, new.document_number, new.reason) == (2, "沧办字〔2022〕40号", "冻土期无法施工")
    found = shifts(kept.lines_of(old, None), kept.lines_of(new, None))
    assert [(one.what, one.direction, one.after) for one in found] == [
        ("时限", "softened", "2023-03-31"),
        ("指标", "softened", "关停自备井12眼"),
        ("取消", "softened", ""),
    ]


def test_a_plan_older_than_its_editions_keeps_what_stood_before_its_amendment(cast: Cast) -> None:
    plan = adopt_plan(DRAFT, make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    make_other(PlanEdition.objects.get(), is_withdrawn=True)

    amendment.amend_plan(plan, amended(), by=cast.chen, at=LATER)

    assert [*kept.editions_of(plan).values_list("number", flat=True)] == [1, 2]
    assert "没有逐版留存" in kept.editions_of(plan)[0].reason


def test_a_revision_is_issued_with_its_text_its_meetings_and_its_paper(cast: Cast) -> None:
    plan = adopt_plan(DRAFT, make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    plan = planning.move_plan(plan, "revise", by=cast.chen, at=LATER, note="冻土期无法施工")
    with pytest.raises(Refused, match="修订后的方案还没有导入"):
        planning.move_plan(plan, "reissue", by=cast.chen, at=LATER, paper=PAPER)
    amendment.amend_plan(plan, amended(due_on=date(2023, 3, 31)), by=cast.chen, at=LATER)
    with pytest.raises(Refused, match="还没有审议记录"):
        planning.move_plan(plan, "reissue", by=cast.chen, at=LATER, paper=PAPER)
    for body in MEETINGS:
        planning.record_deliberation(plan, Considered(body, TODAY, "通过"), by=cast.chen, at=LATER)

    plan = planning.move_plan(plan, "reissue", by=cast.chen, at=LATER, paper=PAPER)

    newest = kept.editions_of(plan).last()
    assert newest is not None
    assert (plan.state, newest.number, newest.document_number) == ("issued", 2, PAPER.number)
    assert (newest.reason, newest.approver) == ("冻土期无法施工", "政府常务会(2022-07-04)；党委常委会(2022-07-04)")


def test_the_issued_paper_of_a_draft_makes_it_issued(cast: Cast) -> None:
    title = "沧县整改方案（征求意见稿）"
    plan = adopt_plan(replace(DRAFT, title=title), make_inspection(cast), cast.county, by=ROBOT, at=NOON)

    amendment.amend_plan(plan, amended(due_on=date(2022, 10, 31)), by=cast.chen, at=LATER)

    assert (plan.state, plan.title, plan.document_number) == ("issued", "整改方案", "沧办字〔2022〕40号")


def test_the_issue_of_a_plan_is_not_corrected_once_a_problem_was_handed_over(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    consider(plan, cast.chen)
    plan = go(plan, "issue", cast.chen, PAPER)
    move_problem(Problem.objects.get(), "issue", by=cast.chen, at=NOON)

    assert [one.refusal for one in plans.offers(plan, cast.chen) if one.name == "correct"] == [correction.ACTED_ON]
    with pytest.raises(Refused, match=correction.ACTED_ON):
        planning.correct_plan(plan, by=cast.chen, at=NOON, note="文号写错")

    assert Plan.objects.get().state == "issued"


def test_no_problem_is_handed_over_under_an_issue_that_was_corrected_meanwhile(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    consider(plan, cast.chen)
    plan = go(plan, "issue", cast.chen, PAPER)
    problem = Problem.objects.select_related("plan", "matter__inspection__rule_set").get()  # read under the issued plan
    planning.correct_plan(plan, by=cast.chen, at=NOON, note="文号写错")

    with pytest.raises(Refused, match="方案还没有印发"):
        move_problem(problem, "issue", by=cast.chen, at=NOON)


def test_a_draft_paper_moves_no_deadline_of_a_plan_that_is_issued_and_not_revised(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "issued")
    known = adopted.plan_as_draft(plan)
    later = [replace(one, due_on=date(2029, 1, 1), deadline_kind="date") for one in known.problems]
    paper = replace(known, title="沧州市整改方案（征求意见稿）", problems=tuple(later))

    with pytest.raises(Refused, match="还没有印发的稿子"):
        amendment.amend_plan(plan, paper, by=cast.chen, at=LATER)
    assert Problem.objects.get().matter.due_on == date(2022, 12, 31)

    assert Problem.objects.get().matter.due_on == date(2022, 12, 31)


def test_a_draft_of_a_revision_moves_a_deadline_only_with_its_paper_and_the_correction_takes_it_back(
    cast: Cast,
) -> None:
    plan = adopt_plan(DRAFT, make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    plan = planning.move_plan(plan, "revise", by=cast.chen, at=LATER, note="冻土期无法施工")
    draft = replace(amended(due_on=date(2023, 3, 31), text="封填自备井并回填。"), title="整改方案（送审稿）")

    amendment.amend_plan(plan, draft, by=cast.chen, at=LATER)

    def measure() -> Measure:
        return Measure.objects.select_related("matter").get(number=1)

    assert (measure().matter.due_on, measure().text) == (date(2022, 11, 30), "封填自备井并回填。")
    old, new = kept.two_editions(plan, None, None)
    assert old is not None
    assert new is not None
    days = [one.after for one in shifts(kept.lines_of(old, None), kept.lines_of(new, None)) if one.what == "时限"]
    assert days == ["2023-03-31"]
    for body in MEETINGS:
        planning.record_deliberation(plan, Considered(body, TODAY, "通过"), by=cast.chen, at=LATER)
    plan = planning.move_plan(plan, "reissue", by=cast.chen, at=LATER, paper=PAPER)
    assert (measure().matter.due_on, measure().matter.first_due_on) == (date(2023, 3, 31), date(2022, 11, 30))
    assert Problem.objects.get().matter.due_on == date(2022, 12, 31)

    planning.correct_plan(plan, by=cast.chen, at=LATER, note="文号写错")
    assert measure().matter.due_on == date(2022, 11, 30)

    plan = planning.move_plan(plan, "reissue", by=cast.chen, at=LATER, paper=PAPER)
    make_other(measure().matter, due_on=date(2023, 6, 30))
    with pytest.raises(Refused, match=correction.ACTED_ON):
        planning.correct_plan(plan, by=cast.chen, at=LATER, note="文号写错")


def test_the_issued_paper_of_a_revision_moves_deadlines_at_once(cast: Cast) -> None:
    plan = adopt_plan(DRAFT, make_inspection(cast), cast.party, by=ROBOT, at=NOON)
    plan = planning.move_plan(plan, "revise", by=cast.chen, at=LATER, note="冻土期无法施工")

    amendment.amend_plan(plan, amended(due_on=date(2023, 3, 31)), by=cast.chen, at=LATER)

    assert Measure.objects.get(number=1).matter.due_on == date(2023, 3, 31)


def test_what_an_edition_was_issued_upon_is_not_taken_back_while_the_next_one_is_written(cast: Cast) -> None:
    plan = make_whole_plan(cast, cast.party, "deliberating")
    consider(plan, cast.chen)
    plan = go(plan, "issue", cast.chen, PAPER)
    planning.move_plan(plan, "revise", by=cast.chen, at=LATER, note="省里要求")
    row = plans.deliberations_of(plan)[0]

    with pytest.raises(Refused, match=planning.ISSUED_UPON):
        planning.drop_deliberation(row, by=cast.chen, at=LATER, note="撤去")

    assert plans.deliberations_of(plan).count() == len(MEETINGS)
