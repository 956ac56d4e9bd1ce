"""An answer can be changed until what it is about went on; the doubts of an amended paper are answered as well."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.understanding import understand_file
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.models import Duty, Matter
from bihuan.organisation.models import UnitName
from bihuan.organisation.queries import structure
from bihuan.rectification.actions.handing_over import correct_problem, move_problem
from bihuan.rectification.models import Problem
from tests.actions.intake.test_intake import PLAN, commit, queries_problem, take
from tests.cast import NOON, Cast

JULY, AUGUST = "2024-07-31", "2024-08-31"
STRANGER = PLAN.replace("牵头单位：沧县水务局", "牵头单位：沧县水管站")


def asked(intake: Intake, kind: str = "deadline_ambiguous") -> IntakeDoubt:
    return IntakeDoubt.objects.select_related("intake").get(intake=intake, kind=kind)


def answer(cast: Cast, intake: Intake, value: str, kind: str = "deadline_ambiguous") -> None:
    doubt = asked(intake, kind)
    actions.answer_doubt(doubt, value, by=cast.chen, at=NOON, seen=doubt.version)


def days(code: str = "HE2-P002") -> tuple[str, str]:
    matter = Matter.objects.get(code=code)
    return str(matter.first_due_on), str(matter.due_on)


def test_before_the_commit_the_last_answer_counts(cast: Cast) -> None:
    intake = take(cast)
    answer(cast, intake, JULY)
    answer(cast, intake, AUGUST)

    actions.commit_intake(intake, by=cast.chen, at=NOON)

    assert days() == (AUGUST, AUGUST)


def test_after_it_both_deadlines_follow_while_the_problem_is_a_draft(cast: Cast) -> None:
    intake = commit(cast)
    answer(cast, intake, JULY)

    answer(cast, intake, AUGUST)

    assert days() == (AUGUST, AUGUST)


def test_once_the_problem_was_issued_the_answer_stands_until_that_is_corrected(cast: Cast) -> None:
    intake = commit(cast)
    answer(cast, intake, JULY)
    move_problem(queries_problem(2), "issue", by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="已有人接着办理，答复不能再改。"):
        answer(cast, intake, AUGUST)

    assert days() == (JULY, JULY)
    correct_problem(queries_problem(2), by=cast.chen, at=NOON, note="时限答错了")
    answer(cast, intake, AUGUST)
    assert days() == (AUGUST, AUGUST)


def test_an_answer_begun_before_the_commit_is_not_written_under_an_issued_problem(cast: Cast) -> None:
    intake = take(cast)
    answer(cast, intake, JULY)
    begun = asked(intake)
    actions.commit_intake(intake, by=cast.chen, at=NOON)
    move_problem(queries_problem(2), "issue", by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="已有人接着办理，答复不能再改。"):
        actions.answer_doubt(begun, AUGUST, by=cast.wang, at=NOON, seen=begun.version)

    assert days() == (JULY, JULY)


def test_nobody_takes_the_matter_further_while_its_answer_is_changed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake, locked, lock = commit(cast), set[str](), matters.lock
    answer(cast, intake, JULY)
    monkeypatch.setattr(matters, "lock", lambda codes, city: (locked.update(codes), lock(codes, city)))

    with CaptureQueriesContext(connection) as asked_for:
        answer(cast, intake, AUGUST)

    locks = [one["sql"] for one in asked_for if "FOR UPDATE" in one["sql"]]
    assert "HE2-P002" in locked
    assert any("HE2-P002" in sql for sql in locks) is connection.features.has_select_for_update


def test_who_did_not_see_the_answer_does_not_change_it(cast: Cast) -> None:
    intake = take(cast)
    first, second = asked(intake), asked(intake)
    actions.answer_doubt(first, JULY, by=cast.chen, at=NOON, seen=first.version)

    for seen in (None, 1):
        second.refresh_from_db()
        with pytest.raises(Refused, match="已经答复过"):
            actions.answer_doubt(second, AUGUST, by=cast.wang, at=NOON, seen=seen)

    assert asked(intake).answer["value"] == JULY


def test_the_same_answer_again_is_none(cast: Cast) -> None:
    intake = take(cast)
    answer(cast, intake, JULY)

    with pytest.raises(Refused, match="与原来的答复相同"):
        answer(cast, intake, JULY)


def test_the_name_that_was_learned_goes_to_the_right_unit(cast: Cast) -> None:
    intake = commit(cast, STRANGER)
    answer(cast, intake, "沧县农业农村局", "unit_unknown")

    answer(cast, intake, "沧县水务局", "unit_unknown")

    assert UnitName.objects.get(name="沧县水管站").unit == cast.water
    lead = Duty.objects.filter(matter__code="HE2-P001", role="lead", is_ended=False)
    assert [duty.unit for duty in lead] == [cast.water]


def test_a_doubt_of_an_amended_paper_is_answered_into_the_ledger(cast: Cast) -> None:
    first = commit(cast)
    answer(cast, first, JULY)
    second = commit(cast, PLAN.replace("整改时限：2024年8月前", "整改时限：2024年9月前"), first.inspection)
    assert days() == (JULY, "None")

    answer(cast, second, AUGUST)

    assert days() == (JULY, AUGUST)  # the first paper's deadline stays the first


def test_a_doubt_about_a_problem_that_the_amended_paper_brought_is_answered_too(cast: Cast) -> None:
    short = PLAN[: PLAN.index("2.农村黑臭")]
    first = commit(cast, short)
    second = commit(cast, PLAN, first.inspection)

    answer(cast, second, AUGUST)

    assert days() == (AUGUST, AUGUST)
    assert Problem.objects.get(number=2).matter.intake == second


def test_a_county_plan_that_came_later_supersedes_nothing(cast: Cast) -> None:
    first = commit(cast)
    second = commit(cast, PLAN.replace("整改时限：2024年8月前", "整改时限：2024年9月前"), first.inspection)
    understood = understand_file("县方案.txt", PLAN.encode(), structure.directory(cast.chen.city), None)
    county = {"unit": cast.county, "by": cast.chen, "at": NOON}
    third = actions.take_in("县方案.txt", PLAN.encode(), understood, first.inspection, **county)
    actions.commit_intake(third, by=cast.chen, at=NOON)

    answer(cast, second, AUGUST)

    assert days()[1] == AUGUST


def test_a_deadline_that_nobody_could_read_is_settled_by_its_answer(cast: Cast) -> None:
    intake = commit(cast, PLAN.replace("整改时限：2024年8月前", "整改时限：尽快完成"))
    with pytest.raises(Refused, match="“明年”看不出是哪一天"):
        answer(cast, intake, "明年", "deadline_unknown")

    answer(cast, intake, "2024年底前", "deadline_unknown")

    assert days() == days("HE2-M002-01") == ("2024-12-31", "2024-12-31")
    move_problem(queries_problem(2), "issue", by=cast.chen, at=NOON)


def test_a_missing_year_is_answered_by_the_year(cast: Cast) -> None:
    intake = commit(cast, PLAN.replace("〔2022〕12号", "").replace("2024年8月前", "3月底前"))

    answer(cast, intake, "2024", "deadline_year_missing")

    assert days() == ("2024-03-31", "2024-03-31")


def test_a_deadline_that_the_paper_left_out_is_settled_by_its_answer(cast: Cast) -> None:
    intake = commit(cast, PLAN.replace("整改时限：2024年8月前\n", ""))

    answer(cast, intake, "长期坚持", "deadline_missing")

    problem = queries_problem(2)
    assert (problem.deadline_kind, problem.nature, problem.matter.due_on) == ("open_ended", "长期坚持", None)
    assert {*problem.measures.values_list("deadline_kind", flat=True)} == {"open_ended"}
    move_problem(problem, "issue", by=cast.chen, at=NOON)


def test_a_lead_that_the_paper_left_out_is_a_unit_of_the_list(cast: Cast) -> None:
    intake = commit(
        cast,
        PLAN.replace("牵头单位：沧县农业农村局\n责任单位：沧县党委和政府\n整改措施：（1）开展", "整改措施：（1）开展"),
    )
    with pytest.raises(Refused, match="单位表里没有“沧县农管站”"):
        answer(cast, intake, "沧县农管站", "lead_missing")

    answer(cast, intake, "沧县农业农村局", "lead_missing")

    assert [duty.unit for duty in Duty.objects.filter(matter__code="HE2-P002", role="lead")] == [cast.farm]


def test_a_unit_that_is_asked_about_in_many_places_is_named_once(cast: Cast) -> None:
    intake = commit(cast, STRANGER.replace("牵头单位：沧县农业农村局", "牵头单位：沧县水管站"))
    first, second = IntakeDoubt.objects.filter(intake=intake, kind="unit_unknown").select_related("intake")

    actions.answer_doubt(first, "沧县农业农村局", by=cast.chen, at=NOON)
    second.refresh_from_db()
    actions.answer_doubt(second, "沧县水务局", by=cast.chen, at=NOON, seen=second.version)

    leads = Duty.objects.filter(role="lead", is_ended=False).order_by("matter__code")
    assert [duty.unit for duty in leads if duty.matter.kind == "problem"] == [cast.water, cast.water]
    assert UnitName.objects.get(name="沧县水管站").unit == cast.water


def test_an_answer_holds_for_no_other_unit(cast: Cast) -> None:
    text = STRANGER.replace("牵头单位：沧县农业农村局", "牵头单位：沧县农管站")
    first, second = IntakeDoubt.objects.filter(intake=commit(cast, text), kind="unit_unknown").select_related("intake")

    actions.answer_doubt(first, "沧县水务局", by=cast.chen, at=NOON)

    second.refresh_from_db()
    assert second.answer is None


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        ("整改时限：尽快完成\n", "deadline_unknown", "2024年底前"),
        ("整改时限：尽快完成\n", "deadline_unknown", "长期坚持"),
        ("", "deadline_missing", "2024年底前"),
    ],
)
def test_an_answer_stays_when_the_same_paper_comes_again(cast: Cast, words: str, kind: str, said: str) -> None:
    text = PLAN.replace("整改时限：2024年8月前\n", words)
    first = commit(cast, text)
    answer(cast, first, said, kind)

    with pytest.raises(Refused, match="与系统中的方案完全相同"):
        commit(cast, text, first.inspection)
