"""K8: the disk under the data folder is full: forms are refused, pages are read, and with room again all goes on.

The data folder is a file system of a few MB in the memory, mounted where only these processes see it, which wants no
right that the tests have not (`unshare`).
"""

import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cast import PASSWORD
from tests.faults.test_locked import refused
from tests.served import Clerk, Site

pytestmark = pytest.mark.confined

ROOM = "24m"
MOUNT = 'mount -t tmpfs -o size="$1" tmpfs "$2" && cp -a "$3/." "$2" && echo there && exec sleep 900'
FULL = "磁盘已满，这一步没有存下，请告诉系统管理员。"
PEOPLE, TRIES = "/settings/people/", 60
PAGES = (PEOPLE, "/ledgers/problems/", "/", "/me/")


@dataclass
class Disk:
    """A small disk and the site whose data lie on it."""

    site: Site
    seen: Path  # the same folder, as it is seen from here

    def fill(self) -> None:
        """Leave not a byte."""
        with (self.seen / "filler").open("ab", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        filler.write(b"\0" * size)
                except OSError:
                    continue

    def empty(self) -> None:
        """Give it all back."""
        (self.seen / "filler").unlink()


@pytest.fixture
def disk(manned: Site, tmp_path: Path) -> Iterator[Disk]:
    on = tmp_path / "on"
    on.mkdir()
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", ROOM, str(on), str(manned.data)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "there\n"
        inside = ("nsenter", "--target", str(holder.pid), "--user", "--mount", "--preserve-credentials")
        site = Site(on, within=inside)
        site.start()
        yield Disk(site, Path(f"/proc/{holder.pid}/root{on}"))
        site.stop()
    finally:
        holder.terminate()
        holder.wait(10)
        holder.stdout.close()


def write_until_refused(clerk: Clerk, acknowledged: set[str]) -> tuple[int, str, str, float]:
    """Add people while there is room in what was set aside already; how the first that finds none is answered."""
    for number in range(TRIES):
        name = f"满{number}"
        answer = refused(clerk, PEOPLE, {"name": name, "once": name})
        if answer[0] != 200:
            return answer
        acknowledged.add(name)
    raise AssertionError("the disk was never full")


def is_told(status: int, retry: str, page: str) -> bool:
    """Whether a form was refused with the sentence, and with the time to try again."""
    return (status, bool(retry), FULL in page) == (503, True, True)


def unkept(acknowledged: set[str], there: dict[str, int], traced: set[str]) -> set[str]:
    """Who was acknowledged and is not there, or is there without a trail entry."""
    return {name for name in acknowledged if not there.get(name)} | {
        name for name in there if name.startswith("满") and name not in traced
    }


def told(disk: Disk, to: Path) -> tuple[dict[str, int], set[str]]:
    """The people of the database on the small disk once nobody writes, and those whose trail entry is there."""
    disk.site.stop()
    disk.site.server = None
    shutil.copytree(disk.seen, to)
    copy = Site(to)
    copy.examine()
    with closing(sqlite3.connect(to / "bihuan.sqlite3")) as database:
        entries = database.execute("SELECT changes FROM bihuan_entry WHERE action LIKE '%add_person'").fetchall()
    return dict(copy.names()), {json.loads(changes).get("name", ["", ""])[1] for (changes,) in entries}


@pytest.mark.promise("K8")
def test_a_full_disk_refuses_reads_and_recovers(disk: Disk, tmp_path: Path, figure: Callable[[str], None]) -> None:
    clerk, acknowledged = Clerk(disk.site, "writer0", PASSWORD), set[str]()
    clerk.read(PEOPLE)
    disk.fill()

    status, retry, page, _ = write_until_refused(clerk, acknowledged)
    begun = time.monotonic()
    for path in PAGES * 2:
        clerk.read(path)
    read = (time.monotonic() - begun) / len(PAGES) / 2
    disk.empty()
    again = clerk.send(PEOPLE, {"name": "满后", "once": "满后"})
    acknowledged.add("满后")

    assert is_told(status, retry, page)
    assert again == 200
    there, traced = told(disk, tmp_path / "copy")
    assert unkept(acknowledged, there, traced) == set()
    figure(f"24 MB full: refused, {len(PAGES) * 2} pages read in {read * 1000:.0f} ms each, written again")


@pytest.mark.teeth("K8")
@pytest.mark.parametrize(
    ("status", "retry", "page"), [(500, "", ""), (503, "", FULL), (503, "5", "数据库正忙"), (200, "", "")]
)
def test_a_refusal_that_does_not_say_it_is_caught(status: int, retry: str, page: str) -> None:
    assert not is_told(status, retry, page)


@pytest.mark.teeth("K8")
def test_what_is_lost_or_has_no_trail_is_caught() -> None:
    assert unkept({"满1", "满2"}, {"满2": 1, "满3": 1}, {"满2"}) == {"满1", "满3"}
