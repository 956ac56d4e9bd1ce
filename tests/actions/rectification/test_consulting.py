"""Who is asked for an opinion on a draft plan, what they answer, and who is silent when the plan goes on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bihuan.core.audit import Entry
from bihuan.lib.flow import Refused
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import consulting, planning
from bihuan.rectification.actions.consulting import Answered
from bihuan.rectification.models import Consultation, Plan
from bihuan.rectification.queries import consulting as asked
from tests.cast import NOON, TODAY, Cast, seat_as
from tests.makers import make_plan
from tests.steps import make_whole_plan

FINE = Answered("无意见", TODAY, paper="沧县水函〔2022〕3号")
WORDS = Answered("有意见", TODAY, "第1项时限建议延到2023年3月底。")


def asking(cast: Cast) -> Plan:
    """A city plan that two bureaus were asked about."""
    plan = make_whole_plan(cast, cast.party, "consulting")
    units = [*Unit.objects.filter(pk__in=[cast.water.pk, cast.farm.pk]).order_by("pk")]
    consulting.ask_opinions(plan, units, TODAY, by=cast.chen, at=NOON)
    return plan


def rows() -> list[Consultation]:
    return [*Consultation.objects.select_related("plan", "unit").order_by("pk")]


def test_each_unit_asked_has_a_record_and_who_is_silent_is_named_where_the_plan_goes_on(cast: Cast) -> None:
    plan = asking(cast)
    consulting.note_answer(rows()[0], WORDS, by=cast.chen, at=NOON)
    assert asked.unanswered(plan) == "征求意见还没有答复的：沧县农业农村局。"
    with pytest.raises(Refused, match="请"):
        planning.move_plan(plan, "deliberate", by=cast.chen, at=NOON)

    planning.move_plan(plan, "deliberate", by=cast.chen, at=NOON, note="逐条研究")

    [entry] = Entry.objects.filter(step="deliberate", table="plan")
    assert entry.note == "逐条研究（征求意见还没有答复的：沧县农业农村局。）"
    consulting.note_answer(rows()[1], FINE, by=cast.chen, at=NOON)
    assert asked.unanswered(plan) == ""
    assert [(one.answer, one.words) for one in rows()] == [("有意见", WORDS.words), ("无意见", "")]


def test_a_plan_that_is_written_again_asks_again(cast: Cast) -> None:
    plan = asking(cast)
    with pytest.raises(Refused, match="请选还没有征求过的单位。"):
        consulting.ask_opinions(plan, [cast.water], TODAY, by=cast.chen, at=NOON)
    later = NOON + timedelta(days=1)
    planning.move_plan(plan, "redraft", by=cast.chen, at=later, note="重写")
    planning.move_plan(plan, "consult", by=cast.chen, at=later)

    consulting.ask_opinions(plan, [cast.water], TODAY, by=cast.chen, at=later)

    fresh = Plan.objects.get()
    assert (asked.consultations_of(fresh).count(), asked.asked_now(fresh).count()) == (3, 1)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (replace(FINE, answer="再说"), "请选“无意见”或“有意见”。"),
        (replace(WORDS, words=" "), "有意见的，请写明是什么意见。"),
        (replace(FINE, answered_on=date(2022, 7, 1)), "答复日期2022-07-01早于发出日期2022-07-04，请核对。"),
        (replace(FINE, answered_on=date(2022, 7, 5)), "答复日期2022-07-05还没有到，请核对。"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(cast: Cast, told: Answered, sentence: str) -> None:
    asking(cast)

    with pytest.raises(Refused) as refused:
        consulting.note_answer(rows()[0], told, by=cast.chen, at=NOON)

    assert (str(refused.value), rows()[0].answer) == (sentence, "")


def test_only_its_writer_asks_notes_and_takes_back_and_only_while_it_is_written(cast: Cast) -> None:
    plan = asking(cast)
    county = seat_as(Role.COUNTY_APPROVER, cast.county)
    for by in (county, cast.zhang, cast.qian):
        with pytest.raises(Refused, match=consulting.NOT_YOURS):
            consulting.ask_opinions(plan, [cast.county], TODAY, by=by, at=NOON)
        with pytest.raises(Refused, match=consulting.NOT_YOURS):
            consulting.note_answer(rows()[0], FINE, by=by, at=NOON)
    with pytest.raises(Refused, match="发出日期2022-07-05还没有到"):
        consulting.ask_opinions(plan, [cast.county], date(2022, 7, 5), by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="请写明撤去的理由。"):
        consulting.drop_consultation(rows()[0], by=cast.chen, at=NOON)

    consulting.drop_consultation(rows()[0], by=cast.chen, at=NOON, note="记错")

    assert [one.unit for one in asked.asked_now(plan)] == [cast.farm]
    issued = make_plan(plan.inspection, cast.county, state="issued")
    with pytest.raises(Refused, match="现在是“印发”，不在征求意见。"):
        consulting.ask_opinions(issued, [cast.water], TODAY, by=county, at=NOON)
