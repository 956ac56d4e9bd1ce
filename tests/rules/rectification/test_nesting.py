"""A lower plan held against the city's: each way of falling short is found, and a plan that says the same has none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from bihuan.rectification.rules.editions import Count
from bihuan.rectification.rules.nesting import (
    LATER,
    LOWER,
    NO_ECHO,
    NO_PROBLEM,
    NO_UNIT,
    UNIT_LEFT,
    Promise,
    echoes,
    findings,
    problem_above,
)

OWN = frozenset({1, 2})
WELLS = Count("关停自备井", "眼", Decimal(9))
CITY = Promise(
    "HE2-M008-02", "第8项措施2", "2022年11月底前封填自备井20眼。", date(2022, 11, 30), {1: "沧县党委和政府"}, (WELLS,)
)
LOWER_ONE = replace(CITY, code="HE2-M021-02", label="第1项措施2", text="2022年11月底前封填自备井9眼。")


def kinds(lower: list[Promise], city: list[Promise] | None = None) -> list[str]:
    return [one.kind for one in findings(city or [CITY], lower, OWN)]


def test_a_measure_is_recognised_by_its_words_without_its_figures_or_by_what_was_said() -> None:
    other = replace(CITY, code="HE2-M009-01", text="开展河道垃圾清理专项行动。")

    assert echoes([CITY, other], [LOWER_ONE]) == {"HE2-M021-02": ("HE2-M008-02", False)}
    assert echoes([CITY, other], [replace(LOWER_ONE, carries="HE2-M009-01")]) == {"HE2-M021-02": ("HE2-M009-01", True)}
    assert echoes([CITY], [replace(LOWER_ONE, text="建立巡查制度。")]) == {}


def of_problem(number: int, *texts: str) -> list[Promise]:
    """The measures of one problem as the city's plan has them."""
    label = f"第{number}项措施"
    return [
        replace(CITY, code=f"HE2-M{number:03}-{at:02}", label=f"{label}{at}", text=text, counts=(), problem=number)
        for at, text in enumerate(texts, 1)
    ]


WELLS_OF_CITY = of_problem(
    8,
    "摸清底数，建立一井一档。",
    "2022年9月底前封填5眼，10月15日前累计封填14眼，10月底前全部封填20眼。",
    "接通3家企业替代水源。",
    "对以备用为名取水的依法立案查处。",
)
PITS_OF_CITY = of_problem(15, "2022年8月底前完成41处取土坑“一坑一策”方案。", "2022年12月底前完成41处取土坑生态修复。")


def test_the_words_of_a_countys_paper_find_their_tie_under_the_problem_that_it_names() -> None:
    texts = ("2022年8月底前完成9眼自备井一井一档。", "2022年11月底前封填自备井8眼。", "落实“河湖长+检察长”机制。")
    named = [replace(one, code=f"L{at}", problem=8) for at, one in enumerate(of_problem(1, *texts), 1)]
    unnamed = [replace(one, problem=0) for one in named]

    assert echoes([*WELLS_OF_CITY, *PITS_OF_CITY], named) == {
        "L1": ("HE2-M008-01", False),
        "L2": ("HE2-M008-02", False),
    }
    assert echoes([*WELLS_OF_CITY, *PITS_OF_CITY], unnamed) == {}


def test_a_problem_is_named_in_any_of_the_ways_that_papers_have() -> None:
    said = {
        ("市级8", ""): 8,
        ("省级26/市级8", ""): 8,
        ("", "历史遗留取土坑生态修复滞后（市方案第15项）"): 15,
        ("", "市级第14项(区级第11项)"): 14,
        ("", "市整改方案第3项任务"): 3,
        ("省级26", "农村黑臭水体底数不清"): 0,
        ("", "城市4个区共有3处黑臭水体"): 0,
    }

    assert {words: problem_above(*words) for words in said} == said


def test_a_problem_that_is_left_out_whole_is_one_finding_and_one_that_is_begun_is_not() -> None:
    begun = replace(PITS_OF_CITY[0], code="L1", problem=15)

    [found] = findings(PITS_OF_CITY, [], OWN)
    assert (found.kind, found.label) == (NO_PROBLEM, "第15项")
    assert found.words.startswith("市方案第15项的2项措施都没有对应：2022年8月底前完成41处")
    assert [one.kind for one in findings(PITS_OF_CITY, [begun], OWN)] == [NO_ECHO]
    others = [replace(one, units={7: "青县党委和政府"}) for one in PITS_OF_CITY]
    assert findings(others, [], OWN) == []


def test_a_city_measure_without_echo_is_found_only_where_it_names_this_unit() -> None:
    [found] = findings([CITY], [], OWN)

    assert (found.kind, found.words) == (
        NO_ECHO,
        "市方案第8项措施2“2022年11月底前封填自备井20眼。”没有对应的措施。",
    )
    assert kinds([], [replace(CITY, units={7: "青县党委和政府"})]) == []


def test_a_later_day_is_found_with_both_days() -> None:
    [found] = findings([CITY], [replace(LOWER_ONE, due_on=date(2022, 12, 31))], OWN)

    assert (found.kind, found.words) == (LATER, "市方案第8项措施2要求2022-11-30前，这里是2022-12-31。")
    assert kinds([replace(LOWER_ONE, due_on=None)]) == [LATER]


def test_a_lower_target_is_found_where_nobody_else_answers_and_a_share_is_not() -> None:
    fewer = replace(LOWER_ONE, counts=(replace(WELLS, target=Decimal(8)),))
    shared = replace(CITY, units={1: "沧县党委和政府", 7: "青县党委和政府"})

    assert kinds([fewer]) == [LOWER]
    assert kinds([fewer], [shared]) == []


def test_where_less_is_more_a_higher_figure_falls_short() -> None:
    dust = Count("降尘量", "吨", Decimal(7), is_falling=True)

    assert kinds([replace(LOWER_ONE, counts=(replace(dust, target=Decimal(8)),))], [replace(CITY, counts=(dust,))]) == [
        LOWER
    ]


def test_a_unit_left_out_and_a_measure_without_any_are_found() -> None:
    both = replace(CITY, units={1: "沧县党委和政府", 2: "沧县水务局"})

    assert kinds([LOWER_ONE], [both]) == [UNIT_LEFT]
    assert kinds([replace(LOWER_ONE, units={})]) == [NO_UNIT]


def test_an_explanation_is_for_these_words_alone() -> None:
    [one] = findings([CITY], [replace(LOWER_ONE, due_on=date(2022, 12, 31))], OWN)
    [other] = findings([CITY], [replace(LOWER_ONE, due_on=date(2023, 1, 31))], OWN)

    assert one.subject == other.subject
    assert one.digest != other.digest


DAYS = some.dates(date(2022, 1, 1), date(2023, 12, 31))


@given(some.lists(some.builds(replace, some.just(CITY), due_on=some.none() | DAYS), max_size=4))
def test_a_plan_that_says_what_the_citys_says_has_no_finding(made: list[Promise]) -> None:
    city = [replace(one, code=f"HE2-M{place}") for place, one in enumerate(made)]
    lower = [replace(one, code=f"HE2-L{place}", carries=one.code) for place, one in enumerate(city)]

    assert findings(city, lower, OWN) == []


@given(DAYS, DAYS)
def test_what_is_earlier_is_never_found_and_what_is_later_always(above: date, below: date) -> None:
    found = kinds([replace(LOWER_ONE, due_on=below)], [replace(CITY, due_on=above)])

    assert (LATER in found) == (below > above)
