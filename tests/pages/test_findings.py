"""What a unit fills in of a petition, who approves it and who calls back, as their pages say it."""

from datetime import timedelta

import time_machine
from django.test import Client

from bihuan.organisation.rules.duties import Role
from bihuan.petitions import actions
from bihuan.petitions.actions.answering import fill_findings, send_back_findings
from bihuan.petitions.queries import undertakings_of
from tests.answering import being_answered, found, staged
from tests.cast import NOON, Cast, account_of, seat_as
from tests.makers import make_batch, make_inspection, make_petition


def test_a_sub_item_is_told_once_and_its_fields_are_called_by_its_number(cast: Cast) -> None:
    text = "坑塘东岸堆放生活垃圾"
    way = being_answered(cast, sub_items=(text,))
    client = Client()
    client.force_login(account_of(way.filler))

    told = client.get("/petitions/HE2-X0001/findings/").content.decode()

    assert told.count(f"分项1 {text}") == 1
    assert [f"分项1{field}" in told for field in ("核实情况", "是否属实")] == [True, True]
    assert f"{text} 核实情况" not in told


def test_whose_step_stands_under_a_unit_is_not_told_that_there_is_none(cast: Cast) -> None:
    way = being_answered(cast)
    way.report(cast)
    client = Client()
    client.force_login(account_of(way.county))

    told = client.get("/petitions/HE2-X0001/").content.decode()

    assert "县级审核通过" in told
    assert "现在没有轮到您办的步骤。" not in told


@time_machine.travel(NOON, tick=False)
def test_a_call_back_that_is_refused_stays_open_with_what_was_typed(cast: Cast) -> None:
    being_answered(cast).to_answered(cast)
    client = Client()
    client.force_login(account_of(seat_as(Role.PETITION_DESK, cast.office, "信专")))
    typed = {"call-called_on": NOON.date().isoformat(), "call-way": "电话", "call-outcome": "不满意", "call-reason": ""}

    answer = client.post("/petitions/HE2-X0001/", {"move": "call_back"} | typed)

    told = answer.content.decode()
    assert answer.status_code == 422
    assert "不满意的，请写明原因" in told
    assert '<details open><summary class="btn opens">记一次回访' in told
    assert told.count(" checked") == 2


def test_the_road_does_not_tick_a_publication_that_never_was(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast)
    client = Client()
    client.force_login(account_of(cast.chen))
    assert "<b>已公开</b>" in client.get("/petitions/HE2-X0001/").content.decode()

    actions.move_petition(way.fresh(), "apply", by=cast.zhang, at=NOON)

    told = client.get("/petitions/HE2-X0001/").content.decode()
    assert "<b>验收中</b>" in told
    assert "<b>已公开</b>" not in told


def test_a_unit_that_held_it_in_an_earlier_round_is_named_once(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast)
    actions.move_petition(way.fresh(), "rework", by=cast.chen, at=NOON, note="又堆上了")
    client = Client()
    client.force_login(account_of(cast.chen))

    assert "沧县水务局、沧县水务局" not in client.get("/petitions/HE2-X0001/").content.decode()


def test_the_head_leads_to_the_steps(cast: Cast) -> None:
    being_answered(cast)
    client = Client()
    client.force_login(account_of(cast.chen))

    told = client.get("/petitions/HE2-X0001/").content.decode()

    assert told.index('href="#steps"') < told.index('id="trail"') < told.index('id="steps"')


def test_a_report_after_the_answer_is_called_so_and_names_the_day_that_counts(cast: Cast) -> None:
    way = being_answered(cast)
    client = Client()
    client.force_login(account_of(way.filler))
    before = client.get("/petitions/HE2-X0001/findings/").content.decode()
    way.to_answered(cast, staged())

    told = client.get("/petitions/HE2-X0001/findings/").content.decode()

    assert "<h1>填报核实情况</h1>" in before and " 前反馈" in before
    assert "<h1>续报</h1>" in told
    assert "2022-07-04 已反馈，整改到 2022-09-30" in told
    assert "前反馈" not in told


