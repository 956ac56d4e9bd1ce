"""The worker: takes what is due, does it as whoever asked for it, keeps its lease meanwhile, and asks for what comes
again. Hides threads, leases and what becomes of a failure. What each job does is listed in `wiring.py`.
"""

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, connections

from bihuan.core import audit, clock, errands, jobs, timetable
from bihuan.core.action import Repeated
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.lib.slots import Slots

LOOKS_EVERY = 1.0  # seconds
RENEWS_EVERY = 5.0
THREADS = 2
log = logging.getLogger(__name__)


class Later(Exception):  # noqa: N818 -- reads as a sentence
    """It cannot be done now and is tried again; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a job is given: its arguments, who it runs as, the moment, and the key for the deed that it does."""

    args: Mapping[str, Any]
    by: Actor
    at: datetime
    key: str

    def deed(self) -> dict[str, Any]:
        """Who does it, when it is now, and the key: what every action takes."""
        return {"by": self.by, "at": clock.now(), "key": self.key}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: what people call it, what does it (and says in a line what came of it), when it comes again.

    `patience`: for how long it is tried before somebody is asked. `as_system`: it tells or tends what is there already,
    so that it needs no right of whoever caused it.
    """

    label: str
    do: Callable[[Task], str]
    slots: Slots | None = None
    patience: timedelta = timedelta(hours=1)
    as_system: bool = False


Who = Callable[[jobs.Job, datetime], Actor]
KINDS: dict[str, Kind] = {}
_who: list[Who] = []


def wire(kinds: Mapping[str, Kind], who: Who) -> None:
    """Take in what each job does, and how to find its actor as he stands now. Called once, at start.

    `who` refuses with `Refused` where the person may act no more.
    """
    KINDS.clear()
    KINDS.update(kinds)
    _who[:] = [who]


def loop(is_stopped: Callable[[], bool]) -> None:
    """Work until stopped. A database that is away or busy is waited for."""
    with ThreadPoolExecutor(THREADS) as pool:
        crew = Crew(pool)
        while not is_stopped():
            try:
                crew.turn()
            except DatabaseError as fault:
                log.warning("worker waits for the database: %s", type(fault).__name__)
                connections.close_all()
                time.sleep(LOOKS_EVERY)


class Crew:
    """The jobs that this worker has under way, each in a thread of its own."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool = pool
        self.running: dict[Future[None], jobs.Job] = {}
        self.renewed = self.noted = float("-inf")

    def turn(self) -> None:
        """Once round: renew, ask for what has come due, take jobs for the threads that are free."""
        close_old_connections()
        self._keep_leases()
        self._note_alive()
        while len(self.running) < THREADS and (job := jobs.claim(clock.machine_now(), but=self._kinds())):
            self.running[self.pool.submit(perform, job)] = job
        ended = wait(self.running, timeout=LOOKS_EVERY, return_when="FIRST_COMPLETED").done if self.running else set()
        for future in ended:
            del self.running[future]
            if fault := future.exception():
                log.warning("a job was left to its lease: %s", type(fault).__name__)
        if not self.running and not ended:
            time.sleep(LOOKS_EVERY)

    def _kinds(self) -> frozenset[str]:
        """The kinds under way: each once at a time, so that a slow receiver holds up no backup."""
        return frozenset(job.name for job in self.running.values())

    def _keep_leases(self) -> None:
        if time.monotonic() - self.renewed < RENEWS_EVERY:
            return
        self.renewed = time.monotonic()
        for job in self.running.values():
            jobs.renew(job, clock.machine_now())

    def _note_alive(self) -> None:
        if time.monotonic() - self.noted < RENEWS_EVERY:
            return
        self.noted, at = time.monotonic(), clock.machine_now()
        timetable.note_alive(at)
        timetable.ask_due(
            {name: kind.slots for name, kind in KINDS.items() if kind.slots}, at, city=audit.newest_city()
        )


def perform(job: jobs.Job) -> None:
    """Do one claimed job and note what came of it: done, tried again later, or left to somebody's decision."""
    try:
        kind = KINDS.get(job.name)
        if kind is None:
            _fail(job, "这个版本的程序不认识这种任务。")
            return
        _do(kind, job)
    finally:
        connections.close_all()


def _do(kind: Kind, job: jobs.Job) -> None:
    at = clock.now()
    try:
        by = Actor.system(kind.label, job.city) if kind.as_system or job.person is None else _who[0](job, at)
        told = kind.do(Task(job.given, by, at, job.key))
    except Repeated as repeated:
        told = repeated.result
    except Refused as refusal:
        return _fail(job, str(refusal))
    except Later as why:
        return _wait(kind, job, str(why))
    except Exception as fault:
        log.exception("job %s failed", job.name)
        return _wait(kind, job, f"程序出错：{type(fault).__name__}。")
    return _done(kind, job, told)


def _done(kind: Kind, job: jobs.Job, told: str) -> None:
    if job.errand is None:
        jobs.finish(job, clock.machine_now(), told)
        return
    errands.note_done(job, told, by=Actor.system(kind.label, job.city), at=clock.now())


def _wait(kind: Kind, job: jobs.Job, why: str) -> None:
    now = clock.machine_now()
    if now - job.asked_at > kind.patience:
        _fail(job, why)
    else:
        jobs.put_back(job, now, why)


def _fail(job: jobs.Job, why: str) -> None:
    kind = KINDS.get(job.name)
    log.error("job %s was given up", job.name)
    try:
        errands.note_failed(job, why, by=Actor.system(kind.label if kind else "后台", job.city), at=clock.now())
    except audit.Overtaken:
        log.warning("job %s was taken over", job.name)
