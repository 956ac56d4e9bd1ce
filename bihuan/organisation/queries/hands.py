"""Whose hands a matter has passed through in its present round: one person is one link of the chain."""

from django.db.models import QuerySet

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.prepared import prepared
from bihuan.lib.flow import Refused
from bihuan.organisation.rules import chain

OF_ANY = ("round", "matter")  # whose steps may be of any lifecycle; other rows have one of their own


def refuse_same_hand(flow: str, step: str, by: Actor, about: str) -> None:
    """Refuse a step that is a link of the chain to whoever holds another link of this matter's round."""
    link = chain.link_of(flow, step)
    if not link or by.person is None:
        return
    taken = next((one for one, person in links_taken(about, by.city) if person == by.person and one != link), "")
    if taken:
        raise Refused(chain.same_hand(link, taken))


def links_taken(about: str, city: str) -> list[tuple[str, int | None]]:
    """(link, person) of every link taken in the present round of a matter; of a step taken again, the last time."""
    begun = _begun(about, city).first() or 0
    last: dict[tuple[str, int, str], tuple[str, int | None]] = {}
    for table, row, step, person in _steps(about, city, begun):
        flows = chain.LINKS if table in OF_ANY else [table]  # a step is one link in all of them
        link = next((found for flow in flows if (found := chain.link_of(flow, step))), "")
        if link:
            last[table, row, step] = (link, person)
    return [*last.values()]


@prepared
def _begun(about: str, city: str) -> QuerySet[Entry, int]:
    rounds = Entry.objects.filter(about=about, city=city, table="round", kind="create")
    return rounds.order_by("-number").values_list("number", flat=True)[:1]


@prepared
def _steps(about: str, city: str, begun: int) -> QuerySet[Entry, tuple[str, int, str, int | None]]:
    steps = Entry.objects.filter(about=about, city=city, number__gt=begun, kind="change").exclude(step="")
    return steps.order_by("number").values_list("table", "row", "step", "person")


def unit_acted_for(by: Actor) -> int | None:
    """The unit of the appointment in which this actor acts; None where he acts in none."""
    return next((post.unit for post in by.held if post.appointment == by.appointment), None)
