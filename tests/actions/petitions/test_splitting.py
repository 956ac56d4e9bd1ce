"""Sub-items by hand: no gap, no number twice, what units wrote asked again, no answer that leaves one out."""

from dataclasses import replace
from datetime import datetime

import pytest

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.outbox import Message
from bihuan.lib.flow import Refused
from bihuan.matters.models import Inspection
from bihuan.petitions import actions
from bihuan.petitions.actions import splitting
from bihuan.petitions.actions.answering import fill_findings
from bihuan.petitions.actions.batches import settle_batch
from bihuan.petitions.models import FindingsReport, ItemFinding, SubItem
from bihuan.petitions.queries import findings, petition_as_draft, steps, sub_items
from bihuan.petitions.rules.drafts import BatchDraft, SubItemDraft
from tests.answering import Answering, being_answered, found, of_items
from tests.cast import NOON, Cast


@action
def settle(table: BatchDraft, inspection: Inspection, *, by: Actor, at: datetime) -> None:
    """Bring the ledger in line with a table, as an import does."""
    settle_batch(table, inspection, by=by, at=at)


TEXTS = ("倾倒生活垃圾", "井水浑浊", "夜间焚烧")


def split(way: Answering, cast: Cast, *texts: str) -> list[SubItem]:
    return splitting.split_petition(way.fresh(), texts or TEXTS, by=cast.chen, at=NOON)


def places(way: Answering) -> list[tuple[int, int, str]]:
    return [(one.place, one.number, one.text) for one in sub_items.of_petition(way.fresh())]


def test_what_stands_has_no_gap_and_a_number_is_never_given_again(cast: Cast) -> None:
    way = being_answered(cast, cast.farm)
    rows = split(way, cast)

    splitting.end_sub_item(rows[1], by=cast.chen, at=NOON, note="与第一项是一件事")
    splitting.end_sub_item(rows[2], by=cast.chen, at=NOON, note="原文没有")
    split(way, cast, "井水浑浊")

    assert places(way) == [(1, 1, "倾倒生活垃圾"), (2, 4, "井水浑浊")]
    assert SubItem.objects.filter(is_ended=True).count() == 2
    reasons = [*Entry.objects.filter(table="subitem", changes__contains="is_ended").values_list("note", flat=True)]
    reasons = [one for one in reasons if not one.startswith("拆分")]
    assert reasons == ["与第一项是一件事", "原文没有"]


def test_what_joined_a_text_to_the_next_one_is_no_part_of_it(cast: Cast) -> None:
    way = being_answered(cast)

    row, _ = split(way, cast, "倾倒生活垃圾；", "，井水浑浊。", "； ")
    assert places(way) == [(1, 1, "倾倒生活垃圾"), (2, 2, "井水浑浊。")]

    splitting.correct_sub_item(row, "夜间倾倒生活垃圾；", by=cast.chen, at=NOON)
    assert places(way)[0] == (1, 1, "夜间倾倒生活垃圾")


def test_a_text_is_put_right_and_what_tells_of_a_petitioner_is_masked(cast: Cast) -> None:
    way = being_answered(cast)
    (row,) = split(way, cast, "倾倒垃圾，电话13800138000")
    assert "13800138000" not in row.text

    fixed = splitting.correct_sub_item(row, "倾倒建筑垃圾，联系13900139000", by=cast.chen, at=NOON)

    assert fixed.text.startswith("倾倒建筑垃圾") and "13900139000" not in fixed.text
    assert not Entry.objects.filter(changes__contains="13900139000").exists()
    with pytest.raises(Refused, match="没有改动"):
        splitting.correct_sub_item(fixed, fixed.text, by=cast.chen, at=NOON)


def test_only_the_office_and_only_before_the_answer(cast: Cast) -> None:
    way = being_answered(cast)
    for stranger in (cast.zhang, way.county, way.filler):
        with pytest.raises(Refused, match="只有市整改办"):
            splitting.split_petition(way.fresh(), TEXTS, by=stranger, at=NOON)
    petition = way.to_answered(cast)

    with pytest.raises(Refused, match="已反馈的信访件不能再改分项"):
        splitting.split_petition(petition, TEXTS, by=cast.chen, at=NOON)
    assert not SubItem.objects.exists()


