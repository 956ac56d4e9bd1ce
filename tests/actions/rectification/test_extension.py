from datetime import date
from typing import Any

import pytest

from bihuan.core import examine
from bihuan.lib.flow import Refused
from bihuan.matters.models import CitedPaper, Extension
from bihuan.rectification.actions.extension import apply_extension, move_extension
from bihuan.rectification.actions.handing_over import Paper
from tests.cast import Cast
from tests.loop import Loop, make_loop

LATER = date(2023, 3, 31)
PAPER = Paper("沧环督〔2022〕12号", date(2022, 7, 4))
WAY = (("lead_agree", "head"), ("office_agree", "wang"), ("group_agree", "group"))


def asked(cast: Cast) -> tuple[Loop, Extension]:
    loop = make_loop(cast)
    loop.to_rectifying()
    return loop, apply_extension(loop.problem, LATER, "冻土期不能施工", "3月底前封填完", by=loop.doer, at=loop.now)


def person(loop: Loop, name: str) -> Any:
    return getattr(loop, name, None) or getattr(loop.cast, name)


def test_an_approved_extension_moves_the_current_deadline_and_never_the_first(cast: Cast) -> None:
    loop, application = asked(cast)

    for name, who in WAY:
        move_extension(loop.problem, application, name, by=person(loop, who), at=loop.now)
    move_extension(loop.problem, application, "approve", by=cast.wang, at=loop.now, paper=PAPER)

    matter = loop.problem.matter
    matter.refresh_from_db()
    assert (matter.first_due_on, matter.due_on) == (date(2022, 12, 31), LATER)
    assert (application.state, application.approved_on) == ("approved", date(2022, 7, 4))
    assert [str(one) for one in CitedPaper.objects.all()] == ["沧环督〔2022〕12号 2022-07-04"]
    assert [*examine.findings()] == []


def test_a_refused_extension_moves_nothing(cast: Cast) -> None:
    loop, application = asked(cast)

    move_extension(loop.problem, application, "lead_agree", by=loop.head, at=loop.now)
    move_extension(loop.problem, application, "refuse", by=cast.wang, at=loop.now, note="年内能完成")

    loop.problem.matter.refresh_from_db()
    assert (application.state, loop.problem.matter.due_on) == ("refused", date(2022, 12, 31))
    assert [*examine.findings()] == []


def test_it_is_approved_only_by_a_paper_and_never_out_of_turn(cast: Cast) -> None:
    loop, application = asked(cast)

    with pytest.raises(Refused, match="现在是“已申请”，不能批准。"):
        move_extension(loop.problem, application, "approve", by=cast.wang, at=loop.now, paper=PAPER)
    for name, who in WAY:
        move_extension(loop.problem, application, name, by=person(loop, who), at=loop.now)
    with pytest.raises(Refused, match="请填写文号和日期。"):
        move_extension(loop.problem, application, "approve", by=cast.wang, at=loop.now)


@pytest.mark.parametrize(
    ("new_due_on", "reason", "steps", "sentence"),
    [
        (date(2022, 12, 31), "冻土", "开春", "延期后的时限要晚于现行时限2022-12-31。"),
        (LATER, " ", "开春", "请写明延期的理由，和延期期间怎样推进。"),
        (LATER, "冻土", "", "请写明延期的理由，和延期期间怎样推进。"),
    ],
)
def test_an_application_that_says_too_little_is_refused(
    cast: Cast, new_due_on: date, reason: str, steps: str, sentence: str
) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()

    with pytest.raises(Refused) as refused:
        apply_extension(loop.problem, new_due_on, reason, steps, by=loop.doer, at=loop.now)

    assert str(refused.value) == sentence


def test_nobody_asks_after_the_day_nor_twice_nor_for_anothers(cast: Cast) -> None:
    loop, _ = asked(cast)

    with pytest.raises(Refused, match="已有一份延期申请还没有办完。"):
        apply_extension(loop.problem, LATER, "冻土", "开春", by=loop.doer, at=loop.now)
    with pytest.raises(Refused, match="只有牵头或责任单位的审核人可以申请延期。"):
        apply_extension(loop.problem, LATER, "冻土", "开春", by=cast.qian, at=loop.now)
    with pytest.raises(Refused, match="时限2022-12-31已过，不能再申请延期。"):
        apply_extension(loop.problem, LATER, "冻土", "开春", by=loop.doer, at=loop.later(200))


def test_who_asked_takes_it_back_and_nobody_else(cast: Cast) -> None:
    loop, application = asked(cast)

    with pytest.raises(Refused, match="不是您申请的"):
        move_extension(loop.problem, application, "withdraw", by=loop.second, at=loop.now)
    move_extension(loop.problem, application, "withdraw", by=loop.doer, at=loop.now)

    assert application.state == "withdrawn"
