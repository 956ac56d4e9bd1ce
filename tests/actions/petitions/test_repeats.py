"""Petitions that may be one are proposed, a person judges, and one goes into another; nothing merges by itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bihuan.core import outbox
from bihuan.core.actor import Actor
from bihuan.core.examine import Finding
from bihuan.core.work import Task
from bihuan.gate import owing
from bihuan.lib.flow import Refused
from bihuan.matters.models import Duty
from bihuan.organisation.models import Region
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition, change_petition, correct_petition, move_petition, move_undertaking
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.actions.repeats import judge_pair, merge_pair, merge_petition
from bihuan.petitions.background import compare
from bihuan.petitions.examination import keys_are_of_its_words, mergers_stand
from bihuan.petitions.models import Merger, Petition, PetitionPair, RepeatKey, Undertaking
from bihuan.petitions.queries import petitions_for, undertakings_of
from bihuan.petitions.queries import repeats as queries
from bihuan.petitions.queries.steps import petition_offers
from tests.cast import CITY, NOON, ROBOT, Cast, seat_as
from tests.makers import make_batch, make_inspection, make_other, make_petition, write

MILL = "沧县杜林乡倪桥村村东华兴纸业有限公司，夜间偷排废水。"
AGAIN = "来电反映倪桥村的华兴纸厂把黑水放到沟里。"
ELSEWHERE = "高川乡某小区夜间施工扰民。"


def looked() -> str:
    """What the background says after it has looked once."""
    return compare(Task({}, Actor.system("信访件查重", CITY), NOON, "job-1"))


def two(cast: Cast, first: str = MILL, again: str = AGAIN) -> tuple[Petition, Petition]:
    """Two petitions of two inspections, years apart."""
    old = make_batch(make_inspection(cast))
    new = make_batch(make_inspection(cast, "HE3", "第三轮"), 2)
    facts: dict[str, Any] = {"types": ["水"], "main_type": "水"}
    return (
        make_petition(cast, old, content=first, **facts),
        make_petition(cast, new, "X3HE202504120007", content=again, **facts),
    )


def pair_of(first: Petition, again: Petition, state: str = "proposed") -> PetitionPair:
    facts = {"kind": "重复举报", "strength": 90, "reasons": ["同一村。"], "state": state, "proposed_at": NOON}
    [pair] = write([PetitionPair(earlier=first, later=again, **facts)], by=ROBOT, at=NOON)
    return pair


def test_what_is_told_again_in_another_inspection_is_proposed_and_nothing_moves(cast: Cast) -> None:
    first, again = two(cast)

    said = looked()

    pair = PetitionPair.objects.get()
    assert said == "查重2件，提出疑似重复1对。"
    assert (pair.earlier, pair.later, pair.state, pair.kind) == (first, again, "proposed", "重复举报")
    assert "同一村（杜林乡倪桥村）。" in pair.reasons
    assert {one.matter.state for one in Petition.objects.select_related("matter")} == {"in_tray"}


def test_under_a_key_that_many_share_the_rarest_is_looked_at_first(cast: Cast) -> None:
    batch = make_batch(make_inspection(cast))
    kept = [make_petition(cast, batch, f"D2HE20220412{row:04}", content=ELSEWHERE) for row in range(1, 6)]
    RepeatKey.objects.bulk_create(RepeatKey(petition=one, key="road:common") for one in kept)
    RepeatKey.objects.create(petition=kept[1], key="name:rare")

    assert queries._candidates({7: ("road:common", "name:rare")}, 3) == {7: [kept[1].pk]}
    assert queries._candidates({7: ("road:common",)}, 3) == {7: [one.pk for one in reversed(kept[2:])]}
    assert queries._candidates({7: ("road:common", "name:rare")}, 9) == {
        7: [kept[1].pk, *(one.pk for one in reversed(kept) if one != kept[1])]
    }


def test_what_was_compared_is_not_compared_again_and_what_comes_later_is(cast: Cast) -> None:
    first, _ = two(cast, again=ELSEWHERE)

    assert (looked(), looked()) == ("查重2件，提出疑似重复0对。", "查重0件，提出疑似重复0对。")
    make_petition(cast, first.batch, "D2HE202204120099", content=AGAIN, types=["水"])

    assert looked() == "查重1件，提出疑似重复1对。"


def test_a_run_that_was_broken_off_proposes_no_pair_twice(cast: Cast) -> None:
    two(cast)
    looked()
    RepeatKey.objects.all().delete()

    assert looked() == "查重2件，提出疑似重复0对。"
    assert PetitionPair.objects.count() == 1


def keys_of(petition: Petition) -> set[str]:
    return {*petition.repeat_keys.values_list("key", flat=True)}


def test_what_is_put_right_later_is_compared_anew_with_all_and_loses_its_old_keys(cast: Cast) -> None:
    first, again = two(cast, first=ELSEWHERE)
    looked()
    old = keys_of(first)

    index_petitions([make_other(first, content=MILL)])
    assert keys_of(first) == old - {queries.EDITION}  # it is found by what it had until it is compared

    assert looked() == "查重1件，提出疑似重复1对。"
    pair = PetitionPair.objects.get()
    assert (pair.earlier, pair.later) == (first, again)
    first.refresh_from_db()
    assert keys_of(first) & old == {queries.EDITION, f"number:{first.number}"}
    assert "130921:village:倪桥" in keys_of(first)
    assert looked() == "查重0件，提出疑似重复0对。"


def test_another_region_is_compared_anew_and_another_finding_is_not(cast: Cast) -> None:
    first, _ = two(cast)
    looked()
    other = Region.objects.exclude(pk=cast.region.pk).order_by("pk")[0]

    change_petition(first, {"findings": "经查属实。"}, by=cast.chen, at=NOON, note="补录")
    assert not queries.uncompared().exists()
    change_petition(first, {"region": other.pk}, by=cast.chen, at=NOON, note="属地写错")
    assert [*queries.uncompared()] == [first]


@pytest.mark.broken
def test_keys_of_words_that_stand_no_more_are_found(cast: Cast) -> None:
    first, _ = two(cast)
    looked()
    assert told_by(keys_are_of_its_words) == []

    Petition.objects.filter(pk=first.pk).update(content="别的话。")  # as a deed would that forgets the keys

    assert told_by(keys_are_of_its_words) == [first.matter.code]


def test_what_was_withdrawn_is_near_to_nothing(cast: Cast) -> None:
    first, _ = two(cast)
    make_other(first.matter, is_withdrawn=True)

    assert looked() == "查重1件，提出疑似重复0对。"


def test_the_office_judges_and_may_judge_again_and_units_may_not(cast: Cast) -> None:
    pair = pair_of(*two(cast))
    desk = seat_as(Role.PETITION_DESK, cast.office, "信访专员")

    judge_pair(pair, "confirm", by=desk, at=NOON)
    judge_pair(pair, "judge_again", by=cast.chen, at=NOON, note="看错了")
    judge_pair(pair, "dismiss", by=cast.chen, at=NOON, note="另一家厂")

    pair.refresh_from_db()
    assert (pair.state, pair.opinion, pair.judged_by_id) == ("unrelated", "另一家厂", cast.chen.person)
    with pytest.raises(Refused, match="没有办理“重新研判”的职责"):
        judge_pair(pair, "judge_again", by=cast.zhang, at=NOON, note="理由")


def test_a_pair_is_shown_to_whoever_may_read_both(cast: Cast) -> None:
    first, again = two(cast)
    pair = pair_of(first, again)
    assign_petition(first, [cast.water], by=cast.chen, at=NOON)

    assert [*queries.pairs_for(cast.chen)] == [*queries.near_petitions(again, cast.chen)] == [pair]
    assert petitions_for(cast.zhang).filter(pk=first.pk).exists()
    assert not queries.pairs_for(cast.zhang).exists()
    assert not queries.near_petitions(first, cast.zhang).exists()
    assert not queries.pairs_to_judge(cast.zhang).exists()

    assign_petition(again, [cast.water], by=cast.chen, at=NOON)

    assert [*queries.pairs_for(cast.zhang)] == [pair]
    assert not queries.pairs_to_judge(cast.zhang).exists()


def test_what_is_merged_leaves_its_units_and_is_told_to_them(cast: Cast) -> None:
    first, again = two(cast)
    assign_petition(again, [cast.water], by=cast.chen, at=NOON)

    merge_petition(again, first, by=cast.chen, at=NOON, note="同一家厂同一件事")

    again.refresh_from_db()
    assert (again.matter.state, queries.merged_into(again)) == ("merged", first)
    assert not undertakings_of(again).exists()
    assert not Duty.objects.filter(matter=again.matter, is_ended=False).exists()
    lines = [one.text for one in outbox.messages_of(cast.zhang.person or 0)]
    assert f"并案：{again.number}号信访件并入{first.number}号" in lines
    with pytest.raises(Refused, match="不再由承办单位办理"):
        move_undertaking(Undertaking.objects.get(petition=again), "receive", by=cast.zhang, at=NOON)


def test_a_merger_is_taken_back_with_all_that_it_ended(cast: Cast) -> None:
    first, again = two(cast)
    assign_petition(again, [cast.water], by=cast.chen, at=NOON)
    merge_petition(again, first, by=cast.chen, at=NOON, note="同一件事")

    correct_petition(again, by=cast.chen, at=NOON, note="点错了")

    again.refresh_from_db()
    assert (again.matter.state, queries.merged_into(again)) == ("assigned", None)
    assert [part.state for part in undertakings_of(again)] == ["waiting"]
    assert Duty.objects.filter(matter=again.matter, is_ended=False).count() == 1
    merge_petition(again, first, by=cast.chen, at=NOON, note="还是同一件")
    assert Merger.objects.filter(is_withdrawn=False).count() == 1


Spoil = Callable[[Cast, Petition, Petition], Petition]


def into_itself(_: Cast, __: Petition, again: Petition) -> Petition:
    return again


def into_merged(cast: Cast, first: Petition, _: Petition) -> Petition:
    third = make_petition(cast, first.batch, "D2HE202204120033")
    merge_petition(first, third, by=cast.chen, at=NOON, note="同一件事")
    return first


def into_transferred(cast: Cast, first: Petition, _: Petition) -> Petition:
    move_petition(first, "transfer", by=cast.chen, at=NOON, note="属法院管辖")
    return first


def where_others_went(cast: Cast, first: Petition, again: Petition) -> Petition:
    third = make_petition(cast, first.batch, "D2HE202204120033")
    merge_petition(third, again, by=cast.chen, at=NOON, note="同一件事")
    return first


def into_another_city(_: Cast, first: Petition, __: Petition) -> Petition:
    return make_other(first, city="131000")


def into_withdrawn(_: Cast, first: Petition, __: Petition) -> Petition:
    make_other(first.matter, is_withdrawn=True)
    return first


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (into_itself, "不能并入自己"),
        (into_merged, "自己已并案"),
        (into_transferred, "已移送，不能并入"),
        (where_others_went, "已有别的信访件并入这一件"),
        (into_another_city, "不在同一个市"),
        (into_withdrawn, "已撤回导入"),
    ],
)
def test_what_may_not_be_merged_is_refused(cast: Cast, spoil: Spoil, sentence: str) -> None:
    first, again = two(cast)
    target = spoil(cast, first, again)

    with pytest.raises(Refused, match=sentence):
        merge_petition(again, target, by=cast.chen, at=NOON, note="同一件事")

    again.refresh_from_db()
    assert again.matter.state == "in_tray"


def test_without_a_reason_nothing_is_merged_and_across_regions_a_word_is_none(cast: Cast) -> None:
    first, again = two(cast)
    other = Region.objects.exclude(pk=cast.region.pk).order_by("pk")[0]
    make_other(again.matter, region=other)
    again.refresh_from_db()

    for note, sentence in (("", "请写明并案的理由"), ("同", "不在同一个行政区域")):
        with pytest.raises(Refused, match=sentence):
            merge_petition(again, first, by=cast.chen, at=NOON, note=note)

    assert merge_petition(again, first, by=cast.chen, at=NOON, note="厂址在县界上，同一件事").matter.state == "merged"


def test_what_units_handle_is_not_merged_and_units_merge_nothing(cast: Cast) -> None:
    first, again = two(cast)
    assign_petition(again, [cast.water], by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="没有办理“并案”的职责"):
        merge_petition(again, first, by=cast.zhang, at=NOON, note="同一件事")
    move_undertaking(undertakings_of(again)[0], "receive", by=cast.zhang, at=NOON)
    again.refresh_from_db()
    with pytest.raises(Refused, match="现在是“办理中”，不能并案"):
        merge_petition(again, first, by=cast.chen, at=NOON, note="同一件事")


def test_on_its_own_page_merging_is_greyed_with_where_it_is_done(cast: Cast) -> None:
    _, again = two(cast)

    [offer] = [one for one in petition_offers(again, cast.chen) if one.name == "merge"]

    assert "可能是同一件事" in offer.refusal
    with pytest.raises(Refused, match="可能是同一件事"):
        move_petition(again, "merge", by=cast.chen, at=NOON, note="同一件事")


def test_a_pair_is_merged_with_its_judgement_and_then_stands(cast: Cast) -> None:
    first, again = two(cast)
    pair = pair_of(first, again)

    merge_pair(pair, by=cast.chen, at=NOON, note="同一件事")

    pair.refresh_from_db()
    assert (pair.state, queries.merged_into(again)) == ("repeated", first)
    with pytest.raises(Refused, match="这两件已并案"):
        judge_pair(pair, "judge_again", by=cast.chen, at=NOON, note="看错了")


def test_a_pair_that_was_judged_to_be_two_is_not_merged(cast: Cast) -> None:
    pair = pair_of(*two(cast), state="same_object")

    with pytest.raises(Refused, match="已研判为“同一对象”"):
        merge_pair(pair, by=cast.chen, at=NOON, note="同一件事")


def test_pairs_are_on_the_desk_of_who_judges_them(cast: Cast) -> None:
    pair_of(*two(cast))

    lines = [(one.kind, one.act, one.title) for one in owing.owed(cast.chen, NOON.date())]

    assert ("pairs", "研判", "1对可能重复的信访件") in lines
    assert not [one for one in owing.owed(cast.zhang, NOON.date()) if one.kind == "pairs"]


def told_by(check: Callable[[], Iterator[Finding]]) -> list[str]:
    return [one.where for one in check()]


@pytest.mark.broken
def test_a_merger_that_leads_nowhere_is_found(cast: Cast) -> None:
    first, again = two(cast)
    merge_petition(again, first, by=cast.chen, at=NOON, note="同一件事")
    assert told_by(mergers_stand) == []

    make_other(Merger.objects.get(), is_withdrawn=True)
    assert told_by(mergers_stand) == [again.matter.code]

    make_other(Merger.objects.get(), is_withdrawn=False)
    make_other(first.matter, is_withdrawn=True)
    assert told_by(mergers_stand) == [again.matter.code]


def test_of_several_that_are_one_one_stays(cast: Cast) -> None:
    first, again = two(cast)
    third = make_petition(cast, again.batch, "X3HE202504120008", content=ELSEWHERE)
    fourth = make_petition(cast, again.batch, "X3HE202504120009", content=AGAIN)
    pair_of(first, again, "repeated")
    pair_of(again, fourth, "repeated")
    pair_of(first, third, "same_object")

    whole = queries.counted(cast.chen)
    batch = queries.counted(cast.chen, batch=again.batch)
    earlier = queries.counted(cast.chen, inspection=first.batch.inspection)

    assert (whole.total, whole.repeats, whole.left) == (4, 2, 2)
    assert (batch.total, batch.repeats, batch.left) == (3, 2, 1)
    assert (earlier.total, earlier.repeats, earlier.left) == (1, 0, 1)


def test_what_was_merged_does_not_stay_though_it_came_first(cast: Cast) -> None:
    first, again = two(cast)
    pair_of(first, again, "repeated")

    merge_petition(first, again, by=cast.chen, at=NOON, note="新的写得更清楚")

    assert queries.counted(cast.chen, batch=first.batch).left == 0
    assert queries.counted(cast.chen, batch=again.batch).left == 1
    correct_petition(first, by=cast.chen, at=NOON, note="点错了")
    assert queries.counted(cast.chen, batch=first.batch).left == 1
    assert queries.counted(cast.chen).left == 1
