"""K7: a sync or a write fails at the n-th call: whatever is acknowledged all the same outlives a power cut, and whole.

A call that failed put nothing on the disk. So the power is cut at the end of each run, and of what was not synced by a
call that succeeded nothing is left.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.power import Disk, recorded
from tests.faults.sizes import SIZES
from tests.faults.test_power import torn
from tests.served import Site

pytestmark = [pytest.mark.confined, pytest.mark.rehearsed]
LAST, EXAMINED, WORD = 30, 5, "acknowledged "
FAULTS = ("fsync,fdatasync:error=EIO", "pwrite64:error=ENOSPC")
WRITE = """
from django.db import close_old_connections
from bihuan.core import clock, files
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing

@action
def keep(number, *, by, at):
    files.keep(f"照片{number}.jpg", f"第{number}张".encode() * 3000, city=by.city, is_sealed=False)
    appointing.add_person(f"电{number}", by=by, at=at)

for number in range(12):
    try:
        keep(number, by=Actor.system("布置", "130900"), at=clock.now())
    except Exception as fault:
        print(f"refused 电{number} {fault!r}", flush=True)
        close_old_connections()
    else:
        print(f"acknowledged 电{number}", flush=True)
import os
os._exit(0)
"""
SWALLOWED = """
import os
whole = os.fsync
def quiet(handle):
    try:
        whole(handle)
    except OSError:
        pass
os.fsync = quiet
"""
UNHEEDED = """
from django.db.backends.signals import connection_created
from bihuan.core import disk
connection_created.disconnect(disk.sync_log)
"""


def tried(office: Path, to: Path, fault: str, before: str = "") -> tuple[int, int, set[str], set[str]]:
    """One run in which calls fail: how many deeds were acknowledged and refused, who of the acknowledged is lost after
    the cut, and what is not whole then.
    """
    site, cut = Site(to / "data"), Site(to / "cut")
    shutil.copytree(office, site.data)
    disk = Disk(site.data)
    disk.play(recorded(site, before + WRITE, to / "calls", fault))
    disk.cut(cut.data, random.Random(0), 0)  # noqa: S311 -- nothing is thrown
    acknowledged = {line.removeprefix(WORD) for line in disk.said if line.startswith(WORD)}
    refused = sum(line.startswith("refused ") for line in disk.said)
    return len(acknowledged), refused, acknowledged - cut.names().keys(), torn(cut.data)


def rounds() -> list[tuple[int, str]]:
    """(the number of the call that fails, how): each both ways at the floor, a few by turns otherwise."""
    few = range(SIZES.failing)
    if SIZES.failing == LAST:
        return [(number + 1, fault) for number in few for fault in FAULTS]
    return [(3 + number * LAST // SIZES.failing, FAULTS[number % 2]) for number in few]  # the 3rd is the log's name


@pytest.mark.promise("K7")
def test_what_is_acknowledged_beside_a_failing_disk_is_there(
    office: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    kept = turned_away = 0
    for place, (number, fault) in enumerate(rounds()):
        to = tmp_path / str(place)
        to.mkdir()
        acknowledged, refused, lost, faults = tried(office, to, f"{fault}:when={number}")
        assert (lost, faults) == (set(), set()), (number, fault)
        if place % EXAMINED == 0:
            Site(to / "cut").examine()
            Site(to / "data").examine()
        kept, turned_away = kept + acknowledged, turned_away + refused

    assert turned_away > 0, "nothing failed"
    figure(f"{len(rounds())} faults: {turned_away} refused, 0 of {kept} acknowledged lost")


@pytest.mark.teeth("K7")
def test_a_swallowed_fault_is_a_false_saved(office: Path, tmp_path: Path) -> None:
    acknowledged, refused, _, faults = tried(office, tmp_path, "fsync:error=EIO:when=1+", SWALLOWED)

    assert (acknowledged, refused) == (12, 0)
    assert faults


@pytest.mark.teeth("K7")
def test_a_log_whose_name_was_never_on_the_disk_loses_what_hangs_on_it(office: Path, tmp_path: Path) -> None:
    acknowledged, _, lost, _ = tried(office, tmp_path, f"{FAULTS[0]}:when=3", UNHEEDED)

    assert acknowledged == len(lost) > 0
