"""What an entry must say, and what is asked about it before it is taken."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bihuan.rectification.rules.reporting import Counted, Filled, Known, is_like, questions, refusal, unanswered

TODAY, BEGUN, DUE = date(2022, 9, 1), date(2022, 7, 8), date(2022, 12, 31)
WORDS = "封填河间市12号、13号井，井管回填水泥砂浆46米。"
WELLS = Counted("封填自备井", "眼", Decimal(20), before=Decimal(9), after=None)
KNOWN = Known(
    TODAY, BEGUN, DUE, date(2022, 8, 15), "献县9眼井全部封填，现场验收单已收齐。", Decimal(45), {1: WELLS}, {7: "过半"}
)
FILLED = Filled(TODAY, done=WORDS, readings={1: Decimal(11)}, reached={7: TODAY}, percent=Decimal(55))


def filled(**facts: Any) -> Filled:
    return replace(FILLED, **facts)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (FILLED, ""),
        (filled(on=date(2022, 9, 2)), "截至日期2022-09-02还没有到。"),
        (filled(on=date(2022, 7, 7)), "截至日期2022-07-07早于交办日期2022-07-08。"),
        (Filled(TODAY, is_unchanged=True, reason=" "), "报“无变化”要写明原因。"),
        (Filled(TODAY, is_unchanged=True, reason="冬季停工"), ""),
        (filled(done="有"), "请写明本期做了什么；没有新的进展就报“无变化”。"),
        (filled(percent=Decimal(101)), "完成比例应在0到100之间。"),
        (filled(percent=Decimal("99.996")), "完成比例最多两位小数。"),
        (filled(percent=Decimal("99.990")), ""),
        (Filled(TODAY, is_unchanged=True, reason="停工", corrects=3), "更正要写明对的情况和数，不能报“无变化”。"),
        (filled(readings={2: Decimal(1)}), "有一个指标不属于这项措施，请刷新后再填。"),
        (filled(readings={1: Decimal(-1)}), "“封填自备井”的累计不能是负数。"),
        (filled(reached={8: TODAY}), "有一个节点不属于这项措施，请刷新后再填。"),
        (filled(reached={7: date(2022, 9, 2)}), "节点“过半”的到达日期2022-09-02还没有到。"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_sentence(entry: Filled, sentence: str) -> None:
    assert refusal(entry, KNOWN) == sentence


@pytest.mark.parametrize(
    ("entry", "known", "keys"),
    [
        (FILLED, KNOWN, []),
        (filled(readings={1: Decimal(8)}), KNOWN, ["fall-1"]),
        (filled(readings={1: Decimal(21)}), KNOWN, ["over-1"]),
        (FILLED, replace(KNOWN, counted={1: replace(WELLS, after=Decimal(10))}), ["later-1"]),
        (filled(percent=Decimal(40)), KNOWN, ["fall-percent"]),
        (filled(reached={7: date(2022, 7, 1)}), KNOWN, ["early-7"]),
        (filled(expected_on=date(2022, 8, 1)), KNOWN, ["expected-past"]),
        (filled(expected_on=date(2023, 1, 10)), KNOWN, ["expected-late"]),
        (filled(on=date(2022, 8, 1)), KNOWN, ["backwards"]),
        (filled(on=date(2022, 8, 1), corrects=3), KNOWN, []),
        (filled(done=KNOWN.last_done), KNOWN, ["copied-last"]),
        (FILLED, replace(KNOWN, elsewhere="另一事项"), ["copied-elsewhere"]),
        (Filled(TODAY, is_unchanged=True, reason="停工"), replace(KNOWN, elsewhere="另一事项"), []),
    ],
)
def test_what_looks_wrong_and_may_be_right_is_asked(entry: Filled, known: Known, keys: list[str]) -> None:
    assert [one.key for one in questions(entry, known)] == keys


def test_an_indicator_that_is_to_fall_is_asked_about_when_it_rises() -> None:
    ammonia = Counted("氨氮", "mg/L", Decimal(1), is_falling=True, before=Decimal("1.8"), after=Decimal("1.5"))
    known = replace(KNOWN, counted={1: ammonia})

    assert [one.key for one in questions(filled(readings={1: Decimal(2)}), known)] == ["fall-1"]
    assert [one.key for one in questions(filled(readings={1: Decimal("1.2")}), known)] == ["later-1"]
    assert questions(filled(readings={1: Decimal("1.6")}), known) == ()


def test_a_question_that_was_answered_is_not_asked_again() -> None:
    late = filled(expected_on=date(2023, 1, 10), readings={1: Decimal(8)})

    assert [one.key for one in unanswered(replace(late, answers={"fall-1": "上次多数了1眼"}), KNOWN)] == [
        "expected-late"
    ]
    assert [one.key for one in unanswered(replace(late, answers={"fall-1": " "}), KNOWN)] == ["fall-1", "expected-late"]


def test_a_question_says_both_figures() -> None:
    [asked] = questions(filled(readings={1: Decimal(8)}), KNOWN)

    assert asked.words == "“封填自备井”累计会由9变8，比上次倒退。若是更正上次的数，请写明原因。"


def test_short_texts_are_alike_by_chance() -> None:
    assert not is_like("正在推进", "正在推进")
    assert is_like(WORDS, f"{WORDS} ")
    assert not is_like(WORDS, KNOWN.last_done)
