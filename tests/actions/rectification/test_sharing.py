"""A measure broken down to persons: who may, to whom, and how its sum and its person's list read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bihuan.lib.flow import Refused
from bihuan.organisation.models import Appointment
from bihuan.rectification.actions import sharing as actions
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.models import Assignment, Indicator, Measure
from bihuan.rectification.queries import sharing
from tests.cast import NOON, ROBOT, Cast
from tests.kept import leads_up
from tests.loop import make_loop
from tests.makers import make_measure, make_problem, write


@pytest.fixture
@leads_up
def measure(cast: Cast) -> Measure:
    """A measure of the water bureau that counts something, handed over."""
    problem = make_problem(cast)
    made = make_measure(problem)
    write([Indicator(measure=made, name="关停自备井", measured_in="眼", target=Decimal(20))], by=ROBOT, at=NOON)
    move_problem(problem, "issue", by=cast.chen, at=NOON)
    return made


def part_of(measure: Measure, cast: Cast, quantity: int = 8) -> actions.Part:
    seat = Appointment.objects.get(person_id=cast.zhang.person)
    return actions.Part("兴济镇封填工程", seat.pk, measure.indicators.get().pk, Decimal(quantity), stage="在建")


def test_parts_are_given_summed_done_and_taken_back(cast: Cast, measure: Measure) -> None:
    first = actions.assign_part(measure, part_of(measure, cast), by=cast.zhang, at=NOON)
    other = actions.assign_part(measure, part_of(measure, cast, 9), by=cast.chen, at=NOON)
    [balance] = sharing.balances_of(measure)
    assert balance.sentence == "关停自备井要20眼，已分解17眼，还有3眼没有分到人。"

    actions.note_done(first, Decimal(5), by=cast.zhang, at=NOON)
    actions.end_part(other, by=cast.zhang, at=NOON, note="分错了")

    [balance] = sharing.balances_of(measure)
    assert (balance.given, balance.done) == (8, 5)
    assert [str(one) for one in sharing.parts_for(cast.wang, cast.zhang.person or 0)] == ["兴济镇封填工程 张工"]


def test_who_does_not_work_on_it_neither_gives_nor_reads_a_part(cast: Cast, measure: Measure) -> None:
    part = part_of(measure, cast)
    for by in (cast.li, cast.qian, cast.zhao):
        with pytest.raises(Refused, match=actions.NOT_YOURS):
            actions.assign_part(measure, part, by=by, at=NOON)
    actions.assign_part(measure, part, by=cast.zhang, at=NOON)

    assert not sharing.parts_for(cast.qian, cast.zhang.person or 0).exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"appointment": 0}, "请从负责这项措施的单位里选具体责任人。"),
        ({"indicator": 10**6}, "请从这项措施的指标里选。"),
        ({"quantity": Decimal(-1)}, "数量要大于零。"),
        ({"due_on": date(2023, 1, 1)}, "这一份的时限晚于措施时限2022-12-31。"),
    ],
)
def test_a_part_that_cannot_be_is_refused(
    cast: Cast, measure: Measure, facts: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.assign_part(measure, replace(part_of(measure, cast), **facts), by=cast.zhang, at=NOON)  # type: ignore[arg-type]  # a part's own fields

    assert not Assignment.objects.exists()


def test_nobody_of_another_unit_is_given_a_part(cast: Cast, measure: Measure) -> None:
    seat = Appointment.objects.get(person_id=cast.qian.person)

    with pytest.raises(Refused, match="请从负责这项措施的单位里选"):
        actions.assign_part(measure, replace(part_of(measure, cast), appointment=seat.pk), by=cast.zhang, at=NOON)


def test_nothing_is_broken_down_any_more_once_it_is_closed(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()

    with pytest.raises(Refused, match="卷宗已冻结"):
        actions.assign_part(loop.measure, part_of(loop.measure, cast), by=cast.zhang, at=loop.now)
