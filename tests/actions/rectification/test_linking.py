"""Links between petitions and problems or measures: who makes them, who sees them, what they do not contradict."""

from typing import Any

import pytest

from bihuan.core import examine, history
from bihuan.lib.flow import Refused
from bihuan.matters.models import Duty, Matter, MatterLink, WatchHit
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.models import Petition
from bihuan.rectification.actions.linking import end_link, link_matters
from bihuan.rectification.actions.watching import judge_hit
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import linking
from bihuan.rectification.queries.watching import hit_offers
from tests.answering import being_answered
from tests.cast import NOON, ROBOT, Cast, seat_as
from tests.desk import NAME, PHONE
from tests.house.put import stand
from tests.loop import make_loop
from tests.makers import make_batch, make_measure, make_other, make_petition, make_plan, make_problem, write


class Pair:
    """A petition of the water bureau and the farm's, and a problem that the water bureau leads, in one county."""

    def __init__(self, cast: Cast) -> None:
        loop = make_loop(cast)
        loop.to_rectifying()
        self.problem: Problem = loop.problem
        self.measure = loop.measure
        self.petition = make_petition(cast, make_batch(self.problem.matter.inspection))

    def link(self, by: Any, **otherwise: Any) -> MatterLink:
        told = {"code": self.problem.matter.code, "kind": "同一地点", "reason": "都在东坑塘。"} | otherwise
        return link_matters(self.petition.matter, by=by, at=NOON, **told)


@pytest.fixture
def pair(cast: Cast) -> Pair:
    return Pair(cast)


def hit(pair: Pair, state: str) -> WatchHit:
    facts = {"strength": 85, "reasons": ["同一村。"], "raised_at": NOON, "state": state}
    [row] = write([WatchHit(matter=pair.problem.matter, newcomer=pair.petition.matter, **facts)], by=ROBOT, at=NOON)
    return row  # type: ignore[no-any-return]  # a row of any kind passes through


def test_the_office_links_from_either_end_and_both_ends_say_so(cast: Cast, pair: Pair) -> None:
    made = pair.link(cast.chen)
    other = link_matters(
        pair.measure.matter, pair.petition.matter.code, "整改不到位", "措施没到", by=cast.wang, at=NOON
    )

    assert (made.first, made.second) == (pair.petition.matter, pair.problem.matter)
    assert (other.first, other.second) == (pair.petition.matter, pair.measure.matter)
    assert {one.pk for one in linking.links_for(cast.chen, pair.petition.matter)} == {made.pk, other.pk}
    assert [one.pk for one in linking.links_for(cast.chen, pair.problem.matter)] == [made.pk]
    assert [*examine.findings()] == []


def test_units_leaders_and_other_counties_link_nothing(cast: Cast, pair: Pair) -> None:
    for by in (cast.zhang, cast.li, cast.qian, cast.zhao, seat_as(Role.COUNTY_APPROVER, cast.neighbour, "邻审")):
        with pytest.raises(Refused):
            pair.link(by)

    assert not MatterLink.objects.exists()


def test_a_county_office_links_what_its_units_answer_for_at_both_ends_alone(cast: Cast) -> None:
    way = being_answered(cast)
    own = make_problem(cast, 1, plan=make_plan(way.petition.matter.inspection, cast.party), lead=cast.water)
    away = make_problem(cast, 2, plan=own.plan, lead=cast.neighbour)
    for duty in Duty.objects.filter(matter=away.matter).exclude(unit=cast.neighbour):
        make_other(duty, unit=cast.neighbour)
    for problem in (own, away):
        make_measure(problem)
        stand(problem.matter, "rectifying")

    def link(code: str, by: Any) -> MatterLink:
        return link_matters(way.fresh().matter, code, "同一地点", "同一个坑塘", by=by, at=NOON)

    assert link(own.matter.code, way.county).second == own.matter
    with pytest.raises(Refused, match="两件都在本县的县整改办"):
        link(away.matter.code, way.county)
    assert link(away.matter.code, cast.chen).second == away.matter


