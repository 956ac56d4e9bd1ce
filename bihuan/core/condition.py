"""In what condition the system is: its version, how large the database and its files are, where the trail ends.

Only what can be asked of the machine now; nothing is remembered or guessed.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from bihuan.core.audit import Entry, TrailHead
from bihuan.core.files import StoredFile

KINDS = {"sqlite": "内置数据库(SQLite)", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What there is; sizes in bytes."""

    version: str
    database: str
    size: int
    files: int
    entries: int
    last: datetime | None


def condition() -> Condition:
    """The condition of the system at this moment."""
    last = Entry.objects.order_by("-number").values_list("at", flat=True).first()
    head = TrailHead.objects.filter(pk=1).first()
    return Condition(
        version=version("bihuan"),
        database=KINDS.get(connection.vendor, connection.vendor),
        size=_size(),
        files=StoredFile.objects.count(),
        entries=head.number if head else 0,
        last=last,
    )


def _size() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    path = Path(str(settings.DATABASES["default"]["NAME"]))
    beside = (path, path.with_name(f"{path.name}-wal"))
    return sum(one.stat().st_size for one in beside if one.exists())
