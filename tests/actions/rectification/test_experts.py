"""Experts for an acceptance: who is asked, what he reads, his one opinion, and the conclusion that waits for it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry, Overtaken
from bihuan.core.clock import day_of
from bihuan.core.outbox import Message
from bihuan.gate import owing
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.models import Appointment, Post
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import experts as actions
from bihuan.rectification.models import ExpertInvitation, ExpertOpinion
from bihuan.rectification.papers.dossier import book_of
from bihuan.rectification.queries import dossier, experts, sight
from tests.cast import NOON, ROBOT, Cast, seat_as
from tests.loop import DAY, Loop, make_loop
from tests.makers import make_other, write

WEEK = 7 * DAY


def expert(cast: Cast, name: str = "钱专") -> Actor:
    """An expert on the office's list."""
    return seat_as(Role.ACCEPTANCE_EXPERT, cast.office, name)


def invite(loop: Loop, who: Actor, by: Actor | None = None, **more: Any) -> ExpertInvitation:
    """Ask an expert for a week."""
    until = more.pop("until", day_of(loop.now) + WEEK)
    assert who.person is not None
    return actions.invite_expert(loop.fresh(), who.person, until, by=by or loop.accepter, at=loop.now, **more)


def judge(loop: Loop, who: Actor, verdict: str = "同意", words: str = "看过现场照片和监测报告。") -> ExpertOpinion:
    """Let an expert read the package and give his opinion on it."""
    read = experts.package_for(who, loop.problem.matter.code, day_of(loop.now))
    assert read is not None
    return actions.give_opinion(read.invitation, verdict, words, read.digest, by=who, at=loop.now)


def read_by(loop: Loop, who: Actor) -> Any:
    return experts.package_for(who, loop.problem.matter.code, day_of(loop.now))


def told_to(loop: Loop, who: Actor) -> list[tuple[str, bool]]:
    return [(one.row.name, one.is_told) for one in experts.asked(loop.fresh(), who)]


