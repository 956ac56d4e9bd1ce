"""R3: a database of every released version is brought up to date with every row and value that it had."""

import hashlib
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import once
from tests.served import Site, empty_database
from tests.stored import RELEASES

FOREIGN_TO_US = (
    "sqlite_",
    "django_migrations",
    "bihuan_search",
    "django_content_type",
    "auth_permission",
    "django_session",
)
STORED = sorted(RELEASES.glob("*.tar.gz"))


def unpacked(stored: Path, to: Path) -> Site:
    with tarfile.open(stored) as archive:
        archive.extractall(to, filter="data")
    return Site(to)


def columns(site: Site) -> dict[str, list[str]]:
    """Every table of ours with its columns."""
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [column[1] for column in database.execute(f"PRAGMA table_info({table})")]
            for table in sorted(tables)
            if not table.startswith(FOREIGN_TO_US)
        }


def schema(site: Site) -> dict[str, list[Any]]:
    """Whatever our tables are made of, in no order: columns, what they point to, indexes; and every trigger."""
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        made: dict[str, list[Any]] = {
            table: sorted(
                [
                    *(column[1:] for column in database.execute(f"PRAGMA table_info({table})")),
                    *(key[2:] for key in database.execute(f"PRAGMA foreign_key_list({table})")),
                ],
                key=repr,
            )
            for table in columns(site)
        }
        named = "SELECT tbl_name, type || ' ' || name, sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL"
        return made | {name: sql.split() for table, name, sql in database.execute(named) if table in made}


def digests(site: Site, named: dict[str, list[str]]) -> dict[str, str]:
    """A digest of all rows of these tables, over these columns."""
    found = {}
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        for table, names in named.items():
            chosen = ", ".join(f'"{name}"' for name in names)
            rows = database.execute(f'SELECT {chosen} FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608 -- our own names
            found[table] = hashlib.sha256(json.dumps(rows, default=bytes.hex).encode()).hexdigest()
    return found


def upgraded(site: Site) -> None:
    done = site.bihuan("migrate", "--no-input", "--verbosity", "0")
    assert done.returncode == 0, done.stderr


def brought_up(
    stored: Path, factory: pytest.TempPathFactory, to: Path
) -> tuple[Site, dict[str, list[str]], dict[str, str]]:
    """A copy of a stored database that was upgraded once; the columns and digests that it had before."""

    def make(folder: Path) -> None:
        site = unpacked(stored, folder / "data")
        had = columns(site)
        (folder / "before.json").write_text(json.dumps([had, digests(site, had)]))
        upgraded(site)

    made = once.made(factory, f"upgraded-{stored.name}", make)
    shutil.copytree(made / "data", to)
    had, before = json.loads((made / "before.json").read_text())
    return Site(to), had, before


def test_a_database_is_stored_for_a_released_version() -> None:
    assert "0.1.0.tar.gz" in {path.name for path in STORED}


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.name)
@pytest.mark.promise("R3")
def test_a_stored_database_is_upgraded_whole(
    stored: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    site, had, before = brought_up(stored, tmp_path_factory, tmp_path / "data")

    assert digests(site, had) == before
    site.examine()


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.name)
@pytest.mark.promise("R3")
def test_what_was_upgraded_is_made_as_what_is_new(
    stored: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    site, _, _ = brought_up(stored, tmp_path_factory, tmp_path / "data")
    new = Site(empty_database(tmp_path_factory))

    assert len(schema(new)) > 300
    assert schema(site) == schema(new)


@pytest.mark.parametrize(
    "harm",
    [
        "DROP INDEX counted_open",
        "DROP TRIGGER bihuan_entry_update",
        "ALTER TABLE bihuan_petition ADD COLUMN more text",
    ],
)
@pytest.mark.teeth("R3")
def test_a_database_that_was_made_otherwise_is_seen(
    harm: str, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    site, new = Site(tmp_path / "data"), Site(empty_database(tmp_path_factory))
    shutil.copytree(new.data, site.data)

    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        database.execute(harm)

    assert schema(site) != schema(new)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM bihuan_undertaking WHERE id = (SELECT max(id) FROM bihuan_undertaking)",
        "UPDATE bihuan_problem SET title = '改' WHERE id = (SELECT max(id) FROM bihuan_problem)",
    ],
)
@pytest.mark.teeth("R3")
def test_a_migration_that_loses_a_row_or_a_value_is_caught(
    harm: str, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    site, had, before = brought_up(STORED[-1], tmp_path_factory, tmp_path / "data")

    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        database.execute(harm)
        database.commit()

    changed = [table for table, digest in digests(site, had).items() if digest != before[table]]
    assert changed == [word for word in harm.split() if word.startswith("bihuan_")][:1]
    assert site.bihuan("examine", "--quiet").returncode == 1
