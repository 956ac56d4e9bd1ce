"""Which matters are linked; in whose sight both ends are is asked above."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from bihuan.matters.models import Matter, MatterLink, WatchHit
from bihuan.matters.rules.watch import WatchState

HELD = (WatchState.CONFIRMED, WatchState.REBOUNDED)


def links_of(matter: int) -> QuerySet[MatterLink]:
    """Every link of a matter, at either end, ended ones too, the newest first."""
    rows = MatterLink.objects.filter(Q(first=matter) | Q(second=matter))
    return rows.select_related("first", "second", "linked_by").order_by("-pk")


def are_linked(one: int, other: int) -> bool:
    """Whether a link between these two matters stands."""
    either = Q(first=one, second=other) | Q(first=other, second=one)
    return MatterLink.objects.filter(either, is_ended=False).exists()


def hits_between(one: Matter, others: Collection[int]) -> QuerySet[WatchHit]:
    """The watch hits that join a matter to one of these, whichever of the two came later."""
    either = Q(matter=one, newcomer__in=others) | Q(newcomer=one, matter__in=others)
    return WatchHit.objects.filter(either).order_by("-strength", "pk")


def hits_of(matter: Matter) -> QuerySet[WatchHit]:
    """Every watch hit that names a matter, whichever of the two it is, the strongest first."""
    rows = WatchHit.objects.filter(Q(matter=matter) | Q(newcomer=matter)).select_related("matter", "newcomer")
    return rows.order_by("-strength", "pk")
