"""What was taken over (接管) from an office's own ledger: the word on a row, the rows, and how one was."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from bihuan.matters.models import Matter, TakenOver


def words() -> dict[str, Any]:
    """As an annotation of rows with a matter: the word with which it was taken over, as its ledger said it, or None."""
    taken = TakenOver.objects.filter(matter=OuterRef("matter"), is_withdrawn=False).order_by()
    return {"taken_over": Subquery(taken.values("word")[:1])}


def matters_taken_over() -> QuerySet[TakenOver, Any]:
    """The matters (as a subquery of their ids) that were taken over."""
    return TakenOver.objects.filter(is_withdrawn=False).values("matter_id")


def is_taken(matter: Matter) -> bool:
    """Whether a matter was taken over and that stands."""
    return TakenOver.objects.filter(matter=matter, is_withdrawn=False).exists()


def taking_of(matter: Matter) -> TakenOver | None:
    """How a matter was taken over, if it was and that stands."""
    return TakenOver.objects.filter(matter=matter, is_withdrawn=False).select_related("intake").first()
