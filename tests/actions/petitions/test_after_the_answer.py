"""After the answer: units report on, the office states the closing, acceptance, call-backs, another round."""

from datetime import date, timedelta

import pytest

from bihuan.lib.flow import Refused
from bihuan.matters.models import Round
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitions import actions
from bihuan.petitions.actions.answering import fill_findings
from bihuan.petitions.actions.calling import record_call_back
from bihuan.petitions.actions.repeats import merge_petition
from bihuan.petitions.models import CallBack, FindingsReport, Merger, Undertaking
from bihuan.petitions.rules.call_backs import Called
from tests.answering import Answering, being_answered, found, staged
from tests.cast import NOON, TODAY, Cast, seat_as
from tests.desk import secrets
from tests.makers import make_batch, make_inspection, make_petition

LATER = NOON + timedelta(days=5)


def step(way: Answering, name: str, by: object, note: str = "") -> None:
    actions.move_petition(way.fresh(), name, by=by, at=NOON, note=note)


def finished(way: Answering, cast: Cast) -> None:
    """Answered as a stage, reported on as finished, stated so by the office."""
    way.to_answered(cast, staged())
    way.to_city(cast, found(handling="垃圾已全部清运，坑塘已回填复绿。"))
    step(way, "close", cast.chen)


def test_a_stage_is_reported_on_and_stated_as_finished(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast, staged())
    assert way.fresh().matter.due_on == date(2022, 9, 30)
    with pytest.raises(Refused, match="没有新的续报"):
        step(way, "close", cast.chen)

    way.report(cast, found(handling="垃圾已全部清运，坑塘已回填复绿。"))
    assert way.state() == "answered"
    with pytest.raises(Refused, match="沧县水务局的续报还没有审核"):
        step(way, "close", cast.chen)
    actions.move_undertaking(way.part(cast.water), "county_approve", by=way.county, at=NOON)
    assert way.fresh().closing == "阶段性办结"
    with pytest.raises(Refused, match="承办单位续报的是已办结"):
        step(way, "stage", cast.chen)
    step(way, "close", cast.chen)

    assert (way.fresh().closing, way.fresh().handling) == ("已办结", "垃圾已全部清运，坑塘已回填复绿。")
    assert not FindingsReport.objects.filter(is_ended=False, settled_at=None).exists()


def test_what_is_finished_is_not_reported_on(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast)

    with pytest.raises(Refused, match="现在不是填报"):
        fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)


def test_a_report_after_the_answer_is_sent_back_and_the_answer_stays(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast, staged())
    way.to_city(cast, found(handling="都办好了。"))

    actions.move_undertaking(way.part(cast.water), "city_return", by=cast.chen, at=NOON, note="没有照片")

    assert (way.state(), way.fresh().closing) == ("answered", "阶段性办结")
    assert way.part(cast.water).state == "handling"


def test_acceptance_signs_it_off_and_closes_its_round(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast, staged())
    with pytest.raises(Refused, match="还没有认定已办结"):
        step(way, "apply", cast.zhang)
    way.to_city(cast, found(handling="垃圾已全部清运，坑塘已回填复绿。"))
    step(way, "close", cast.chen)

    step(way, "apply", cast.zhang)
    step(way, "accept", cast.wang)

    assert way.state() == "signed_off"
    assert Round.objects.get(matter=way.petition.matter).closed_on == TODAY


