"""Two deeds of the whole road, each killed (-9) before its n-th statement, for every n; and the second once more
without a transaction. Prints in one line of JSON, for each: how many statements it has, and what was wrong.

    python -m tests.faults.broken_off

Works on an empty database, in the folder that BIHUAN_DATA names; a fork for each n does the deed on a fresh copy.
"""

import contextlib
import filecmp
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import django

MOST = 1_000
Told = tuple[int, str]  # how many statements, and what was wrong


def state_of(database: Path) -> str:
    """A digest of every row of every table."""
    whole = hashlib.sha256()
    with contextlib.closing(sqlite3.connect(database)) as told:
        names = told.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (name,) in names:
            rows = sorted(repr(row) for row in told.execute(f'SELECT * FROM "{name}"'))  # noqa: S608 -- a table's own name
            whole.update(repr((name, rows)).encode())
    return whole.hexdigest()


def is_as_it_was(database: Path, kept: Path) -> bool:
    """Whether every row is as before the deed. Where the file is the same to the byte, and no log stands beside it,
    there is nothing else to read.
    """
    log = database.with_name(f"{database.name}-wal")
    is_untouched = not (log.exists() and log.stat().st_size) and filecmp.cmp(database, kept, shallow=False)
    return is_untouched or state_of(database) == state_of(kept)


def restore(database: Path, kept: Path) -> None:
    """The database as it was before the deed."""
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    shutil.copyfile(kept, database)


def killed_before(statement: int, deed: Any) -> bool:
    """Do the deed in a fork that is killed before that statement; whether it came to its end."""
    from django.db import connection

    child = os.fork()
    if not child:
        count = [0]

        def kills(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's
            count[0] += 1
            if count[0] == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(kills):
            deed()
        connection.close()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def keep(database: Path, kept: Path) -> None:
    """The database as it stands, in one file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copyfile(database, kept)


def killed_everywhere(database: Path, kept: Path, deed: Callable[[], None]) -> Told:
    """Do a deed until it is done, killed before each of its statements in turn."""
    from django.db import connection

    from bihuan.core import examine

    for statement in range(1, MOST):
        restore(database, kept)
        if killed_before(statement, deed):
            found = [str(one) for one in examine.findings()]
            connection.close()
            return statement - 1, "nothing was done" if is_as_it_was(database, kept) else "".join(found)
        if not is_as_it_was(database, kept):
            return statement, f"something is left of a deed that was killed before statement {statement}"
    return MOST, "it never ended"


def main() -> None:
    """Kill both everywhere, on one road."""
    django.setup()
    from django.db import connection

    from tests.cast import assemble
    from tests.loop import make_loop

    cast = assemble()
    loop = make_loop(cast)
    database, told = Path(connection.settings_dict["NAME"]), dict[str, Told]()
    kept = database.with_name("before")
    loop.to_asked()
    keep(database, kept)
    told["consent"] = killed_everywhere(database, kept, lambda: loop.step("consent", loop.group, "同意"))
    keep(database, kept)
    told["sign_off"] = killed_everywhere(database, kept, lambda: loop.step("sign_off", cast.wang, "同意"))
    with mock.patch("django.db.transaction.atomic", return_value=contextlib.nullcontext()):
        told["planted"] = killed_everywhere(database, kept, lambda: loop.step("sign_off", cast.wang, "同意"))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