def test_an_expert_reads_the_package_and_judges_it_before_the_conclusion(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_seen()

    invitation = invite(loop, who, asked="请看封填工艺")

    assert [(one.act, one.code, one.due_on) for one in owing.owed(who, day_of(loop.now))] == [
        ("提意见", loop.problem.matter.code, invitation.until)
    ]
    assert not sight.problems_seen(who).exists()
    assert [one.proves for one in read_by(loop, who).files if one.proves in ("visits", "panel")] == []
    with pytest.raises(Refused, match="请了专家还没有意见：钱专"):
        loop.step("accept", loop.accepter, "同意")

    given = judge(loop, who, "有条件同意", "补做一次井口渗漏检测。")
    loop.step("accept", loop.accepter, "同意")

    assert owing.owed(who, day_of(loop.now)) == []
    assert read_by(loop, who) is None  # the conclusion shuts the package
    assert given.invitation.name == "钱专"
    assert Message.objects.filter(person_id=loop.accepter.person, text__contains="钱专已为").count() == 1
    assert Entry.objects.filter(about=loop.problem.matter.code, table="expertopinion", kind="create").count() == 1


def test_the_conclusion_goes_on_without_an_expert_for_a_recorded_reason(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_seen()
    invitation = invite(loop, who)

    with pytest.raises(Refused, match="请写明为什么不等"):
        actions.go_without(invitation, by=loop.accepter, at=loop.now, note=" ")
    actions.go_without(invitation, by=loop.accepter, at=loop.now, note="专家出差，另两位已有意见。")
    loop.step("accept", loop.accepter, "同意")

    assert read_by(loop, who) is None
    book = book_of(dossier.whole_of(loop.fresh(), cast.wang, day_of(loop.now)), (), "沧州市")
    assert "请了专家钱专，没有等他的意见：专家出差，另两位已有意见。" in book.notes


def test_the_gate_has_teeth(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the condition to hold always, the conclusion would not wait."""
    loop, who = make_loop(cast), expert(cast)
    loop.to_seen()
    invite(loop, who)

    monkeypatch.setattr(experts, "waited_for", lambda _: ())
    loop.step("accept", loop.accepter, "同意")

    assert loop.fresh().matter.state == "accepted"


def test_nobody_reads_another_opinion_before_he_gave_his_own(cast: Cast) -> None:
    loop, first, second = make_loop(cast), expert(cast), expert(cast, "李专")
    loop.to_verifying()
    invite(loop, first)
    invite(loop, second)
    judge(loop, first, "不同意", "井口没有封死。")

    before = experts.asked_beside(read_by(loop, second))
    judge(loop, second)
    after = experts.asked_beside(read_by(loop, second))

    assert [(one.row.name, one.is_told) for one in before] == [("钱专", False)]
    assert [(one.row.name, one.is_told) for one in after] == [("钱专", True)]
    assert told_to(loop, loop.accepter) == [("钱专", True), ("李专", True)]
    assert told_to(loop, cast.chen) == [("钱专", True), ("李专", True)]
    assert told_to(loop, loop.doer) == [("钱专", False), ("李专", False)]  # the unit: after the conclusion


def test_an_opinion_is_marked_when_the_package_was_changed_after_it(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_verifying()
    invite(loop, who)
    judge(loop, who)
    loop.prove("acceptance", by=loop.accepter)  # what the acceptance adds itself is no change of the package
    assert [one.changes for one in experts.asked(loop.fresh(), loop.accepter)] == [()]
    with pytest.raises(Refused, match="已经给过意见，材料以后没有改动"):
        invite(loop, who)

    loop.check(loop.accepter)

    [told] = experts.asked(loop.fresh(), loop.accepter)
    assert [one.what for one in told.changes] == ["新增", "新增"]
    assert invite(loop, who).pk != told.row.pk


def test_an_opinion_is_given_once_and_on_what_was_read(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_verifying()
    invitation = invite(loop, who)
    read = read_by(loop, who)
    told = {"by": who, "at": loop.now}

    with pytest.raises(Refused, match="请选一个结论"):
        actions.give_opinion(invitation, "再议", "看过。", read.digest, **told)
    with pytest.raises(Refused, match="请写明条件是什么"):
        actions.give_opinion(invitation, "有条件同意", " ", read.digest, **told)
    loop.check(loop.accepter)
    with pytest.raises(Overtaken, match="您打开以后材料有改动"):
        actions.give_opinion(invitation, "同意", "看过。", read.digest, **told)
    judge(loop, who)
    with pytest.raises(Refused, match="您已经给过意见"):
        judge(loop, who)


def test_access_ends_with_the_last_day_and_with_the_post(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_verifying()
    today = day_of(loop.now)
    invite(loop, who, until=today + DAY)
    code = loop.problem.matter.code

    assert experts.package_for(who, code, today + DAY) is not None
    assert experts.package_for(who, code, today + 2 * DAY) is None
    assert experts.package_for(expert(cast, "李专"), code, today) is None
    assert experts.package_for(loop.accepter, code, today) is None
    assert experts.waited_for(loop.fresh()) == (f"钱专（到{today + DAY}）",)  # and the acceptance says why it goes on


def test_a_return_takes_back_what_waits_and_keeps_what_was_said(cast: Cast) -> None:
    loop, silent, heard = make_loop(cast), expert(cast), expert(cast, "李专")
    loop.to_verifying()
    invite(loop, silent)
    invite(loop, heard)
    judge(loop, heard, "不同意", "井口没有封死。")

    loop.step("return", loop.accepter, "补封三眼井")

    assert [(one.name, one.is_ended, one.unheard) for one in experts.invitations_of(loop.problem.matter)] == [
        ("钱专", True, "补封三眼井"),
        ("李专", False, ""),
    ]
    assert read_by(loop, heard) is None


def test_who_may_be_asked_costs_the_same_for_one_expert_and_for_three(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_verifying()

    def asked() -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as queries:
            found = experts.candidates(loop.fresh(), day_of(loop.now))
        return [one.name for one in found if not one.refusal], len(queries)

    first = expert(cast)
    one = asked()
    expert(cast, "李专"), expert(cast, "孙专")
    post = appointing.add_post(cast.neighbour, "兼职专家", by=ROBOT, at=NOON)
    again = Appointment(person_id=first.person, post=post, role=Role.ACCEPTANCE_EXPERT, starts_on=date(2022, 1, 1))
    write([again], by=ROBOT, at=NOON)

    assert (one[0], sorted(asked()[0])) == (["钱专"], ["孙专", "李专", "钱专"])
    assert asked()[1] == one[1]


def test_a_message_to_an_expert_is_masked_before_it_is_cut(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_verifying()
    problem = loop.fresh()
    problem.title = "井" * (actions.TOLD - 5) + "13833334444"
    assert who.person is not None

    actions.invite_expert(problem, who.person, day_of(loop.now) + WEEK, by=loop.accepter, at=loop.now)

    [message] = Message.objects.filter(person_id=who.person)
    assert "井138**”" in message.text


@pytest.mark.parametrize("held", ["now", "lately", "below"])
def test_who_is_or_was_of_a_unit_of_the_case_stands_aside(cast: Cast, held: str) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_verifying()
    today = day_of(loop.now)
    unit = cast.water
    if held == "below":
        unit = organising.add_unit("水务局河道所", "部门", cast.water.region, by=ROBOT, at=NOON, parent=cast.water)
    post = appointing.add_post(unit, "原科长", by=ROBOT, at=NOON)
    since, until = date(2015, 1, 1), None if held != "lately" else today.replace(year=today.year - 3)
    seat = Appointment(person_id=who.person, post=post, role=Role.REPORTER, starts_on=since, ends_on=until)
    write([seat], by=ROBOT, at=NOON)

    with pytest.raises(Refused, match="应当回避") as refusal:
        invite(loop, who)
    assert str(unit) in str(refusal.value)

    make_other(seat, ends_on=today.replace(year=today.year - 3) - DAY)
    assert invite(loop, who).name == "钱专"


def test_a_post_taken_later_in_a_unit_of_the_case_shuts_the_package(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_verifying()
    invite(loop, who)
    assert read_by(loop, who) is not None

    post = Post.objects.filter(unit=cast.water).first()
    write([Appointment(person_id=who.person, post=post, role=Role.REPORTER, starts_on=NOON.date())], by=ROBOT, at=NOON)

    assert read_by(loop, who) is None


def test_who_had_a_hand_in_the_matter_or_reads_it_anyway_is_no_expert_of_it(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_verifying()
    unit = organising.add_unit("专家库", "其他", cast.party.region, by=ROBOT, at=NOON)
    post = appointing.add_post(unit, "专家", by=ROBOT, at=NOON)
    for one in (loop.county, cast.chen):
        seat = Appointment(person_id=one.person, post=post, role=Role.ACCEPTANCE_EXPERT, starts_on=date(2022, 1, 1))
        write([seat], by=ROBOT, at=NOON)

    with pytest.raises(Refused, match="办过这件事的县级审核"):
        invite(loop, loop.county)
    with pytest.raises(Refused, match="本来就能看这件事"):
        invite(loop, cast.chen)


def test_who_may_not_ask_and_what_may_not_be_asked(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_proven()
    with pytest.raises(Refused, match="申请验收以后"):
        invite(loop, who, cast.wang)
    loop.step("claim_done", loop.head, "自查合格")

    for by in (loop.doer, loop.county, cast.chen, loop.publicity):
        with pytest.raises(Refused, match="只有验收单位、整改督办组或主任"):
            invite(loop, who, by)
    with pytest.raises(Refused, match="这个人现在不是验收专家"):
        invite(loop, loop.head)
    for until in (day_of(loop.now) - DAY, day_of(loop.now) + 61 * DAY):
        with pytest.raises(Refused, match="截止日期应在今天到"):
            invite(loop, who, until=until)
    invite(loop, who, cast.wang)
    with pytest.raises(Refused, match="已经请过，还没有意见"):
        invite(loop, who)


def test_an_opinion_and_its_invitation_come_whole_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_verifying()
    invite(loop, who)
    before = Entry.objects.count()

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions.outbox, "tell", fail)
    with pytest.raises(RuntimeError):
        judge(loop, who)

    assert Entry.objects.count() == before
    assert not ExpertOpinion.objects.exists()


def test_an_expert_takes_no_step_of_the_chain_afterwards(cast: Cast) -> None:
    loop, who = make_loop(cast), expert(cast)
    loop.to_seen()
    invite(loop, who)
    judge(loop, who)
    post = appointing.add_post(loop.ecology, "验收二科", by=ROBOT, at=NOON)
    seat = Appointment(person_id=who.person, post=post, role=Role.ACCEPTANCE_CLERK, starts_on=date(2022, 1, 1))
    write([seat], by=ROBOT, at=NOON)
    now = Actor(who.person, who.name, who.city, scope.held_by(who.person or 0, who.city, day_of(loop.now)))

    with pytest.raises(Refused, match="您作为专家为这件事提过意见"):
        loop.step("accept", now, "同意")
