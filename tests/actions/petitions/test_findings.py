"""From the work to the answer: filled in, reported, approved by county and city; several units make one answer."""

from datetime import date
from decimal import Decimal

import pytest

from bihuan.core.audit import Entry
from bihuan.lib.flow import Refused
from bihuan.matters.rules.questions import QuestionsOpen
from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions, queries
from bihuan.petitions.actions.answering import fill_findings, send_back_findings
from bihuan.petitions.models import FindingsReport, SubItem
from bihuan.petitions.queries import findings
from bihuan.petitions.rules.findings import Findings
from tests.answering import HANDLED, PENALISED, being_answered, found, of_items, staged
from tests.cast import NOON, Cast, seat_as
from tests.makers import make_batch, make_inspection, make_petition


def test_a_report_goes_through_county_and_city_and_becomes_the_answer(cast: Cast) -> None:
    way = being_answered(cast)
    told = staged(handling=f"{HANDLED}立案处罚1家，罚款5万元。", penalties=PENALISED)

    way.report(cast, told)
    assert way.state() == "county_review"
    actions.move_undertaking(way.part(cast.water), "county_approve", by=way.county, at=NOON)
    assert way.state() == "city_review"
    actions.move_petition(way.fresh(), "approve", by=cast.chen, at=NOON)

    petition = way.fresh()
    assert way.state() == "answered"
    assert (petition.truth, petition.closing, petition.handling) == ("属实", "阶段性办结", told.handling)
    assert (petition.punished, petition.fined, petition.ordered) == (1, Decimal(50_000), 0)
    assert (petition.answered_on, petition.matter.due_on) == (date(2022, 7, 4), date(2022, 9, 30))
    assert petition.reply_due_on == petition.matter.first_due_on == date(2022, 7, 14)


def test_until_the_city_approves_the_petition_has_no_answer(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_city(cast)

    assert way.fresh().truth == ""
    assert way.fresh().findings == ""


def test_who_filled_in_does_not_report_and_one_hand_is_one_link(cast: Cast) -> None:
    way = being_answered(cast)
    fill_findings(way.part(cast.water), found(), by=cast.zhang, at=NOON)

    with pytest.raises(Refused, match="您自己填的"):
        actions.move_undertaking(way.part(cast.water), "report_findings", by=cast.zhang, at=NOON)

    both = seat_as(Role.UNIT_APPROVER, cast.water)
    actions.move_undertaking(way.part(cast.water), "report_findings", by=both, at=NOON)


def test_nothing_is_reported_before_it_is_filled_in(cast: Cast) -> None:
    way = being_answered(cast)

    with pytest.raises(Refused, match="还没有填"):
        actions.move_undertaking(way.part(cast.water), "report_findings", by=cast.zhang, at=NOON)


def test_another_units_people_fill_nothing_in(cast: Cast) -> None:
    way = being_answered(cast)

    for stranger in (cast.qian, cast.li, cast.chen, cast.wang):
        with pytest.raises(Refused, match="没有填报"):
            fill_findings(way.part(cast.water), found(), by=stranger, at=NOON)


def test_what_is_sent_back_is_filled_in_again_before_it_is_reported(cast: Cast) -> None:
    way = being_answered(cast)
    way.report(cast)
    actions.move_undertaking(way.part(cast.water), "county_return", by=way.county, at=NOON, note="请补清运单")

    assert way.state() == "handling"
    with pytest.raises(Refused, match="还没有填"):
        actions.move_undertaking(way.part(cast.water), "report_findings", by=cast.zhang, at=NOON)
    last = findings.last_report(way.part(cast.water))
    assert last is not None
    assert last.is_ended

    way.to_city(cast, found(handling=f"{HANDLED}附清运单。"))
    actions.move_undertaking(way.part(cast.water), "city_return", by=cast.chen, at=NOON, note="数不对")
    assert way.state() == "handling"
    assert way.part(cast.water).state == "handling"


def test_the_units_approver_sends_it_back_to_who_filled_it_in(cast: Cast) -> None:
    way = being_answered(cast)
    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)

    with pytest.raises(Refused, match="理由"):
        send_back_findings(way.part(cast.water), by=cast.zhang, at=NOON, note=" ")
    send_back_findings(way.part(cast.water), by=cast.zhang, at=NOON, note="数量没有核实")
    with pytest.raises(Refused, match="没有等您上报"):
        send_back_findings(way.part(cast.water), by=cast.zhang, at=NOON, note="再退一次")

    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
    assert FindingsReport.objects.filter(is_ended=False).count() == 1


def test_of_two_reports_filled_in_after_each_other_the_later_stands(cast: Cast) -> None:
    way = being_answered(cast)
    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
    fill_findings(way.part(cast.water), found(truth="基本属实"), by=way.filler, at=NOON)

    assert [one.truth for one in FindingsReport.objects.filter(is_ended=False)] == ["基本属实"]


