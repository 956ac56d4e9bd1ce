"""What came of petitions made public: a batch drafted in one deed, approved by another, shown as it was approved."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from bihuan.core import audit
from bihuan.core.action import Repeated, action
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.core.outbox import Message
from bihuan.disclosure import examination
from bihuan.disclosure.actions import publicising, releasing
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import batches, petition_texts
from bihuan.disclosure.rules import wording
from bihuan.disclosure.rules.petition_text import PARTS
from bihuan.lib.flow import Refused
from bihuan.lib.redaction import BLACK
from bihuan.petitions import actions as petitions
from bihuan.petitions.models import Petition
from bihuan.wiring import AFTER
from tests.cast import NOON, ROBOT, Cast
from tests.house.put import stand
from tests.makers import make_other
from tests.publicising import ANSWER, FOUND, NAMES, Publicising, being_publicised


@pytest.fixture
def way(cast: Cast) -> Publicising:
    return being_publicised(cast)


@action
def settle_otherwise(petition: Petition, *, by: Actor, at: datetime, **facts: Any) -> None:
    """Let a petition's answer say something else."""
    audit.change(petition, **facts)


def state_of(petition: Petition) -> str:
    petition.matter.refresh_from_db()
    return petition.matter.state


def faults(*checks: Callable[..., Any]) -> list[str]:
    return [f"{one.where} {one.sentence}" for check in checks for one in check()]


def test_a_text_says_what_the_public_table_prints(way: Publicising) -> None:
    [drafted] = way.draft()

    assert {part: drafted.sections[part] for part in PARTS} == {
        "title": "D2HE202204120001号群众信访举报件办理情况",
        "inspection": "第二轮中央督察",
        "batch": "第20批",
        "number": "D2HE202204120001",
        "content": "村东坑塘堆放生活垃圾。",
        "region": "沧县",
        "types": "水、固废",
        "findings": FOUND,
        "truth": "属实",
        "handling": ANSWER["handling"],
        "closing": "已办结",
        "goal": "",
        "accountability": "约谈2人、问责1人",
    }


def test_who_was_held_to_account_is_counted_and_not_named(cast: Cast) -> None:
    way = being_publicised(cast, accountability="对镇长张某某给予党内警告处分。")

    assert "镇长" not in way.draft()[0].sections["accountability"]


def test_a_batch_of_thirty_is_taken_to_the_public_in_four_deeds(cast: Cast) -> None:
    way = being_publicised(cast, 30)

    shown = way.to_public(cast)

    assert len(shown) == 30
    rows = Release.objects.order_by("pk")
    assert [one.code for one in rows] == [f"HE2-Q{number:04}" for number in range(1, 31)]
    assert {one.state for one in rows} == {"released"}
    assert {state_of(one) for one in shown} == {"disclosed"}
    deeds = {entry.deed for one in rows for entry in audit.entries_about(one.code, one.city)}
    assert len(deeds) == 4
    assert faults(examination.read_as_approved, examination.disclosed_by_texts, examination.texts_found) == []


def test_what_the_public_reads_is_what_was_approved_to_the_byte(way: Publicising, cast: Cast) -> None:
    [approved] = way.to_approved(cast)
    before = {**approved.redacted}
    publicising.publish_petitions(way.petitions(), by=way.writer, at=NOON)

    [shown] = Release.objects.filter(state="released")
    assert shown.redacted == before
    assert shown.redacted["findings"] == f"7月4日现场核查，坑塘东岸堆有生活垃圾约30立方米。{BLACK}先生在场。"
    assert not [name for name in NAMES if name in str(shown.redacted)]


def test_the_writer_never_approves_and_nobody_else_drafts(way: Publicising, cast: Cast) -> None:
    with pytest.raises(Refused, match=r"^信访件的公开文本由信息宣传组拟稿。$"):
        publicising.draft_petitions(way.petitions(), by=cast.chen, at=NOON)
    way.draft()
    way.send()

    with pytest.raises(Refused, match=r"^这件事的拟稿是您办的，审批要由另一个人办。$"):
        way.decide("approve", way.writer)
    with pytest.raises(Refused, match="您没有办理“审批”的职责。"):
        way.decide("approve", cast.chen)

    assert way.release().state == "redacted"


def test_a_petition_is_not_made_public_before_its_text_is_approved(way: Publicising, cast: Cast) -> None:
    for ready in (lambda: None, way.draft, way.send):
        ready()
        with pytest.raises(Refused, match=r"^公开文本还没有审批。$"):
            petitions.move_petition(way.petitions()[0], "disclose", by=way.writer, at=NOON)

    way.decide("approve", cast.wang)
    petitions.move_petition(way.petitions()[0], "disclose", by=way.writer, at=NOON)

    assert (state_of(way.petitions()[0]), way.release().state) == ("disclosed", "released")


