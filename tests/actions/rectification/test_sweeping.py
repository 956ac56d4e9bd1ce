"""A sweep from its draft to its end: units answer place by place, findings become problems, links lead both ways."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.core import examine
from bihuan.gate import owing
from bihuan.lib.flow import Refused
from bihuan.matters.models import Sweep, SweepFinding, SweepPlace
from bihuan.organisation.models import Unit
from bihuan.rectification.actions.sweeping import (
    PlaceAnswer,
    SweepDraft,
    answer_place,
    decide_finding,
    draft_sweep,
    move_sweep,
    return_place,
)
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import sweeps
from tests.cast import NOON, TODAY, Cast
from tests.makers import make_problem

DRAFT = SweepDraft("自备井排查", "有没有应封未封的自备井", TODAY + timedelta(days=20), "地下水超采", ("城区", "园区"))
CLEAR = PlaceAnswer("无同类问题", "周某、吴某", TODAY, "逐眼看过。")
FOUND = replace(CLEAR, answer="有同类问题", found=[("某某纺织厂", "院内1眼自备井未封填")])


@pytest.fixture
def problem(cast: Cast) -> Problem:
    return make_problem(cast, 7, title="自备井未封填")


def issued(cast: Cast, problem: Problem, **facts: Any) -> Sweep:
    """A sweep of the water bureau's two places, handed over."""
    units = [*Unit.objects.filter(pk=cast.water.pk)]
    sweep = draft_sweep(
        replace(DRAFT, **facts), units, problem.matter.inspection, source=problem, by=cast.chen, at=NOON
    )
    return move_sweep(sweep, "issue", by=cast.chen, at=NOON)


def place(number: int) -> SweepPlace:
    return SweepPlace.objects.select_related("sweep", "unit").order_by("pk")[number]


def test_a_sweep_goes_from_its_draft_to_its_end(cast: Cast, problem: Problem) -> None:
    sweep = issued(cast, problem)
    answer_place(place(0), CLEAR, by=cast.zhang, at=NOON)
    with pytest.raises(Refused, match=r"还有1处没有答复：沧县水务局·园区。"):
        move_sweep(sweep, "sum_up", by=cast.chen, at=NOON)
    answer_place(place(1), FOUND, by=cast.zhang, at=NOON)
    move_sweep(sweep, "sum_up", by=cast.chen, at=NOON, conclusion="查2处，发现1处。")
    with pytest.raises(Refused, match="还有1个排查发现没有定处置。"):
        move_sweep(sweep, "close", by=cast.wang, at=NOON)

    finding = decide_finding(SweepFinding.objects.get(), "列为整改问题", plan=problem.plan, by=cast.chen, at=NOON)
    closed = move_sweep(sweep, "close", by=cast.wang, at=NOON)

    made = Problem.objects.get(matter=finding.problem)
    assert (closed.state, closed.conclusion, closed.code) == ("closed", "查2处，发现1处。", "HE2-S001")
    assert (made.matter.state, made.number, made.title) == ("draft", 8, "某某纺织厂：院内1眼自备井未封填")
    assert [duty.unit for duty in made.matter.duties.all()] == [cast.water]
    assert sweeps.found_by(made.matter, cast.chen) == finding
    assert [one.finding_count for one in sweeps.of_problem(problem.matter)] == [1]
    assert [*examine.findings()] == []


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (replace(CLEAR, answer="maybe"), "请选“无同类问题”或“有同类问题”。"),
        (replace(CLEAR, checked_by=" "), "请写明谁去查的。"),
        (replace(CLEAR, checked_on=TODAY + timedelta(days=1)), "排查日期还没有到，请核对。"),
        (
            replace(CLEAR, checked_on=TODAY - timedelta(days=1)),
            "排查2022-07-04才下达，排查日期不能早于这一天，请核对。",
        ),
        (replace(FOUND, found=()), "有同类问题的，请至少写一处发现。"),
        (replace(FOUND, answer="无同类问题"), "写了发现，就不是“无同类问题”，请核对。"),
        (replace(FOUND, found=[("某厂", "")]), "每个发现都要写地点或对象，和发现的问题。"),
    ],
)
def test_an_answer_that_says_not_enough_is_refused(
    cast: Cast, problem: Problem, told: PlaceAnswer, sentence: str
) -> None:
    issued(cast, problem)

    with pytest.raises(Refused) as refused:
        answer_place(place(0), told, by=cast.zhang, at=NOON)

    assert (str(refused.value), place(0).answer) == (sentence, "")


