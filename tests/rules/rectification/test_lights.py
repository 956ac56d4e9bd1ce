"""Lights by day: which comes before which, what changed one, and that all changes are found."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.matters.rules.lateness import Light
from bihuan.rectification.rules.course import (
    Course,
    Dark,
    Deadline,
    Indicator,
    Milestone,
    Part,
    ProblemCourse,
    Reached,
    Reading,
)
from bihuan.rectification.rules.lights import HandSet, Lamp, LightSpan, Thresholds, history, light, spans
from tests.rules.rectification.courses import BEGUN, COUNT, DAYS, as_known, courses, day, problem_as_known, problems

LAMP = Lamp(COUNT)
DUE_ON = date(2022, 12, 30)
DUE = (Deadline(BEGUN, DUE_ON),)
KEEPING = (Reading(date(2022, 3, 2), Decimal(99)),)
COURSE = Course(BEGUN, DUE, percents=KEEPING)
STEP = Milestone(date(2022, 6, 30), "完成招标")
HAND = HandSet(date(2022, 7, 1), date(2022, 7, 31), Light.LATE, "现场停工", "赵主任")


def on(course: Course | ProblemCourse, when: date, lamp: Lamp = LAMP) -> tuple[str, str]:
    found = light(course, when, lamp)
    return found.light, found.reason


def told(course: Course | ProblemCourse, since: date, until: date, lamp: Lamp = LAMP) -> list[tuple[str, str, str]]:
    return [(one.since.isoformat(), one.light, one.cause) for one in spans(course, since, until, lamp)]


@pytest.mark.parametrize(
    ("course", "when", "lit", "reason"),
    [
        (replace(COURSE, begun_on=None), BEGUN, "none", "尚未交办"),
        (Course(BEGUN), BEGUN, "none", "没有日期"),
        (replace(COURSE, done_on=BEGUN), date(2023, 2, 1), "none", "已完成"),
        (replace(COURSE, dark=(Dark(BEGUN, None, "已撤销"),)), date(2023, 2, 1), "none", "已撤销"),
        (COURSE, date(2022, 11, 29), "ok", "序时89.1%，上报99%，超前9.9个百分点"),
        (COURSE, date(2022, 11, 30), "due", "余30天"),
        (COURSE, DUE_ON, "due", "今天到期"),
        (COURSE, date(2022, 12, 31), "over", "超期1天"),
        (replace(COURSE, percents=()), date(2022, 3, 31), "late", "序时10.4%，上报0%，落后10.4个百分点"),
        (
            replace(COURSE, percents=(), deadlines=(Deadline(BEGUN, date(2022, 3, 2)),)),
            BEGUN,
            "late",
            "余1天，完成0%，不足80%",
        ),
        (replace(COURSE, milestones=(STEP,)), date(2022, 7, 15), "ok", "序时100%，上报99%，落后1个百分点"),
        (replace(COURSE, milestones=(STEP,)), date(2022, 7, 16), "over", "节点“完成招标”超期16天"),
        (Course(BEGUN, milestones=(STEP,)), date(2022, 6, 1), "ok", "序时0%，上报0%，与序时持平"),
        (Course(BEGUN, milestones=(STEP,)), date(2022, 7, 1), "late", "序时100%，上报0%，落后100个百分点"),
    ],
)
def test_red_comes_before_yellow_before_blue_before_green(course: Course, when: date, lit: str, reason: str) -> None:
    assert on(course, when) == (lit, reason)


def test_what_a_leader_set_holds_for_its_days_and_says_whose_it_is() -> None:
    lamp = replace(LAMP, hand_set=(HAND, replace(HAND, set_on=date(2022, 7, 20), light=Light.OVER)))

    assert told(COURSE, date(2022, 6, 1), date(2022, 8, 10), lamp) == [
        ("2022-06-01", "ok", "序时30.3%，上报99%，超前68.7个百分点"),
        ("2022-07-01", "late", "赵主任设为滞后，至2022-07-31：现场停工"),
        ("2022-07-20", "over", "赵主任设为超期，至2022-07-31：现场停工"),
        ("2022-08-01", "ok", "手工设灯期满，序时50.2%，上报99%，超前48.8个百分点"),
    ]


def test_a_leader_does_not_light_what_is_done() -> None:
    assert on(replace(COURSE, done_on=HAND.set_on), HAND.until, replace(LAMP, hand_set=(HAND,))) == ("none", "已完成")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [({"until": BEGUN}, "手工设灯的截止日期早于设定日期。"), ({"reason": " "}, "手工设灯应写明理由。")],
)
def test_a_light_without_end_or_reason_is_not_set(facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(HAND, **facts)


def test_every_change_has_its_cause() -> None:
    begun, approved = date(2022, 9, 1), date(2022, 10, 20)
    course = Course(
        begun,
        (Deadline(begun, date(2022, 10, 10)), Deadline(approved, date(2022, 12, 15), "沧整改办〔2022〕9号")),
        percents=tuple(
            Reading(date(2022, month, number), Decimal(percent))
            for month, number, percent in ((9, 9, 30), (9, 28, 90), (11, 30, 90), (12, 20, 95))
        ),
        dark=(Dark(date(2022, 12, 24), date(2022, 12, 26), "已撤销"),),
        done_on=date(2022, 12, 30),
        signed_off_on=date(2023, 1, 20),
    )

    extended = "延期获批（沧整改办〔2022〕9号），时限改为2022-12-15"
    assert told(course, date(2022, 8, 20), date(2023, 2, 1)) == [
        ("2022-08-20", "none", "尚未交办"),
        ("2022-09-01", "ok", "交办：序时0%，上报0%，与序时持平"),
        ("2022-09-06", "late", "序时13%，上报0%，落后13个百分点"),
        ("2022-09-09", "ok", "上报到30%：序时26.1%，上报30%，超前3.9个百分点"),
        ("2022-09-10", "due", "余30天"),
        ("2022-09-16", "late", "序时43.5%，上报30%，落后13.5个百分点"),
        ("2022-09-28", "due", "上报到90%：余12天"),
        ("2022-10-11", "over", "超期1天"),
        ("2022-10-20", "ok", f"{extended}：序时43.7%，上报90%，超前46.3个百分点"),
        ("2022-11-15", "due", "余30天"),
        ("2022-12-16", "over", "超期1天"),
        ("2022-12-24", "none", "已撤销"),
        ("2022-12-27", "over", "已撤销结束：超期12天"),
        ("2022-12-30", "none", "确认完成"),
    ]


def test_the_future_is_told_by_what_is_known() -> None:
    reported = (*KEEPING, Reading(date(2022, 9, 1), Decimal(50)))

    assert spans(
        replace(COURSE, percents=reported), date(2022, 8, 1), date(2023, 1, 31), LAMP, date(2022, 8, 15)
    ) == spans(COURSE, date(2022, 8, 1), date(2023, 1, 31), LAMP)


def test_a_revision_and_a_milestone_that_was_reached_are_causes() -> None:
    cured = replace(STEP, due_on=date(2022, 5, 1), reached=Reached(date(2022, 6, 1), date(2022, 5, 30)))
    taken, added = date(2022, 7, 20), date(2022, 7, 25)
    counted = Indicator("管网", "公里", Decimal(0), Decimal(10), known_from=added)
    course = replace(
        COURSE,
        milestones=(cured, replace(STEP, withdrawn_on=taken), Milestone(date(2022, 7, 1), "补测", known_from=added)),
        indicators=(counted, replace(counted, name="井", known_from=taken, readings=(Reading(added, Decimal(10)),))),
    )

    assert told(course, BEGUN, date(2022, 8, 1)) == [
        ("2022-03-01", "ok", "序时0%，上报0%，与序时持平"),
        ("2022-05-17", "over", "节点“完成招标”超期16天"),
        ("2022-06-01", "ok", "完成节点“完成招标”：序时50%，上报99%，超前49个百分点"),
        ("2022-07-16", "over", "节点“完成招标”超期16天"),
        ("2022-07-20", "ok", "方案修订取消节点“完成招标”，方案修订增加指标“井”：序时100%，上报99%，落后1个百分点"),
        ("2022-07-25", "over", "方案修订增加节点“补测”，方案修订增加指标“管网”，上报到50%：节点“补测”超期24天"),
    ]


def test_a_problem_is_lit_by_its_own_deadline_and_its_measures() -> None:
    late = Course(BEGUN, DUE, (replace(STEP, reached=Reached(date(2022, 8, 1), date(2022, 7, 30))),), percents=KEEPING)
    ended = Course(BEGUN, DUE, (STEP,), done_on=date(2022, 6, 1))
    problem = ProblemCourse(Course(BEGUN, DUE), (Part("措施1", late), Part("措施2", ended), Part("措施3", COURSE)))

    assert told(problem, BEGUN, date(2023, 1, 31)) == [
        ("2022-03-01", "ok", "序时0%，上报0%，与序时持平"),
        ("2022-07-16", "over", "措施1节点“完成招标”超期16天"),
        ("2022-08-01", "ok", "措施1完成节点“完成招标”：序时83.4%，上报99%，超前15.6个百分点"),
        ("2022-11-30", "due", "余30天"),
        ("2022-12-31", "over", "超期1天"),
    ]


def each_day(course: Course | ProblemCourse, until: int, known: date, lamp: Lamp) -> list[tuple[date, Light]]:
    return [(day(number), light(course, day(number), lamp, known).light) for number in range(-5, until)]


def days_of(found: list[LightSpan]) -> list[tuple[date, Light]]:
    return [
        (one.since + timedelta(days=number), one.light)
        for one in found
        for number in range(((one.until or LAST) - one.since).days + 1)
    ]


LAST = day(299)
HANDS = st.builds(
    lambda since, length, lit: (HandSet(day(since), day(since + length), lit, "督导", "赵主任"),),
    DAYS,
    st.integers(0, 30),
    st.sampled_from(Light),
)


@settings(max_examples=40, deadline=None)
@given(courses(), DAYS, st.one_of(st.just(()), HANDS))
def test_the_spans_are_the_light_of_every_day(course: Course, known: int, hand_set: tuple[HandSet, ...]) -> None:
    lamp = Lamp(COUNT, hand_set=hand_set)

    found = spans(course, day(-5), day(179), lamp, day(known))

    assert days_of(found) == each_day(course, 180, day(known), lamp)
    assert all(one.light is not after.light for one, after in pairwise(found))
    assert all(one.cause for one in found)


STRICT = Thresholds(5, 2, Decimal(99), 3, Decimal(2))


@settings(max_examples=25, deadline=None)
@given(st.one_of(courses(), problems()), st.one_of(st.just(()), HANDS), DAYS, DAYS)
def test_every_day_from_the_hand_over_is_in_one_span_and_the_last_is_open(
    course: Course | ProblemCourse, hand_set: tuple[HandSet, ...], changed: int, lit: int
) -> None:
    own = course if isinstance(course, Course) else course.own
    own = replace(own, lit_from=None if own.begun_on else day(lit))
    course = own if isinstance(course, Course) else replace(course, own=own)
    lamp = Lamp(COUNT, hand_set=hand_set, changed=((day(changed), STRICT),))
    begun = own.begun_on or own.lit_from
    assert begun

    found = history(course, lamp)

    assert days_of(found) == [
        (one, light(course, one, lamp).light)
        for one in (begun + timedelta(days=n) for n in range((LAST - begun).days + 1))
    ]
    assert [one.until is None for one in found] == [False] * (len(found) - 1) + [True]
    assert all(one.cause for one in found)


def test_what_was_never_handed_over_has_no_span() -> None:
    assert history(replace(COURSE, begun_on=None), LAMP) == []
    [first, *_] = history(replace(COURSE, begun_on=None, lit_from=BEGUN), LAMP)
    assert (first.since, first.light) == (BEGUN, Light.OK)


def test_another_threshold_counts_from_its_day_and_says_so() -> None:
    course = Course(BEGUN, DUE, (Milestone(date(2022, 4, 1), "过半"), STEP), percents=(Reading(BEGUN, Decimal(45)),))
    calm = Thresholds(milestone_days=200)
    lamp = Lamp(COUNT, calm, changed=((date(2022, 5, 1), Thresholds(milestone_days=200, tolerance=Decimal(3))),))

    found = [(one.since.isoformat(), one.light, one.cause) for one in history(course, lamp)]

    assert found[:2] == [
        ("2022-03-01", "ok", "交办，上报到45%：序时0%，上报45%，超前45个百分点"),
        ("2022-05-01", "late", "灯号规则变动：序时50%，上报45%，落后5个百分点"),
    ]
    assert light(course, date(2022, 4, 30), lamp).light is Light.OK


@settings(max_examples=15, deadline=None)
@given(problems(), DAYS)
def test_so_are_a_problems(problem: ProblemCourse, known: int) -> None:
    assert days_of(spans(problem, day(-5), day(149), LAMP, day(known))) == each_day(problem, 150, day(known), LAMP)


@settings(max_examples=25, deadline=None)
@given(courses(), DAYS)
def test_what_became_known_later_changes_no_light_before(course: Course, number: int) -> None:
    known = day(number)

    assert spans(course, BEGUN, day(150), LAMP, known) == spans(as_known(course, known), BEGUN, day(150), LAMP, known)


@settings(max_examples=10, deadline=None)
@given(problems(), DAYS)
def test_nor_a_problems(problem: ProblemCourse, number: int) -> None:
    known = day(number)
    before = problem_as_known(problem, known)

    assert spans(problem, BEGUN, day(150), LAMP, known) == spans(before, BEGUN, day(150), LAMP, known)


@settings(max_examples=25, deadline=None)
@given(courses().filter(lambda one: bool(one.deadlines)), DAYS)
def test_only_an_extension_that_was_approved_by_then_turns_overdue_back(course: Course, number: int) -> None:
    known = day(number)
    due_on = next(one.due_on for one in reversed(course.deadlines) if one.from_day <= known)
    assert due_on

    is_over = due_on < known and course.is_begun(known) and not course.is_done(known) and not course.darkness(known)

    assert not is_over or light(course, known, LAMP).light is Light.OVER


def test_no_span_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="结束日期早于开始日期。"):
        spans(COURSE, DUE_ON, BEGUN, LAMP)


def test_a_deadline_that_is_read_without_its_day_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = replace(COURSE, deadlines=(*DUE, Deadline(date(2023, 2, 1), date(2023, 6, 30), "延〔2023〕1号")))
    january = date(2023, 1, 31)
    assert light(moved, january, LAMP) == light(as_known(moved, january), january, LAMP)

    monkeypatch.setattr(Course, "due_on", lambda course, _known: course.deadlines[-1].due_on)

    assert light(moved, january, LAMP) != light(as_known(moved, january), january, LAMP)


def test_a_day_on_which_time_alone_turns_the_light_is_missed_where_it_is_not_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = Course(BEGUN, (Deadline(BEGUN, day(100)),))
    assert days_of(spans(course, day(-5), day(59), LAMP)) == each_day(course, 60, day(60), LAMP)

    monkeypatch.setattr("bihuan.rectification.rules.lights._is_stepped", lambda _course: True)

    assert days_of(spans(course, day(-5), day(59), LAMP)) != each_day(course, 60, day(60), LAMP)
