"""Kept lights: every deed leaves those of the rules, every list says the same as the page, and a wrong one is found."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.core import calendar, examine
from bihuan.core.clock import day_of
from bihuan.matters.models import RuleSet
from bihuan.rectification.actions import lighting
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.ledger import PROBLEMS
from bihuan.rectification.models import Indicator, LightSpan, Problem, ScheduleFigure
from bihuan.rectification.queries import courses, lights, projection, sight
from bihuan.rectification.queries.shown import problem_light
from bihuan.rectification.rules.lights import light
from tests.cast import CITY, NOON, Cast
from tests.loop import Loop, make_loop
from tests.makers import change, make_inspection, make_measure, make_plan, make_problem

DAY = timedelta(days=1)
HANDED_OVER = date(2022, 7, 4)


@pytest.fixture
def loop(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_rectifying()
    return loop


def kept(loop: Loop) -> list[tuple[str, str, str]]:
    rows = LightSpan.objects.filter(matter=loop.problem.matter).order_by("since")
    return [(one.since.isoformat(), one.light, one.cause) for one in rows]


def test_a_light_is_written_ahead_and_rewritten_by_what_happens(loop: Loop) -> None:
    assert kept(loop) == [
        ("2022-07-04", "ok", "交办：序时0%，上报0%，与序时持平"),
        ("2022-09-30", "late", "序时100%，上报0%，落后100个百分点"),
        ("2022-10-16", "over", "措施1节点“封填过半”超期16天"),
    ]

    loop.later(10)
    loop.report(20, reached=True)

    assert kept(loop)[1:] == [("2022-12-01", "due", "余30天"), ("2023-01-01", "over", "超期1天")]
    assert not LightSpan.objects.filter(matter=loop.problem.matter, until__isnull=True).exclude(light="over").exists()


def test_every_reader_says_the_same_on_every_day(loop: Loop) -> None:
    by = loop.cast.chen
    loop.later(10)
    loop.report(9)
    problem = sight.problems_for(by).get(pk=loop.problem.pk)
    found = courses.of_problems([problem])
    for number in range(0, 240, 7):
        day = HANDED_OVER + number * DAY
        ruled = light(found.problems[problem.pk], day, found.lamps[problem.matter_id]).light
        assert problem_light(problem, day).state == ruled
        [row] = sight.problem_words(Problem.objects.filter(pk=problem.pk), day)
        assert problem_light(row, day) == problem_light(problem, day)
        assert lights.counted(sight.problems_seen(by), day) == {ruled: 1}
        assert sight.problems_seen(by).filter(lights.showing([ruled], day)).exists()
        assert not sight.problems_seen(by).exclude(lights.showing([ruled], day)).exists()


def test_the_ledger_tells_the_figures_and_of_which_day(loop: Loop) -> None:
    loop.later(10)
    loop.report(9)
    [row] = sight.problem_words(Problem.objects.filter(pk=loop.problem.pk), day_of(loop.now))
    columns = {one.name: one for one in PROBLEMS.columns}
    told = [columns[name].value(row, day_of(loop.now)) for name in ("progress", "schedule")]

    assert told == ["45%，序时0%", "超过序时进度"]
    assert columns["progress"].value(row, day_of(loop.now) + DAY) == "45%，序时0%（2022-07-14）"


def test_the_night_carries_figures_on_and_changes_no_light(loop: Loop) -> None:
    change(loop.problem.measures.get().milestones.get(), by=loop.cast.chen, at=loop.now, is_withdrawn=True)
    before, day = kept(loop), date(2022, 10, 10)

    assert lighting.carry_on(day) == 2
    assert lighting.carry_on(day) == 0

    figure = ScheduleFigure.objects.get(matter=loop.problem.matter)
    assert (figure.on, figure.pace) == (day, "not_started")
    assert figure.planned
    assert 50 < figure.planned < 60
    assert kept(loop) == before


def test_an_upgrade_fills_what_was_not_kept_before(loop: Loop) -> None:
    before = kept(loop)
    for model in (LightSpan, ScheduleFigure):
        model._default_manager.all().delete()

    lighting.fill(HANDED_OVER)

    assert kept(loop) == before


def test_another_threshold_counts_from_its_day_for_the_whole_city(loop: Loop) -> None:
    rules = RuleSet.objects.get()
    at = loop.later(20)
    change(rules, by=loop.cast.chen, at=at, due_soon_days=60)
    loop.report(20, reached=True)

    assert kept(loop)[-2:] == [("2022-11-01", "due", "余60天"), ("2023-01-01", "over", "超期1天")]
    assert lights.counted(sight.problems_seen(loop.cast.chen), date(2022, 10, 31)) == {"ok": 1}


def shown_until(loop: Loop, day: date) -> list[tuple[date, str, str, str]]:
    """(day, light, cause, sum) of every day of the problem and its measure up to a day."""
    spans = LightSpan.objects.filter(matter__in=[loop.problem.matter_id, loop.measure.matter_id], since__lte=day)
    return [(one.since, one.light, one.cause, one.terms) for one in spans.order_by("matter", "since")]


def test_a_milestone_taken_back_keeps_the_light_of_the_days_before(loop: Loop) -> None:
    loop.later(10)
    wrong = loop.report(20, reached=True)
    loop.later(90)
    before = shown_until(loop, day_of(loop.now) - DAY)
    answers = {f"fall-{Indicator.objects.get().pk}": "封填后又启用三眼"}
    loop.report(17, corrects=wrong.pk, answers=answers)

    assert shown_until(loop, day_of(loop.now) - DAY) == before
    assert {light for _, light, _, _ in before} == {"ok"}
    [now] = [one for one in kept(loop) if one[0] == day_of(loop.now).isoformat()]
    assert now[1:] == ("late", "措施1更正为未完成节点“封填过半”，措施1上报到85%：序时100%，上报85%，落后15个百分点")


def test_an_acceptance_sent_back_keeps_the_days_on_which_it_was_done(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_accepted()
    accepted_on = day_of(loop.now)
    loop.later(3)
    loop.publish()
    loop.complain()
    loop.step("object", cast.chen)
    loop.complain_rightly()
    loop.later(2)
    before = shown_until(loop, day_of(loop.now) - DAY)
    loop.step("uphold", cast.chen, "井口没有封死")

    assert shown_until(loop, day_of(loop.now) - DAY) == before
    [back] = [one for one in kept(loop) if one[0] == day_of(loop.now).isoformat()]
    assert (accepted_on.isoformat(), "none", "确认完成") in [(day, lit, why) for day, lit, why in kept(loop)]
    assert "退回重做" in back[2]


def test_the_lights_of_a_round_stay_when_the_next_is_opened(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()
    signed_off_on = day_of(loop.now)
    loop.later(200)
    loop.check(loop.cast.chen, "现场督导")
    before = shown_until(loop, day_of(loop.now) - DAY)
    loop.step("rebound", cast.wang, "井又打开了")

    assert shown_until(loop, day_of(loop.now) - DAY) == before
    assert [lit for _, lit, _ in kept(loop)][-2:] == ["none", "over"]
    found = courses.of_problems([loop.fresh()])
    assert found.schedule_of(loop.problem, signed_off_on).pace == "signed_off"
    assert found.schedule_of(loop.problem, day_of(loop.now)).pace != "signed_off"


def test_drafts_and_what_was_undone_show_none(cast: Cast) -> None:
    problem = make_problem(cast)
    make_measure(problem)
    assert not LightSpan.objects.exists()

    move_problem(problem, "issue", by=cast.chen, at=NOON)
    assert LightSpan.objects.count() > 2
    for matter in (problem.matter, problem.measures.get().matter):
        change(matter, by=cast.chen, at=NOON, is_withdrawn=True)

    assert not LightSpan.objects.exists()


@pytest.mark.broken
@pytest.mark.parametrize("damage", ["light", "cause", "gap", "figure", "draft"])
def test_what_is_kept_wrongly_is_found(loop: Loop, damage: str) -> None:
    assert [*examine.findings()] == []
    spans = LightSpan.objects.filter(matter=loop.problem.matter)
    if damage == "gap":
        spans.order_by("since")[1].delete()
    elif damage == "figure":
        ScheduleFigure.objects.filter(matter=loop.problem.matter).update(actual=77)
    elif damage == "draft":
        draft = make_problem(loop.cast, 9, plan=loop.problem.plan)
        LightSpan.objects.create(matter=draft.matter, since=HANDED_OVER, light="over", cause="没有", terms="没有")
    else:
        spans.update(**{damage: "due"})

    assert [(one.invariant, "灯号" in one.sentence) for one in examine.findings()] == [("I14", True)]

    if damage != "draft":
        lighting.carry_on(HANDED_OVER)
        assert [*examine.findings()] == []


def test_many_matters_cost_the_queries_of_one(cast: Cast) -> None:
    plan = make_plan(make_inspection(cast), cast.party)
    problems = [make_problem(cast, number, plan=plan) for number in range(1, 4)]
    for problem in problems:
        make_measure(problem)
        move_problem(problem, "issue", by=cast.chen, at=NOON)

    def asked(keys: list[int]) -> int:
        with CaptureQueriesContext(connection) as captured:
            lighting.keep((keys, []), date(2022, 8, 1) + DAY * len(keys))
        return len(captured)

    calendar.corrections(CITY)  # is known from now on; else the first alone would ask for it

    assert asked([problems[0].pk]) == asked([one.pk for one in problems])
    assert projection.wanted(([], []), NOON.date()) == {}
