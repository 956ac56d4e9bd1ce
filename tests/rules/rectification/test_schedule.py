"""Schedule progress: planned, actual, their gap, and the sentence by which a person does the sum again."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings

from bihuan.lib.workdays import Count, Workdays
from bihuan.rectification.rules.course import (
    Course,
    Dark,
    Deadline,
    Expected,
    Indicator,
    Milestone,
    Part,
    ProblemCourse,
    Reached,
    Reading,
)
from bihuan.rectification.rules.schedule import Schedule, schedule
from tests.rules.rectification.courses import BEGUN, COUNT, DAYS, as_known, courses, day, problem_as_known, problems

TEN = Decimal(10)
DUE = (Deadline(BEGUN, date(2022, 12, 30)),)
STEPS = tuple(Milestone(date(2022, month, 25), f"{month}月") for month in (4, 6, 8, 10, 12))
WELLS = Indicator("自备井", "眼", Decimal(0), Decimal(20), (Reading(date(2022, 8, 30), Decimal(9)),))
TOO_MANY = Reading(BEGUN, Decimal(25))
ALL_REACHED = tuple(replace(step, reached=Reached(BEGUN, BEGUN)) for step in STEPS)
COURSE = Course(BEGUN, DUE, STEPS, (WELLS,))
SEPTEMBER = date(2022, 9, 15)


def of(course: Course | ProblemCourse, on: date = SEPTEMBER, known: date | None = None) -> Schedule:
    return schedule(course, on, COUNT, TEN, known)


def test_the_sum_is_told_as_it_was_made() -> None:
    found = of(COURSE)

    assert (found.planned, found.actual, found.gap, found.word) == (60, 45, -15, "未达到序时进度")
    assert found.sentence == "序时60%（5个节点已到3个）；上报45%（20眼中9眼）：落后15个百分点。"


def test_without_milestones_working_days_are_the_plan_and_that_is_said() -> None:
    found = of(Course(date(2022, 9, 1), (Deadline(BEGUN, date(2022, 9, 30)),), percents=(Reading(BEGUN, Decimal(50)),)))

    # September 2022 has 20 working days after the 1st, of which 9 have passed on the 15th (the 12th is a holiday).
    assert found.sentence == "序时45%（按时间推算，20个工作日已过9个）；上报50%（按填报）：超前5个百分点。"
    assert found.word == "达到序时进度"


def test_a_correction_of_the_calendar_moves_the_plan_by_time() -> None:
    course = Course(date(2022, 9, 1), (Deadline(BEGUN, date(2022, 9, 30)),))
    corrected = Count(Workdays({date(2022, 9, 13): False}))

    assert "19个工作日已过8个" in schedule(course, SEPTEMBER, corrected, TEN).sentence


def test_a_year_without_its_make_up_days_is_named() -> None:
    course = Course(date(2049, 3, 1), (Deadline(date(2049, 3, 1), date(2049, 12, 1)),))

    assert "，2049年调休待公布）" in of(course, date(2049, 6, 1)).sentence


def test_what_is_due_on_the_day_of_hand_over_is_planned_at_once() -> None:
    found = of(Course(BEGUN, (Deadline(BEGUN, BEGUN),)), BEGUN)

    assert (found.planned, found.word) == (100, "尚未启动")


@pytest.mark.parametrize(
    ("course", "sentence", "word"),
    [
        (replace(COURSE, begun_on=None), "尚未交办，不计序时；上报45%（20眼中9眼）。", "不计序时"),
        (Course(BEGUN), "没有时限，不计序时；上报0%（尚无填报）。", "不计序时"),
        (
            replace(COURSE, dark=(Dark(BEGUN, None, "转长期坚持"),)),
            "转长期坚持，不计序时；上报45%（20眼中9眼）。",
            "不计序时",
        ),
        (Course(BEGUN, DUE, STEPS), "序时60%（5个节点已到3个）；上报0%（尚无填报）：落后60个百分点。", "尚未启动"),
        (
            replace(COURSE, percents=(Reading(BEGUN, Decimal(66)),), indicators=(replace(WELLS, readings=()),)),
            "序时60%（5个节点已到3个）；上报66%（按填报）：超前6个百分点。",
            "达到序时进度",
        ),
        (
            replace(COURSE, milestones=ALL_REACHED, indicators=(replace(WELLS, readings=(TOO_MANY,)),)),
            "序时60%（5个节点已到3个）；上报100%（20眼中25眼）：超前40个百分点。",
            "超过序时进度",
        ),
        (
            replace(COURSE, done_on=SEPTEMBER, milestones=ALL_REACHED),
            "序时60%（5个节点已到3个）；上报100%（已确认完成）：超前40个百分点。",
            "完成整改",
        ),
        (
            replace(COURSE, done_on=BEGUN, signed_off_on=SEPTEMBER),
            "序时60%（5个节点已到3个）；上报99%（已确认完成，尚有5个节点未完成，按99%计）：超前39个百分点。",
            "完成交账销号",
        ),
        (
            replace(COURSE, milestones=(replace(STEPS[0], weight=Decimal(3)), *STEPS[1:4]), indicators=()),
            "序时83.3%（4个节点已到3个，权重6中5）；上报0%（尚无填报）：落后83.3个百分点。",
            "尚未启动",
        ),
        (
            replace(COURSE, indicators=(Indicator("黑臭", "处", TEN, Decimal(2), (Reading(BEGUN, Decimal(6)),)),)),
            "序时60%（5个节点已到3个）；上报50%（由10处到2处，现6处）：落后10个百分点。",
            "达到序时进度",
        ),
        (
            replace(COURSE, indicators=(Indicator("黑臭", "处", TEN, TEN, (Reading(BEGUN, Decimal(6)),)),)),
            "序时60%（5个节点已到3个）；上报0%（由10处到10处，现6处）：落后60个百分点。",
            "尚未启动",
        ),
        (
            Course(BEGUN, (Deadline(BEGUN, date(2022, 6, 1)),), percents=(Reading(SEPTEMBER, Decimal(100)),)),
            "序时100%（按时间推算，64个工作日已过64个）；上报100%（按填报）：与序时持平。",
            "达到序时进度",
        ),
    ],
)
def test_each_case_is_told_in_its_words(course: Course, sentence: str, word: str) -> None:
    found = of(course)

    assert (found.sentence, found.word) == (sentence, word)


def test_several_indicators_are_told_each_with_its_percent_and_weight() -> None:
    pipes = Indicator("管网", "公里", Decimal(0), TEN, (Reading(BEGUN, Decimal("7.5")),), Decimal(2))

    assert (
        "上报65%（自备井20眼中9眼为45%、权重1；管网10公里中7.5公里为75%、权重2）"
        in of(replace(COURSE, indicators=(WELLS, pipes))).sentence
    )


def test_what_lacks_a_little_never_reads_as_all() -> None:
    many = Indicator("户", "户", Decimal(0), Decimal(9999), (Reading(BEGUN, Decimal(9998)),))

    assert of(replace(COURSE, milestones=ALL_REACHED, indicators=(many,))).actual == Decimal("99.9")


def test_what_a_revision_adds_or_takes_counts_from_its_day() -> None:
    revised = date(2022, 9, 1)
    changed = (*STEPS[:4], replace(STEPS[4], withdrawn_on=revised), Milestone(revised, "新增", known_from=revised))
    other = Indicator("管网", "公里", Decimal(0), TEN, (Reading(revised, TEN),), known_from=revised)
    course = replace(COURSE, milestones=changed, indicators=(replace(WELLS, withdrawn_on=revised), other))

    assert of(course, date(2022, 8, 31)).sentence == of(COURSE, date(2022, 8, 31)).sentence
    assert (
        of(course).sentence
        == "序时80%（5个节点已到4个）；上报99%（10公里中10公里，尚有5个节点未完成，按99%计）：超前19个百分点。"
    )


def test_an_extension_counts_from_the_day_of_its_approval() -> None:
    course = Course(
        BEGUN, (Deadline(BEGUN, date(2022, 9, 30)), Deadline(SEPTEMBER, date(2022, 12, 30), "延〔2022〕1号"))
    )

    assert (
        of(course, date(2022, 9, 14)).planned
        == of(replace(course, deadlines=course.deadlines[:1]), date(2022, 9, 14)).planned
    )
    assert of(course, known=date(2022, 9, 14)).planned == Decimal("92.6")
    assert of(course).planned == Decimal("65.4")


def test_a_problem_is_the_mean_of_its_measures() -> None:
    parts = (
        Part("措施1", COURSE),
        Part("措施2", replace(COURSE, indicators=(), percents=(Reading(BEGUN, Decimal(75)),))),
        Part("措施3", replace(COURSE, dark=(Dark(BEGUN, None, "已撤销"),))),
    )
    problem = ProblemCourse(Course(BEGUN, DUE), parts)
    heavy = ProblemCourse(problem.own, (replace(parts[0], weight=Decimal(2)), *parts[1:]))

    assert of(problem).sentence == "2项措施平均，另1项不计序时：序时60%；上报60%：与序时持平。"
    assert of(heavy).sentence == "2项措施加权平均，另1项不计序时：序时60%；上报55%：落后5个百分点。"
    assert of(ProblemCourse(replace(problem.own, done_on=BEGUN), parts)).word == "完成整改"


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (ProblemCourse(Course(BEGUN, DUE)), "没有计序时的措施，不计序时；上报0%。"),
        (ProblemCourse(Course(None), (Part("措施1", COURSE),)), "尚未交办，不计序时；上报45%。"),
    ],
)
def test_a_problem_without_a_schedule_says_why(problem: ProblemCourse, sentence: str) -> None:
    assert of(problem).sentence == sentence


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"deadlines": (*DUE, Deadline(SEPTEMBER, date(2023, 3, 1)))}, "时限只能由获批的延期或修订的方案改动。"),
        ({"deadlines": (Deadline(BEGUN, SEPTEMBER, "延1号"),)}, "第一个时限不是延期。"),
        ({"deadlines": (*DUE, Deadline(BEGUN, date(2023, 3, 1), "延1号"))}, "延期应按获批的先后排列。"),
        ({"deadlines": (*DUE, Deadline(SEPTEMBER, SEPTEMBER, "延1号"))}, "延期后的时限应晚于原时限。"),
        ({"percents": (Reading(SEPTEMBER, TEN), Reading(BEGUN, TEN))}, "填报应按得知的先后排列。"),
        ({"expected": (Expected(SEPTEMBER, BEGUN), Expected(BEGUN, BEGUN))}, "填报应按得知的先后排列。"),
        ({"percents": (Reading(BEGUN, Decimal(101)),)}, "完成比例应在0到100之间。"),
        ({"indicators": (replace(WELLS, weight=Decimal(0)),)}, "权重应大于0。"),
        ({"milestones": (replace(STEPS[0], reached=Reached(BEGUN, SEPTEMBER)),)}, "节点不能在达到之前得知。"),
    ],
)
def test_a_course_that_cannot_be_is_refused(facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(COURSE, **facts)


def test_an_amended_plan_may_bring_any_day() -> None:
    moved = replace(COURSE, deadlines=(*DUE, Deadline(SEPTEMBER, date(2022, 10, 1), is_amended=True)))

    assert moved.due_on(SEPTEMBER - timedelta(days=1)) == DUE[0].due_on
    assert moved.due_on(SEPTEMBER) == date(2022, 10, 1)


def test_a_problem_has_no_figures_of_its_own_and_its_measures_weigh_something() -> None:
    with pytest.raises(ValueError, match="问题的节点和进度由措施算出"):
        ProblemCourse(COURSE)
    with pytest.raises(ValueError, match="权重应大于0。"):
        Part("措施1", COURSE, Decimal(0))


def again(part: str, whole: str) -> Decimal:
    """A percent, done again by hand."""
    found = (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return min(found, Decimal("99.9")) if Decimal(part) < Decimal(whole) else found


def planned_again(sentence: str) -> Decimal:
    """Planned, from the terms of the sentence alone."""
    if by_weight := re.search(r"权重([\d.]+)中([\d.]+)）；", sentence):
        return again(by_weight[2], by_weight[1])
    if by_time := re.search(r"，(\d+)个工作日已过(\d+)个", sentence):
        return again(by_time[2], by_time[1]) if int(by_time[1]) else Decimal(100)
    terms = re.search(r"（(\d+)个节点已到(\d+)个）", sentence)
    assert terms
    return again(terms[2], terms[1])


def indicator_again(words: str) -> Decimal:
    """One indicator's percent, from its terms."""
    numbers = [Decimal(one) for one in re.findall(r"([\d.]+)眼", words)]
    baseline, target, now = numbers if "由" in words else [Decimal(0), *numbers]
    if target == baseline:
        return Decimal(100 if now == target else 0)
    gone = (now - baseline) / (target - baseline)
    return again(str(min(max(gone, Decimal(0)), Decimal(1))), "1")


