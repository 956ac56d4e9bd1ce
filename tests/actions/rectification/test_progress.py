"""Progress entries: one fills in, another approves; frozen afterwards; a wrong one is corrected by a new one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bihuan.core.audit import Overtaken
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.matters.models import ProgressReport
from bihuan.matters.rules.questions import QuestionsOpen
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import progress
from bihuan.rectification.models import Indicator, Measure, Milestone
from bihuan.rectification.queries import reporting
from bihuan.rectification.rules.reporting import Filled
from tests.cast import NOON, ROBOT, Cast, seat_as
from tests.loop import Loop, make_loop
from tests.makers import change, make_measure, make_problem, write

WORDS = "封填河间市××镇12号、13号井，井管回填水泥砂浆46米。"


def running(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later(14)
    return loop


def filled(loop: Loop, *, number: int | None = None, done: str = WORDS, **facts: Any) -> Filled:
    if number is not None:
        facts["readings"] = {Indicator.objects.get(measure=loop.measure).pk: Decimal(number)}
    return Filled(facts.pop("on", day_of(loop.now)), done=done, **facts)


def hand_in(loop: Loop, by: Any = None, **facts: Any) -> ProgressReport:
    rows = Measure.objects.select_related("matter__inspection__rule_set", "problem__matter")
    loop.measure = rows.get(pk=loop.measure.pk)
    return progress.report_progress(loop.measure, filled(loop, **facts), by=by or loop.reporter, at=loop.now)


def move(loop: Loop, report: ProgressReport, name: str, by: Any = None, note: str = "") -> ProgressReport:
    return progress.move_report(loop.measure, report, name, by=by or loop.doer, at=loop.now, note=note)


def state_of(loop: Loop) -> str:
    return Measure.objects.get(pk=loop.measure.pk).matter.state


def test_one_fills_in_and_another_approves_and_the_first_approved_one_starts_the_measure(cast: Cast) -> None:
    loop = running(cast)

    report = hand_in(loop, number=9)

    assert (report.state, state_of(loop)) == ("submitted", "not_started")
    assert [one.pk for one in reporting.waiting(loop.doer)] == [report.pk]
    report = move(loop, report, "approve")
    assert (report.state, report.approved_by_id, state_of(loop)) == ("approved", loop.doer.person, "under_way")
    assert [*reporting.waiting(loop.doer)] == []


def test_who_only_reports_does_not_approve(cast: Cast) -> None:
    loop = running(cast)
    report = hand_in(loop, number=9)
    colleague = seat_as(Role.REPORTER, cast.water, "另填")

    with pytest.raises(Refused):
        move(loop, report, "approve", by=colleague)


def test_who_wrote_an_entry_does_not_approve_it(cast: Cast) -> None:
    loop = running(cast)
    report = hand_in(loop, by=loop.doer, number=9)

    with pytest.raises(Refused, match="这条是您自己填的，要由另一个人审核。"):
        move(loop, report, "approve")
    assert [*reporting.waiting(loop.doer)] == []
    assert move(loop, report, "approve", by=loop.second).state == "approved"


@pytest.mark.parametrize("name", ["approve", "return", "submit_again", "withdraw"])
def test_what_was_approved_is_frozen(cast: Cast, name: str) -> None:
    loop = running(cast)
    report = move(loop, hand_in(loop, number=9), "approve")

    with pytest.raises(Refused):
        move(loop, report, name, by=loop.second, note="想改")


def test_a_wrong_entry_is_named_by_a_new_one_and_counts_no_more(cast: Cast) -> None:
    loop = running(cast)
    old = move(loop, hand_in(loop, number=9), "approve")
    asked = {"answers": {f"fall-{Indicator.objects.get().pk}": "多数了1眼"}, "corrects": old.pk}

    new = hand_in(loop, number=8, done="更正：实际封填8眼，第9眼尚未验收。", **asked)

    assert move(loop, new, "approve").corrects_id == old.pk
    [indicator] = Indicator.objects.all()
    assert reporting.counted(loop.measure, day_of(loop.now))[indicator.pk].before == 8
    with pytest.raises(Refused, match="那一条已经有更正"):
        hand_in(loop, number=8, done="再更正一次：实际封填8眼。", **asked)


def test_an_entry_that_is_not_approved_is_not_corrected(cast: Cast) -> None:
    loop = running(cast)
    old = hand_in(loop, number=9)

    with pytest.raises(Refused, match="要更正的那一条不在这项措施上，或还没有审定。"):
        hand_in(loop, number=8, corrects=old.pk)


def test_what_looks_wrong_is_asked_and_the_answer_stays(cast: Cast) -> None:
    loop = running(cast)
    move(loop, hand_in(loop, number=9), "approve")
    loop.later(7)
    key = f"fall-{Indicator.objects.get().pk}"
    less = {"number": 8, "done": "复核：12号井井管仍在，退回1眼。", "expected_on": date(2030, 1, 1)}

    with pytest.raises(QuestionsOpen) as asked:
        hand_in(loop, **less)
    assert [one.key for one in asked.value.questions] == [key, "expected-late"]
    report = hand_in(loop, **less, answers={key: "退回返工", "expected-late": "已申请延期"})
    assert report.answers == {key: "退回返工", "expected-late": "已申请延期"}


def test_a_milestone_before_the_hand_over_is_asked_about(cast: Cast) -> None:
    loop = running(cast)

    with pytest.raises(QuestionsOpen) as asked:
        hand_in(loop, reached={Milestone.objects.get().pk: date(2022, 5, 1)})
    assert [one.key for one in asked.value.questions] == [f"early-{Milestone.objects.get().pk}"]


def test_a_text_copied_from_the_last_period_is_asked_about(cast: Cast) -> None:
    loop = running(cast)
    move(loop, hand_in(loop, number=9), "approve")
    loop.later(7)

    with pytest.raises(QuestionsOpen, match="本期进展与上次写的几乎一样"):
        hand_in(loop, number=10)


@pytest.mark.parametrize(("is_seen", "called"), [(True, "HE2-M001-09"), (False, "另一事项")])
def test_a_text_copied_from_elsewhere_names_only_what_is_in_sight(cast: Cast, called: str, *, is_seen: bool) -> None:
    loop = running(cast)
    unit = cast.water if is_seen else cast.neighbour
    where = loop.problem if is_seen else make_problem(cast, plan=loop.problem.plan, number=2, lead=unit)
    other = make_measure(where, 9, unit=unit)
    facts = {"state": "submitted", "filled_at": NOON, "on": day_of(NOON)}
    write([ProgressReport(matter=other.matter, done=WORDS, **facts)], by=ROBOT, at=NOON)

    with pytest.raises(QuestionsOpen) as asked:
        hand_in(loop, number=9)
    assert asked.value.questions[0].words == f"本期进展与{called}填报的文字几乎一样，请说明。"


@pytest.mark.parametrize("is_approved", [False, True])
def test_no_change_passes_without_an_approver_unless_the_rules_want_one(cast: Cast, *, is_approved: bool) -> None:
    loop = running(cast)
    if is_approved:
        change(loop.problem.matter.inspection.rule_set, by=ROBOT, at=NOON, is_unchanged_approved=True)

    report = hand_in(loop, is_unchanged=True, reason="冬季停工", done="")

    assert (report.state, report.approved_by_id) == ("submitted" if is_approved else "approved", None)
    assert state_of(loop) == "not_started"


def test_another_county_reports_nothing_here(cast: Cast) -> None:
    loop = running(cast)

    with pytest.raises(Refused, match="您没有填报这项措施进展的职责。"):
        hand_in(loop, by=cast.qian)
    assert ProgressReport.objects.count() == 0


def test_a_measure_whose_problem_was_not_signed_for_is_not_reported_on(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.step("issue", cast.chen)

    with pytest.raises(Refused, match="所属问题尚未签收，还不用填报。"):
        hand_in(loop, number=9)
    assert reporting.owed(loop.reporter, day_of(loop.now)) == []


def test_of_two_who_settle_one_entry_at_once_the_second_hears_of_the_first(cast: Cast) -> None:
    loop = running(cast)
    report = hand_in(loop, number=9)
    stale = ProgressReport.objects.get(pk=report.pk)
    move(loop, report, "return", note="数不对")

    with pytest.raises((Refused, Overtaken)):
        move(loop, stale, "approve", by=loop.second)
    assert ProgressReport.objects.get(pk=report.pk).state == "returned"


def test_what_was_returned_is_handed_in_again_or_taken_back_by_its_writer(cast: Cast) -> None:
    loop = running(cast)
    report = hand_in(loop, number=9)
    with pytest.raises(Refused):
        move(loop, report, "return")
    move(loop, report, "return", note="请写明哪几眼")

    move(loop, report, "submit_again", by=loop.reporter)
    with pytest.raises(Refused, match="这条不是您填的，不能由您撤回。"):
        move(loop, report, "withdraw")
    move(loop, report, "withdraw", by=loop.reporter)

    assert ProgressReport.objects.get().state == "withdrawn"


def test_a_whole_page_is_approved_in_one_deed_but_its_exceptions(cast: Cast) -> None:
    loop = running(cast)
    first = hand_in(loop, number=9)
    second = hand_in(loop, number=10, done="12月上旬又封填一眼，验收单已收。")
    pairs = [(loop.measure, first), (loop.measure, second)]

    approved = progress.approve_reports(pairs, {second.pk}, by=loop.doer, at=loop.now)

    assert [one.pk for one in approved] == [first.pk]
    assert ProgressReport.objects.get(pk=second.pk).state == "submitted"
    with pytest.raises(Refused, match="没有选中要审定的进展。"):
        progress.approve_reports(pairs, {first.pk, second.pk}, by=loop.doer, at=loop.now)


def test_a_page_with_an_own_entry_on_it_is_approved_not_at_all(cast: Cast) -> None:
    loop = running(cast)
    first = hand_in(loop, number=9)
    own = hand_in(loop, by=loop.doer, number=10, done="12月上旬又封填一眼，验收单已收。")

    with pytest.raises(Refused, match="这条是您自己填的"):
        progress.approve_reports([(loop.measure, first), (loop.measure, own)], (), by=loop.doer, at=loop.now)
    assert {one.state for one in ProgressReport.objects.all()} == {"submitted"}


def test_what_is_owed_stands_with_its_last_words_until_it_is_reported(cast: Cast) -> None:
    loop = running(cast)

    [owed] = reporting.owed(loop.reporter, day_of(loop.now))
    assert (owed.last, owed.is_reported) == (None, False)
    hand_in(loop, number=9)
    [owed] = reporting.owed(loop.reporter, day_of(loop.now))

    assert owed.last is not None
    assert (owed.last.done, owed.is_reported) == (WORDS, True)
    assert reporting.owed(cast.qian, day_of(loop.now)) == []
