"""The files on matters, of whatever kind: those that hold, the void ones, and those of rounds that are over."""

from collections.abc import Collection
from pathlib import PurePath

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bihuan.lib.redact import masked
from bihuan.matters.models import Evidence, Matter

NOWHERE = 0  # the region of a matter that has none
_PETITION = "petition"


def every_file_on(matters: Collection[int]) -> QuerySet[Evidence]:
    """Every file on these matters (ids), void ones too, which stay readable; in the order in which they came."""
    rows = named(Evidence.objects.filter(matter_id__in=matters))
    return rows.select_related("file", "preview", "matter", "before").order_by("pk")


def named(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """The files with what `name_of` asks of each: in which region the same bytes came first, where they had come."""
    same = Evidence.objects.filter(city=OuterRef("city"), file=OuterRef("file"), pk__lt=OuterRef("pk")).order_by("pk")
    first = same.annotate(there=Coalesce(F("matter__region"), Value(NOWHERE))).values("there")[:1]
    return rows.annotate(came_first_in=Subquery(first))


def files_on(matters: Collection[int]) -> QuerySet[Evidence]:
    """The files that hold."""
    return every_file_on(matters).filter(is_ended=False)


def name_of(row: Evidence) -> str:
    """How one of these files is called on its matter: as it was brought, on a petition masked.

    Equal bytes are kept once, under the name that they first came with: where that was in another region, whose name
    tells of a matter that is not seen here, it is called by its kind.
    """
    came_first_in: int | None = row.came_first_in  # type: ignore[attr-defined]  # which `named` asks for
    if came_first_in not in (None, row.matter.region_id or NOWHERE):
        return f"{row.kind}{row.pk}{PurePath(row.file.name).suffix}"
    return masked(row.file.name) if row.matter.kind == _PETITION else row.file.name


def file_on(matter: Matter, pk: int | None) -> Evidence | None:
    """One file that holds, of the matter itself."""
    if pk is None:
        return None
    return Evidence.objects.filter(matter=matter, is_ended=False, pk=pk).select_related("matter").first()


def frozen_rounds(matter: Matter, *, is_closed: bool) -> int:
    """Up to which round the files of a matter are frozen: before its last, and that too where it is closed."""
    return matter.round_number - (0 if is_closed else 1)
