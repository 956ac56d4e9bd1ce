"""The sub-items (分项) of a petition that stand, by their places; where its words say them; whether its units answered
them.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Max, QuerySet

from bihuan.core.actor import Actor
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Capacity, Role
from bihuan.petitions.models import FindingsReport, Petition, SubItem
from bihuan.petitions.rules import splitting

OFFICE = (Role.OFFICE_HEAD, Role.COORDINATION, Role.PETITION_DESK)
SPLITTERS = frozenset({Capacity.OFFICE, Capacity.OFFICE_HEAD, Capacity.PETITION_DESK})


def of_petition(petition: Petition) -> list[SubItem]:
    """Those that stand, in order, each with its place: 1, 2, 3 without a gap."""
    return _placed(petition.sub_items.filter(is_ended=False).order_by("number"))


def standing(petition: Petition) -> list[SubItem]:
    """The same of a petition whose sub-items were brought already, without another question."""
    return _placed(sorted((one for one in petition.sub_items.all() if not one.is_ended), key=lambda one: one.number))


def _placed(rows: Iterable[SubItem]) -> list[SubItem]:
    found = [*rows]
    for place, one in enumerate(found, 1):
        one.place = place
    return found


def texts_of(petition: Petition) -> dict[int, str]:
    """{sub-item: its text} of those that stand, in order."""
    return {one.pk: one.text for one in of_petition(petition)}


def places_of(petition: Petition) -> Mapping[int, int]:
    """{sub-item: its place} of those that stand."""
    return {one.pk: one.place for one in of_petition(petition)}


def ended_of(petition: Petition) -> QuerySet[SubItem]:
    """Those that were taken back, as they were numbered."""
    return petition.sub_items.filter(is_ended=True).order_by("number")


def item_of(petition: Petition, pk: int | None) -> SubItem | None:
    """One sub-item of a petition, taken back or not."""
    rows = petition.sub_items.select_related("petition__matter")
    return None if pk is None else rows.filter(pk=pk).first()


def next_number(petition: Petition) -> int:
    """The number of the next one: none was given before, to one that was taken back neither."""
    highest: int | None = petition.sub_items.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def left_by(petition: Petition, reports: Iterable[FindingsReport | None]) -> tuple[int, ...]:
    """The places of the sub-items that none of these reports answers."""
    answered = {item.sub_item_id for report in reports if report is not None for item in report.items.all()}
    return tuple(place for pk, place in places_of(petition).items() if pk not in answered)


def may_split(petition: Petition, by: Actor) -> bool:
    """Whether this actor splits the petition by hand, while it has no answer."""
    return not splitting.shut(petition.matter.state) and bool(scope.capacities(by, ()) & SPLITTERS)
