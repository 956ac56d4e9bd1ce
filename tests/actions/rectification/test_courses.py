"""What rows and trail make of a schedule: the day on which each fact came to be known, and that it stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.core.clock import day_of
from bihuan.matters.models import Extension, ProgressReport
from bihuan.rectification.actions import progress
from bihuan.rectification.models import Indicator, Measure, Milestone, Problem
from bihuan.rectification.queries import courses
from bihuan.rectification.rules.reporting import Filled
from bihuan.rectification.rules.schedule import Pace, Schedule
from tests.cast import Cast
from tests.loop import Loop, make_loop
from tests.makers import change, make_inspection, make_measure, make_plan, make_problem, write

DAY = timedelta(days=1)
HANDED_OVER = date(2022, 7, 4)


@pytest.fixture
def loop(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_rectifying()
    return loop


def fresh(loop: Loop) -> Problem:
    return Problem.objects.select_related("matter").get(pk=loop.problem.pk)


def on(loop: Loop, day: date) -> Schedule:
    return courses.of_problems([fresh(loop)]).schedule_of(Measure.objects.get(pk=loop.measure.pk), day)


def test_an_approved_entry_counts_from_the_day_of_its_approval(loop: Loop) -> None:
    loop.later(10)
    loop.report(9)

    assert on(loop, day_of(loop.now) - DAY).actual == 0
    assert on(loop, day_of(loop.now)).actual == 45
    assert "20眼中9眼" in on(loop, day_of(loop.now)).sentence


def test_an_entry_that_nobody_approved_counts_nothing(loop: Loop) -> None:
    measure = Measure.objects.select_related("matter__inspection__rule_set", "problem__matter").get(pk=loop.measure.pk)
    [indicator] = Indicator.objects.filter(measure=measure)
    filled = Filled(HANDED_OVER, done="封填自备井20眼。", readings={indicator.pk: Decimal(20)})
    progress.report_progress(measure, filled, by=loop.reporter, at=loop.now)

    assert on(loop, HANDED_OVER).actual == 0


def test_what_is_corrected_later_stood_until_then(loop: Loop) -> None:
    loop.later(10)
    wrong = loop.report(12)
    before = day_of(loop.now)
    loop.later(5)
    answers = {f"fall-{Indicator.objects.get().pk}": "上次误把在建的算入"}
    loop.report(9, on=before, corrects=wrong.pk, answers=answers)

    assert on(loop, before).actual == 60
    assert on(loop, day_of(loop.now) - DAY).actual == 60
    assert on(loop, day_of(loop.now)).actual == 45


def test_an_entry_as_of_an_earlier_day_does_not_pass_for_the_last(loop: Loop) -> None:
    loop.later(20)
    loop.report(9)
    early = day_of(loop.now) - 10 * DAY
    loop.later()
    answers = {"backwards": "补报", "copied-last": "补报"}
    loop.report(4, on=early, answers=answers)

    assert on(loop, day_of(loop.now)).actual == 45


def test_past_days_stay_as_they_were(loop: Loop) -> None:
    loop.later(10)
    loop.report(9)
    days = [HANDED_OVER + DAY * each for each in range(11)]
    before = [on(loop, day).sentence for day in days]

    loop.later(30)
    loop.report(20, reached=True)
    change(fresh(loop).matter, by=loop.cast.chen, at=loop.now, due_on=date(2022, 9, 1))
    change(Milestone.objects.get(), by=loop.cast.chen, at=loop.now, is_withdrawn=True)

    assert [on(loop, day).sentence for day in days] == before


def test_a_milestone_that_was_taken_away_counts_no_longer(loop: Loop) -> None:
    assert "1个节点已到0个" in on(loop, HANDED_OVER).sentence
    loop.later(3)
    change(Milestone.objects.get(), by=loop.cast.chen, at=loop.now, is_withdrawn=True)

    assert "按时间推算" in on(loop, day_of(loop.now)).sentence
    assert "1个节点已到0个" in on(loop, day_of(loop.now) - DAY).sentence


def test_a_deadline_moved_by_the_plan_counts_from_that_day(loop: Loop) -> None:
    loop.later(5)
    moved = date(2022, 8, 1)
    change(loop.measure.matter, by=loop.cast.chen, at=loop.now, due_on=moved)
    course = courses.of_problems([fresh(loop)]).measures[loop.measure.pk]

    assert course.due_on(day_of(loop.now) - DAY) == date(2022, 12, 31)
    assert course.due_on(day_of(loop.now)) == moved


def test_an_extension_is_told_as_one_and_a_plan_that_takes_it_back_as_another(loop: Loop) -> None:
    matter, chen = loop.measure.matter, loop.cast.chen
    loop.later(5)
    longer = date(2023, 3, 31)
    extension = Extension(
        matter=matter, reason="汛期", steps="抢工", old_due_on=date(2022, 12, 31), new_due_on=longer,
        state="approved", applied_at=loop.now, approved_on=day_of(loop.now),
    )  # fmt: skip
    write([extension], by=chen, at=loop.now)
    change(matter, by=chen, at=loop.now, due_on=longer)
    loop.later(5)
    change(matter, by=chen, at=loop.now, due_on=date(2022, 11, 30))

    first, second, third = courses.of_problems([fresh(loop)]).measures[loop.measure.pk].deadlines

    assert (first.due_on, first.extension, first.is_amended) == (date(2022, 12, 31), "", False)
    assert (second.due_on, second.extension, second.is_amended) == (longer, str(extension), False)
    assert (third.due_on, third.extension, third.is_amended) == (date(2022, 11, 30), "", True)


def test_a_draft_has_no_schedule(cast: Cast) -> None:
    problem = make_problem(cast)
    make_measure(problem)

    stands = courses.of_problems([problem]).schedule_of(problem, HANDED_OVER)

    assert (stands.planned, stands.pace) == (None, Pace.UNTIMED)
    assert "尚未交办" in stands.sentence


def test_a_confirmed_measure_is_done_from_the_day_of_the_confirmation(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_finished()
    loop.later(4)
    loop.measure_step("confirm", loop.second)

    assert on(loop, day_of(loop.now)).pace is Pace.DONE
    assert on(loop, day_of(loop.now) - DAY).pace is not Pace.DONE


def test_a_problem_that_was_signed_off_says_so(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()
    found = courses.of_problems([fresh(loop)])

    assert found.schedule_of(loop.problem, day_of(loop.now)).pace is Pace.SIGNED_OFF
    assert found.schedule_of(loop.problem, day_of(loop.now) - 8 * DAY).pace is not Pace.SIGNED_OFF


def test_many_problems_cost_the_queries_of_one(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    problems = [make_problem(cast, number, plan=plan) for number in range(1, 8)]
    for problem in problems:
        make_measure(problem, 1)
        make_measure(problem, 2)

    def asked(some: list[Problem]) -> int:
        with CaptureQueriesContext(connection) as queries:
            courses.of_problems(some)
        return len(queries)

    asked(problems)  # what is known from now on, the calendar, is asked by the first

    assert asked(problems) == asked(problems[:1]) <= 12


def test_what_was_approved_before_a_rebound_is_no_part_of_the_new_round(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()
    loop.later(30)
    loop.check(loop.cast.chen, "现场督导")
    loop.step("rebound", cast.wang, "复查发现反弹")

    [course] = courses.of_problems([fresh(loop)]).measures.values()

    assert ProgressReport.objects.filter(matter=loop.measure.matter).exists()
    assert course.begun_on == day_of(loop.now)
    assert not any(one.readings for one in course.indicators)
