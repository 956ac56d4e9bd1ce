"""What a small office (小整改办) changes: which counties' approval falls to it, and who serves by leave of it."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from bihuan.lib.reading.unit_names import GOVERNMENT, OFFICE
from bihuan.organisation.models import Appointment, OfficeRules, Unit
from bihuan.organisation.rules.duties import ADMINISTRATORS, ROLE_LABELS, Role
from bihuan.organisation.rules.exclusions import TOGETHER_IN_SMALL
from bihuan.organisation.rules.keeping import GrantStanding


def counties_without_approver(
    city: str, below: Mapping[int, frozenset[int]], in_force: Q
) -> Mapping[str, frozenset[int]]:
    """{a county's government or office for which nobody is approver (C2): the ids of it and of all below it}.

    `below` as `scope.below` gives it; `in_force` says which appointments count.
    """
    approvers = Appointment.objects.filter(in_force, city=city, role=Role.COUNTY_APPROVER)
    seats = {*approvers.values_list("post__unit_id", flat=True)}
    covered = frozenset[int]().union(*(below.get(seat, frozenset()) for seat in seats))
    units = Unit.objects.filter(city=city, kind__in=(GOVERNMENT, OFFICE), region__level="county")
    bare = units.filter(valid_until__isnull=True).exclude(region__in=approvers.values("post__unit__region"))
    return {unit.name: below[unit.pk] - covered for unit in bare.order_by("region__code", "pk")}


def fallen_to_city(city: str, below: Mapping[int, frozenset[int]], in_force: Q) -> frozenset[int]:
    """The units whose county's step falls to the city's office; none where the office is not small."""
    if not OfficeRules.objects.filter(city=city, small_office=True).exists():
        return frozenset()
    return frozenset[int]().union(*counties_without_approver(city, below, in_force).values())


def serving_by_leave(city: str, day: date) -> list[str]:
    """Who holds, today or later, what only a small office leaves to him: his name and the roles or the unit."""
    ahead = Appointment.objects.filter(city=city).exclude(standing=GrantStanding.REFUSED).exclude(ends_on__lt=day)
    found = [_called(one, other) for pair in TOGETHER_IN_SMALL for one, other in _both(ahead, *sorted(pair))]
    away = ahead.filter(role__in=ADMINISTRATORS).exclude(post__unit__kind=OFFICE).select_related("person", "post__unit")
    return found + [f"{one.person}({one.post.unit}，{ROLE_LABELS[Role(one.role)]})" for one in away.order_by("pk")]


def _both(ahead: QuerySet[Appointment], first: Role, second: Role) -> list[tuple[Appointment, Appointment]]:
    """Appointments of one person in both roles on one of the same days."""
    others = [*ahead.filter(role=second)]
    return [
        (one, other)
        for one in ahead.filter(role=first).select_related("person").order_by("pk")
        for other in others
        if other.person_id == one.person_id and _meet(one, other)
    ]


def _meet(one: Appointment, other: Appointment) -> bool:
    ends = [row.ends_on for row in (one, other) if row.ends_on]
    return not ends or min(ends) >= max(one.starts_on, other.starts_on)


def _called(one: Appointment, other: Appointment) -> str:
    return f"{one.person}({ROLE_LABELS[Role(one.role)]}、{ROLE_LABELS[Role(other.role)]})"
