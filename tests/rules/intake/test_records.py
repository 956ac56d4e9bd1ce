"""Rows of understood papers: how a field is asked for, and what answers to doubts change."""

from datetime import date
from typing import Any

from bihuan.intake.formats.kinds import kind_of
from bihuan.intake.rules.answers import answers_of
from bihuan.intake.rules.kinds import KINDS
from bihuan.intake.rules.records import ANSWERED, Row, heading, of_type, rows
from bihuan.lib.paper.document import Document

PAPER: dict[str, Any] = {
    "heading": {"title": {"value": "方案"}},
    "records": [
        {
            "type": "problem",
            "key": "problem:1",
            "fields": {
                "number": {"value": 3, "raw": "第三项", "span": [0, 3]},
                "lead": {"value": ["市水利局"], "raw": "市水利局、某局", "span": None},
                "due_on": {"value": "2022-13-01", "raw": "2022年13月1日"},
            },
        },
        {"type": "measure", "key": "measure:3-1", "parent": "problem:1", "fields": {"number": {"value": "2"}}},
    ],
}


def doubt(kind: str, field: str, value: object, key: str = "problem:1") -> dict[str, Any]:
    return {"kind": kind, "field": field, "record_key": key, "answer": None if value is None else {"value": value}}


def test_a_field_is_asked_for_as_what_it_is() -> None:
    problem, measure = rows(PAPER, {})

    assert (problem.whole("number"), measure.whole("number"), problem.whole("lead")) == (3, 2, None)
    assert (problem.text("lead"), problem.text("number"), problem.text("target")) == ("市水利局", "3", "")
    assert (problem.many("lead"), problem.many("number"), problem.many("target")) == (["市水利局"], [3], [])
    assert (problem.day("due_on"), Row({"fields": {"on": {"value": "2022-04-03"}}}).day("on")) == (
        None,
        date(2022, 4, 3),
    )
    assert (problem.raw("number"), problem.raw("target"), problem.spans()) == ("第三项", "", {"number": [0, 3]})
    assert (measure.type, measure.key, measure.parent, problem.parent) == ("measure", "measure:3-1", "problem:1", "")
    assert of_type([problem, measure], "measure") == [measure]
    assert heading(PAPER).text("title") == "方案"


def test_answers_set_fields_and_say_so() -> None:
    asked = [
        doubt("deadline_ambiguous", "due_on", "2022-12-31"),
        doubt("unit_unknown", "lead", "市财政局"),
        doubt("unit_unknown", "lead", "市审计局"),
        doubt("number_several", "number", 4),
        doubt("measure_count", "measures", 2),
        doubt("number_missing", "", 9),
        doubt("lead_missing", "lead", None),
    ]

    answers = answers_of(asked, PAPER)
    problem, measure = rows(PAPER, answers)

    assert answers == {
        ("problem:1", "due_on"): "2022-12-31",
        ("problem:1", "nature"): "限期整改",
        ("problem:1", "lead"): ["市水利局", "市财政局", "市审计局"],
        ("problem:1", "number"): 4,
    }
    assert (problem.day("due_on"), problem.raw("due_on")) == (date(2022, 12, 31), "2022年13月1日")
    assert problem.plain["fields"]["lead"]["derived"] == ANSWERED
    assert (measure.day("due_on"), measure.many("lead")) == (date(2022, 12, 31), [])


def test_an_answer_gives_a_field_that_the_paper_lacks() -> None:
    (problem, _) = rows(PAPER, {("problem:1", "target"): "达标"})

    assert (problem.text("target"), problem.raw("target"), problem.spans()) == ("达标", "", {"number": [0, 3]})
    assert answers_of([doubt("unit_unknown", "unit", "市水利局", key="petition:1")], PAPER) == {
        ("petition:1", "unit"): ["市水利局"]
    }


def test_every_kind_has_a_name() -> None:
    assert KINDS[kind_of(Document("空.txt", "0" * 64, (), ""))] == "未识别"
    assert set(KINDS) == {"plan", "petitions", "bulletin", "notice", "report", "slip", "returned", "unknown"}
