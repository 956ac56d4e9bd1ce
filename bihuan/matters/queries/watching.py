"""The watch over signed-off matters: what they are found by, and which of them are worth comparing with what is new.

Hides that a round which was reopened keeps its keys, and that only what was signed off before can come back.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bihuan.matters.models import Comparison, Matter, Round, TakenOver, WatchHit, WatchKey
from bihuan.matters.queries.linking import are_linked
from bihuan.matters.rules.likeness import Likeness
from bihuan.matters.rules.watch import LIVE, WatchFacts, WatchState

EDITION = "edition:2"  # of the keys; every watched round has this one, whatever else it is found by
AT_ONCE = 500  # keys that one query asks for


@dataclass(frozen=True, slots=True)
class Held:
    """A newcomer as it was held against the watched matters: how many, and which of them it is near to."""

    newcomer: Matter
    against: int
    near: Sequence[tuple[Matter, Likeness]]


def closed(states: Collection[str]) -> QuerySet[Matter]:
    """The matters that stand in one of these states, whatever they are."""
    return Matter.objects.filter(is_withdrawn=False, state__in=states, kind__in=("problem", "petition"))


def unwatched(states: Collection[str]) -> QuerySet[Matter]:
    """Those of them of whose present round no key is kept yet."""
    kept = WatchKey.objects.filter(key=EDITION, matter=OuterRef("pk"), round_number=OuterRef("round_number"))
    return closed(states).filter(~Exists(kept)).order_by("pk")


def keys_of(matters: Collection[int], states: Collection[str]) -> QuerySet[WatchKey]:
    """The keys that count: of matters that stand in one of these states, of the round in which they do."""
    return WatchKey.objects.filter(
        matter__in=matters, matter__state__in=states, round_number=F("matter__round_number")
    ).order_by("pk")


def every_key(matters: Collection[int]) -> QuerySet[WatchKey, tuple[int, int, str]]:
    """(matter, round, key) of all that is kept of these matters, by whatever edition."""
    return WatchKey.objects.filter(matter__in=matters).values_list("matter_id", "round_number", "key")


def candidates(keys: Iterable[str], city: str, states: Collection[str], by_day: date) -> list[int]:
    """The watched matters (ids) of a city that are kept under one of these keys and were signed off by that day."""
    asked, found = [*keys], dict[int, None]()
    counting = Q(matter__city=city, matter__state__in=states, matter__is_withdrawn=False)
    counting &= Q(round_number=F("matter__round_number")) & (Q(since__isnull=True) | Q(since__lte=by_day))
    for start in range(0, len(asked), AT_ONCE):
        rows = WatchKey.objects.filter(counting, key__in=asked[start : start + AT_ONCE]).order_by()
        found |= dict.fromkeys(rows.values_list("matter_id", flat=True))
    return [*found]


def newcomers(city: str, since: date | None) -> QuerySet[Matter]:
    """The problems and petitions of a city that were handed over here since that day (None: ever) and not compared yet,
    the oldest first. What was taken over from another ledger is no newcomer.
    """
    handed_over = Round.objects.filter(matter=OuterRef("pk"), number=1, handed_over_at__isnull=False)
    if since is not None:
        handed_over = handed_over.filter(handed_over_at__date__gte=since)
    taken = TakenOver.objects.filter(matter=OuterRef("pk"), is_withdrawn=False)
    compared = Comparison.objects.filter(matter=OuterRef("pk"))
    rows = Matter.objects.filter(city=city, kind__in=("problem", "petition"), is_withdrawn=False)
    return rows.filter(Exists(handed_over), ~Exists(compared), ~Exists(taken)).order_by("pk")


def hits() -> QuerySet[WatchHit]:
    """Every hit with its two matters, the nearest first; whose sight it is in is asked above."""
    rows = WatchHit.objects.select_related("matter", "newcomer", "judged_by")
    return rows.order_by("-strength", "pk")


def confirmed(matter: Matter) -> QuerySet[WatchHit]:
    """The hits of a matter's present round that a person confirmed."""
    own = {"matter": matter, "round_number": matter.round_number}
    return WatchHit.objects.filter(**own, state=WatchState.CONFIRMED).order_by("pk")


def live(matter: Matter) -> QuerySet[WatchHit]:
    """The hits of a matter that are not settled."""
    return WatchHit.objects.filter(matter=matter, state__in=LIVE).select_related("matter").order_by("pk")


def facts_of(hit: WatchHit, states: Collection[str]) -> WatchFacts:
    """What the steps of a hit ask, `states` being those of a matter that is signed off."""
    stands = hit.matter.state in states and hit.matter.round_number == hit.round_number
    return WatchFacts(is_still_closed=stands, is_linked=are_linked(hit.matter_id, hit.newcomer_id))
