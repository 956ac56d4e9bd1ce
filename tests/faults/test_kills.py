"""K1: kill -9 of the whole server under writes; what was acknowledged is there, once. K3: of a step of the whole road,
before each of its statements; nothing of it is there.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan.sample.office import PASSWORD
from tests import once
from tests.faults.sizes import SIZES
from tests.house.source import ROOT
from tests.served import UP_SECONDS, Clerk, Site, empty_database

LOGINS = ("zonghe", "zhuren", "xinfang", "xitong")  # nobody has a session taken away by another writer
WRITERS = len(LOGINS)


def lost_and_doubled(acknowledged: set[str], there: Counter[str]) -> tuple[set[str], set[str]]:
    """What was acknowledged and is not there, and what is there more than once."""
    return {name for name in acknowledged if not there[name]}, {name for name, count in there.items() if count > 1}


def write_until(stop: threading.Event, site: Site, number: int, turn: int, acknowledged: set[str]) -> None:
    """Add people until told to stop or until the server is gone; note each that the server acknowledged."""
    try:
        clerk = Clerk(site, LOGINS[number], PASSWORD)
        clerk.read("/settings/people/")
        for count in range(10_000):
            if stop.is_set():
                return
            name = f"测{turn}-{number}-{count}"
            if clerk.post("/settings/people/", {"name": name, "once": name}) == 200:
                acknowledged.add(name)
    except OSError:
        return  # the server is gone: what was under way is unknown, and may be there once


def wait_for_writes(acknowledged: set[str], turn: int) -> None:
    """Until the server has taken the turn's first writes: logging in takes as long as the machine is busy."""
    until = time.monotonic() + UP_SECONDS
    while sum(name.startswith(f"测{turn}-") for name in list(acknowledged)) < WRITERS:
        assert time.monotonic() < until, "nobody could write"
        time.sleep(0.05)


@pytest.mark.promise("K1")
def test_nothing_acknowledged_is_lost_or_doubled(site: Site, figure: Callable[[str], None]) -> None:
    dice, acknowledged = random.Random(9), set[str]()  # noqa: S311 -- moments, not secrets
    before = {name for name, count in site.names().items() if count > 1}
    for turn in range(SIZES.kills):
        site.start()
        stop = threading.Event()
        writers = [
            threading.Thread(target=write_until, args=(stop, site, n, turn, acknowledged)) for n in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        wait_for_writes(acknowledged, turn)
        time.sleep(0.2 + dice.random() * 2)
        site.stop(signal.SIGKILL)
        stop.set()
        for writer in writers:
            writer.join(30)
        lost, doubled = lost_and_doubled(acknowledged, site.names())
        assert (lost, doubled - before) == (set(), set())

    assert len(acknowledged) > SIZES.kills * WRITERS
    figure(f"{SIZES.kills} kills, 0 of {len(acknowledged)} lost")


@pytest.mark.teeth("K1")
def test_the_checker_has_teeth() -> None:
    lost, doubled = lost_and_doubled({"甲", "乙"}, Counter({"乙": 2}))

    assert (lost, doubled) == ({"甲"}, {"乙"})


@pytest.fixture(scope="session")
def broken_off(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Steps of the whole road, each killed before each of its statements in turn: how many, and what was wrong."""

    def make(folder: Path) -> None:
        shutil.copytree(empty_database(tmp_path_factory), folder)
        data = {"BIHUAN_DATA": str(folder), "BIHUAN_DATABASE": "", "DJANGO_SETTINGS_MODULE": "bihuan.settings"}
        command = [sys.executable, "-m", "tests.faults.broken_off"]
        done = subprocess.run(
            command, env={**os.environ, **data}, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        (folder / "told.json").write_text(done.stdout)

    told: dict[str, tuple[int, str]] = json.loads(
        (once.made(tmp_path_factory, "broken-off", make) / "told.json").read_text()
    )
    return told


@pytest.mark.parametrize("step", ["consent", "sign_off"])
@pytest.mark.promise("K3")
def test_a_step_that_is_killed_at_any_statement_leaves_nothing(
    broken_off: dict[str, tuple[int, str]], step: str, figure: Callable[[str], None]
) -> None:
    statements, wrong = broken_off[step]

    assert wrong == ""
    assert statements > 40
    figure(f"{step}: killed before each of {statements} statements, nothing left")


@pytest.mark.teeth("K3")
def test_a_step_without_a_transaction_is_caught(broken_off: dict[str, tuple[int, str]]) -> None:
    assert broken_off["planted"][1].startswith("something is left")
