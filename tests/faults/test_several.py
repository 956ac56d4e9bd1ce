"""The second operator's story: PostgreSQL, a bucket, two machines behind a proxy; and K10, the database killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from tests import bucket, postgres, proxy
from tests.cast import PASSWORD
from tests.faults.sizes import SIZES
from tests.faults.test_kills import lost_and_doubled
from tests.faults.test_moving import execute
from tests.faults.test_workers import until
from tests.receiver import Receiver, listening
from tests.served import Clerk, Site

WRITERS, NOTICES = 2, 24
LIST = """
from bihuan.core import clock, vault
from bihuan.outgoing import actions
from tests.cast import ROBOT
from bihuan.organisation.models import Account
from bihuan.organisation.queries import scope
one, two = (scope.actor_for(Account.objects.get(username=f"writer{{n}}"), clock.today()) for n in (2, 3))
row = actions.add_receiver("市大数据局", "{url}", vault.Secret(actions.new_secret()), by=one, at=clock.now())
actions.confirm_receiver(row, by=two, at=clock.now())
"""
TELL = """
from bihuan.core import clock
from bihuan.core.action import action
from bihuan.organisation.actions import appointing
from bihuan.outgoing import announcing, queries
from tests.cast import ROBOT

@action
def tell(number, *, by, at):
    appointing.add_person(f"告{{number}}", by=by, at=at)
    for one in queries.receivers_told("130900"):
        announcing._ask(one, {{"kind": "problem", "step": "issue", "code": f"HE2-P{{number:03}}", "state": "issued"}})

for number in range({count}):
    tell(number, by=ROBOT, at=clock.now())
"""


@pytest.fixture(scope="module")
def database(seated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[postgres.Server, Path]]:
    """A server that the office was moved to, and the office's data folder."""
    with postgres.running() as server:
        execute(server.address.replace("/bihuan?", "/postgres?"), "CREATE DATABASE bihuan")
        site = Site(tmp_path_factory.mktemp("several") / "data")
        shutil.copytree(seated, site.data)
        moved = site.bihuan("move", "--to", server.address)
        assert moved.returncode == 0, moved.stderr
        yield server, site.data


@dataclass
class Load:
    """Writers who try a form again, with the same key, until it is acknowledged."""

    sites: list[Site]
    turn: str
    acknowledged: dict[str, float] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        for number in range(WRITERS):
            site = self.sites[number % len(self.sites)]
            self.threads.append(threading.Thread(target=self._write, args=(site, number), daemon=True))
            self.threads[-1].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(60)

    def _write(self, site: Site, number: int) -> None:
        clerk = Clerk(site, f"writer{number}", PASSWORD)
        clerk.read("/settings/people/")
        for count in range(10_000):
            name = f"{self.turn}-{number}-{count}"
            while not self.stop.is_set() and not self._is_taken(clerk, name):
                time.sleep(0.1)
            if self.stop.is_set():
                return
            self.acknowledged[name] = time.monotonic()

    @staticmethod
    def _is_taken(clerk: Clerk, name: str) -> bool:
        try:
            return clerk.post("/settings/people/", {"name": name, "once": name}) == 200
        except (OSError, ValueError):
            return False

    def more(self, count: int, seconds: float, why: str) -> float:
        """Wait until so many more were acknowledged; how long it took."""
        goal = len(self.acknowledged) + count
        return until(lambda: len(self.acknowledged) >= goal, seconds, why)


def there(server: postgres.Server) -> Counter[str]:
    """The people in the database, by name."""
    return Counter(str(row[0]) for row in execute(server.address, "SELECT name FROM bihuan_person"))


def machine(data: Path, number: int, database: tuple[postgres.Server, Path], **more: str) -> Site:
    """One machine: a data folder of its own with the keys, heads of its own in a folder that both reach."""
    heads = database[1] / "heads"
    shutil.copytree(database[1] / "keys", data / "keys")
    settings = {"BIHUAN_DATABASE": database[0].address, "BIHUAN_HEADS": str(heads / f"machine{number}.heads")}
    return Site(data, more={**settings, **more})


