"""The floors that need no server: the same amount of writing, looking and taking in, by the ORM and the disk alone."""

import io
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from bihuan.core import clock
from bihuan.core.audit import KeyedDeed
from bihuan.matters.models import Inspection, Matter
from bihuan.petitions.models import Batch, Petition

CHUNK = 500


def bare_write(number: int) -> None:
    """One row in one transaction, synced to the disk, by the ORM alone."""
    with transaction.atomic():
        KeyedDeed.objects.create(key=f"bench-{number}", deed=uuid4(), action="bench", at=clock.now())


def like_search(words: str) -> int:
    """The same words looked for by LIKE over the same columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM bihuan_petition WHERE content LIKE %s OR findings LIKE %s OR handling LIKE %s",
            [f"%{words}%"] * 3,
        )
        return int(cursor.fetchone()[0])


GROUPED = ("region_id", "state", "closing", "truth", "main_type", "channel")
COUNTED = (
    "COUNT(*)",
    "COUNT(*) FILTER (WHERE is_key_case)",
    "COUNT(*) FILTER (WHERE truth <> '' AND answered_on IS NULL)",
)


def covered(*sums: str) -> int:
    """How many petitions are alike in all by which they are counted, from the covering index alone; with some sums."""
    columns, figures = ", ".join(GROUPED), ", ".join((*COUNTED, *(f"SUM({one})" for one in sums)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}, {figures} FROM bihuan_countedpetition GROUP BY {columns}")  # noqa: S608 -- a table of the program's own
        return len(cursor.fetchall())


def bare_import(data: bytes, inspection: Inspection, batch: Batch) -> int:
    """A workbook read by calamine and its rows written by bulk_create: matters and petitions, nothing else."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[3:]
    city = inspection.city
    matters = Matter.objects.bulk_create(
        [
            Matter(kind="petition", code=f"BARE-{place}", inspection=inspection, city=city, state="in_tray")
            for place in range(len(rows))
        ],
        batch_size=CHUNK,
    )
    Petition.objects.bulk_create(
        [
            Petition(
                matter=matter,
                batch=batch,
                city=city,
                number=str(row[1]),
                number_key=f"{row[1]}-{place}",
                content=str(row[2]),
                findings=str(row[5]),
                handling=str(row[7]),
            )
            for place, (matter, row) in enumerate(zip(matters, rows, strict=True))
        ],
        batch_size=CHUNK,
    )
    return len(rows)


def timed(run: Callable[[], Any], times: int) -> list[float]:
    """How long each of several runs took, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken
