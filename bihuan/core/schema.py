"""Which schema a database has, and which this program knows: an old program never writes into a newer database.

Hides Django's table of migrations.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "bihuan"


class TooNew(Exception):  # noqa: N818 -- reads as a sentence
    """The database was brought further by a newer program."""


@cache
def known() -> frozenset[str]:
    """The names of every migration that this program has."""
    return frozenset(name for app, name in MigrationLoader(None).disk_migrations if app == APP)


def applied(connection: Any) -> list[str]:
    """The names of the migrations that a database has been through, in order."""
    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == APP)


def is_current(connection: Any) -> bool:
    """Whether a database has just the schema that this program works on."""
    return {*applied(connection)} == known()


def refuse_newer_database(connection: Any) -> None:
    """Refuse with `TooNew` where the database that a connection opens is newer; one that is not there yet is not."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return
    refuse_newer(applied(connection))


def refuse_newer(names: list[str]) -> None:
    """Refuse with `TooNew` where a schema went through a migration that this program does not have."""
    if newer := sorted({*names} - known()):
        raise TooNew(
            f"数据库已由更新版本的闭环升级过（{newer[-1]}），这个版本不能用它；数据没有动，请装回新版本再启动。"
        )
