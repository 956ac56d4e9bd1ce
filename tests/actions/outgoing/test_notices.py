"""K17: who is down for a day loses no notice and gets them in their order; what did not happen is told to nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from bihuan.core import clock, errands, jobs, moving, vault, work
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.jobs import Job
from bihuan.lib.flow import Refused
from bihuan.outgoing import actions, announcing, line, queries, rules, sending
from bihuan.outgoing.models import Receiver as Listed
from bihuan.petitions import actions as petitions
from bihuan.petitions.models import Petition
from bihuan.rectification.actions.handing_over import move_problem
from tests.cast import NOON, Cast
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem
from tests.receiver import Receiver, listening

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture(autouse=True)
def _here(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is allowed, and connections stay open, because the test's transaction lives in one."""
    settings.LOOPBACK_RECEIVERS = True
    monkeypatch.setattr("bihuan.core.work.connections.close_all", lambda: None)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as server:
        yield server


def listed(receiver: Receiver, cast: Cast, url: str = "") -> Listed:
    row = actions.add_receiver("市大数据局", url or receiver.url, vault.Secret(SECRET), by=cast.chen, at=NOON)
    actions.confirm_receiver(row, by=cast.wang, at=NOON)
    return row


def work_off(at: datetime) -> int:
    """Do everything that is due at a moment, as a worker whose clock shows it; how many jobs."""
    count = 0
    with time_machine.travel(at, tick=False):
        while job := jobs.claim(at):
            work.perform(job)
            count += 1
    return count


def problems(cast: Cast, count: int) -> list[Any]:
    plan = make_plan(make_inspection(cast), cast.party)
    made = [make_problem(cast, number, plan=plan, lead=cast.water) for number in range(1, count + 1)]
    for one in made:
        make_measure(one)
    return made


def steps(receiver: Receiver) -> list[str]:
    return [f"{one['data']['code']} {one['type']}" for one in receiver.taken if one["data"]["code"]]


def test_nobody_is_told_anything_unless_listed_and_confirmed(cast: Cast, receiver: Receiver) -> None:
    [one, two] = problems(cast, 2)
    move_problem(one, "issue", by=cast.chen, at=NOON)
    row = actions.add_receiver("市大数据局", receiver.url, vault.Secret(SECRET), by=cast.chen, at=NOON)
    move_problem(two, "issue", by=cast.chen, at=NOON)

    assert (Job.objects.count(), row.says) == (0, "待确认")


def test_a_step_is_told_in_codes_alone_and_signed(cast: Cast, receiver: Receiver) -> None:
    [problem] = problems(cast, 1)
    listed(receiver, cast)
    move_problem(problem, "issue", by=cast.chen, at=NOON, note="张某某反映的")

    assert work_off(clock.machine_now()) == 2

    headers, body = receiver.came[-1]
    notice = receiver.taken[-1]
    assert notice == {
        "id": headers["webhook-id"],
        "type": "problem.issue",
        "timestamp": "2022-07-04T04:00:00.000000+00:00",
        "data": {"kind": "problem", "step": "issue", "code": "HE2-P001", "state": "issued", "city": "130900"},
    }
    stamp = int(headers["webhook-timestamp"])
    assert headers["webhook-signature"] == rules.signature(SECRET, notice["id"], stamp, body)
    assert abs(stamp - clock.machine_now().timestamp()) < 60


def test_a_step_that_opens_a_round_tells_where_the_matter_stands_now(cast: Cast, receiver: Receiver) -> None:
    petition = make_petition(cast, make_batch(make_inspection(cast)))
    petitions.move_petition(petition, "transfer", by=cast.chen, at=NOON, note="不属本市")
    listed(receiver, cast)
    petitions.move_petition(Petition.objects.get(), "rework", by=cast.chen, at=NOON, note="上级退回")

    work_off(clock.machine_now())

    told = receiver.taken[-1]
    assert (told["type"], told["data"]["state"]) == ("petition.rework", "in_tray")


def test_a_step_that_was_undone_is_not_told(cast: Cast, receiver: Receiver) -> None:
    [problem] = problems(cast, 1)
    listed(receiver, cast)
    work_off(clock.machine_now())

    with pytest.raises(LookupError):
        issue_and_break(problem, by=cast.chen, at=NOON)

    assert (work_off(clock.machine_now()), steps(receiver)) == (0, [])


@action
def issue_and_break(problem: Any, *, by: Actor, at: datetime) -> None:
    """A deed that breaks after its step."""
    move_problem(problem, "issue", by=by, at=at)
    raise LookupError


def missing(told: list[str], receiver: Receiver) -> list[str]:
    """What happened and did not arrive, in its order."""
    return [one for one in told if one not in steps(receiver)]


def day_without(receiver: Receiver, cast: Cast, begun: datetime) -> list[str]:
    """A day on which the receiver takes nothing and twelve steps are taken; what should arrive."""
    receiver.status = 503
    rows, told = problems(cast, 12), []
    for hour in range(24):
        if hour % 2 == 0:
            with time_machine.travel(begun + timedelta(hours=hour), tick=False):
                row = rows[hour // 2]
                move_problem(row, "issue", by=cast.chen, at=NOON)
                told.append(f"{row.matter.code} problem.issue")
        for quarter in range(4):
            work_off(begun + timedelta(hours=hour, minutes=15 * quarter))
    receiver.status = 204
    return told


@pytest.mark.promise("K17")
def test_a_receiver_that_was_down_for_a_day_gets_all_in_their_order(cast: Cast, receiver: Receiver) -> None:
    listed(receiver, cast)
    begun = clock.machine_now() + timedelta(minutes=1)

    told = day_without(receiver, cast, begun)
    assert (steps(receiver), errands.failed("130900").count()) == ([], 0)
    for quarter in range(15):
        work_off(begun + timedelta(hours=24, minutes=15 * quarter))

    assert steps(receiver) == told
    assert missing(told, receiver) == []


@pytest.mark.teeth("K17")
def test_a_notice_sent_inside_the_deed_would_be_lost(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = listed(receiver, cast)

    def at_once(flow: str, step: str, about: Any) -> None:
        """The planted defect."""
        try:
            sending.send(row.url, "x", 1, "v1,x", b'{"type": "x", "data": {"code": ""}}')
        except sending.Unsent:
            return

    monkeypatch.setattr(moving, "EVERY", [at_once])
    begun = clock.machine_now() + timedelta(minutes=1)
    told = day_without(receiver, cast, begun)
    work_off(begun + timedelta(hours=25))

    assert missing(told, receiver) == told


def test_what_was_given_up_is_seen_and_sent_again(cast: Cast, receiver: Receiver) -> None:
    row = listed(receiver, cast)
    [problem] = problems(cast, 1)
    work_off(clock.machine_now())
    receiver.status = 500
    move_problem(problem, "issue", by=cast.chen, at=NOON)
    begun = clock.machine_now()

    work_off(begun)
    assert queries.standing_of(row).waiting == 1
    work_off(begun + timedelta(hours=73))
    assert (queries.standing_of(row).waiting, queries.standing_of(row).failed) == (0, 1)
    assert [one.reason for one in errands.failed("130900")] == ["对方没有收，答的是500。"]

    receiver.status = 204
    assert actions.send_again(row, by=cast.wang, at=NOON) == 1
    work_off(clock.machine_now())
    assert (steps(receiver), queries.standing_of(row).failed) == (["HE2-P001 problem.issue"], 0)
    assert {one[0]["webhook-id"] for one in receiver.came[1:]} == {receiver.taken[-1]["id"]}


@pytest.mark.parametrize("where", ["http://127.0.0.1:1/", "http://10.1.2.3/"])
def test_a_receiver_that_leads_elsewhere_is_not_followed(cast: Cast, receiver: Receiver, where: str) -> None:
    listed(receiver, cast)
    receiver.status, receiver.location = 307, where

    work_off(clock.machine_now())

    assert Job.objects.get().fault == "对方要转到别处，不跟着去。"


def test_a_receiver_that_never_comes_to_its_answer_is_not_waited_for(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.2)
    receiver.stalls = 0.1

    begun = perf_counter()
    with pytest.raises(sending.Unsent, match="没有按时回答"):
        sending.send(receiver.url, "1", 1, "v1,x", b"{}")
    assert perf_counter() - begun < 8


def test_a_name_that_stands_for_this_machine_is_not_connected_to(settings: LazySettings, receiver: Receiver) -> None:
    settings.LOOPBACK_RECEIVERS = False
    target = rules.Target("http", "localhost", receiver.server_port, "/")  # as any name that leads here

    with pytest.raises(line.Unreached, match="本机"), line.connected(target, sending.refusal_of, 1):
        pass
    assert receiver.came == []


def test_the_machines_own_address_is_refused_under_any_name() -> None:
    assert sending._is_own("127.0.0.1")
    assert not sending._is_own("203.0.113.7")


def test_a_stopped_receiver_is_sent_nothing(cast: Cast, receiver: Receiver) -> None:
    row = listed(receiver, cast)
    with pytest.raises(Refused, match="理由"):
        actions.stop_receiver(row, by=cast.chen, at=NOON, note="")
    actions.stop_receiver(row, by=cast.chen, at=NOON, note="系统下线")

    work_off(clock.machine_now())

    assert (receiver.came, Job.objects.get().fault) == ([], "接收方已停用，没有送。")


def test_whoever_listed_a_receiver_cannot_confirm_it(cast: Cast) -> None:
    row = actions.add_receiver("市大数据局", "https://oa.example/x", vault.Secret(SECRET), by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="不能自己确认"):
        actions.confirm_receiver(row, by=cast.chen, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Listed.objects.filter(pk=row.pk).update(confirmed_by=cast.chen.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Listed.objects.filter(pk=row.pk).update(state="on")
    with pytest.raises(Refused, match="登记过"):
        actions.add_receiver("再登记", row.url, vault.Secret(SECRET), by=cast.wang, at=NOON)
    assert SECRET not in row.secret and queries.secret_of(row) == SECRET


def test_the_notice_kind_is_wired() -> None:
    assert announcing.KIND in work.KINDS