def working(site: Site) -> subprocess.Popen[bytes]:
    """A worker of that machine."""
    command = [sys.executable, "-m", "bihuan.cli", "worker"]
    return subprocess.Popen(command, env=site.env, start_new_session=True, stdout=subprocess.DEVNULL)


def killed(worker: subprocess.Popen[bytes]) -> None:
    """End a worker as a power cut does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(20)


@pytest.mark.release
def test_two_machines_go_on_when_one_is_killed(database: tuple[postgres.Server, Path], tmp_path: Path) -> None:
    server, data = database
    with ExitStack() as stack:
        address, receiver = stack.enter_context(bucket.served()), stack.enter_context(listening())
        more = {**bucket.settings_of(address), "BIHUAN_LOOPBACK_RECEIVERS": "1"}
        first, second = (machine(tmp_path / str(n), n, database, **more) for n in (1, 2))
        carried = Site(data, more={**more, "BIHUAN_DATABASE": server.address, "BIHUAN_FILES": ""})
        assert carried.bihuan("move", "--files", more["BIHUAN_FILES"]).returncode == 0
        first.run(LIST.format(url=receiver.url))
        for site in (first, second):
            site.start(no_worker=True)
            stack.callback(site.stop, signal.SIGTERM)
        workers = [working(site) for site in (first, second)]
        for one in workers:
            stack.callback(killed, one)
        port = stack.enter_context(proxy.before(first.port, second.port))
        with Load([Site(tmp_path, port=port)], "两") as load:
            load.more(20, 60, "nobody could write")
            second.run(TELL.format(count=NOTICES))
            until(lambda: len(receiver.taken) > 2, 60, "no notice came")
            first.stop(signal.SIGKILL)
            killed(workers[0])
            back = load.more(1, 10, "the service did not go on")
            load.more(20, 60, "nobody could write any more")
            until(lambda: len(codes(receiver)) == NOTICES, 60, "notices were lost")
        first.server = None
        assert lost_and_doubled({*load.acknowledged}, there(server)) == (set(), set())
        assert codes(receiver) == [f"HE2-P{number:03}" for number in range(NOTICES)]
        assert back < 10
        second.examine()


def codes(receiver: Receiver) -> list[str]:
    """What the receiver was told of, each notice (by its id) once, in the order in which it first came."""
    told = {one["id"]: one["data"]["code"] for one in receiver.taken}
    return [code for code in told.values() if code]


ASK = """
from django.db import DatabaseError, close_old_connections, connection, connections
connections.settings["default"]["CONN_HEALTH_CHECKS"] = {is_checked}
with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
connection.close()
import psycopg
with psycopg.connect(host={host!r}, user="postgres", dbname="postgres", autocommit=True) as other:
    other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'bihuan'")
try:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    print("answered")
except DatabaseError:
    print("lost")
"""


@pytest.mark.parametrize(("is_checked", "said"), [(True, "answered"), (False, "lost")])
@pytest.mark.teeth("K10")
def test_a_connection_that_died_is_noticed_before_it_is_used(
    database: tuple[postgres.Server, Path],
    is_checked: bool,  # noqa: FBT001 -- the planted defect
    said: str,
) -> None:
    site = Site(database[1], more={"BIHUAN_DATABASE": database[0].address})

    assert site.run(ASK.format(is_checked=is_checked, host=database[0].folder)) == said


@pytest.mark.promise("K10")
def test_a_killed_database_loses_nothing_and_the_service_comes_back(
    database: tuple[postgres.Server, Path], figure: Callable[[str], None]
) -> None:
    (server, data), slowest = database, 0.0
    site = Site(data, more={"BIHUAN_DATABASE": server.address})
    site.start()
    try:
        with Load([site], "库") as load:
            for _ in range(SIZES.databases):
                load.more(5, 60, "nobody could write")
                server.kill()
                time.sleep(0.5)
                server.start()
                slowest = max(slowest, load.more(1, 10, "the service did not come back within ten seconds"))
    finally:
        site.stop(signal.SIGTERM)

    assert lost_and_doubled({*load.acknowledged}, there(server)) == (set(), set())
    site.examine()
    figure(f"{SIZES.databases} kills, 0 of {len(load.acknowledged)} lost, back in {slowest:.1f} s")
