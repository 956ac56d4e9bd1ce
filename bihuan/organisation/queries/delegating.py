"""Who may let somebody stand in for whom: the office anywhere, a unit's head and a county's approver in their own."""

from datetime import date

from django.db.models import Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.organisation.models import Appointment, Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import ADMINISTRATORS, Role
from bihuan.organisation.rules.keeping import DELEGATORS, GRANTERS, OWN_DELEGATORS, GrantStanding


def delegable_by(by: Actor, day: date) -> QuerySet[Appointment]:
    """The appointments in force of this person's own units for which he may set a stand-in, his own among them."""
    held = Appointment.objects.filter(_own(by), scope.in_force(day), stands_in_for__isnull=True)
    return held.select_related("person", "post__unit").order_by("post__unit_id", "role", "pk")


def stand_ins_of(by: Actor, day: date) -> QuerySet[Appointment]:
    """The delegations in this person's own units that last or are to begin, waiting ones among them."""
    lasting = Appointment.objects.filter(_own(by), stands_in_for__isnull=False, until__isnull=True, ends_on__gte=day)
    found = lasting.exclude(standing=GrantStanding.REFUSED)
    return found.select_related("person", "post__unit", "stands_in_for__person", "granted_by").order_by("-pk")


def colleagues_of(by: Actor, day: date) -> QuerySet[Person]:
    """Who may stand in there: whoever holds a post in one of these units today, but he himself."""
    units = frozenset[int]().union(*(post.units for post in by.held if post.role in OWN_DELEGATORS))
    there = Appointment.objects.filter(scope.in_force(day), post__unit_id__in=units, city=by.city)
    return Person.objects.filter(pk__in=there.values("person")).exclude(pk=by.person or 0).order_by("initials", "pk")


def may_delegate(by: Actor, appointment: Appointment) -> bool:
    """Whether this person sets and ends stand-ins for an appointment. For an administrator the granter alone does."""
    if scope.has_role(by, GRANTERS if appointment.role in ADMINISTRATORS else DELEGATORS):
        return True
    return Appointment.objects.filter(_own(by), pk=appointment.pk).exists()


def is_colleague(by: Actor, person: Person, day: date) -> bool:
    """Whether this person may be named as a stand-in by him; the office and the granter name anybody."""
    return scope.has_role(by, DELEGATORS) or colleagues_of(by, day).filter(pk=person.pk).exists()


def _own(by: Actor) -> Q:
    """The appointments of a unit's own roles in the units that this person heads."""
    found = Q(pk__in=[])
    for post in by.held:
        if roles := OWN_DELEGATORS.get(Role(post.role)):
            found |= Q(city=by.city, role__in=roles, post__unit_id__in=post.units)
    return found
