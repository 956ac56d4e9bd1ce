"""A dump of PostgreSQL put back: into the database of the settings while it is empty, or into one made for a drill."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from bihuan.safekeeping.snapshot import Unable, run_tool

EMPTIED = """
DO $$ DECLARE one record; BEGIN
FOR one IN SELECT format('DROP TABLE %I CASCADE', tablename) AS said FROM pg_tables
WHERE schemaname = current_schema() LOOP EXECUTE one.said; END LOOP;
FOR one IN SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) AS said FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND starts_with(proname, 'bihuan_') LOOP EXECUTE one.said; END LOOP;
END $$
"""


@contextmanager
def filled(dump: Path) -> Iterator[str]:
    """The address of the database of the settings with a dump in it; empty again where what follows fails.

    `Unable` where anything stands there.
    """
    if connection.introspection.table_names():
        raise Unable("目标数据库里已有数据；恢复只进空的数据库，请新建一个并让 BIHUAN_DATABASE 指向它。数据没有动。")
    connection.close()
    _restore(dump, str(connection.settings_dict["NAME"]))
    try:
        yield _address()
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute(EMPTIED)
        raise


@contextmanager
def drilled(dump: Path, name: str) -> Iterator[str]:
    """The address of a database made for a drill on the same server, and gone afterwards."""
    run_tool("createdb", name)
    try:
        _restore(dump, name)
        yield _address(name)
    finally:
        run_tool("dropdb", "--if-exists", "--force", name)


def _restore(dump: Path, name: str) -> None:
    run_tool("pg_restore", "--no-owner", "--single-transaction", f"--dbname={name}", str(dump))


def _address(name: str = "") -> str:
    address = os.environ["BIHUAN_DATABASE"]
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, "")) if name else address
