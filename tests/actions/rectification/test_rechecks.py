from datetime import date, timedelta

import pytest

from bihuan.core import audit, examine
from bihuan.lib.flow import Refused
from bihuan.matters.models import Recheck, Round
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions.verification import draw_rechecks, move_recheck
from tests.cast import Cast, seat_as
from tests.loop import Loop, make_loop
from tests.makers import make_other


def signed_off(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_signed_off()
    return loop


def test_a_re_check_holds_once_its_check_found_everything_reached(cast: Cast) -> None:
    loop = signed_off(cast)
    row = Recheck.objects.order_by("planned_on")[0]
    with pytest.raises(Refused, match="现在是“计划”，不能认定巩固。"):
        move_recheck(row, "hold", by=cast.wang, at=loop.later(90))

    move_recheck(row, "send_out", by=cast.wang, at=loop.now)
    loop.check(loop.accepter, "复查", recheck=row)
    row.refresh_from_db()
    move_recheck(row, "hold", by=cast.wang, at=loop.now)

    assert row.state == "held"
    assert [*examine.findings()] == []


def test_a_re_check_that_found_something_not_reached_does_not_hold(cast: Cast) -> None:
    loop = signed_off(cast)
    row = Recheck.objects.order_by("planned_on")[0]
    loop.later(90)
    loop.check(loop.accepter, "复查", "未达到", recheck=row)
    row.refresh_from_db()

    with pytest.raises(Refused, match="核查记录里有1项未达到，不能认定巩固。"):
        move_recheck(row, "hold", by=cast.wang, at=loop.now)


def test_a_rebound_opens_the_second_round_and_leaves_the_first_as_it_was(cast: Cast) -> None:
    loop = signed_off(cast)
    first = audit.plain_row(Round.objects.get(matter=loop.problem.matter))
    with pytest.raises(Refused, match="还没有反弹的依据"):
        loop.step("rebound", cast.wang, "群众反映又在取水")
    loop.later(90)
    loop.check(loop.accepter, "回头看", "未达到", recheck=Recheck.objects.order_by("planned_on")[0])

    loop.step("rebound", cast.wang, "07号井又在取水")

    rounds = [*Round.objects.filter(matter=loop.problem.matter).order_by("number")]
    assert [audit.plain_row(rounds[0]), [one.state for one in rounds]] == [first, ["signed_off", "rectifying"]]
    loop.measure.matter.refresh_from_db()
    assert (loop.measure.matter.state, loop.measure.matter.round_number) == ("under_way", 2)
    assert [one.state for one in Recheck.objects.order_by("planned_on")] == ["rebounded", "cancelled", "cancelled"]
    assert [*examine.findings()] == []


def test_a_draw_is_repeated_by_its_seed(cast: Cast) -> None:
    loop = signed_off(cast)
    supervisor = seat_as(Role.SUPERVISION, cast.office, "督办")
    day = loop.now.date() + timedelta(days=30)

    [row] = draw_rechecks("2022-07-28 第1次", 1, day, by=supervisor, at=loop.now)

    assert (row.matter.code, row.kind, row.seed) == ("HE2-P001", "随机抽查", "2022-07-28 第1次")
    with pytest.raises(Refused, match="共0件，不能抽取1件。"):
        draw_rechecks("2022-07-28 第2次", 1, day, by=supervisor, at=loop.now)
    with pytest.raises(Refused, match="只有整改督办组或主任可以抽取复查。"):
        draw_rechecks("2022-07-28 第3次", 1, day, by=cast.chen, at=loop.now)
    with pytest.raises(Refused, match="不能在今天以前"):
        draw_rechecks("2022-07-28 第4次", 1, date(2022, 7, 1), by=supervisor, at=loop.now)


@pytest.mark.broken
def test_a_signed_off_problem_without_a_re_check_is_found(cast: Cast) -> None:
    signed_off(cast)
    for row in Recheck.objects.all():
        make_other(row, is_ended=True)

    assert [str(one) for one in examine.findings()] == ["I7 HE2-P001：已销号或转长期坚持，却没有排复查。"]


def test_a_yearly_proof_settles_the_one_that_was_planned_and_plans_the_next(cast: Cast) -> None:
    loop = make_loop(cast, nature="长期坚持")
    loop.to_proof()

    loop.step("prove", loop.accepter, "成效保持")

    planned = [(one.kind, one.state) for one in Recheck.objects.order_by("planned_on")]
    assert planned == [("年度核验", "held"), ("年度核验", "planned")]
    assert [*examine.findings()] == []
