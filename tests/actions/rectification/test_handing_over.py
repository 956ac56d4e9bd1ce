from datetime import date, datetime, timedelta

import pytest

from bihuan.core import audit
from bihuan.core.outbox import Message
from bihuan.lib.flow import Refused
from bihuan.matters.models import CitedPaper, Duty
from bihuan.matters.queries import last_round
from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.actions.handing_over import Paper, move_measure, move_problem
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import sight, steps
from tests.cast import NOON, ROBOT, Cast
from tests.makers import make_measure, make_problem, write


def test_issuing_starts_the_clock_and_tells_the_lead_unit(cast: Cast) -> None:
    problem = make_problem(cast)
    make_measure(problem)

    move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert problem.matter.state == "issued"
    assert last_round(problem.matter).handed_over_at == NOON
    assert [(m.person_id, m.text) for m in Message.objects.all()] == [(cast.zhang.person, "下达：第1项问题1")]


def test_the_entry_names_the_post_in_which_the_step_was_taken(cast: Cast) -> None:
    problem = make_problem(cast)
    make_measure(problem)

    move_problem(problem, "issue", by=cast.chen, at=NOON)

    entry = audit.Entry.objects.filter(about="HE2-P001", step="issue").first()
    assert (entry.name, entry.post) == ("陈科", "沧州市整改办 综合协调组经办")


def test_a_problem_without_measures_is_not_issued(cast: Cast) -> None:
    problem = make_problem(cast)

    with pytest.raises(Refused, match="还没有整改措施。"):
        move_problem(problem, "issue", by=cast.chen, at=NOON)


def test_a_problem_whose_deadline_is_in_doubt_is_not_issued(cast: Cast) -> None:
    problem = make_problem(cast, due_on=None, deadline_kind="unknown")
    make_measure(problem)

    with pytest.raises(Refused, match="整改时限存疑，尚未确定。"):
        move_problem(problem, "issue", by=cast.chen, at=NOON)


def test_the_lead_unit_signs_for_it_and_work_begins(cast: Cast) -> None:
    problem = issued(cast)

    move_problem(problem, "receive", by=cast.zhang, at=NOON + timedelta(days=1))

    assert problem.matter.state == "rectifying"
    assert last_round(problem.matter).handed_over_at == NOON


def test_a_supporting_unit_may_not_sign_for_it(cast: Cast) -> None:
    problem = issued(cast)

    with pytest.raises(Refused, match="您没有办理“签收”的职责。"):
        move_problem(problem, "receive", by=cast.li, at=NOON)


def test_declining_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused, match="请写明退回交办的理由。"):
        move_problem(issued(cast), "decline", by=cast.zhang, at=NOON)


def test_declining_within_three_working_days_makes_it_a_draft_again(cast: Cast) -> None:
    problem = issued(cast)

    move_problem(problem, "decline", by=cast.zhang, at=NOON + timedelta(days=3), note="职责不在我局")

    assert problem.matter.state == "draft"
    assert last_round(problem.matter).handed_over_at is None


def test_declining_after_three_working_days_is_refused(cast: Cast) -> None:
    problem = issued(cast)

    with pytest.raises(Refused, match="交办已满3个工作日，不能再退回。"):
        move_problem(problem, "decline", by=cast.zhang, at=NOON + timedelta(days=4), note="职责不在我局")


def test_a_withdrawal_names_the_paper_of_whoever_approved_the_plan(cast: Cast) -> None:
    problem = issued(cast)
    move_problem(problem, "receive", by=cast.zhang, at=NOON)

    with pytest.raises(Refused, match="请填写文号和日期。"):
        move_problem(problem, "withdraw", by=cast.chen, at=NOON, note="并入第二项")
    move_problem(
        problem, "withdraw", by=cast.chen, at=NOON, note="并入第二项", paper=Paper("沧字〔2022〕3号", date(2022, 7, 1))
    )

    assert (problem.matter.state, last_round(problem.matter).closed_on) == ("withdrawn", date(2022, 7, 4))
    assert [str(one) for one in CitedPaper.objects.all()] == ["沧字〔2022〕3号 2022-07-01"]


def test_two_clerks_who_issue_at_once_do_it_once(cast: Cast) -> None:
    problem = make_problem(cast)
    make_measure(problem)
    other = sight.problems_for(cast.wang).get(pk=problem.pk)
    move_problem(problem, "issue", by=cast.chen, at=NOON)

    with pytest.raises((Refused, audit.Overtaken)):
        move_problem(other, "issue", by=cast.wang, at=NOON)


def test_a_measure_starts_once_its_problem_was_received(cast: Cast) -> None:
    problem = make_problem(cast)
    measure = make_measure(problem)
    move_problem(problem, "issue", by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="所属问题尚未签收。"):
        move_measure(measure, "start", by=cast.zhang, at=NOON)
    move_problem(problem, "receive", by=cast.zhang, at=NOON)
    measure = sight.measures_for(cast.zhang).get(pk=measure.pk)

    move_measure(measure, "start", by=cast.zhang, at=NOON)

    assert measure.matter.state == "under_way"


def test_who_leads_a_problem_acts_on_its_measures_that_name_no_lead(cast: Cast) -> None:
    problem = make_problem(cast)
    measure = make_measure(problem, unit=cast.farm)
    move_problem(problem, "issue", by=cast.chen, at=NOON)
    move_problem(problem, "receive", by=cast.zhang, at=NOON)
    measure = sight.measures_for(cast.zhang).get(pk=measure.pk)
    offered = [offer.name for offer in steps.measure_offers(measure, cast.zhang)]

    move_measure(measure, "start", by=cast.zhang, at=NOON)

    assert (offered, measure.matter.state) == (["start"], "under_way")


def test_who_leads_a_problem_does_not_act_on_a_measure_with_a_lead_of_its_own(cast: Cast) -> None:
    problem = make_problem(cast)
    measure = make_measure(problem, unit=cast.farm)
    write([Duty(matter=measure.matter, role=DutyRole.LEAD, unit=cast.farm)], by=ROBOT, at=NOON)
    move_problem(problem, "issue", by=cast.chen, at=NOON)
    move_problem(problem, "receive", by=cast.zhang, at=NOON)
    measure = sight.measures_for(cast.zhang).get(pk=measure.pk)

    with pytest.raises(Refused, match="您没有办理“启动”的职责。"):
        move_measure(measure, "start", by=cast.zhang, at=NOON)


def test_a_unit_sees_a_problem_only_after_it_was_handed_over(cast: Cast) -> None:
    problem = make_problem(cast)
    make_measure(problem)
    seen_before = [*sight.problems_for(cast.zhang)], [*sight.measures_for(cast.zhang)]
    move_problem(problem, "issue", by=cast.chen, at=NOON)

    assert seen_before == ([], [])
    assert [*sight.problems_for(cast.zhang)] == [problem]
    assert [*sight.problems_for(cast.li)] == [problem]
    assert [*sight.problems_for(cast.qian)] == []
    assert [*sight.measures_for(cast.qian)] == []


def issued(cast: Cast, at: datetime = NOON) -> Problem:
    problem = make_problem(cast)
    make_measure(problem)
    move_problem(problem, "issue", by=cast.chen, at=at)
    return problem
