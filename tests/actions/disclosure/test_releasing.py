"""A public notice's text: drafted by one, approved by another, shown and taken down with the steps of its problem."""

from datetime import datetime
from typing import Any

import pytest

from bihuan.core import audit, examine
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.disclosure.actions import releasing
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.queries import drafting, public
from bihuan.lib.flow import Refused
from bihuan.matters.queries import work
from bihuan.rectification.actions import handing_over
from bihuan.rectification.actions.plan import index_problems
from bihuan.rectification.models import Problem
from bihuan.rectification.rules.checklist import ACCEPTANCE, SIGN_OFF
from tests.cast import NOON, ROBOT, Cast
from tests.loop import Loop, make_loop
from tests.makers import make_other


@pytest.fixture
def loop(cast: Cast) -> Loop:
    loop = make_loop(cast)
    loop.to_accepted()
    return loop


@action
def index_again(problem: Problem, *, by: Actor, at: datetime) -> None:
    """Let the search know what a problem says now."""
    index_problems([problem])
    audit.look(problem)


def shown(loop: Loop) -> public.Shown | None:
    return public.notice(loop.release().code, loop.now.date())


def test_a_problem_is_not_published_before_its_text_is_approved(loop: Loop) -> None:
    for ready in (lambda: None, loop.draft_text, loop.redact_text):
        ready()
        with pytest.raises(Refused, match=r"^公示文本还没有审批。$"):
            loop.step("publish", loop.publicity)

    releasing.move_release(loop.release(), "approve", by=loop.cast.wang, at=loop.now)
    loop.step("publish", loop.publicity)

    notice = work.running_notice(loop.problem.matter)
    assert notice is not None
    assert (loop.release().state, loop.release().starts_on, loop.release().ends_on) == (
        "released",
        notice.starts_on,
        notice.ends_on,
    )


def test_a_draft_tells_the_problem_who_bears_it_and_what_was_done(loop: Loop) -> None:
    text = loop.draft_text().sections

    assert text["title"] == "第二轮中央督察反馈意见整改任务（序号1）整改验收公示"
    assert text["task"] == loop.problem.text
    assert text["bodies"] == "牵头单位：沧县水务局。\n责任单位：沧县水务局。\n验收单位：沧州市生态环境局。"
    assert "封填自备井20眼" in text["done"]


def test_the_drafter_never_approves(loop: Loop) -> None:
    loop.draft_text()
    loop.redact_text()
    with pytest.raises(Refused, match=r"^这件事的拟稿是您办的，审批要由另一个人办。$"):
        releasing.move_release(loop.release(), "approve", by=loop.publicity, at=loop.now)
    with pytest.raises(Refused, match="您没有办理“审批”的职责。"):
        releasing.move_release(loop.release(), "approve", by=loop.cast.chen, at=loop.now)

    assert loop.release().state == "redacted"


