"""K2: the process that commits a batch is killed at random moments; the batch is whole or absent."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.sizes import SIZES
from tests.served import Site

READY = """
import django; django.setup()
from datetime import UTC, datetime
"""
TAKE_IN = (
    READY
    + """
from bihuan.intake.actions import papers as actions
from bihuan.intake.understanding import understand_file
from bihuan.organisation.queries import structure
from bihuan.sample import papers, petition_text
from bihuan.sample.office import actor_of
from bihuan.sample.office import CITY
from bihuan.matters.models import Inspection
batch = next(petition_text.batches(total={rows}, count=1, answered=1))
data = papers.batch_xlsx(batch)
understood = understand_file("大批.xlsx", data, structure.directory(CITY), None)
clerk, at = actor_of("zonghe"), datetime(2022, 5, 1, tzinfo=UTC)
print(actions.take_in("大批.xlsx", data, understood, Inspection.objects.get(code="HES3"), by=clerk, at=at).pk)
"""
)
COMMIT = (
    READY
    + """
from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake
from bihuan.sample.office import actor_of
intake, clerk = Intake.objects.get(pk={pk}), actor_of("zonghe")
print("begun", flush=True)
actions.commit_intake(intake, by=clerk, at=datetime(2022, 5, 1, tzinfo=UTC))
print("committed", flush=True)
"""
)
ATOMIC_NO_MORE = """
import contextlib
from django.db import transaction
transaction.atomic = lambda *a, **k: contextlib.nullcontext()
"""
ROW_BY_ROW = COMMIT.replace(READY, READY + ATOMIC_NO_MORE)
COUNT = """
SELECT count(*) FROM bihuan_petition p JOIN bihuan_batch b ON p.batch_id = b.id
WHERE b.inspection_id = (SELECT id FROM bihuan_inspection WHERE code = 'HES3') AND b.intake_id = ?
"""


def run(site: Site, script: str) -> str:
    """The script's output, against the site's data."""
    done = subprocess.run([sys.executable, "-c", script], env=site.env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def rows_of(site: Site, intake: str) -> int:
    """How many petitions of that import are there."""
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        [(count,)] = database.execute(COUNT, [intake])
    return int(count)


@contextmanager
def committing(site: Site, intake: str, script: str = COMMIT) -> Iterator[subprocess.Popen[str]]:
    """A process that has everything ready and begins, this moment, to commit the import."""
    command = [sys.executable, "-c", script.format(pk=intake)]
    with subprocess.Popen(command, env=site.env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        yield process


@pytest.mark.promise("K2")
def test_a_killed_import_is_whole_or_absent(site: Site, tmp_path: Path, figure: Callable[[str], None]) -> None:
    intake = run(site, TAKE_IN.format(rows=SIZES.rows))
    unharmed = Site(tmp_path / "unharmed")
    shutil.copytree(site.data, unharmed.data)
    with committing(unharmed, intake) as process:
        begun = time.monotonic()
        assert process.stdout is not None
        assert process.stdout.readline() == "committed\n"
        seconds = time.monotonic() - begun
    assert rows_of(unharmed, intake) == SIZES.rows

    dice, seen = random.Random(7), list[int]()  # noqa: S311 -- moments, not secrets
    for turn in range(SIZES.imports):
        killed = Site(tmp_path / f"killed{turn}")
        shutil.copytree(site.data, killed.data)
        with committing(killed, intake) as process:
            time.sleep((turn + dice.random()) / SIZES.imports * seconds)
            process.kill()
        seen.append(rows_of(killed, intake))
        killed.examine()
        shutil.rmtree(killed.data)

    assert set(seen) <= {0, SIZES.rows}
    assert seen.count(0) >= SIZES.imports // 2, "too few kills came in time"
    figure(f"{SIZES.imports} kills in {SIZES.rows} rows: {seen.count(0)} absent, {seen.count(SIZES.rows)} whole")


@pytest.mark.teeth("K2")
def test_an_import_that_commits_row_by_row_is_caught(city: Path, tmp_path: Path) -> None:
    site = Site(tmp_path / "broken")
    shutil.copytree(city, site.data)
    intake = run(site, TAKE_IN.format(rows=SIZES.rows))
    seen = 0
    with committing(site, intake, ROW_BY_ROW) as process:
        until = time.monotonic() + 60
        while not seen and time.monotonic() < until:
            seen = rows_of(site, intake)
        process.kill()

    found = site.bihuan("examine")
    assert rows_of(site, intake) not in {0, SIZES.rows} or found.returncode != 0