@pytest.mark.parametrize(
    ("otherwise", "sentence"),
    [
        ({"reason": " "}, "理由"),
        ({"kind": "好朋友"}, "好朋友"),
        ({"code": "HE2-P999"}, "没有这个编号"),
    ],
)
def test_what_is_wrong_is_refused(cast: Cast, pair: Pair, otherwise: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        pair.link(cast.chen, **otherwise)


def test_two_of_one_kind_and_the_same_twice_are_refused(cast: Cast, pair: Pair) -> None:
    other = make_petition(cast, pair.petition.batch, "D2HE202204120077")
    with pytest.raises(Refused, match="一头是信访件"):
        pair.link(cast.chen, code=other.matter.code)

    pair.link(cast.chen)
    with pytest.raises(Refused, match="已经关联"):
        link_matters(pair.problem.matter, pair.petition.matter.code, "其他", "再来", by=cast.chen, at=NOON)


def test_a_link_is_ended_with_a_reason_and_may_be_made_again(cast: Cast, pair: Pair) -> None:
    made = pair.link(cast.chen)

    with pytest.raises(Refused, match="理由"):
        end_link(made, by=cast.chen, at=NOON, note=" ")
    with pytest.raises(Refused, match="只有市整改办"):
        end_link(made, by=cast.zhang, at=NOON, note="不对")
    end_link(made, by=cast.chen, at=NOON, note="弄错了")
    with pytest.raises(Refused, match="已经解除"):
        end_link(made, by=cast.chen, at=NOON, note="再解")

    assert pair.link(cast.chen).pk != made.pk


def test_who_sees_one_end_alone_sees_no_link_and_reads_nothing_of_it_in_the_trail(cast: Cast, pair: Pair) -> None:
    made = pair.link(cast.chen)

    assert linking.links_for(cast.zhang, pair.problem.matter) == []  # the petition lies in the tray
    for by, is_told in ((cast.zhang, False), (cast.chen, True)):
        links = linking.links_for(by, pair.problem.matter)
        deeds = history.deeds_about(pair.problem.matter.code, pair.problem.matter.city, joined=linking.trail_of(links))
        assert any(one.action == "rectification.link_matters" for one in deeds) == is_told
    assert made.about == ""


def test_a_reason_says_nothing_of_the_petitioner(cast: Cast, pair: Pair) -> None:
    made = pair.link(cast.chen, reason=f"举报人{NAME}，电话{PHONE}，说的就是这里。")

    assert NAME not in made.reason
    assert PHONE not in made.reason


def test_what_was_judged_unrelated_is_not_linked_and_what_is_linked_is_not_called_unrelated(
    cast: Cast, pair: Pair
) -> None:
    row = hit(pair, "unrelated")
    with pytest.raises(Refused, match="研判为“无关”"):
        pair.link(cast.chen)

    row = make_other(row, state="raised") or WatchHit.objects.get()
    pair.link(cast.chen)
    row = WatchHit.objects.select_related("matter", "newcomer").get()
    [refusal] = [one.refusal for one in hit_offers(row, cast.chen) if one.name == "dismiss"]
    assert "请先解除关联" in refusal
    with pytest.raises(Refused, match="请先解除关联"):
        judge_hit(row, "dismiss", by=cast.chen, at=NOON, note="不是一回事")


def test_a_hit_that_holds_joins_the_two_as_a_link_does(cast: Cast, pair: Pair) -> None:
    hit(pair, "confirmed")

    for matter in (pair.problem.matter, pair.petition.matter):
        assert len(linking.hits_for(cast.chen, matter)) == 1
    assert linking.hits_for(cast.zhang, pair.problem.matter) == []


def test_a_code_in_the_words_and_a_hit_propose_and_what_is_out_of_sight_is_not_proposed(cast: Cast, pair: Pair) -> None:
    make_other(pair.petition, content=f"坑塘又堆上了，见{pair.problem.matter.code}。")
    index_petitions([Petition.objects.select_related("matter").get(pk=pair.petition.pk)])
    petition = Petition.objects.select_related("matter__region").get(pk=pair.petition.pk)

    assert [one.matter.code for one in linking.candidates(cast.chen, petition)][:1] == [pair.problem.matter.code]
    hit(pair, "raised")
    [first] = [one for one in linking.candidates(cast.chen, pair.problem) if one.matter.pk == petition.matter_id]
    assert "反弹线索" in first.why
    assert linking.candidates(cast.zhang, pair.problem) == []
    pair.link(cast.chen)
    assert linking.candidates(cast.chen, pair.problem) == []


@pytest.mark.broken
def test_a_link_to_what_was_withdrawn_is_named_and_the_office_ends_it(cast: Cast, pair: Pair) -> None:
    made = pair.link(cast.chen)
    make_other(Matter.objects.get(pk=pair.petition.matter_id), is_withdrawn=True)

    assert any("已随导入撤回" in str(one) for one in examine.findings() if one.where == pair.petition.matter.code)
    assert [one.pk for one in linking.links_for(cast.chen, pair.problem.matter)] == [made.pk]
    assert linking.links_for(cast.zhang, pair.problem.matter) == []
    end_link(MatterLink.objects.get(), by=cast.chen, at=NOON, note="已撤回")