def test_taking_back_wants_a_reason_and_happens_once(cast: Cast) -> None:
    way = being_answered(cast)
    row, _ = split(way, cast, *TEXTS[:2])

    with pytest.raises(Refused, match="为什么收回"):
        splitting.end_sub_item(row, by=cast.chen, at=NOON, note=" ")
    splitting.end_sub_item(row, by=cast.chen, at=NOON, note="重复")
    for again in (
        lambda: splitting.end_sub_item(row, by=cast.chen, at=NOON, note="重复"),
        lambda: splitting.correct_sub_item(row, "别的话语", by=cast.chen, at=NOON),
    ):
        with pytest.raises(Refused, match="已经收回"):
            again()


def test_a_report_that_covers_it_no_longer_is_asked_again_and_begins_with_what_was_written(cast: Cast) -> None:
    way = being_answered(cast)
    fill_findings(way.part(cast.water), found(), by=way.filler, at=NOON)

    rows = split(way, cast, *TEXTS[:2])

    part = way.part(cast.water)
    assert not FindingsReport.objects.filter(is_ended=False).exists()
    last = findings.last_report(part)
    assert last is not None and last.findings == found().findings
    assert Message.objects.filter(text__contains="分项有变动").exists()
    with pytest.raises(Refused, match="分项1、2还没有填"):
        fill_findings(part, found(), by=way.filler, at=NOON)
    fill_findings(part, found(items=of_items(*rows)), by=way.filler, at=NOON)
    actions.move_undertaking(part, "report_findings", by=cast.zhang, at=NOON)


def test_of_several_units_the_last_is_held_to_what_is_left(cast: Cast) -> None:
    way = being_answered(cast, cast.farm)
    (dumping,) = split(way, cast, TEXTS[0])
    fill_findings(way.part(cast.water), found(items=of_items(dumping)), by=way.filler, at=NOON)

    split(way, cast, TEXTS[1])

    assert FindingsReport.objects.filter(is_ended=False).count() == 1


def test_the_city_does_not_answer_while_a_sub_item_is_left(cast: Cast) -> None:
    way = being_answered(cast)
    (dumping,) = split(way, cast, TEXTS[0])
    way.to_city(cast, found(items=of_items(dumping)))

    (well,) = split(way, cast, TEXTS[1])

    with pytest.raises(Refused, match="分项2还没有单位核实，请退回承办单位补报"):
        actions.move_petition(way.fresh(), "approve", by=cast.chen, at=NOON)
    actions.move_undertaking(way.part(cast.water), "city_return", by=cast.chen, at=NOON, note="补分项2")
    fill_findings(way.part(cast.water), found(items=of_items(dumping, well)), by=way.filler, at=NOON)
    actions.move_undertaking(way.part(cast.water), "report_findings", by=cast.zhang, at=NOON)
    actions.move_undertaking(way.part(cast.water), "county_approve", by=way.county, at=NOON)
    actions.move_petition(way.fresh(), "approve", by=cast.chen, at=NOON)
    assert [one.truth for one in sub_items.of_petition(way.fresh())] == ["属实", "属实"]


def test_what_was_found_of_one_that_was_taken_back_enters_no_answer(cast: Cast) -> None:
    way = being_answered(cast)
    dumping, well = split(way, cast, *TEXTS[:2])
    way.to_city(cast, found(items=of_items(dumping, well)))

    splitting.end_sub_item(well, by=cast.chen, at=NOON, note="与第一项重复")
    assert not steps.petition_facts(way.fresh(), cast.chen).items_left
    actions.move_petition(way.fresh(), "approve", by=cast.chen, at=NOON)

    well.refresh_from_db()
    assert (well.finding, well.truth) == ("", "")
    assert ItemFinding.objects.get(sub_item=well).is_ended


def test_a_later_table_means_what_stands(cast: Cast) -> None:
    way = being_answered(cast)
    rows = split(way, cast)
    splitting.end_sub_item(rows[0], by=cast.chen, at=NOON, note="重复")
    petition = way.fresh()
    told = petition_as_draft(petition)
    assert [(one.number, one.text) for one in told.sub_items] == [(1, "井水浑浊"), (2, "夜间焚烧")]

    items = (*told.sub_items, SubItemDraft(3, "噪声扰民"))
    table = BatchDraft(petition.batch.label, petitions=(replace(told, sub_items=items),))
    settle(table, petition.batch.inspection, by=cast.chen, at=NOON)

    assert [one[1:] for one in places(way)] == [(2, "井水浑浊"), (3, "夜间焚烧"), (4, "噪声扰民")]