def actual_again(sentence: str) -> Decimal:
    """Actual, from the terms of the sentence alone."""
    told = re.search(r"上报([\d.]+)%（(.*?)）：", sentence)
    assert told
    terms = told[2].split("，尚有")[0]
    if terms in ("按填报", "尚无填报", "已确认完成"):
        found = {"按填报": Decimal(told[1]), "尚无填报": Decimal(0), "已确认完成": Decimal(100)}[terms]
    else:
        each = [(indicator_again(one), re.search(r"权重(\d+)", one)) for one in terms.split("；")]
        weights = [Decimal(weight[1]) if weight else Decimal(1) for _, weight in each]
        total = sum((points * weight for (points, _), weight in zip(each, weights, strict=True)), Decimal(0))
        found = again(str(total), str(100 * sum(weights)))
    return min(found, Decimal(99)) if "按99%计" in sentence else found


@settings(max_examples=40, deadline=None)
@given(courses(), DAYS)
def test_the_terms_of_every_sentence_make_its_figures(course: Course, number: int) -> None:
    found = of(course, day(number))

    if found.gap is not None:
        planned, actual = planned_again(found.sentence), actual_again(found.sentence)
        gap = re.search(r"(落后|超前)([\d.]+)个百分点", found.sentence)
        told = Decimal(gap[2]) * (-1 if gap[1] == "落后" else 1) if gap else Decimal(0)
        assert (planned, actual, told) == (found.planned, found.actual, found.gap)


@settings(max_examples=30, deadline=None)
@given(courses(), DAYS)
def test_nothing_reads_as_all_while_a_milestone_is_open(course: Course, number: int) -> None:
    known = day(number)
    is_open = any(
        one.stands(known)
        and (one.reached is None or one.reached.known_on > known)
        and not any(back.since <= known <= back.until for back in one.taken_back)
        for one in course.milestones
    )

    assert of(course, known).actual <= (99 if is_open else 100)


@settings(max_examples=30, deadline=None)
@given(courses(), DAYS, DAYS)
def test_what_became_known_later_changes_no_day_before(course: Course, number: int, later: int) -> None:
    known, on = day(min(number, later)), day(max(number, later))
    before = as_known(course, known)

    assert of(course, known) == of(before, known)
    assert of(course, on, known) == of(before, on)


@settings(max_examples=15, deadline=None)
@given(problems(), DAYS)
def test_of_a_problem_neither(problem: ProblemCourse, number: int) -> None:
    assert of(problem, day(number)) == of(problem_as_known(problem, day(number)), day(number))
