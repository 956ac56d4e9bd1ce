"""What comes in near something signed off raises a question; a person answers it, and nothing happens by itself."""

from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from bihuan.core import examine
from bihuan.core.actor import Actor
from bihuan.core.jobs import Job
from bihuan.core.work import Task
from bihuan.gate import owing
from bihuan.lib.flow import Refused
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Comparison, WatchHit, WatchKey
from bihuan.matters.queries import watching as watched
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Petition
from bihuan.rectification.actions import evidence
from bihuan.rectification.actions.handing_over import move_problem
from bihuan.rectification.actions.watching import judge_hit
from bihuan.rectification.background import watch
from bihuan.rectification.queries import watching
from tests.cast import CITY, ROBOT, Cast, seat_as
from tests.loop import Loop, make_loop
from tests.makers import (
    make_batch,
    make_inspection,
    make_measure,
    make_other,
    make_petition,
    make_problem,
    write,
)

PLANT = "沧县杜林乡倪桥村沧县华兴纸业有限公司废水直排坑塘，气味刺鼻。"
AGAIN = "杜林乡倪桥村的华兴纸业公司又在夜里偷排污水，村民反映强烈。"
ELSEWHERE = "高川乡某小区夜间施工扰民。"


@pytest.fixture
def loop(cast: Cast) -> Loop:
    """A paper mill in the county, signed off."""
    made = make_loop(cast, title="华兴纸业废水直排", text=PLANT, pollution_type="水")
    made.to_signed_off()
    return made


def looked(loop: Loop) -> str:
    """What the background says after it has looked once."""
    return watch(Task({}, Actor.system("防反弹比对", CITY), loop.now, "job-1"))


def comes(loop: Loop, content: str = AGAIN, **facts: Any) -> Petition:
    """A petition of the same county that is handed over a day later."""
    batch = make_batch(make_inspection(loop.cast, "HE3", "第三轮"), 2)
    petition = make_petition(loop.cast, batch, content=content, types=["水"], main_type="水", **facts)
    assign_petition(petition, [loop.cast.water], by=loop.cast.chen, at=loop.later())
    return petition


def test_a_petition_near_a_signed_off_problem_is_asked_about_with_its_reasons(loop: Loop) -> None:
    petition = comes(loop)

    said = looked(loop)

    hit = WatchHit.objects.get()
    assert said == "比对1件，提出反弹线索1条。"
    assert (hit.matter, hit.newcomer, hit.state) == (loop.problem.matter, petition.matter, "raised")
    assert hit.reasons[0] == "同一对象：“华兴纸业公司”即“沧县华兴纸业有限公司”（名称相同）。"
    assert "同一村（杜林乡倪桥村）。" in hit.reasons
    assert "同为水。" in hit.reasons
    assert loop.fresh().matter.state == "signed_off"


def test_two_problems_of_one_kind_are_near_where_both_say_where_they_lie(cast: Cast) -> None:
    loop = make_loop(cast, title="坑塘黑臭", text="坑塘水体黑臭。", pollution_type="水")
    where = {"latitude": Decimal("38.300000"), "datum": "WGS-84"}
    vars(loop)["check"] = partial(loop.check, longitude=Decimal("116.800000"), **where)  # every check says where it was
    loop.to_signed_off()
    facts = {"plan": loop.problem.plan, "text": "坑塘又黑了。", "pollution_type": "水", "lead": cast.water}
    for number, east, is_near in ((2, "116.801000", True), (3, "116.900000", False)):
        problem = make_problem(cast, number, title="坑塘黑臭复发", **facts)
        make_measure(problem)
        brought = Brought(f"坑塘{number}.jpg", b"x", "整改前照片", facts={**where, "longitude": Decimal(east)})
        evidence.add_evidence(problem, [brought], by=cast.chen, at=loop.now)
        move_problem(problem, "issue", by=cast.chen, at=loop.later())

        looked(loop)

        hits = WatchHit.objects.filter(newcomer=problem.matter)
        assert [one.reasons[0] for one in hits] == (["相距87米。"] if is_near else [])


def test_keys_of_an_earlier_edition_are_completed_and_none_is_kept_twice(loop: Loop) -> None:
    looked(loop)
    before = {*WatchKey.objects.values_list("key", flat=True)}
    WatchKey.objects.filter(key=watched.EDITION).update(key="edition:1")

    looked(loop)

    assert {*WatchKey.objects.values_list("key", flat=True)} == before | {"edition:1"}


