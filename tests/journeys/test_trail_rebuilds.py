"""The city once more from its trail alone: an empty database is given the entries, and every table agrees."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.served import Site, empty_database

# Entries and head come over as they are; all else is made from them, except the keys of single clicks.
REPLAY = """
import django; django.setup()
from django.db import transaction
from bihuan.core import audit
from tests.replay import replay
with transaction.atomic():
    for model in audit.recorded_models():
        replay(model)
print(*(model._meta.db_table for model in audit.recorded_models()))
"""
# What somebody logs in with is no fact of the office's and stands in no trail; nor does a petitioner's key, which is
# destroyed where it stands once.
SECRETS = ("password", "last_login", "wrapped_key", "phone_index", "id_number_index")
READ_AGAIN = {"bihuan_evidence": ("words",)}  # read from the file, for the search
TRAIL = ("bihuan_entry", "bihuan_trailhead")


def run(site: Site, script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], env=site.env, capture_output=True, text=True, check=True)
    return done.stdout


def copy_trail(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(target)) as database:
        database.execute("ATTACH ? AS source", [str(source)])
        for table in TRAIL:
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 -- named above
            database.execute(f"INSERT INTO {table} SELECT * FROM source.{table}")  # noqa: S608 -- named above
        database.commit()


def rows(path: Path, table: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        found = database.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()  # noqa: S608 -- a table of ours
    left = (*SECRETS, *READ_AGAIN.get(table, ()))
    return [{name: value_of(row[name]) for name in row.keys() if name not in left} for row in found]  # noqa: SIM118 -- a Row iterates over its values


def value_of(cell: object) -> object:
    """A cell's value: JSON says the same in any order of its keys."""
    if not isinstance(cell, str) or cell[:1] not in ("{", "["):
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        return cell


def test_an_empty_database_is_rebuilt_from_the_trail_of_the_city(
    site: Site, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path / "city.sqlite3"
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as live, closing(sqlite3.connect(copy)) as target:
        live.backup(target)
    empty = Site(tmp_path / "empty")
    shutil.copytree(empty_database(tmp_path_factory), empty.data)
    database = empty.data / "bihuan.sqlite3"
    copy_trail(copy, database)

    tables = run(empty, REPLAY).split()

    assert len(tables) >= 25
    assert {table: rows(database, table) for table in tables} == {table: rows(copy, table) for table in tables}
    assert len(rows(database, "bihuan_petition")) >= 209
    kept = [table for (table,) in named(copy) if table.startswith("bihuan_") and "search" not in table]
    names = (
        "keyeddeed",
        "attempt",
        "draft",
        "session",
        "job",
        "pulse",
        "lightspan",
        "schedulefigure",
        "watchkey",
        "repeatkey",
        "countedpetition",
    )
    machinery = {f"bihuan_{one}" for one in names}  # no history, or derived
    assert {*kept} - {*tables} - {*TRAIL} == machinery


def named(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
