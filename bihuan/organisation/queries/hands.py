"""Whose hands a matter has passed through in its present round: one person is one link of the chain."""

from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
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
    trail = Entry.objects.filter(about=about, city=city)
    begun = trail.filter(table="round", kind="create").order_by("-number").values_list("number", flat=True).first()
    steps = trail.filter(number__gt=begun or 0, kind="change").exclude(step="").order_by("number")
    last: dict[tuple[str, int, str], tuple[str, int | None]] = {}
    for table, row, step, person in steps.values_list("table", "row", "step", "person"):
        flows = chain.LINKS if table in OF_ANY else [table]  # a step is one link in all of them
        link = next((found for flow in flows if (found := chain.link_of(flow, step))), "")
        if link:
            last[table, row, step] = (link, person)
    return [*last.values()]


def unit_acted_for(by: Actor) -> int | None:
    """The unit of the appointment in which this actor acts; None where he acts in none."""
    return next((post.unit for post in by.held if post.appointment == by.appointment), None)
