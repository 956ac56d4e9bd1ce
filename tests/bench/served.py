"""Lines measured through the real server, with as many workers as an office runs, beside the bare one."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.test import Client

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.organisation.models import Account
from bihuan.organisation.queries import scope
from bihuan.petitions.queries import petitions_seen
from tests.bench.line import Line
from tests.bench.load import Target, crowd, medians
from tests.served import UP_SECONDS, Site, free_port

LEDGER = f"/ledgers/petitions/?state=in_tray&main_type={quote('大气')}"
SECONDS, WRITING = 10, 30
CLIENTS = 8


def clerk() -> tuple[Client, Actor]:
    """Somebody of the office, logged in."""
    account = Account.objects.get(username="zonghe")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(account)
    return client, scope.actor_for(account, clock.today())


def lines(data: Path) -> Iterator[Line]:
    """P1, P2, P3, P5, P7, P14, P16 and the weight of a visit."""
    client, by = clerk()
    size = len(client.get(LEDGER).content)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    with _ours(data) as (site, ours_up), _floor() as (port, floor, floor_up):
        far = f"/ledgers/petitions/?page={int(petitions_seen(by).count() * 0.75) // 50}"
        code = petitions_seen(by).first().matter.code
        pages = [
            Target(site.port, path, cookie) for path in (LEDGER, far, "/ledgers/petitions/", f"/petitions/{code}/")
        ]
        bare = Target(port, f"/?size={size}", cookie)
        ledger, at_75, first, matter, alone = medians(*pages, bare)
        yield Line("P1", "filtered ledger page, 50 rows, one client, p50", ledger, alone, 3)
        (rate, slow), (bare_rate, _) = crowd(pages[0], CLIENTS, SECONDS), crowd(bare, CLIENTS, SECONDS)
        yield Line("P2", f"the same, {CLIENTS} clients (p95 {slow:.0f} ms)", rate, bare_rate, 0.3, "/s", is_least=True)
        yield Line("P3", "page at 75 % of all, against the first page", at_75, first, 1.5)
        yield Line("P5", "one matter with its trail", matter, None, 25)
        people = client.get("/settings/people/")
        token = people.cookies[settings.CSRF_COOKIE_NAME].value
        form = Target(
            site.port,
            "/settings/people/",
            f"{cookie}; {settings.CSRF_COOKIE_NAME}={token}",
            f"csrfmiddlewaretoken={token}",
        )
        (rate, slow), (bare_rate, _) = crowd(form, CLIENTS, WRITING), crowd(_written(port), CLIENTS, WRITING)
        act = f"{CLIENTS} clients writing for {WRITING} s, none refused (p95 {slow:.0f} ms)"
        yield Line("P7", act, rate, bare_rate, 0.3, "/s", is_least=True)
        client.get("/ledgers/petitions/workbook/?batch=" + quote("第1批"))
        yield Line("P16", "memory (PSS) of the workers after it", memory(site.pid), memory(floor), 2.5, "MiB")
    yield Line("P14", "cold start, installed → first whole page", ours_up, floor_up, 3, "s")
    yield Line("W1", "a later page, compressed", len(packed(client, LEDGER)) / 1024, None, 40, "KB")


def _written(port: int) -> Target:
    return Target(port, "/write/", "", "a=b")


def packed(client: Client, path: str) -> bytes:
    """A page as it travels."""
    return client.get(path, headers={"accept-encoding": "gzip"}).content


@contextmanager
def _ours(data: Path) -> Iterator[tuple[Site, float]]:
    site = Site(data)
    begun = time.perf_counter()
    site.start()
    try:
        yield site, time.perf_counter() - begun
    finally:
        site.stop()


@contextmanager
def _floor() -> Iterator[tuple[int, int, float]]:
    # Its own table of sessions; ours stand elsewhere.
    migrating = ["django", "migrate", "sessions", "--verbosity", "0", "--settings", "tests.bench.floor_settings"]
    subprocess.run([sys.executable, "-m", *migrating], check=True)
    port, begun = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.floor_app", str(port)]
    server = subprocess.Popen(command, start_new_session=True)
    try:
        until = time.monotonic() + UP_SECONDS
        while not _answers(port):
            assert time.monotonic() < until, "the floor did not come up"
            time.sleep(0.1)
        yield port, server.pid, time.perf_counter() - begun
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/?size=60000", timeout=2):
            return True
    except OSError:
        return False


def memory(group: int) -> float:
    """The proportional set size of a process group's processes, in MiB."""
    total = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and group_of(folder) == group:
            lines = (folder / "smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def group_of(folder: Path) -> int:
    """The process group of a process's folder; 0 where it is gone."""
    try:
        return os.getpgid(int(folder.name))
    except OSError:
        return 0