def test_one_may_be_sent_back_while_the_others_are_approved(cast: Cast) -> None:
    way = being_publicised(cast, 3)
    way.draft()
    first, *_ = way.send()

    releasing.move_release(first, "return", by=cast.wang, at=NOON, note="少一句", seen=first.version)
    way.decide("approve", cast.wang)

    assert [*Release.objects.order_by("pk").values_list("state", flat=True)] == ["draft", "approved", "approved"]
    with pytest.raises(Refused, match="公开文本还没有审批。"):
        publicising.publish_petitions(way.petitions(), by=way.writer, at=NOON)
    assert Release.objects.filter(state="released").count() == 0


def test_what_was_changed_while_somebody_looked_is_neither_sent_nor_approved(way: Publicising, cast: Cast) -> None:
    [drafted] = way.draft()
    seen = petition_texts.digest_of([drafted])
    releasing.edit_release(
        drafted, {**drafted.sections, "handling": "另写的"}, by=way.writer, at=NOON, seen=drafted.version
    )
    drafts = way.working("draft")

    with pytest.raises(Overtaken, match="文字改过了"):
        publicising.redact_petitions(drafts, [], [], seen, by=way.writer, at=NOON)
    way.send()
    with pytest.raises(Overtaken):
        publicising.decide_petitions(way.working("redacted"), "approve", seen, by=cast.wang, at=NOON)


def test_the_facts_of_a_petition_are_written_by_nobody(way: Publicising) -> None:
    [drafted] = way.draft()

    releasing.edit_release(
        drafted, {**drafted.sections, "truth": "不属实", "goal": "建成"}, by=way.writer, at=NOON, seen=drafted.version
    )

    assert (way.release().sections["truth"], way.release().sections["goal"]) == ("属实", "建成")


def test_an_answer_that_changed_since_its_draft_is_not_made_public(way: Publicising, cast: Cast) -> None:
    way.to_approved(cast)
    settle_otherwise(way.petitions()[0], by=ROBOT, at=NOON, truth="不属实")

    with pytest.raises(Refused, match="拟稿以后，信访件的答复改过了"):
        publicising.publish_petitions(way.petitions(), by=way.writer, at=NOON)

    assert Release.objects.get().state == "approved"


def test_no_days_are_asked_of_it_and_no_objection_taken(way: Publicising, cast: Cast) -> None:
    way.to_public(cast)

    shown = way.release()
    assert (shown.starts_on, shown.ends_on, shown.period) == (None, None, "")


def test_another_closing_replaces_what_the_public_reads(way: Publicising, cast: Cast) -> None:
    way.to_public(cast)
    assert batches.to_draft(way.batch) == []
    assert [one["waiting"] for one in batches.batches_for(way.writer)] == [0]
    settle_otherwise(way.petitions()[0], by=ROBOT, at=NOON, closing="阶段性办结")
    assert [one["waiting"] for one in batches.batches_for(way.writer)] == [1]

    way.draft()
    way.send()
    assert Release.objects.filter(state="released").get().closing == "已办结"
    way.decide("approve", cast.wang)

    old, new = Release.objects.order_by("pk")
    assert (old.state, new.state, new.publication, new.closing) == ("withdrawn", "released", 2, "阶段性办结")
    assert faults(examination.read_as_approved, examination.disclosed_by_texts) == []


@pytest.mark.parametrize("state", ["accepting", pytest.param("signed_off", marks=pytest.mark.broken)])
def test_what_was_signed_off_before_it_was_public_is_still_made_public(
    way: Publicising, cast: Cast, state: str
) -> None:
    settle_otherwise(way.petitions()[0], by=ROBOT, at=NOON, answered_on=NOON.date())
    stand(way.petitions()[0].matter, state)

    [line] = batches.batches_for(cast.wang)
    way.to_approved(cast)
    [after] = batches.batches_for(cast.wang)

    assert (line["waiting"], after["waiting"], after["released"]) == (1, 0, 1)
    assert (state_of(way.petitions()[0]), way.release().state) == (state, "released")
    assert batches.to_draft(way.batch) == []


def test_a_text_in_hand_hides_no_other_petition_that_waits(cast: Cast) -> None:
    way = being_publicised(cast, 2)
    past, answered = way.petitions()
    settle_otherwise(past, by=ROBOT, at=NOON, answered_on=NOON.date())
    stand(past.matter, "accepting")
    publicising.draft_petitions([way.petitions()[0]], by=way.writer, at=NOON)

    [line] = batches.batches_for(cast.wang)

    assert (line["waiting"], line["draft"]) == (1, 1)
    assert batches.to_draft(way.batch) == [answered]


def test_what_was_answered_elsewhere_is_nobody_s_to_draft(way: Publicising, cast: Cast) -> None:
    stand(way.petitions()[0].matter, "accepting")

    assert (batches.batches_for(cast.wang), batches.to_draft(way.batch)) == ([], [])


