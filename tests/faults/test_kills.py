"""kill -9 under writes and during imports: what was acknowledged is there once, a batch is whole or absent."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bihuan.sample.office import PASSWORD
from tests.served import Clerk, Site

KILLS = int(os.environ.get("BIHUAN_KILLS", "4"))
WRITERS = 4
IMPORT = """
import django; django.setup()
from datetime import UTC, datetime
from bihuan.intake import actions
from bihuan.intake.understanding import understand_file
from bihuan.organisation import queries
from bihuan.sample import papers, petition_text
from bihuan.sample.city import actor_of
from bihuan.sample.office import CITY
from bihuan.matters.models import Inspection
batch = next(petition_text.batches(total=205, count=1, answered=1))
data = papers.batch_docx(batch)
understood = understand_file("大批.docx", data, queries.directory(CITY), None)
clerk, at = actor_of("zonghe"), datetime(2022, 5, 1, tzinfo=UTC)
intake = actions.take_in("大批.docx", data, understood, Inspection.objects.get(code="HES3"), by=clerk, at=at)
print("begun", flush=True)
actions.commit_intake(intake, by=clerk, at=at)
print("committed", flush=True)
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city's data folder, built once."""
    site = Site(tmp_path_factory.mktemp("city"))
    built = site.bihuan("demo", "--no-serve")
    assert built.returncode == 0, built.stderr
    return site.data


@pytest.fixture
def site(city: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the city; examined at the end."""
    site = Site(tmp_path / "data")
    shutil.copytree(city, site.data)
    yield site
    examined = site.bihuan("examine", "--quiet")
    assert (examined.returncode, examined.stderr) == (0, "")


def names_in(site: Site) -> Counter[str]:
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        return Counter(row[0] for row in database.execute("SELECT name FROM bihuan_person"))


def lost_and_doubled(acknowledged: set[str], there: Counter[str]) -> tuple[set[str], set[str]]:
    """What was acknowledged and is not there, and what is there more than once."""
    return {name for name in acknowledged if not there[name]}, {name for name, count in there.items() if count > 1}


def write_until(stop: threading.Event, site: Site, number: int, turn: int, acknowledged: set[str]) -> None:
    """Add people until told to stop or until the server is gone; note each that the server acknowledged."""
    try:
        clerk = Clerk(site, "zonghe", PASSWORD)
        for count in range(10_000):
            if stop.is_set():
                return
            name = f"测{turn}-{number}-{count}"
            if clerk.send("/settings/people/", {"name": name, "once": name}) == 200:
                acknowledged.add(name)
    except OSError:
        return  # the server is gone: what was under way is unknown, and may be there once


def test_nothing_acknowledged_is_lost_or_doubled(site: Site) -> None:
    """K1: the whole server is killed under writes, again and again."""
    dice, acknowledged = random.Random(9), set[str]()  # noqa: S311 -- moments, not secrets
    before = {name for name, count in names_in(site).items() if count > 1}
    for turn in range(KILLS):
        site.start()
        stop = threading.Event()
        writers = [
            threading.Thread(target=write_until, args=(stop, site, n, turn, acknowledged)) for n in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        time.sleep(2 + dice.random() * 2)
        site.stop(signal.SIGKILL)
        stop.set()
        for writer in writers:
            writer.join(30)
        lost, doubled = lost_and_doubled(acknowledged, names_in(site))
        assert (lost, doubled - before) == (set(), set())

    assert len(acknowledged) > KILLS * WRITERS


def test_a_killed_import_is_whole_or_absent(site: Site) -> None:
    """K2: the process that commits a batch of 205 is killed at random moments."""
    dice = random.Random(7)  # noqa: S311 -- moments, not secrets
    for _ in range(KILLS):
        command = [sys.executable, "-c", IMPORT]
        with subprocess.Popen(command, env=site.env, stdout=subprocess.PIPE, text=True) as importing:
            assert importing.stdout is not None
            assert importing.stdout.readline() == "begun\n"
            time.sleep(dice.random() * 0.6)
            importing.kill()
        with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
            [(count,)] = database.execute(
                "SELECT count(*) FROM bihuan_petition p JOIN bihuan_batch b ON p.batch_id = b.id "
                "WHERE b.label = '第1批' AND b.inspection_id = (SELECT id FROM bihuan_inspection WHERE code = 'HES3')"
            )
        assert count in (0, 205)
        examined = site.bihuan("examine", "--quiet")
        assert (examined.returncode, examined.stderr) == (0, "")


def test_twenty_clicks_at_once_are_one_deed(site: Site) -> None:
    """K12: the same form with the same key, twenty times at once; then pairs."""
    site.start()
    try:
        clerks = [Clerk(site, "zonghe", PASSWORD) for _ in range(5)]
        for name in ("齐发", "成对"):
            sends = [
                threading.Thread(target=clerk.send, args=("/settings/people/", {"name": name, "once": name}))
                for clerk in clerks * 4
            ]
            for send in sends:
                send.start()
            for send in sends:
                send.join(60)
    finally:
        site.stop()

    there = names_in(site)
    assert (there["齐发"], there["成对"]) == (1, 1)


def test_the_checker_has_teeth() -> None:
    lost, doubled = lost_and_doubled({"甲", "乙"}, Counter({"乙": 2}))

    assert (lost, doubled) == ({"甲"}, {"乙"})