def test_nobody_else_drafts_and_nothing_is_drafted_too_early_or_twice(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_verifying()
    with pytest.raises(Refused, match="还没有办到公示这一步"):
        loop.draft_text()
    loop.check(loop.accepter)
    loop.answer()
    loop.prove(ACCEPTANCE, by=loop.accepter)
    loop.step("accept", loop.accepter, "同意")
    with pytest.raises(Refused, match="公示文本由信息宣传组拟稿。"):
        releasing.draft_release(loop.fresh(), by=cast.chen, at=loop.now)
    assert [one.pk for one in drafting.problems_to_draft(loop.publicity)] == [loop.problem.pk]

    loop.draft_text()

    assert drafting.problems_to_draft(loop.publicity) == []
    with pytest.raises(Refused, match="已有公示文本"):
        loop.draft_text()


def test_a_text_that_lacks_a_part_or_the_place_of_its_days_is_not_sent_on(loop: Loop) -> None:
    loop.draft_text(contact="", done="")
    with pytest.raises(Refused, match="还没有写：三、整改情况、监督方式。"):
        loop.redact_text()
    drafted = loop.release()
    text = {**drafted.sections, "contact": "甲", "done": "乙", "lead": "现予公示。"}
    releasing.edit_release(drafted, text, by=loop.publicity, at=loop.now, seen=drafted.version)

    with pytest.raises(Refused, match="导语里要留一处“〔公示期〕”"):
        loop.redact_text()


def test_what_was_ticked_on_another_text_freezes_nothing(loop: Loop) -> None:
    drafted = loop.draft_text()

    with pytest.raises(Overtaken, match="文字改过了"):
        releasing.redact_release(drafted, [], [], "0" * 64, by=loop.publicity, at=loop.now)

    assert (loop.release().state, loop.release().redacted) == ("draft", {})


def test_the_public_reads_the_frozen_copy_and_nothing_that_came_later(loop: Loop) -> None:
    loop.draft_text(done="已封填，户主李建国，电话13912345678。")
    loop.redact_text()
    release = loop.release()
    approved = releasing.move_release(release, "approve", by=loop.cast.wang, at=loop.now)
    changed = make_other(loop.fresh(), text="王二麻子改过的原文", title="王二麻子")
    index_again(changed, by=ROBOT, at=NOON)
    loop.step("publish", loop.publicity)

    read = shown(loop)
    assert read is not None
    assert "户主■■■，电话■■■。" in read.words
    assert "李建国" not in read.words
    assert "王二麻子" not in read.words
    assert read.digest == approved.digest


def test_a_text_sent_back_is_written_and_approved_anew(loop: Loop) -> None:
    loop.write_text()
    releasing.move_release(loop.release(), "return", by=loop.cast.wang, at=loop.now, note="措辞")
    back = loop.release()
    assert (back.state, back.approved_by, back.digest) == ("draft", None, "")

    with pytest.raises(Refused, match=r"^公示文本还没有审批。$"):
        loop.step("publish", loop.publicity)
    loop.redact_text()
    releasing.move_release(loop.release(), "approve", by=loop.cast.wang, at=loop.now)
    loop.step("publish", loop.publicity)

    assert shown(loop) is not None


def test_a_notice_that_ran_out_stays_to_be_read(loop: Loop) -> None:
    loop.publish()
    during = shown(loop)
    loop.over()
    loop.step("close_notice", loop.cast.chen)

    after = shown(loop)
    assert during is not None and during.left == 10
    assert after is not None and not after.is_running
    assert [one.code for one in public.past(loop.now.date())] == [loop.release().code]


def test_an_upheld_objection_takes_it_down_and_the_next_notice_is_another(loop: Loop) -> None:
    loop.publish()
    loop.complain()
    loop.step("object", loop.cast.chen)
    loop.complain_rightly()
    first = loop.release()
    loop.step("uphold", loop.cast.chen, "成立")

    assert public.notice(first.code, loop.now.date()) is None
    assert public.was_taken_down(first.code)


def test_a_text_taken_down_by_hand_is_replaced_and_its_days_begin_anew(loop: Loop) -> None:
    loop.publish()
    first = loop.release()
    loop.later(3)
    releasing.move_release(first, "withdraw", by=loop.cast.wang, at=loop.now, note="漏涂了姓名")
    assert public.running(loop.now.date()) == []
    loop.over()
    with pytest.raises(Refused, match="公示文本已撤下，公示期不能算满"):
        loop.step("close_notice", loop.cast.chen)

    loop.write_text()

    second, notice = loop.release(), work.running_notice(loop.problem.matter)
    assert notice is not None
    assert second.pk != first.pk
    assert (notice.starts_on, notice.ends_on) == (second.starts_on, second.ends_on)
    assert second.starts_on == loop.now.date()
    loop.over()
    loop.step("close_notice", loop.cast.chen)


def test_a_corrected_publication_is_seen_by_nobody_and_can_be_made_again(loop: Loop) -> None:
    loop.publish()
    handing_over.correct_problem(loop.fresh(), by=loop.publicity, at=loop.now, note="早了一天")

    assert (loop.release().state, shown(loop)) == ("approved", None)
    assert public.was_taken_down(loop.release().code)
    loop.step("publish", loop.publicity)
    assert shown(loop) is not None


@pytest.mark.broken
@pytest.mark.parametrize("damage", ["words", "days", "approver"])
def test_a_public_text_that_nobody_approved_so_is_found(loop: Loop, damage: str) -> None:
    loop.publish()
    assert [*examine.findings()] == []
    shown, row = loop.release(), Release.objects.filter(code=loop.release().code)
    told = {
        "words": "公开的文本与审批所认的哈希不符。",
        "days": "已公开，却没有公示起止日期。",
        "approver": "没有另一人审批。",
    }
    change: dict[str, Any] = {
        "words": {"redacted": {**shown.redacted, "done": "已全部完成。"}},
        "days": {"ends_on": None},
        "approver": {"approved_by": None},
    }
    row.update(**change[damage])

    assert f"I11 {shown.code}：{told[damage]}" in [str(one) for one in examine.findings()]


@pytest.mark.broken
def test_an_objection_that_was_passed_over_is_found(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_objected()
    loop.complain_wrongly()
    loop.step("dismiss_notice", cast.chen, "到现场看过")
    loop.over()
    loop.step("close_notice", cast.chen)
    loop.prove(SIGN_OFF, by=loop.publicity)
    loop.step("ask_consent", cast.chen)
    loop.step("consent", loop.group, "同意销号")
    loop.step("sign_off", cast.wang, "销号")
    assert [*examine.findings()] == []

    Objection.objects.update(state="checking")

    code = Objection.objects.get().code
    assert f"I7 {code}：没有认定，所公示的问题却已销号。" in [str(one) for one in examine.findings()]