def test_only_its_unit_answers_and_only_once(cast: Cast, problem: Problem) -> None:
    issued(cast, problem)
    for stranger in (cast.li, cast.qian, cast.chen):
        with pytest.raises(Refused, match="只有这一处的排查单位可以答复。"):
            answer_place(place(0), CLEAR, by=stranger, at=NOON)

    answer_place(place(0), FOUND, by=cast.zhang, at=NOON)

    with pytest.raises(Refused, match="这一处已经答复"):
        answer_place(place(0), CLEAR, by=cast.zhang, at=NOON)
    return_place(place(0), by=cast.chen, at=NOON, note="没有照片")
    answer_place(place(0), CLEAR, by=cast.zhang, at=NOON)
    assert [(one.is_withdrawn, one.place.answer) for one in SweepFinding.objects.all()] == [(True, "无同类问题")]


def test_nobody_sees_a_draft_but_the_office_and_a_stranger_nothing(cast: Cast, problem: Problem) -> None:
    units = [*Unit.objects.filter(pk=cast.water.pk)]
    sweep = draft_sweep(DRAFT, units, problem.matter.inspection, by=cast.chen, at=NOON)
    seen = [sweeps.sweeps_for(who).count() for who in (cast.chen, cast.zhang, cast.qian)]

    move_sweep(sweep, "issue", by=cast.chen, at=NOON)

    now = [sweeps.sweeps_for(who).count() for who in (cast.chen, cast.zhang, cast.qian)]
    assert (seen, now) == ([1, 0, 0], [1, 1, 0])
    assert sweeps.places_for(sweep, cast.qian) == []


def test_whoever_owes_an_answer_finds_it_on_his_desk(cast: Cast, problem: Problem) -> None:
    sweep = issued(cast, problem)

    owed = [(one.act, one.code, one.due_on) for one in owing.owed(cast.zhang, TODAY) if one.kind == "sweep"]

    assert owed == [("排查", "HE2-S001", DRAFT.due_on)]
    for number in (0, 1):
        answer_place(place(number), CLEAR, by=cast.zhang, at=NOON)
    assert "汇总" in [one.act for one in owing.owed(cast.chen, TODAY) if one.kind == "sweep"]
    assert not [one for one in owing.owed(cast.zhang, TODAY) if one.kind == "sweep"]
    assert sweep.due_on > TODAY


def test_what_is_put_right_at_once_says_how(cast: Cast, problem: Problem) -> None:
    issued(cast, problem)
    answer_place(place(0), FOUND, by=cast.zhang, at=NOON)
    finding = SweepFinding.objects.get()
    for decision, sentence in (
        ("立行立改", "立行立改的，请写明"),
        ("列为整改问题", "请选列入哪个整改方案。"),
        ("x", "请选怎样处置。"),
    ):
        with pytest.raises(Refused, match=sentence):
            decide_finding(finding, decision, by=cast.chen, at=NOON)

    decide_finding(finding, "立行立改", by=cast.chen, at=NOON, note="当天封填，已验收。")

    with pytest.raises(Refused, match="这个发现已定处置"):
        decide_finding(finding, "立行立改", by=cast.chen, at=NOON, note="再来一次")
    assert Problem.objects.count() == 1


def test_a_sweep_that_says_nothing_or_is_late_from_the_start_is_refused(cast: Cast, problem: Problem) -> None:
    inspection = problem.matter.inspection
    for facts, sentence in (
        ({"looks_for": " "}, "请写明标题和查什么。"),
        ({"due_on": date(2020, 1, 1)}, "时限不能在今天以前。"),
        ({"due_on": date(9999, 12, 31)}, "请核对年份"),
    ):
        with pytest.raises(Refused, match=sentence):
            draft_sweep(replace(DRAFT, **facts), [], inspection, by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="只有市整改办可以办排查。"):
        draft_sweep(DRAFT, [], inspection, by=cast.zhang, at=NOON)
    empty = draft_sweep(DRAFT, [], inspection, by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="还没有排查的单位和点位。"):
        move_sweep(empty, "issue", by=cast.chen, at=NOON)
