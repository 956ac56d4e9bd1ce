"""A copy of the whole database as it was at one moment, while others go on writing; and what the copy holds.

Hides the two dialects: one `VACUUM INTO` on SQLite (a copy page by page never ends while somebody writes), `pg_dump` of
an exported snapshot on PostgreSQL.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from bihuan.core import disk
from bihuan.core.files import StoredFile

WAIT_SECONDS = 30
Ask = Callable[[str], list[Any]]


class Unable(Exception):  # noqa: N818 -- reads as a sentence
    """No copy can be made here; the message says what is missing."""


KEYED = "0019_sealed_papers"  # from which on sealed files have keys of their own


@dataclass(frozen=True, slots=True)
class Facts:
    """Of the copy: its schema, where its trail begins and ends, the files that its rows name and can read."""

    schema: list[str]
    origin: str
    number: int
    digest: str
    newest: str
    files: list[StoredFile]


def take(to: Path) -> Facts:
    """Write the copy to a new file, sync it, and say what it holds."""
    facts = _sqlite(to) if connection.vendor == "sqlite" else _postgres(to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())
    disk.sync_folder(to.parent)
    return facts


def _sqlite(to: Path) -> Facts:
    source = Path(str(settings.DATABASES["default"]["NAME"]))
    if not source.exists():
        raise Unable(f"{source} 不存在，没有可备份的数据。")
    with closing(sqlite3.connect(source, timeout=WAIT_SECONDS, isolation_level=None)) as live:
        live.execute("VACUUM INTO ?", (str(to),))
    return facts_of(to)


def facts_of(copy: Path) -> Facts:
    """What a copy of an embedded database holds; `Unable` where it is none of ours."""
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return _facts(lambda query: database.execute(query).fetchall())
    except sqlite3.DatabaseError:
        raise Unable(f"{copy} 不是闭环的数据库，或已损坏。") from None


def _facts(ask: Ask) -> Facts:
    names = sorted(name for (name,) in ask("SELECT name FROM django_migrations WHERE app = 'bihuan'"))
    head = ask("SELECT number, digest FROM bihuan_trailhead")
    first = ask("SELECT digest FROM bihuan_entry ORDER BY number LIMIT 1")
    last = ask("SELECT at FROM bihuan_entry ORDER BY number DESC LIMIT 1")
    keys = ", seal, wrapped_key" if KEYED in names else ""
    living = " WHERE destroyed_on IS NULL" if KEYED in names else ""
    files = ask(f"SELECT DISTINCT sha256, size, is_sealed{keys} FROM bihuan_storedfile{living} ORDER BY 1, 3")  # noqa: S608 -- our own names
    return Facts(
        schema=names,
        origin=first[0][0] if first else "",
        number=int(head[0][0]) if head else 0,
        digest=head[0][1] if head else "",
        newest=_iso(last[0][0]) if last else "",
        files=[_file(*columns) for columns in files],
    )


def _file(sha256: str, size: Any, is_sealed: Any, seal: str = "", key: Any = b"") -> StoredFile:
    return StoredFile(
        sha256=sha256, size=int(size), is_sealed=bool(is_sealed), seal=seal, wrapped_key=bytes(key), name=sha256
    )


def _iso(moment: Any) -> str:
    """A moment as the database gave it (SQLite: text, in UTC) in ISO, with its zone."""
    read = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).isoformat()


def _postgres(to: Path) -> Facts:
    _program("pg_dump")
    if "django_migrations" not in connection.introspection.table_names():
        raise Unable("设的数据库里还没有闭环的数据，没有可备份的。")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (exported,) = cursor.fetchone()

        def ask(query: str) -> list[Any]:
            cursor.execute(query)
            return list(cursor.fetchall())

        facts = _facts(ask)
        run_tool("pg_dump", "--format=custom", f"--snapshot={exported}", f"--file={to}", str(_settings()["NAME"]))
    return facts


def _settings() -> dict[str, Any]:
    return dict(connection.settings_dict)


def _program(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        raise Unable(f"这台机器没有 {name}，PostgreSQL 的备份和恢复要用它；请装与数据库同版本的 postgresql-client。")
    return program


def run_tool(name: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs on the server of the settings; `Unable` where it is missing or fails."""
    program = _program(name)
    server = _settings()
    named = {"PGHOST": server["HOST"], "PGPORT": server["PORT"], "PGUSER": server["USER"]}
    secret = {"PGPASSWORD": server["PASSWORD"]} if server["PASSWORD"] else {}
    env = {**os.environ, **{name: str(value) for name, value in named.items() if value}, **secret}
    done = subprocess.run([program, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unable(f"{name} 没有做成：{done.stderr.strip().splitlines()[-1] if done.stderr.strip() else '原因不明'}")
