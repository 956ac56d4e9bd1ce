"""The text of a notice: in the form that offices publish, blacked out as a person ticked, its days filled in later."""

from dataclasses import replace

import pytest

from bihuan.disclosure.rules.release import RELEASE, ReleaseFacts
from bihuan.disclosure.rules.wording import (
    PERIOD,
    DoneMeasure,
    Facts,
    dated,
    digest_of,
    drafted,
    found_in,
    missing,
    redacted,
)
from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import Capacity

FACTS = Facts(
    inspection="第三轮河北省生态环境保护督察",
    number=14,
    task="危险废物规范化管理不到位。",
    bodies={"牵头单位": ["市生态环境局"], "责任单位": ["任丘市委和市政府", "泊头市委和市政府"], "验收单位": []},
    measures=[DoneMeasure("超期贮存的危险废物全部处置", "已处置126.4吨。"), DoneMeasure("排查同类企业。", "")],
    contact="市整改办，来信请寄某路1号。",
    is_accepted=True,
)


def test_a_draft_has_the_form_of_real_notices() -> None:
    assert drafted(FACTS) == {
        "title": "第三轮河北省生态环境保护督察反馈意见整改任务（序号14）整改验收公示",
        "lead": "第三轮河北省生态环境保护督察反馈意见整改任务（序号14）已完成整改并通过验收，"
        "现向社会予以公示，〔公示期〕。",
        "task": "危险废物规范化管理不到位。",
        "bodies": "牵头单位：市生态环境局。\n责任单位：任丘市委和市政府、泊头市委和市政府。",
        "done": "1.超期贮存的危险废物全部处置。已处置126.4吨。\n2.排查同类企业。",
        "contact": "市整改办，来信请寄某路1号。",
    }


def test_an_entry_that_says_its_measure_again_stands_once() -> None:
    text = "2022年11月底前退出养殖池塘23处。"
    facts = replace(FACTS, measures=[DoneMeasure(text, "2022年11月底前退出养殖池塘23处：已全部退出。")])

    assert drafted(facts)["done"] == "2022年11月底前退出养殖池塘23处：已全部退出。"


def test_before_the_acceptance_a_draft_does_not_say_that_it_passed() -> None:
    first = Facts("督察反馈意见", 1, "甲。", {}, [], "", is_accepted=False)

    assert drafted(first)["lead"] == f"督察反馈意见整改任务（序号1）已完成整改，现向社会予以公示，{PERIOD}。"
    assert missing(drafted(first)) == ["二、整改实施主体", "三、整改情况", "监督方式"]


def test_what_is_ticked_and_what_is_added_is_blacked_out_and_the_rest_is_told() -> None:
    text = {**drafted(FACTS), "done": "李建国先生电话13912345678，已搬走。", "task": "李家坟地旁。"}
    found = {one.proposal.words: one for one in found_in(text)}

    frozen = redacted(text, [found["13912345678"].key], ["坟地"])

    assert {*found} == {"李建国", "13912345678"}
    assert frozen.text["done"] == "李建国先生电话■■■，已搬走。"
    assert frozen.text["task"] == "李家■■■旁。"
    assert frozen.left == [["三、整改情况", "姓名", "李建国"]]


def test_the_days_stand_where_their_mark_was_and_the_approved_hash_stays() -> None:
    text = drafted(FACTS)
    shown = dated(text, "公示期2025年10月30日至11月12日（10个工作日）")

    assert shown["lead"].endswith("现向社会予以公示，公示期2025年10月30日至11月12日（10个工作日）。")
    assert digest_of(text) != digest_of(shown)
    assert digest_of(text) == digest_of(dict(reversed(text.items())))


def test_the_drafter_may_not_approve_even_where_he_holds_the_duty() -> None:
    facts = ReleaseFacts((), has_period=True, is_another=False)

    with pytest.raises(Refused, match="自己拟的稿，不能由自己审批。"):
        RELEASE.check("approve", "redacted", {Capacity.OFFICE_HEAD}, facts)
