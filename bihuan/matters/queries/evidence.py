"""The files on matters, of whatever kind: those that hold, the void ones, and those of rounds that are over."""

from collections.abc import Collection

from django.db.models import QuerySet

from bihuan.matters.models import Evidence, Matter


def every_file_on(matters: Collection[int]) -> QuerySet[Evidence]:
    """Every file on these matters (ids), void ones too, which stay readable; in the order in which they came."""
    rows = Evidence.objects.filter(matter_id__in=matters)
    return rows.select_related("file", "preview", "matter", "before").order_by("pk")


def files_on(matters: Collection[int]) -> QuerySet[Evidence]:
    """The files that hold."""
    return every_file_on(matters).filter(is_ended=False)


def file_on(matter: Matter, pk: int | None) -> Evidence | None:
    """One file that holds, of the matter itself."""
    if pk is None:
        return None
    return Evidence.objects.filter(matter=matter, is_ended=False, pk=pk).select_related("matter").first()


def frozen_rounds(matter: Matter, *, is_closed: bool) -> int:
    """Up to which round the files of a matter are frozen: before its last, and that too where it is closed."""
    return matter.round_number - (0 if is_closed else 1)
