"""One deed of the whole road, killed (-9) before its n-th statement, for every n: prints what was left, then how many.

    python -m tests.faults.broken_off sign_off|consent [without a transaction]

Works on a database of its own, in the folder that BIHUAN_DATA names; a fork for each n does the deed on a fresh copy.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import django

STEPS = {"consent": ("to_asked", "group"), "sign_off": ("to_consented", "wang")}
MOST = 1_000


def state_of(database: Path) -> str:
    """A digest of every row of every table."""
    whole = hashlib.sha256()
    with contextlib.closing(sqlite3.connect(database)) as told:
        names = told.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (name,) in names:
            rows = sorted(repr(row) for row in told.execute(f'SELECT * FROM "{name}"'))  # noqa: S608 -- a table's own name
            whole.update(repr((name, rows)).encode())
    return whole.hexdigest()


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


def main(name: str, *planted: str) -> int:
    """Kill it everywhere; 1 where something was left of it."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from bihuan.core import examine
    from tests.cast import assemble
    from tests.loop import make_loop

    call_command("migrate", verbosity=0)
    cast = assemble()
    loop = make_loop(cast)
    lead_up, who = STEPS[name]
    getattr(loop, lead_up)()
    by = getattr(loop, who, None) or getattr(cast, who)
    database = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    kept = database.with_name("before")
    shutil.copyfile(database, kept)
    before = state_of(kept)
    if planted:
        transaction.atomic = lambda *a, **k: contextlib.nullcontext()  # type: ignore[assignment]  # noqa: ARG005 -- the defect
    for statement in range(1, MOST):
        restore(database, kept)
        if killed_before(statement, lambda: loop.step(name, by, "同意")):
            found = [str(one) for one in examine.findings()]
            sys.stdout.write(f"{statement - 1} statements, after the last of them: {found or 'whole'}\n")
            return int(bool(found) or state_of(database) == before)
        if state_of(database) != before:
            sys.stdout.write(f"something is left of a deed that was killed before statement {statement}\n")
            return 1
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
