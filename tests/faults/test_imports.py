"""K2: the process that commits a batch is killed at random moments; the batch is whole or absent."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.faults.sizes import SIZES
from tests.served import Site

READY = """
import django; django.setup()
from datetime import UTC, datetime
"""
TAKE_IN = (
    READY
    + """
from bihuan.intake import actions
from bihuan.intake.understanding import understand_file
from bihuan.organisation import queries
from bihuan.sample import papers, petition_text
from bihuan.sample.city import actor_of
from bihuan.sample.office import CITY
from bihuan.matters.models import Inspection
batch = next(petition_text.batches(total={rows}, count=1, answered=1))
data = papers.batch_xlsx(batch)
understood = understand_file("大批.xlsx", data, queries.directory(CITY), None)
clerk, at = actor_of("zonghe"), datetime(2022, 5, 1, tzinfo=UTC)
print(actions.take_in("大批.xlsx", data, understood, Inspection.objects.get(code="HES3"), by=clerk, at=at).pk)
"""
)
COMMIT = (
    READY
    + """
from bihuan.intake import actions
from bihuan.intake.models import Intake
from bihuan.sample.city import actor_of
intake, clerk = Intake.objects.get(pk={pk}), actor_of("zonghe")
print("begun", flush=True)
actions.commit_intake(intake, by=clerk, at=datetime(2022, 5, 1, tzinfo=UTC))
print("committed", flush=True)
"""
)
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


def test_a_killed_import_is_whole_or_absent(site: Site, tmp_path: Path) -> None:
    intake = run(site, TAKE_IN.format(rows=SIZES.rows))
    unharmed = Site(tmp_path / "unharmed")
    shutil.copytree(site.data, unharmed.data)
    begun = time.monotonic()
    run(unharmed, COMMIT.format(pk=intake))
    seconds = time.monotonic() - begun
    assert rows_of(unharmed, intake) == SIZES.rows

    dice, seen = random.Random(7), set[int]()  # noqa: S311 -- moments, not secrets
    for turn in range(SIZES.imports):
        killed = Site(tmp_path / f"killed{turn}")
        shutil.copytree(site.data, killed.data)
        command = [sys.executable, "-c", COMMIT.format(pk=intake)]
        with subprocess.Popen(command, env=killed.env, stdout=subprocess.PIPE, text=True) as importing:
            assert importing.stdout is not None
            assert importing.stdout.readline() == "begun\n"
            time.sleep(dice.random() * seconds)
            importing.kill()
        seen.add(rows_of(killed, intake))
        killed.examine()
        shutil.rmtree(killed.data)

    assert seen <= {0, SIZES.rows}
    assert 0 in seen, "no kill came in time"
