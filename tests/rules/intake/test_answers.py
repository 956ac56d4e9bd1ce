"""What somebody wrote as an answer: a day, a deadline without one, a unit; anything else is refused."""

from typing import Any

import pytest

from bihuan.intake.rules.answers import DATING, answers_of, day_or_words, region_called, unit_called
from bihuan.lib.flow import Refused
from bihuan.lib.reading.directory import Unit, directory_of

LISTED = {"沧州市水利局": 1, "水利局": 1}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-12-31", "2026-12-31"),
        ("2026年12月底前", "2026-12-31"),
        ("2026", "2026-12-31"),
        ("立行立改", "立行立改"),
        ("长期坚持", "长期坚持"),
    ],
)
def test_a_deadline_is_a_day_or_words_that_need_none(said: str, kept: str) -> None:
    assert day_or_words(said) == kept


def test_a_year_completes_the_words_that_were_asked_about() -> None:
    assert [day_or_words("2026", words) for words in ("3月底前", "年底前", "9月15日前")] == [
        "2026-03-31",
        "2026-12-31",
        "2026-09-15",
    ]


@pytest.mark.parametrize("said", ["明年", "尽快", "12月底", "2026年8月前", ""])
def test_what_says_no_day_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(Refused, match=f"“{said}”看不出是哪一天，请写成 2026-12-31 的样子"):
        day_or_words(said)


def test_a_unit_is_called_as_papers_call_it() -> None:
    water = Unit(name="沧州市水利局", kind="部门", region="130900", aliases=("市水利局",), former=())
    directory = directory_of("130900", (water,))

    assert [unit_called(said, LISTED, directory) for said in ("水利局", "市水利局")] == ["水利局", "沧州市水利局"]
    with pytest.raises(Refused, match="单位表里没有“市水管处”"):
        unit_called("市水管处", LISTED, directory)


def test_a_unit_is_read_as_in_a_paper_and_one_that_is_not_there_is_told_what_is_like_it() -> None:
    names = ("吴桥县党委和政府", "吴桥县水利局")
    kinds = zip(names, ("党委政府", "部门"), strict=True)
    units = tuple(Unit(name=name, kind=kind, region="130928", aliases=(), former=()) for name, kind in kinds)
    directory, listed = directory_of("130900", units), dict.fromkeys(names, 1)

    assert unit_called("吴桥县人民政府", listed, directory) == "吴桥县党委和政府"
    with pytest.raises(Refused, match="单位表里没有“吴桥县水务局”，相近的有：吴桥县水利局"):
        unit_called("吴桥县水务局", listed, directory)
    with pytest.raises(Refused, match="请先在系统里添加"):
        unit_called("xyz", listed, directory)


def test_a_number_that_was_written_wrong_is_the_one_of_the_answer() -> None:
    assert answered("number_form", "number", "D3HE202212120005") == {
        ("problem:1", "number"): "D3HE202212120005",
        ("problem:1", "number_key"): "D3HE202212120005",
    }
    assert answered("number_form", "number", "原文如此") == answered("number_form", "number", "D3HE20221212005") == {}


def answered(kind: str, field: str, value: str, **facts: Any) -> dict[tuple[str, str], Any]:
    record = {"type": "problem", "key": "problem:1", "fields": facts.pop("fields", {})}
    doubt = {"kind": kind, "field": field, "record_key": "problem:1", "answer": {"value": value}, **facts}
    return answers_of([doubt], {"records": [record]})


@pytest.mark.parametrize("kind", sorted(DATING))
def test_every_question_about_a_day_sets_the_day(kind: str) -> None:
    assert answered(kind, "deadline", "2026-12-31") == {
        ("problem:1", "due_on"): "2026-12-31",
        ("problem:1", "nature"): "限期整改",
    }


def test_words_without_a_day_are_the_deadline() -> None:
    assert answered("deadline_unknown", "due_on", "长期坚持") == {
        ("problem:1", "due_on"): None,
        ("problem:1", "deadline"): "长期坚持",
        ("problem:1", "nature"): "长期坚持",
    }
    assert answered("deadline_unknown", "due_on", "明年") == {}


def test_what_was_named_takes_the_place_of_what_was_asked_about() -> None:
    fields = {"lead": {"value": ["市水管处", "沧州市财政局"]}, "types": {"value": ["水", "烟雾"]}}
    unit = {"fields": fields, "question": "单位“市水管处”不在名录里，是哪个单位？"}
    sort = {"fields": fields, "question": "污染类型“烟雾”不在常用类型里，应归到哪一类？"}

    assert answered("unit_unknown", "lead", "沧州市水利局", **unit) == {
        ("problem:1", "lead"): ["沧州市水利局", "沧州市财政局"]
    }
    assert answered("type_unknown", "types", "大气", **sort) == {("problem:1", "types"): ["水", "大气"]}


def test_a_place_is_one_of_the_citys_own_and_another_is_told_which_there_are() -> None:
    names = {"泊头市": 1, "泊头": 1, "市本级": 2}

    assert [region_called(said, names, "130900") for said in ("泊头市", "泊头", "市本级")] == [
        "泊头市",
        "泊头",
        "市本级",
    ]
    with pytest.raises(Refused, match=r"“火星县”不是本市的县\(市、区\)，请写明是哪一个：.*泊头市"):
        region_called("火星县", names, "130900")
