"""Keeping what figures count of petitions: written again in the deed that changes a petition or its matter.

Derived rows, which no deed answers for; only what differs is written.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from bihuan.core import chain, rows
from bihuan.core.audit import Written
from bihuan.petitions.models import CountedPetition, Petition
from bihuan.petitions.queries import counted

AT_ONCE = 500


def follow(written: Sequence[Written], _at: datetime) -> None:
    """After a deed, in its transaction: count the petitions anew that it wrote, or whose matters it wrote."""
    for table, found_by in (("petition", "pk__in"), ("matter", "matter__in")):
        ids = sorted({one.row for one in written if one.table == table})
        for start in range(0, len(ids), AT_ONCE):
            keep(Petition.objects.filter(**{found_by: ids[start : start + AT_ONCE]}))


def keep(petitions: QuerySet[Petition]) -> int:
    """Write what should be counted of these, inside a transaction; of how many it differed."""
    wanted = [*counted.differing(petitions)]
    if wanted:
        CountedPetition.objects.filter(pk__in=[one["matter"] for one in wanted]).delete()
        rows.insert(CountedPetition, wanted)
    return len(wanted)


def fill() -> None:
    """Count where nothing is counted yet: after an upgrade from a version that kept no such rows."""
    is_there = CountedPetition._meta.db_table in connection.introspection.table_names()
    if not is_there or CountedPetition.objects.exists():
        return
    ids = [*Petition.objects.order_by("pk").values_list("pk", flat=True)]
    for start in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            chain.hold()
            keep(Petition.objects.filter(pk__in=ids[start : start + AT_ONCE]))
