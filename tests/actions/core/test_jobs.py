"""Jobs: one worker at a time has one, a killed one loses it, what it does is done once, what fails is not forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bihuan import wiring
from bihuan.core import clock, errands, examination, jobs, work
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.errands import Errand
from bihuan.core.jobs import Job
from bihuan.core.work import Kind, Later, Task
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access, appointing
from bihuan.organisation.models import Person
from tests.cast import CITY, NOON, ROBOT, Cast, account_of

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@action
def ask(name: str, *, by: Actor, at: datetime, lane: str = "") -> Job:
    """A deed that asks for background work."""
    appointing.add_person(f"托{name}", by=by, at=at)
    return jobs.enqueue(name, {"name": name}, due_at=at, lane=lane)


def add(task: Task) -> str:
    appointing.add_person(task.args["name"], by=task.by, at=NOON, key=task.key)
    return "添好了"


def refuse(task: Task) -> str:
    raise Refused("这件办不了。")


def later(task: Task) -> str:
    raise Later("对方没有回应。")


def broken(task: Task) -> str:
    return str(task.args["no such thing"])


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Some kinds of work for these tests; connections stay open, because the test's transaction lives in one."""
    known = {
        "add": Kind("添", add),
        "refuse": Kind("拒", refuse),
        "later": Kind("等", later),
        "broken": Kind("坏", broken),
    }
    monkeypatch.setattr("bihuan.core.work.connections.close_all", lambda: None)
    work.wire(known, wiring.who)
    yield
    work.wire(wiring.KINDS, wiring.who)


def count(name: str) -> int:
    return Person.objects.filter(name=name).count()


def test_a_job_is_there_when_its_deed_is(cast: Cast) -> None:
    job = ask("add", by=cast.chen, at=NOON)

    assert (job.person, job.appointment, job.state) == (cast.chen.person, cast.chen.appointment, jobs.WAITING)
    with pytest.raises(LookupError):
        fail_after(by=cast.chen, at=NOON)
    assert Job.objects.count() == 1


@action
def fail_after(*, by: Actor, at: datetime) -> None:
    """A deed that asks and then breaks."""
    ask("add", by=by, at=at)
    raise LookupError


def test_one_worker_at_a_time_has_a_job(cast: Cast) -> None:
    ask("add", by=cast.chen, at=NOON)

    mine = jobs.claim(NOON)

    assert mine is not None and mine.tries == 1
    assert jobs.claim(NOON + jobs.LEASE - SECOND) is None


def test_a_killed_worker_loses_its_job_within_a_minute(cast: Cast) -> None:
    ask("add", by=cast.chen, at=NOON)
    first = jobs.claim(NOON)
    assert first is not None

    second = jobs.claim(NOON + timedelta(seconds=60))

    assert second is not None and second.pk == first.pk and second.tries == 2
    assert not jobs.renew(first, NOON) and not jobs.finish(first, NOON)
    assert jobs.finish(second, NOON)


@pytest.mark.teeth("K4")
def test_a_lease_that_never_ends_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LEASE", timedelta(days=400))
    ask("add", by=cast.chen, at=NOON)

    assert jobs.claim(NOON) is not None
    assert jobs.claim(NOON + timedelta(seconds=60)) is None


def test_a_deed_of_two_workers_is_done_once(cast: Cast) -> None:
    ask("add", by=cast.chen, at=NOON)
    slow, quick = jobs.claim(NOON), jobs.claim(NOON + timedelta(minutes=2))
    assert slow is not None and quick is not None

    work.perform(quick)
    work.perform(slow)

    assert count("add") == 1
    assert Job.objects.get().state == jobs.DONE


@pytest.mark.teeth("K4")
def test_a_deed_without_the_key_is_found_to_be_done_twice(cast: Cast) -> None:
    ask("add", by=cast.chen, at=NOON)
    slow, quick = jobs.claim(NOON), jobs.claim(NOON + timedelta(minutes=2))
    assert slow is not None and quick is not None
    slow.key, quick.key = "one", "another"

    work.perform(quick)
    work.perform(slow)

    assert count("add") == 2


def test_it_is_done_as_whoever_asked(cast: Cast) -> None:
    ask("add", by=cast.chen, at=NOON)

    perform_next()

    [written] = [entry for entry in entries_of("add") if entry.action == "organisation.add_person"]
    assert (written.person, written.name, written.appointment) == (cast.chen.person, "陈科", cast.chen.appointment)


def entries_of(name: str) -> list[object]:
    from bihuan.core.audit import Entry

    return [*Entry.objects.filter(table="person", row=Person.objects.get(name=name).pk)]


def perform_next(at: datetime = NOON) -> Job:
    job = jobs.claim(at)
    assert job is not None
    work.perform(job)
    job.refresh_from_db()
    return job


def test_who_lost_the_right_meanwhile_does_nothing(cast: Cast) -> None:
    ask("add", by=cast.chen, at=NOON)
    access.switch_account(account_of(cast.chen), is_active=False, note="离职", by=ROBOT, at=NOON)

    job = perform_next()

    assert (job.state, job.fault, count("add")) == (jobs.DEAD, "交办人的账号已停用，没有替他办。", 0)
    assert [str(one) for one in errands.failed(CITY)] == ["add 系统:添"]


def test_who_left_the_post_meanwhile_does_nothing(cast: Cast) -> None:
    job = ask("add", by=cast.chen, at=NOON)
    Job.objects.filter(pk=job.pk).update(appointment=cast.wang.appointment)

    assert perform_next().fault == "交办人已不任当时的职务，没有替他办。"


