"""K5, K6: the power is cut while deeds and files are written; what was acknowledged is there, and whole."""

import copy
import hashlib
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.power import Call, Disk, recorded
from tests.faults.sizes import SIZES
from tests.served import Site

DEEDS, EXAMINED, WORD = 30, 3, "acknowledged "
pytestmark = pytest.mark.confined
WRITE = f"""
from bihuan.core import clock, files
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing

@action
def keep(number, *, by, at):
    files.keep(f"照片{{number}}.jpg", f"第{{number}}张".encode() * 3000, city=by.city, is_sealed=False)
    appointing.add_person(f"电{{number}}", by=by, at=at)

for number in range({DEEDS}):
    keep(number, by=Actor.system("布置", "130900"), at=clock.now())
    print(f"acknowledged 电{{number}}", flush=True)
import os
os._exit(0)
"""
CHECKPOINTS = """
from django.db import connection
connection.cursor().execute("PRAGMA wal_autocheckpoint = 60")
"""
NORMAL = """
from django.conf import settings
options = settings.DATABASES["default"]["OPTIONS"]
options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
"""
NO_FSYNC = """
import os
os.fsync = lambda handle: None
"""


def torn(data: Path) -> set[str]:
    """The files that a row names and that are not whole, and what the database itself finds wrong."""
    with closing(sqlite3.connect(data / "bihuan.sqlite3")) as database:
        rows = database.execute("SELECT sha256, is_sealed FROM bihuan_storedfile").fetchall()
        faults = {one for (one,) in database.execute("PRAGMA integrity_check")} - {"ok"}
    for sha256, is_sealed in rows:
        path = data / "files" / sha256[:2] / sha256
        is_whole = is_sealed or (path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256)
        faults |= set() if is_whole else {sha256}
    return faults


class Run:
    """One run of a writer, of which the power may be cut at any moment."""

    def __init__(self, small: Site, script: str, to: Path) -> None:
        self.root, self.to = small.data, to
        self.before = Disk(small.data)
        self.calls: list[Call] = recorded(small, script, to / "calls")
        self.moments = [at for at, call in enumerate(self.calls) if call[0] != "openat"][len(self.calls) // 20 :]

    def cut(self, number: int) -> tuple[int, set[str], set[str]]:
        """Cut it at the next moment: how much had been acknowledged, who is lost, what is not whole."""
        dice = random.Random(number)  # noqa: S311 -- moments, not secrets
        disk, site = copy.deepcopy(self.before), Site(self.to / f"cut{number}")
        disk.play(self.calls[: dice.choice(self.moments)])
        disk.cut(site.data, dice, (0, 0.5)[number % 2])
        acknowledged = {line.removeprefix(WORD) for line in disk.said if line.startswith(WORD)}
        return len(acknowledged), acknowledged - site.names().keys(), torn(site.data)


@pytest.mark.promise("K5", "K6")
def test_what_was_acknowledged_survives_a_power_cut(small: Site, tmp_path: Path, figure: Callable[[str], None]) -> None:
    run, count = Run(small, CHECKPOINTS + WRITE, tmp_path), 0
    for number in range(SIZES.cuts):
        acknowledged, lost, faults = run.cut(number)
        assert (lost, faults) == (set(), set())
        if number % EXAMINED == 0:
            Site(tmp_path / f"cut{number}").examine()
        count += acknowledged

    assert count > SIZES.cuts
    figure(f"{SIZES.cuts} cuts, 0 of {count} lost, every row's file whole")


@pytest.mark.teeth("K5")
def test_a_database_that_syncs_later_loses_what_it_acknowledged(small: Site, tmp_path: Path) -> None:
    run = Run(small, NORMAL + WRITE, tmp_path)

    assert set[str]().union(*(run.cut(number)[1] for number in range(4)))


@pytest.mark.teeth("K6")
def test_files_that_are_not_synced_before_their_row_are_not_whole(small: Site, tmp_path: Path) -> None:
    run = Run(small, NO_FSYNC + WRITE, tmp_path)

    assert set[str]().union(*(run.cut(number)[2] for number in range(4)))
