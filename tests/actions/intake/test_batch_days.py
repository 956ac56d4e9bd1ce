"""The day of a batch that cannot be is asked about when its table is taken in; the answer stays, and is the day."""

from datetime import date

import pytest

from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.rules.taking import BATCH_DAY
from bihuan.intake.understanding import understand_file
from bihuan.lib.flow import Refused
from bihuan.organisation.queries import structure
from bihuan.petitions.models import Batch
from tests.cast import NOON, Cast
from tests.makers import make_inspection

WORDS = (
    "沧州市群众信访举报转办和边督边改公开情况一览表\n（第20批 {day}）\n"
    "序号,受理编号,交办问题基本情况,行政区域,污染类型\n1,D2HE202204120031,沧县某坑塘水体黑臭。,沧县,水\n"
)


def take(cast: Cast, day: str, *, begun: date | None = date(2022, 3, 23)) -> Intake:
    inspection = make_inspection(cast, on_site_from=begun)
    understood = understand_file("批次.csv", WORDS.format(day=day).encode(), structure.directory(cast.chen.city), None)
    return actions.take_in("批次.csv", b"%d" % len(day), understood, inspection, by=cast.chen, at=NOON)


def asked(intake: Intake) -> list[IntakeDoubt]:
    return [*IntakeDoubt.objects.filter(intake=intake, kind=BATCH_DAY).order_by("pk")]


@pytest.mark.parametrize(
    ("day", "why"), [("2032年4月14日", "晚于今天"), ("2012年4月14日", "早于督察进驻（2022-03-23）")]
)
def test_a_day_that_cannot_be_is_asked_about_and_the_answer_is_the_day(cast: Cast, day: str, why: str) -> None:
    intake = take(cast, day)
    [doubt] = asked(intake)
    assert why in doubt.question
    with pytest.raises(Refused, match="看不出是哪一天"):
        actions.answer_doubt(doubt, "春天", by=cast.chen, at=NOON)

    actions.answer_doubt(doubt, "2022年4月14日", by=cast.chen, at=NOON)
    actions.commit_intake(intake, by=cast.chen, at=NOON)

    assert Batch.objects.get().handed_over_on == date(2022, 4, 14)
    [kept] = asked(intake)
    assert (kept.answer or {})["value"] == "2022-04-14"
    assert kept.answered_by_id == cast.chen.person


def test_a_late_answer_puts_the_day_right_in_the_ledger(cast: Cast) -> None:
    intake = take(cast, "2032年4月14日")
    actions.commit_intake(intake, by=cast.chen, at=NOON)
    assert Batch.objects.get().handed_over_on == date(2032, 4, 14)

    actions.answer_doubt(asked(intake)[0], "2022-04-14", by=cast.chen, at=NOON)

    assert Batch.objects.get().handed_over_on == date(2022, 4, 14)


def test_it_may_be_right_as_it_stands(cast: Cast) -> None:
    intake = take(cast, "2012年4月14日")
    [doubt] = asked(intake)
    [right] = doubt.choices

    actions.answer_doubt(doubt, right["value"], by=cast.chen, at=NOON, label=right["label"])
    actions.commit_intake(intake, by=cast.chen, at=NOON)

    assert Batch.objects.get().handed_over_on == date(2012, 4, 14)


@pytest.mark.parametrize(("day", "begun"), [("2022年4月14日", date(2022, 3, 23)), ("2012年4月14日", None)])
def test_a_day_that_can_be_is_not_asked_about(cast: Cast, day: str, begun: date | None) -> None:
    assert asked(take(cast, day, begun=begun)) == []
