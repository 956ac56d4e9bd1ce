"""K4: a worker killed in the middle of its jobs; each is done once, within a minute."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.sizes import SIZES
from tests.served import UP_SECONDS, Site

HELD, WITHIN = 4, 60.0
LEFT = "SELECT count(*) FROM bihuan_job WHERE state = 'waiting'"
ASK = """
from bihuan.core import clock, jobs
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing

@action
def ask(name, wait, *, by, at):
    appointing.add_person("托" + name, by=by, at=at)
    jobs.enqueue(f"slow{wait}", {"name": name, "wait": wait})

for number, wait in enumerate((0.0, 0.6, 1.2, 1.8)):
    ask(f"{TURN}-{number}", wait, by=Actor.system("布置", "130900"), at=clock.now())
"""
WORKER = """
import sys
import time
import django
django.setup()
from bihuan import wiring
from bihuan.core import work
from bihuan.management import background
from bihuan.organisation.actions import appointing

def slow(task):
    time.sleep(task.args["wait"])
    appointing.add_person(task.args["name"], **task.deed())
    time.sleep(float(sys.argv[1]))
    return "添好了"

work.wire({f"slow{wait}": work.Kind("慢", slow) for wait in (0.0, 0.6, 1.2, 1.8)}, wiring.who)
print("ready", flush=True)
background.run()
"""


@contextmanager
def workers(site: Site, count: int, more: float) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that know one slow kind of work, whose deed comes earlier or later in it and which lasts `more` seconds
    after it. All of them are up, so that none has the jobs to itself because another is slow to start; none outlives
    the test.
    """
    command = [sys.executable, "-c", WORKER, str(more)]
    pipe = subprocess.PIPE
    up = [subprocess.Popen(command, env=site.env, start_new_session=True, stdout=pipe) for _ in range(count)]
    try:
        for one in up:
            assert one.stdout and one.stdout.readline() == b"ready\n"
        yield up
    finally:
        for one in up:
            one.kill()
            one.communicate()


def until(holds: Callable[[], bool], seconds: float, why: str) -> float:
    """Wait until something holds; how long it took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds, why
        time.sleep(0.05)
    return time.monotonic() - begun


@pytest.mark.promise("K4")
def test_a_job_whose_worker_was_killed_is_done_once_within_a_minute(small: Site, figure: Callable[[str], None]) -> None:
    slowest = 0.0
    for turn in range(SIZES.workers):
        with workers(small, 2, more=WITHIN) as doomed:
            small.run(f"TURN = {turn}\n{ASK}")
            until(lambda: small.number(f"{LEFT} AND lease <> ''") == HELD, UP_SECONDS, "nobody took the jobs")
            time.sleep(1)  # some have done their deed and some have not
            for one in doomed:
                os.killpg(one.pid, signal.SIGKILL)
                one.wait()
        left = small.number(LEFT)

        with workers(small, 1, more=0) as [other]:
            slowest = max(slowest, until(lambda: small.number(LEFT) == 0, WITHIN, "a job was not done within a minute"))
            other.send_signal(signal.SIGTERM)
            assert other.wait(20) == 0

        assert left == HELD
        names = {name: count for name, count in small.names().items() if name.startswith(f"{turn}-")}
        assert names == {f"{turn}-{number}": 1 for number in range(HELD)}
    small.examine()
    figure(f"{2 * SIZES.workers} workers, {HELD * SIZES.workers} jobs once, {slowest:.0f} s")


def test_the_server_brings_a_worker_and_starts_it_anew(small: Site) -> None:
    small.start()
    alive = "SELECT count(*) FROM bihuan_pulse WHERE name = 'worker'"
    until(lambda: small.number(alive) == 1, 20, "no worker came with the server")
    [keeper] = [one for one in children_of(small.pid) if children_of(one)]
    [before] = children_of(keeper)

    os.kill(before, signal.SIGKILL)

    until(lambda: children_of(keeper) not in ([], [before]), 10, "no worker took its place")
    small.stop(signal.SIGTERM)
    assert not Path(f"/proc/{keeper}").exists()


def children_of(process: int) -> list[int]:
    """The processes that a process started, whichever of its threads did; the oldest first."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sorted(int(one) for thread in threads for one in (thread / "children").read_text().split())