def test_whoever_writes_hears_that_the_public_reads_what_is_no_longer_so(way: Publicising, cast: Cast) -> None:
    way.to_public(cast)
    told = Message.objects.filter(person=way.writer.person, text__startswith="已认定阶段性办结，公开的不是这样")
    for step, count in (("close", 0), ("stage", 1)):
        [follow] = AFTER["petition", step]
        tell_of(follow, way.petitions()[0], by=ROBOT, at=NOON)
        assert told.count() == count


@action
def tell_of(follow: Callable[..., None], petition: Petition, *, by: Actor, at: datetime) -> None:
    """What a step brings with it, by itself."""
    follow(petition.matter, note="")
    audit.look(petition)


def test_a_correction_takes_it_down_and_it_can_be_put_out_anew(way: Publicising, cast: Cast) -> None:
    way.to_public(cast)

    petitions.correct_petition(way.petitions()[0], by=way.writer, at=NOON, note="点错了")

    assert (state_of(way.petitions()[0]), way.release().state) == ("answered", "approved")
    assert way.release().published_at is None
    publicising.publish_petitions(way.petitions(), by=way.writer, at=NOON)
    assert way.release().state == "released"
    assert faults(examination.read_as_approved, examination.disclosed_by_texts, examination.texts_found) == []


def test_of_many_that_were_put_out_together_one_is_corrected(cast: Cast) -> None:
    way = being_publicised(cast, 3)
    way.to_public(cast)

    petitions.correct_petition(way.petitions()[1], by=way.writer, at=NOON, note="点错了")

    assert [*Release.objects.order_by("pk").values_list("state", flat=True)] == ["released", "approved", "released"]


def test_nothing_is_drafted_twice(way: Publicising) -> None:
    rows = way.petitions()
    publicising.draft_petitions(rows, by=way.writer, at=NOON, key="a" * 32)

    with pytest.raises(Repeated):
        publicising.draft_petitions(rows, by=way.writer, at=NOON, key="a" * 32)
    with pytest.raises(Refused, match="已有公开文本"):
        publicising.draft_petitions(rows, by=way.writer, at=NOON)

    assert Release.objects.count() == 1


def test_what_has_no_answer_is_not_drafted(way: Publicising) -> None:
    [row] = way.petitions()
    stand(row.matter, "handling")

    assert batches.to_draft(way.batch) == []
    with pytest.raises(Refused, match="还没有反馈"):
        publicising.draft_petitions(way.petitions(), by=way.writer, at=NOON)


@pytest.mark.parametrize("step", ["rework", "refuse"])
def test_what_is_handled_anew_gives_up_its_text_in_hand(way: Publicising, cast: Cast, step: str) -> None:
    way.to_approved(cast)
    [row] = way.petitions()
    stand(row.matter, "handling")

    tell_of(AFTER["petition", step][0], way.petitions()[0], by=ROBOT, at=NOON)

    assert way.release().state == "withdrawn"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ("redacted", "HE2-Q0001 公开的文本与审批所认的哈希不符。"),
        ("truth", "HE2-Q0001 按它查找、统计的事实与公开的文本不符。"),
        ("approved_by_id", "HE2-Q0001 没有另一人审批。"),
    ],
)
@pytest.mark.broken
def test_a_text_that_was_changed_after_its_approval_is_found(
    way: Publicising, cast: Cast, changed: str, found: str
) -> None:
    way.to_public(cast)
    shown = way.release()
    assert faults(examination.read_as_approved) == []
    value = {"redacted": shown.redacted | {"handling": "无"}, "truth": "不属实", "approved_by_id": None}[changed]
    make_other(shown, **{changed: value})

    assert found in faults(examination.read_as_approved)


@pytest.mark.broken
def test_a_petition_that_is_public_without_a_text_is_found(way: Publicising) -> None:
    [row] = way.petitions()
    make_other(row.matter, state="disclosed")

    assert faults(examination.disclosed_by_texts) == [f"{row.matter.code} 已公开，却没有经审批的公开文本。"]


@pytest.mark.broken
def test_a_text_that_the_search_does_not_hold_is_found(way: Publicising, cast: Cast) -> None:
    way.to_public(cast)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM bihuan_search WHERE rowid > %s", [1 << 40])

    assert faults(examination.texts_found) == ["HE2-Q0001 查找索引里没有这一件。"]


@pytest.mark.parametrize("count", [wording.MOST_ADDED, wording.MOST_ADDED + 1])
def test_words_without_end_are_refused_before_any_text_is_gone_through(way: Publicising, count: int) -> None:
    way.draft()
    drafts = way.working("draft")
    more = [f"字{place}" for place in range(count)] * 2
    send = lambda: publicising.redact_petitions(  # noqa: E731 -- done in two ways
        drafts, [], more, petition_texts.digest_of(drafts), by=way.writer, at=NOON
    )

    if count == wording.MOST_ADDED:
        assert len(send()) == len(drafts)
        return
    with pytest.raises(Refused, match="另外要涂的字一次最多200处，现在201处"):
        send()
    assert {one.state for one in Release.objects.all()} == {"draft"}