def test_what_lies_elsewhere_is_compared_and_raises_nothing(loop: Loop) -> None:
    comes(loop, ELSEWHERE)

    assert (looked(loop), looked(loop)) == ("比对1件，提出反弹线索0条。", "比对0件，提出反弹线索0条。")
    assert [(one.held_against, one.found) for one in Comparison.objects.all()] == [(0, 0)]


def test_what_was_handed_over_before_the_sign_off_is_no_newcomer(cast: Cast) -> None:
    loop = make_loop(cast, title="华兴纸业废水直排", text=PLANT, pollution_type="水")
    comes(loop)
    loop.to_signed_off()

    assert looked(loop) == "比对0件，提出反弹线索0条。"


def test_a_confirmed_hit_is_proof_of_the_rebound_which_a_person_states(loop: Loop) -> None:
    comes(loop)
    looked(loop)
    hit = watching.hits_for(loop.cast.chen).get()
    with pytest.raises(Refused, match="或确认了的反弹线索。"):
        loop.step("rebound", loop.cast.wang, "又在排")

    judge_hit(hit, "confirm", by=loop.cast.chen, at=loop.now, note="同一家")

    assert "认定反弹" in [one.act for one in owing.owed(loop.cast.wang, loop.now.date())]
    loop.step("rebound", loop.cast.wang, "又在排")
    hit.refresh_from_db()
    assert (hit.state, hit.judged_by_id, loop.fresh().matter.round_number) == ("rebounded", loop.cast.chen.person, 2)
    assert [*examine.findings()] == []


def test_the_office_finds_what_is_to_be_judged_on_its_desk(loop: Loop) -> None:
    comes(loop)
    looked(loop)

    lines = [(one.kind, one.act, one.title) for one in owing.owed(loop.cast.chen, loop.now.date())]

    assert ("watch", "研判", "1条反弹线索") in lines
    assert not [one for one in owing.owed(loop.cast.zhang, loop.now.date()) if one.kind == "watch"]


@pytest.mark.broken
def test_nobody_sees_a_hit_of_which_he_may_not_read_both_ends(loop: Loop) -> None:
    petition = comes(loop)
    looked(loop)
    seen = {who: watching.hits_for(getattr(loop.cast, who)).count() for who in ("chen", "zhang", "qian")}
    for duty in petition.matter.duties.all():
        make_other(duty, is_ended=True)

    blind = watching.hits_for(loop.cast.zhang).count()

    assert (seen, blind) == ({"chen": 1, "zhang": 1, "qian": 0}, 0)


def test_only_the_office_judges(loop: Loop) -> None:
    comes(loop)
    looked(loop)
    hit = WatchHit.objects.select_related("matter").get()

    with pytest.raises(Refused):
        judge_hit(hit, "confirm", by=loop.cast.zhang, at=loop.now)
    supervisor = seat_as(Role.SUPERVISION, loop.cast.office, "督办")
    judge_hit(hit, "dismiss", by=supervisor, at=loop.now, note="另一家同名企业")

    assert (hit.state, hit.opinion) == ("unrelated", "另一家同名企业")
    assert watching.to_judge(loop.cast.chen).count() == 0


def test_a_hand_over_asks_nothing_of_the_watch(loop: Loop) -> None:
    looked(loop)
    before = Job.objects.count()

    comes(loop)

    assert (Comparison.objects.count(), Job.objects.count()) == (0, before)
    looked(loop)


def test_the_round_that_was_reopened_is_not_found_any_more(loop: Loop) -> None:
    looked(loop)
    keys = {*WatchKey.objects.values_list("key", flat=True)}
    loop.later(90)
    loop.check(loop.accepter, "回头看", "未达到")
    loop.step("rebound", loop.cast.wang, "又在排")
    comes(loop)

    assert "village:130921:倪桥" in keys
    assert looked(loop) == "比对0件，提出反弹线索0条。"


@pytest.mark.broken
def test_what_was_handed_over_and_never_compared_is_named(loop: Loop) -> None:
    petition = comes(loop)
    at_once = [*examine.findings()]
    loop.later()
    write([Comparison(matter=loop.measure.matter, compared_at=loop.now)], by=ROBOT, at=loop.now)  # of what came later

    found = [str(one) for one in examine.findings()]
    looked(loop)

    assert at_once == []
    assert found == [f"I7 {petition.matter.code}：销号以后交办的，还没有与已销号的事项比对。"]
    assert [*examine.findings()] == []