def test_several_units_make_one_answer_and_the_last_answers_what_is_left(cast: Cast) -> None:
    way = being_answered(cast, cast.farm, sub_items=("倾倒垃圾", "井水浑浊"))
    dumping, well = SubItem.objects.order_by("number")
    farmer = seat_as(Role.REPORTER, cast.farm)
    actions.receive_petition(way.petition, by=cast.li, at=NOON)
    way.report(
        cast, staged(items=of_items(dumping), penalties=PENALISED, handling=f"{HANDLED}罚款5万元，立案处罚1家。")
    )
    assert way.state() == "handling"

    nothing = Findings(
        "7月4日取样，符合饮用水标准。", "无", truth="不属实", closing="已办结", items=of_items(dumping, truth="不属实")
    )
    fill_findings(way.part(cast.farm), nothing, by=farmer, at=NOON)
    with pytest.raises(Refused, match="分项2还没有单位核实"):
        actions.move_undertaking(way.part(cast.farm), "report_findings", by=cast.li, at=NOON)

    answer = found(truth="不属实", handling="不属实，加强监测。", items=of_items(well, truth="不属实"))
    fill_findings(way.part(cast.farm), answer, by=farmer, at=NOON)
    actions.move_undertaking(way.part(cast.farm), "report_findings", by=cast.li, at=NOON)
    assert way.state() == "county_review"
    for unit in (cast.water, cast.farm):
        actions.move_undertaking(way.part(unit), "county_approve", by=way.county, at=NOON)
    actions.move_petition(way.fresh(), "approve", by=cast.chen, at=NOON)

    petition = way.fresh()
    assert (petition.truth, petition.closing, petition.punished) == ("部分属实", "阶段性办结", 1)
    assert petition.handling.startswith("沧县水务局：")
    assert "\n沧县农业农村局：不属实，加强监测。" in petition.handling
    assert [*SubItem.objects.order_by("number").values_list("truth", flat=True)] == ["属实", "不属实"]


def test_a_return_that_waits_for_its_answer_holds_the_petition(cast: Cast) -> None:
    way = being_answered(cast, cast.farm)
    actions.move_undertaking(way.part(cast.farm), "return", by=cast.li, at=NOON, note="不归我管")
    way.to_city(cast)
    assert way.state() == "handling"

    actions.move_undertaking(way.part(cast.farm), "release", by=cast.chen, at=NOON)

    assert way.state() == "city_review"
    assert not queries.returned_to(cast.chen).exists()


def test_who_is_alone_with_it_is_not_released(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    actions.assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = queries.undertakings_of(petition)
    actions.move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不归我管")

    with pytest.raises(Refused, match="已回到收件"):
        actions.move_undertaking(part, "release", by=cast.chen, at=NOON)


def test_a_unit_of_the_city_has_no_county_between(cast: Cast) -> None:
    way = being_answered(cast, cast.party)
    approver = seat_as(Role.UNIT_APPROVER, cast.party)
    reporter = seat_as(Role.REPORTER, cast.party)
    actions.receive_petition(way.petition, by=approver, at=NOON)
    fill_findings(way.part(cast.party), found(), by=reporter, at=NOON)

    actions.move_undertaking(way.part(cast.party), "report_findings", by=approver, at=NOON)

    assert way.part(cast.party).state == "reported"
    assert way.state() == "handling"


def test_questions_are_asked_and_what_was_said_to_them_stays(cast: Cast) -> None:
    way = being_answered(cast)
    odd = found(handling="无需整改。")

    with pytest.raises(QuestionsOpen, match="不用整改"):
        fill_findings(way.part(cast.water), odd, by=way.filler, at=NOON)
    report = fill_findings(
        way.part(cast.water),
        found(handling="无需整改。", answers={"no-need": "举报前已清运完毕。"}),
        by=way.filler,
        at=NOON,
    )

    assert report.answers == {"no-need": "举报前已清运完毕。"}


def test_the_same_words_under_two_petitions_are_asked_about(cast: Cast) -> None:
    way = being_answered(cast)
    way.report(cast)
    other = make_petition(cast, way.petition.batch, "D2HE202204120032")
    actions.assign_petition(other, [cast.water], by=cast.chen, at=NOON)
    actions.receive_petition(other, by=cast.zhang, at=NOON)
    [part] = queries.undertakings_of(other)

    with pytest.raises(QuestionsOpen, match="HE2-X0001填报的文字几乎一样"):
        fill_findings(part, found(), by=way.filler, at=NOON)


def test_a_petitioner_named_in_the_findings_is_masked(cast: Cast) -> None:
    way = being_answered(cast)
    words = "7月4日现场核查，联系举报人，电话13912345678，情况属实。"
    report = fill_findings(way.part(cast.water), found(findings=words), by=way.filler, at=NOON)

    assert "13912345678" not in report.findings
    assert "13912345678" not in str([*Entry.objects.values_list("changes", "note")])


def test_an_approval_is_corrected_and_the_answer_is_gone(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast)

    actions.correct_petition(way.fresh(), by=cast.chen, at=NOON, note="点错了")

    petition = way.fresh()
    assert (petition.matter.state, petition.truth, petition.findings) == ("city_review", "", "")
    assert petition.matter.due_on == date(2022, 7, 14)


def test_an_answered_petition_is_found_by_the_words_of_its_answer(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast)

    assert [*queries.petitions_found(cast.chen, "警示牌")] == [way.petition]
