"""K15: an upload whose connection breaks leaves no row and no file; what a kill half wrote is swept after a day."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bihuan.core.store import DAY_SECONDS
from tests.cast import PASSWORD
from tests.faults.sizes import SIZES
from tests.faults.slow import LENGTH, begun
from tests.served import Clerk, Site

NEW = "/imports/new/"
ROWS = ("bihuan_storedfile", "bihuan_intake", "bihuan_entry", "bihuan_draft")


def left(site: Site) -> dict[str, int]:
    """What is there: rows by table, files of the folder whole or in part, temporary files with a name."""
    rows = {table: site.number(f"SELECT count(*) FROM {table}") for table in ROWS}  # noqa: S608 -- our own names
    kept = sum(path.is_file() for path in (site.data / "files").rglob("*"))
    return {**rows, "files": kept, "temporary": sum(1 for _ in Path(site.more["TMPDIR"]).iterdir())}


def tellers(site: Site) -> dict[str, int]:
    """The tables in which a row tells of an upload: of a paper, of its file (a.csv), of a deed, of a word typed."""
    asked = {
        "bihuan_intake": "SELECT count(*) FROM bihuan_intake",
        "bihuan_storedfile": "SELECT count(*) FROM bihuan_storedfile WHERE name LIKE '%.csv'",
        "bihuan_entry": "SELECT count(*) FROM bihuan_entry WHERE action LIKE 'intake.%' OR changes LIKE '%a.csv%'",
        "bihuan_draft": "SELECT count(*) FROM bihuan_draft",
    }
    return {table: count for table, query in asked.items() if (count := site.number(query))}


@pytest.fixture
def served(manned: Site, tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "temporary").mkdir()
    manned.more["TMPDIR"] = str(tmp_path / "temporary")
    manned.start(no_worker=True)
    yield manned
    manned.stop()
    manned.examine()


@pytest.mark.promise("K15")
def test_an_upload_cut_short_leaves_nothing(served: Site, figure: Callable[[str], None]) -> None:
    clerk = Clerk(served, "writer0", PASSWORD)
    clerk.read(NEW)
    before = left(served)
    lengths = (LENGTH, 30 * LENGTH)  # in the memory, and in a file
    for number in range(SIZES.breaks):
        length = lengths[number % 2]
        with begun(clerk, NEW, length * (1 + 98 * number // SIZES.breaks) // 100, length):
            pass
    time.sleep(1)

    assert clerk.read(NEW)
    assert left(served) == before
    assert tellers(served) == {}
    figure(f"{SIZES.breaks} cuts at 1…99 %, nothing left")


@pytest.mark.teeth("K15")
def test_a_row_and_a_file_that_are_left_are_seen_and_an_upload_that_came_whole_is_told_of(served: Site) -> None:
    clerk = Clerk(served, "writer0", PASSWORD)
    before = left(served)
    with begun(clerk, NEW, LENGTH, LENGTH):
        pass
    (served.data / "files/ab").mkdir()
    (served.data / "files/ab/.half.part").write_bytes(b"x")

    assert left(served)["files"] == before["files"] + 1
    (served.data / "files/ab/.half.part").unlink()

    typed = {"path": NEW, "form": "x", "typed": "text=a"}

    assert tellers(served) == {}
    clerk.read(NEW)
    assert clerk.post("/drafts/", typed) == 204
    assert tellers(served) == {"bihuan_draft": 1}


@pytest.mark.promise("K15")
def test_what_a_kill_half_wrote_is_swept_after_a_day(small: Site) -> None:
    folder = small.data / "files/ab"
    folder.mkdir()
    for name, age in (("young", DAY_SECONDS - 600), ("old", DAY_SECONDS + 600)):
        part = folder / f".{name}.part"
        part.write_bytes(b"x")
        os.utime(part, (part.stat().st_mtime - age,) * 2)

    small.run("from bihuan.core import files\nfiles.sweep()")

    assert [path.name for path in folder.iterdir()] == [".young.part"]
