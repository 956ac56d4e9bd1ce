"""Letting a missing proof pass by name: who may, what may, what it opens and what stays as it is."""

from datetime import date
from typing import Any

import pytest

from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import exemptions as actions
from bihuan.rectification.models import Exemption
from bihuan.rectification.papers.dossier import book_of
from bihuan.rectification.queries import dossier, exemptions, package
from bihuan.rectification.queries.facts import ProblemFacts
from bihuan.rectification.rules import exemptions as rules
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.kept import leads_up
from tests.loop import Loop, make_loop
from tests.makers import write

WHY = "走访记录随县里档案室进水损毁，县政府已出具说明。"


def let_pass(loop: Loop, what: str, by: Any, reason: str = WHY) -> Exemption:
    return actions.exempt(loop.fresh(), what, reason, by=by, at=loop.now)


@pytest.fixture
@leads_up
def loop(cast: Cast) -> Loop:
    """A claim at the accepting unit, which lacks 群众走访记录 and whose last condition is not met."""
    made = make_loop(cast)
    made.to_verifying()
    made.check(made.accepter)
    made.answer(no="cured")
    made.prove("acceptance", by=made.accepter, without="visits")
    return made


def test_a_leader_lets_one_item_and_one_condition_pass_and_it_stands_for_ever(cast: Cast, loop: Loop) -> None:
    with pytest.raises(Refused, match="验收条件有1条不符合"):
        loop.step("accept", loop.accepter, "同意")
    let_pass(loop, "cured", loop.group, "机制由市里另行建立。")
    with pytest.raises(Refused, match="验收材料还缺：群众走访记录"):
        loop.step("accept", loop.accepter, "同意")
    let_pass(loop, "visits", cast.wang)

    loop.step("accept", loop.accepter, "同意")

    book = book_of(dossier.whole_of(loop.fresh(), cast.wang, day_of(loop.now)), (), "沧州市")
    assert [one.partition("，")[0] for one in book.notes[:2]] == [
        "破例放行：“从源头解决",
        "破例放行：“群众走访记录”",
    ]
    assert [(one.name, one.what) for one in exemptions.register(cast.chen)] == [("王主任", "visits"), ("蒋长", "cured")]
    assert sorted(exemptions.by_leader([*exemptions.register(cast.chen)])) == [("王主任", 1), ("蒋长", 1)]
    assert not exemptions.register(loop.publicity).exclude(matter=loop.problem.matter).exists()
    assert ProblemFacts(loop.problem, day_of(loop.now)).standings[-3].is_there is False  # it is not made true
    assert Entry.objects.filter(table="exemption", kind="create", about=loop.problem.matter.code).count() == 2


def test_a_passed_item_is_among_what_the_leading_group_signs(cast: Cast, loop: Loop) -> None:
    before = package.whole(loop.fresh())
    let_pass(loop, "visits", cast.wang)

    assert {one.label for key, one in package.whole(loop.fresh()).items() if key not in before} == {
        "破例放行“群众走访记录”"
    }


@pytest.mark.parametrize("what", ["self_check", "panel", "notice_proof", "carried_out", "effective"])
def test_what_protects_the_others_is_let_pass_by_nobody(cast: Cast, loop: Loop, what: str) -> None:
    with pytest.raises(Refused, match="谁也不能放行"):
        let_pass(loop, what, cast.wang)


def test_who_may_not_and_what_is_not_missing(cast: Cast, loop: Loop) -> None:
    for by in (loop.accepter, loop.head, loop.county, cast.chen, loop.publicity):
        with pytest.raises(Refused, match="只有领导小组成员或市整改办主任"):
            let_pass(loop, "visits", by)
    with pytest.raises(Refused, match="请写明为什么破例放行"):
        let_pass(loop, "visits", cast.wang, " ")
    with pytest.raises(Refused, match="没有这一项"):
        let_pass(loop, "none", cast.wang)
    with pytest.raises(Refused, match="没有缺，或已经放行过"):
        let_pass(loop, "system", cast.wang)
    let_pass(loop, "visits", cast.wang)
    with pytest.raises(Refused, match="没有缺，或已经放行过"):
        let_pass(loop, "visits", loop.group)


def test_a_hand_of_the_chain_lets_nothing_pass(cast: Cast, loop: Loop) -> None:
    post = appointing.add_post(cast.office, "副主任", by=ROBOT, at=NOON)
    seat = Appointment(person_id=loop.county.person, post=post, role=Role.OFFICE_HEAD, starts_on=date(2022, 1, 1))
    write([seat], by=ROBOT, at=NOON)
    both = scope.actor_for(account_of(loop.county), day_of(loop.now))

    with pytest.raises(Refused, match="这件事的县级审核是您办的"):
        let_pass(loop, "visits", both)


def test_an_exemption_is_of_its_round_and_before_the_consent(cast: Cast, loop: Loop) -> None:
    let_pass(loop, "visits", cast.wang)
    let_pass(loop, "cured", cast.wang)
    loop.step("accept", loop.accepter, "同意")
    loop.publish()
    loop.over()
    loop.step("close_notice", cast.chen)
    loop.prove("sign_off", by=loop.publicity)
    loop.step("ask_consent", cast.chen)

    with pytest.raises(Refused, match="现在不在整改、验收、公示中"):
        let_pass(loop, "minutes", cast.wang)
    loop.step("consent", loop.group, "同意销号")
    loop.step("sign_off", cast.wang, "销号")
    assert Exemption.objects.count() == 2


def test_everything_that_may_pass_is_an_item_or_a_condition_and_most_are() -> None:
    assert set(rules.PASSABLE) == set(rules.LABELS) - rules.NEVER_ITEMS - rules.NEVER_CONDITIONS
    assert set(rules.LABELS) >= rules.NEVER_ITEMS | rules.NEVER_CONDITIONS
