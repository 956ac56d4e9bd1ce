"""When a measure will be done: the sum of the date, the warning and when it is taken back, and how well both do."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings

from bihuan.rectification.rules.course import Course, Dark, Deadline, Expected, Milestone, Reached, Reading
from bihuan.rectification.rules.forecast import NO_PAST, Factor, Forecast, Past, forecast, past_of
from bihuan.rectification.rules.schedule import actual
from tests.bench.forecast import RULES, Result, as_quiet, compared, covered, judged, missing, ours, rows, warned
from tests.bench.slips import FINAL, HOLD_OUT, TUNING, History, Kind, World, histories
from tests.rules.rectification.courses import BEGUN, DAYS, as_known, courses, day

DUE_ON = date(2022, 12, 26)  # 300 days
LATE_STEP = Milestone(day(100), "完成招标")


def measure(*percents: tuple[int, int | Decimal], **facts: object) -> Course:
    """A measure of 300 days, with what was reported on which of them."""
    told = tuple(Reading(day(number), Decimal(percent)) for number, percent in percents)
    return replace(Course(BEGUN, (Deadline(BEGUN, DUE_ON),), percents=told), **facts)


def told(course: Course, number: int, past: Past = NO_PAST, *, was_warned: bool = False) -> Forecast:
    found = forecast(course, day(number), past, was_warned=was_warned)
    assert found
    return found


def even(daily: Decimal) -> Course:
    """A measure that is reported once a week and does so many points every day."""
    return measure(*((number, min(daily * number, Decimal(99))) for number in range(7, 301, 7)))


def share(result: Result) -> float:
    """The late measures that ours warns of a fortnight earlier."""
    return sum(result.earlier) / len(result.earlier)


def first_warning(course: Course) -> int:
    """The day of its first warning; the day after its deadline where there is none before."""
    return next((number for number in range(7, 301) if told(course, number).will_be_late), 301)


SLOW = measure((30, 10), (150, 34))


def test_a_forecast_tells_its_sum_and_its_distance_from_the_deadline() -> None:
    found = told(SLOW, 210)

    assert found.sentence == (
        "近120天日均0.2个百分点，余66个百分点照此需330天；以往实际用时为推算的1.03倍（0.5至1.92倍）："
        "预计2023-09-02完成（2023-03-11至2024-06-22），晚于时限250天；预警：难以按期完成"
        "（时间已过70%，宽限7天余下仍须达到平均速度的2.0倍，近60天速度为交办以来的0%，交办150天后完成才过一成）。"
    )
    assert found.will_be_late


@pytest.mark.parametrize(
    ("course", "number", "words"),
    [
        (measure((30, 10), (150, 60)), 180, "早于时限21天。"),
        (measure((30, 5)), 60, "近60天日均0.08个百分点，按平均速度的一半即日均0.17个百分点计，余95个百分点照此需559天"),
        (measure((30, 5)), 60, "；余下时间尚可追赶，暂不预警。"),
        (
            measure((30, 10), (150, 34), milestones=(LATE_STEP,)),
            180,
            "晚于时限220天，1个节点到期未完成；预警：难以按期完成（时间已过60%，",
        ),
        (measure((30, 50), (150, 90), milestones=(LATE_STEP,)), 180, "，1个节点到期未完成。"),
        (measure((30, 5)), 200, "，交办200天完成仍未过一成）。"),
        (measure((30, 5), (60, 40)), 250, "，近120天速度为交办以来的0%，近60天速度为交办以来的0%）。"),
        (measure((30, 60), (150, 70)), 301, "；预警：难以按期完成（已过时限）。"),
        (
            measure((150, 20), expected=(Expected(day(150), day(330)),)),
            200,
            "，交办150天后完成才过一成，单位自报2023-01-25完成）。",
        ),
        (
            measure((30, 50), (150, 90), expected=(Expected(day(150), day(330)),)),
            180,
            "，单位自报2023-01-25完成，晚于时限30天",
        ),
    ],
)
def test_each_case_is_told_in_its_words(course: Course, number: int, words: str) -> None:
    assert words in told(course, number).sentence


def test_what_is_done_or_over_is_judged_by_what_it_is() -> None:
    assert not told(measure((150, 100)), 180).will_be_late
    assert told(measure((150, 100)), 301).will_be_late


@pytest.mark.parametrize(
    ("course", "number"),
    [
        (replace(SLOW, begun_on=None), 180),
        (replace(SLOW, deadlines=()), 180),
        (replace(SLOW, done_on=day(170)), 180),
        (replace(SLOW, dark=(Dark(day(170), None, "已撤销"),)), 180),
        (SLOW, 0),
    ],
)
def test_there_is_nothing_to_forecast_of_what_has_no_end_or_has_ended(course: Course, number: int) -> None:
    assert forecast(course, day(number)) is None


def test_a_warning_is_not_taken_back_for_one_entry() -> None:
    better, recovered = measure((30, 10), (150, 34), (175, 50)), measure((30, 10), (150, 34), (175, 75))

    assert [told(better, 180, was_warned=was).will_be_late for was in (False, True)] == [False, True]
    assert [told(recovered, 180, was_warned=was).will_be_late for was in (False, True)] == [False, False]


def test_missed_milestones_and_the_units_own_word_speak_for_lateness() -> None:
    plain = even(Decimal("0.28"))
    missed = replace(plain, milestones=(LATE_STEP, replace(LATE_STEP, due_on=day(120))))
    kept = replace(
        plain, milestones=(replace(LATE_STEP, reached=Reached(day(99), day(99))), replace(LATE_STEP, due_on=DUE_ON))
    )
    said = replace(plain, expected=(Expected(day(100), day(330)),))

    warned_on = [first_warning(one) for one in (plain, missed, kept, said)]

    assert warned_on[1] < warned_on[0] == warned_on[2] > warned_on[3]


@pytest.mark.parametrize(("daily", "slower"), [("0.32", "0.28"), ("0.28", "0.2"), ("0.2", "0.1"), ("0.1", "0.02")])
def test_what_goes_evenly_but_slower_is_warned_of_no_later(daily: str, slower: str) -> None:
    first, second = (first_warning(even(Decimal(pace))) for pace in (daily, slower))

    assert second <= first
    assert second < 301


def test_what_keeps_an_even_pace_is_not_warned_of() -> None:
    assert first_warning(even(Decimal("0.36"))) == 301


def test_an_entry_that_was_taken_back_did_not_begin_the_work() -> None:
    taken_back, kept = measure((20, 15), (40, 0), (150, 40)), measure((20, 15), (150, 40))

    assert "完成仍未过一成" in told(measure((20, 15), (40, 0)), 200).reasons
    assert "一成" not in told(taken_back, 200).reasons + told(kept, 200).reasons


def test_an_offices_own_past_corrects_the_dates() -> None:
    finished = [measure((30, 10), (150, 50), (400, 99), done_on=day(420)) for _ in range(25)]

    own = past_of([*finished, SLOW, replace(SLOW, begun_on=None, done_on=day(9)), Course(BEGUN, done_on=day(9))])

    assert own.measures == 25
    assert own.quarters[3] == Factor(Decimal("1.04"), Decimal("1.04"), Decimal("1.04"))
    assert past_of(finished[:3]) == replace(NO_PAST, measures=3)
    assert told(SLOW, 280, own).finish_on != told(SLOW, 280).finish_on


@settings(max_examples=30, deadline=None)
@given(courses(), DAYS)
def test_what_became_known_later_changes_no_forecast_before(course: Course, number: int) -> None:
    assert forecast(course, day(number)) == forecast(as_known(course, day(number)), day(number))


def test_the_terms_of_every_sentence_make_its_date() -> None:
    for history in histories(TUNING, 25):
        course = history.course
        assert course.begun_on
        looked = course.begun_on + (history.due_on - course.begun_on) / 2
        if not (found := forecast(course, looked)):
            continue
        numbers = re.search(
            r"(?:日均([\d.]+)个百分点[^，]*，)+余([\d.]+)个百分点照此需(\d+)天；.*?的([\d.]+)倍", found.sentence
        )
        end = re.search(r"预计(\S+?)完成", found.sentence)
        assert numbers
        assert end

        takes = (Decimal(numbers[2]) / Decimal(numbers[1])).to_integral_value(ROUND_CEILING)
        days = (takes * Decimal(numbers[4])).to_integral_value(ROUND_CEILING)

        assert int(numbers[3]) == takes
        assert found.says_itself or end[1] == (looked + timedelta(days=int(days))).isoformat()


def test_the_reasons_of_every_warning_can_be_reckoned_again() -> None:
    checked = 0
    for history in histories(TUNING, 100):
        course, begun_on = history.course, history.course.begun_on or history.due_on
        looked = begun_on + (history.due_on - begun_on) * 3 / 5
        if not (found := forecast(course, looked)) or not found.will_be_late:
            continue
        passed, allowed = (looked - begun_on).days, (history.due_on - begun_on).days
        done = float(actual(course, looked).points)
        needed = (100 - done) * allowed / (allowed - passed + 7) / 100
        checked += 1

        assert found.reasons.startswith(f"时间已过{100 * passed / allowed:.0f}%，")
        assert f"须达到平均速度的{needed:.1f}倍" in found.reasons
        for days, share in re.findall(r"近(\d+)天速度为交办以来的(\d+)%", found.reasons):
            before = float(actual(course, looked - timedelta(days=int(days))).points)
            assert int(share) == round(100 * (done - before) / int(days) / (done / passed))
        for days in re.findall(r"交办(\d+)天后完成才过一成", found.reasons):
            known = begun_on + timedelta(days=int(days))
            assert actual(course, known).points > 10 >= actual(course, known - timedelta(days=1)).points
    assert checked > 10


@cache
def made_once() -> list[History]:
    """What every rule is judged by; no rule changes it."""
    return judged(300)


def reached(results: dict[str, Result]) -> bool:
    """Whether a rule comes before both lines with one tolerance as often as ours does, and is as quiet."""
    earlier = share(results["tolerant"]) > 0.8 and share(results["behind"]) > 0.7
    return earlier and results["ours"].false_alarms < 0.23


def test_late_measures_are_warned_of_earlier_than_by_a_straight_line_that_is_as_quiet() -> None:
    results = compared(made_once())

    assert reached(results)
    assert results["straight"].false_alarms > 0.8
    assert results["redmine"].false_alarms > 0.95
    assert results["ours"].lead > results["quiet"].lead
    assert share(results["quiet"]) > 0.4


@pytest.mark.parametrize(("weight", "wrong"), [("SLOWED", (0, 0)), ("BEGUN_LATE", 0), ("WARN", 2.2), ("CALM", 2.6)])
def test_a_rule_with_a_wrong_weight_does_not_reach_it(
    monkeypatch: pytest.MonkeyPatch, weight: str, wrong: object
) -> None:
    monkeypatch.setattr(f"bihuan.rectification.rules.forecast.{weight}", wrong)

    assert not reached(compared(made_once(), {name: RULES[name] for name in ("ours", "tolerant", "behind")}))


def test_a_line_is_held_to_as_many_false_alarms_as_are_asked() -> None:
    made = judged(50)
    held = compared(made, {"ours": ours, "held": as_quiet(missing, 0.2, made)})["held"]

    assert 0.1 < held.false_alarms <= 0.2


def test_the_last_judge_shares_no_seed_and_no_range_with_the_worlds_before_it() -> None:
    worlds = (TUNING, HOLD_OUT, *FINAL)
    seeds = sorted(world.seed for world in worlds)
    ranges = [
        {one.name: getattr(world, one.name) for one in fields(World) if one.name not in ("name", "seed")}
        for world in worlds[:3]
    ]

    assert all(later - before >= 1_000_000 for before, later in pairwise(seeds))
    assert all(len({each[name] for each in ranges}) == len(ranges) for name in ranges[0])


def test_a_rule_that_warns_of_all_or_of_none_does_not_pass_for_a_good_one() -> None:
    late, kept = (next(one for one in histories(HOLD_OUT, 40) if one.is_late is each) for each in (True, False))

    assert warned(kept, lambda *_: True).ever
    assert warned(late, lambda *_: False).since == late.due_on + timedelta(days=1)
    assert warned(late, lambda _course, when, _was: when < late.due_on - timedelta(days=30)).since > late.due_on


def test_ranges_hold_about_as_many_ends_as_they_say() -> None:
    assert 0.5 < covered(histories(HOLD_OUT, 60)) < 0.75


def test_the_page_has_a_line_for_every_rule_and_slip() -> None:
    text = "\n".join(rows(20, 5))

    assert "| Redmine's straight line | 100.0% |" in text
    assert all(f"| {kind.replace('_', ' ')} | " in text for kind in (Kind.LATE_START, Kind.SLOW, Kind.PLATEAU))