def test_whoever_answered_for_the_city_does_not_accept(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_city(cast)
    step(way, "approve", cast.wang)
    step(way, "apply", cast.zhang)

    with pytest.raises(Refused, match="另一个人"):
        step(way, "accept", cast.wang)


def test_a_refused_acceptance_sends_it_back_to_its_units(cast: Cast) -> None:
    way = being_answered(cast)
    finished(way, cast)
    step(way, "apply", cast.zhang)

    step(way, "refuse", cast.wang, "回填不到位")

    assert (way.state(), way.part(cast.water).state, way.fresh().closing) == ("handling", "handling", "正在办理")
    way.to_answered(cast, found(handling="重新回填并压实，已复绿。"))
    assert way.fresh().closing == "已办结"


def test_a_dissatisfied_petitioner_stops_the_sign_off_and_another_decides_on_the_next_round(cast: Cast) -> None:
    way = being_answered(cast)
    finished(way, cast)
    desk = seat_as(Role.PETITION_DESK, cast.office)
    step(way, "apply", cast.zhang)

    told = Called(TODAY, "电话", "不满意", "雨后又有臭味，电话13912345678")
    record_call_back(way.fresh(), told, by=desk, at=NOON)

    assert "13912345678" not in CallBack.objects.get().reason
    with pytest.raises(Refused, match="最近一次回访不满意"):
        step(way, "accept", cast.wang)
    with pytest.raises(Refused, match="由另一个人定"):
        step(way, "rework", desk, "群众不满意")
    step(way, "rework", cast.chen, "群众不满意，重新清理")

    petition = way.fresh()
    assert (petition.matter.state, petition.matter.round_number, petition.closing) == ("handling", 2, "正在办理")
    assert petition.matter.due_on == petition.reply_due_on == date(2022, 7, 14)
    first, second = Undertaking.objects.order_by("pk")
    assert (first.state, second.state, second.round_number) == ("reported", "handling", 2)


def test_the_next_round_is_answered_by_reports_of_its_own(cast: Cast) -> None:
    way = being_answered(cast)
    finished(way, cast)
    step(way, "rework", cast.chen, "复查发现又有垃圾")
    [part] = Undertaking.objects.select_related("petition__matter", "unit__region").filter(round_number=2)
    with pytest.raises(Refused, match="还没有填"):
        actions.move_undertaking(part, "report_findings", by=cast.zhang, at=NOON)

    fill_findings(part, found(findings="7月5日复查，坑塘北侧新倒垃圾2车。", truth="基本属实"), by=way.filler, at=NOON)
    actions.move_undertaking(part, "report_findings", by=cast.zhang, at=NOON)
    actions.move_undertaking(part, "county_approve", by=way.county, at=NOON)
    step(way, "approve", cast.chen)

    assert way.fresh().truth == "基本属实"
    assert way.fresh().findings == "7月5日复查，坑塘北侧新倒垃圾2车。"


def test_a_signed_off_petition_is_handled_again_in_a_new_round(cast: Cast) -> None:
    way = being_answered(cast)
    finished(way, cast)
    step(way, "apply", cast.zhang)
    step(way, "accept", cast.wang)

    step(way, "rework", cast.chen, "反弹")

    assert [(one.number, one.state) for one in Round.objects.order_by("number")] == [
        (1, "signed_off"),
        (2, "handling"),
    ]


def test_a_petitioner_who_can_be_reached_is_asked_before_the_acceptance(cast: Cast) -> None:
    way = being_answered(cast)
    finished(way, cast)
    desk = seat_as(Role.PETITION_DESK, cast.office)
    record_identity(way.fresh(), secrets(name="赵小禾", phone="13912340001"), by=desk, at=NOON)

    with pytest.raises(Refused, match="还没有回访"):
        step(way, "apply", cast.zhang)
    for day in (4, 4, 4):  # three calls on one day are one try
        told = Called(date(2022, 7, day), "电话", "未能联系", "无人接听")
        record_call_back(way.fresh(), told, by=desk, at=NOON)
    with pytest.raises(Refused, match="还没有回访"):
        step(way, "apply", cast.zhang)
    record_call_back(way.fresh(), Called(TODAY, "走访", "基本满意"), by=desk, at=NOON)

    step(way, "apply", cast.zhang)


def test_what_was_transferred_is_handled_again_from_the_tray(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    actions.assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    actions.move_petition(petition, "transfer", by=cast.chen, at=NOON, note="属法院管辖")

    actions.move_petition(petition, "rework", by=cast.chen, at=LATER, note="法院退回")
    assert (petition.matter.state, petition.matter.round_number) == ("in_tray", 2)
    actions.assign_petition(petition, [cast.water], by=cast.chen, at=LATER)
    actions.receive_petition(petition, by=cast.zhang, at=LATER)

    petition.matter.refresh_from_db()
    assert (petition.matter.state, petition.matter.due_on) == ("handling", date(2022, 7, 19))
    assert petition.matter.first_due_on == date(2022, 7, 14)


def test_what_was_merged_is_handled_again_on_its_own(cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    first, again = make_petition(cast, batch), make_petition(cast, batch, "D2HE202204120032")
    merge_petition(again, first, by=cast.chen, at=NOON, note="同一件事")

    actions.move_petition(again, "rework", by=cast.chen, at=LATER, note="实为两件")

    again.matter.refresh_from_db()
    assert again.matter.state == "in_tray"
    assert not Merger.objects.filter(is_withdrawn=False).exists()


@pytest.mark.parametrize(
    ("called", "sentence"),
    [
        (Called(date(2022, 7, 3), "电话", "满意"), "早于反馈日期"),
        (Called(date(2022, 7, 5), "电话", "满意"), "还没有到"),
        (Called(TODAY, "心灵感应", "满意"), "请选回访的方式"),
        (Called(TODAY, "电话", "不满意"), "请写明原因"),
    ],
)
def test_a_call_back_that_cannot_be_is_refused(cast: Cast, called: Called, sentence: str) -> None:
    way = being_answered(cast)
    way.to_answered(cast)
    desk = seat_as(Role.PETITION_DESK, cast.office)

    with pytest.raises(Refused, match=sentence):
        record_call_back(way.fresh(), called, by=desk, at=NOON)


def test_nobody_but_the_petition_desk_records_a_call_back(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast)

    for other in (cast.chen, cast.wang, cast.zhang, way.county):
        with pytest.raises(Refused, match="只有信访专员"):
            record_call_back(way.fresh(), Called(TODAY, "电话", "满意"), by=other, at=NOON)