def test_a_lane_keeps_its_order(cast: Cast) -> None:
    first, second = (ask("add", by=cast.chen, at=NOON, lane="one") for _ in range(2))
    other = ask("add", by=cast.chen, at=NOON, lane="two")

    taken = [jobs.claim(NOON), jobs.claim(NOON), jobs.claim(NOON)]

    assert [job and job.pk for job in taken] == [first.pk, other.pk, None]
    assert taken[0] is not None and jobs.put_back(taken[0], NOON, "对方没有回应。")
    assert jobs.claim(NOON) is None  # the second waits for the first, which waits
    again = jobs.claim(NOON + timedelta(seconds=5))
    assert again is not None and again.pk == first.pk and jobs.finish(again, NOON)
    after = jobs.claim(NOON)
    assert after is not None and after.pk == second.pk


def test_what_cannot_be_done_is_left_to_somebody_who_tries_again(cast: Cast) -> None:
    ask("refuse", by=cast.chen, at=NOON)
    perform_next()
    [errand] = errands.failed(CITY)
    assert (errand.reason, errand.says) == ("这件办不了。", "未办成")

    errands.try_again(errand, by=cast.wang, at=NOON)
    assert errands.failed(CITY).count() == 0
    work.KINDS["refuse"] = Kind("添", add)
    job = perform_next(clock.machine_now())

    errand.refresh_from_db()
    assert (job.errand, errand.state, errand.reason) == (errand.pk, errands.DONE, "添好了")
    with pytest.raises(Refused, match="办好了"):
        errands.try_again(errand, by=cast.wang, at=NOON)


def test_what_is_let_go_says_why(cast: Cast) -> None:
    ask("refuse", by=cast.chen, at=NOON)
    perform_next()
    [errand] = errands.failed(CITY)

    with pytest.raises(Refused, match="为什么"):
        errands.drop(errand, by=cast.wang, at=NOON, note=" ")
    errands.drop(errand, by=cast.wang, at=NOON, note="已当面办过")

    assert (errand.says, errand.settled_by) == ("不办了", "王主任")


@pytest.mark.parametrize(("name", "why"), [("later", "对方没有回应。"), ("broken", "程序出错：KeyError。")])
def test_what_fails_is_tried_later_and_then_asked_about(cast: Cast, name: str, why: str) -> None:
    ask(name, by=cast.chen, at=clock.machine_now())

    job = perform_next(clock.machine_now())
    assert (job.state, job.fault) == (jobs.WAITING, why)
    assert timedelta(0) < job.due_at - clock.machine_now() <= jobs.WAITS[0]

    Job.objects.filter(pk=job.pk).update(asked_at=NOON)
    assert perform_next(job.due_at).state == jobs.DEAD
    assert [one.reason for one in errands.failed(CITY)] == [why]


def test_an_unknown_kind_is_left_to_somebody(cast: Cast) -> None:
    ask("nothing known", by=cast.chen, at=NOON)

    assert perform_next().fault == "这个版本的程序不认识这种任务。"


def test_an_errand_is_asked_for_once_at_a_time(cast: Cast) -> None:
    errand = errands.ask("add", {"name": "李某"}, by=cast.chen, at=NOON)

    with pytest.raises(Refused, match="正在办"):
        errands.ask("add", {"name": "李某"}, by=cast.chen, at=NOON)
    perform_next(clock.machine_now())

    errand = Errand.objects.get(pk=errand.pk)
    assert (errand.asked_by, errand.says, errand.reason) == ("陈科", "办好了", "添好了")


@pytest.mark.parametrize("jump", [timedelta(days=-3), timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_jumps_leaves_no_job_behind(cast: Cast, jump: timedelta) -> None:
    ask("add", by=cast.chen, at=NOON)
    ask("later", by=cast.chen, at=NOON)
    held, put = jobs.claim(NOON), jobs.claim(NOON)
    assert held is not None and put is not None
    jobs.put_back(put, NOON, "对方没有回应。")
    then = NOON + jump

    assert {job.pk for job in (jobs.claim(then), jobs.claim(then)) if job} == {held.pk, put.pk}


def test_old_jobs_are_forgotten_and_waiting_ones_are_not(cast: Cast) -> None:
    for _ in range(2):
        ask("add", by=cast.chen, at=NOON)
    done = jobs.claim(NOON)
    assert done is not None and jobs.finish(done, NOON)

    assert jobs.sweep(NOON + jobs.KEPT_FOR) == 0
    assert jobs.sweep(NOON + jobs.KEPT_FOR + SECOND) == 1
    assert Job.objects.get().state == jobs.WAITING


@pytest.mark.broken
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "dead"}, "没有办成，却没有留下原因。"),
        ({"state": "odd"}, "状态不是该有的值。"),
        ({"due_at": NOON - timedelta(days=2)}, "早该办了，一天多没有人办。"),
    ],
)
def test_a_job_that_nobody_answers_for_is_found(cast: Cast, change: dict[str, object], said: str) -> None:
    job = ask("add", by=cast.chen, at=NOON)
    assert [*examination.jobs_answered_for()] == []

    Job.objects.filter(pk=job.pk).update(**change)

    assert [str(one) for one in examination.jobs_answered_for()] == [f"I12 后台任务 {job.pk} add：{said}"]


def test_a_copy_that_lay_for_a_year_has_no_late_jobs(cast: Cast) -> None:
    ask("add", by=cast.chen, at=NOON)

    assert [*examination.jobs_answered_for()] == []