def test_a_further_report_changes_no_day_of_the_road(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast, staged())
    client = Client()
    client.force_login(account_of(cast.chen))

    with time_machine.travel(NOON + timedelta(days=60), tick=False):
        later = {"at": NOON + timedelta(days=60)}
        fill_findings(way.part(cast.water), found(), by=way.filler, **later)
        actions.move_undertaking(way.part(cast.water), "report_findings", by=cast.zhang, **later)
        actions.move_undertaking(way.part(cast.water), "county_approve", by=way.county, **later)
        told = client.get("/petitions/HE2-X0001/").content.decode()

    road = told[told.index('id="steps"') :]
    assert "2022-07-04" in road
    assert "2022-09-02" not in road[: road.index("</ol>")]


def test_the_trail_says_what_became_of_a_report_that_holds_no_longer(cast: Cast) -> None:
    way = being_answered(cast)
    client = Client()
    client.force_login(account_of(cast.chen))

    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
    fill_findings(way.part(cast.water), found(truth="部分属实"), by=way.filler, at=NOON)
    again = client.get("/petitions/HE2-X0001/").content.decode()
    send_back_findings(way.part(cast.water), by=cast.zhang, at=NOON, note="没写原因")
    sent_back = client.get("/petitions/HE2-X0001/").content.decode()

    assert again.count("代替原来填的一份") == 1
    assert "退回填报人修改" in sent_back
    assert "退回填报人修改，退回" not in sent_back
    assert "核实情况已收回" not in sent_back


def test_what_was_sent_back_says_why_where_it_is_filled_in_again(cast: Cast) -> None:
    way = being_answered(cast)
    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)
    send_back_findings(way.part(cast.water), by=cast.zhang, at=NOON, note="没写停产的时间。")
    client = Client()
    client.force_login(account_of(way.filler))

    told = client.get("/petitions/HE2-X0001/findings/").content.decode()

    assert "上一次填的已退回：没写停产的时间。下面带出了上次填的。" in told


def test_what_every_unit_declined_is_to_be_handed_over_anew_without_steps_of_theirs(cast: Cast) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    actions.assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    [part] = undertakings_of(petition)
    actions.move_undertaking(part, "return", by=cast.zhang, at=NOON, note="不是我局的事")
    client = Client()
    client.force_login(account_of(cast.chen))

    told = client.get("/petitions/HE2-X0001/").content.decode()

    assert "下一步：市整改办重新交办。" in told
    assert "沧县水务局已退办" in told
    assert "不同意退办" not in told


def test_a_new_report_stands_beside_the_one_that_was_answered_with(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast, staged())
    client = Client()
    client.force_login(account_of(way.filler))

    told = client.get("/petitions/HE2-X0001/findings/").content.decode()

    assert "<h2>已上报的" in told
    assert "认定以前，结果仍是上面这一份" in told
    assert "由另一个人上报" not in told


def test_a_settled_closing_and_a_new_round_are_told_as_what_they_are(cast: Cast) -> None:
    way = being_answered(cast)
    way.to_answered(cast, staged())
    way.to_city(cast, found(findings="已复查，垃圾清运完毕，池塘两岸植被恢复。"))
    client = Client()
    client.force_login(account_of(cast.chen))
    judged = client.get("/petitions/HE2-X0001/").content.decode()
    actions.move_petition(way.fresh(), "close", by=cast.chen, at=NOON)
    settled = client.get("/petitions/HE2-X0001/").content.decode()

    actions.move_petition(way.fresh(), "rework", by=cast.chen, at=NOON, note="又堆上了")
    reworked = client.get("/petitions/HE2-X0001/").content.decode()

    assert "已复查，垃圾清运完毕" in judged.split('id="reports"')[1].split("</section>")[0]
    assert 'id="reports"' not in settled
    assert "认定办结" in settled.split('id="trail"')[1].split("</section>")[0]
    assert "新增消息" not in settled
    assert "重新办理；2022-07-04曾反馈。" in reworked
    assert "整改到" not in reworked.split("</dl>")[0]
