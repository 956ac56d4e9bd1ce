"""Whom a petition concerns: a unit that it complains of or that handles it is never told who wrote it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from bihuan.core.actor import Actor
from bihuan.matters.models import Duty
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import scope, structure
from bihuan.petitions.models import Petition, Undertaking
from bihuan.petitions.rules.undertaking import GIVEN_UP

AT_ONCE = 500  # as many petitions as one query asks for


def is_accused(by: Actor, petition: Petition, day: date) -> bool:
    """Whether this person belongs today to a unit that is complained of or that handles the petition, or below one."""
    return petition.pk in closed_to(by, [petition], day)


def closed_to(by: Actor, petitions: Sequence[Petition], day: date) -> frozenset[int]:
    """Those of these petitions in which this person is one of the accused (`is_accused`), in few queries."""
    return _closed_to(by.person or 0, by.city, petitions, day)


def unconcerned(persons: Collection[int], petitions: Sequence[Petition], city: str, day: date) -> frozenset[int]:
    """Those of these persons who are among the accused of none of these petitions."""
    return frozenset(person for person in persons if not _closed_to(person, city, petitions, day))


def _closed_to(person: int, city: str, petitions: Sequence[Petition], day: date) -> frozenset[int]:
    posts = Appointment.objects.filter(scope.in_force(day), person_id=person, city=city)
    own = {*posts.values_list("post__unit_id", flat=True)}
    below, top = scope.below(city, day), scope.leading_group(city)
    named = {unit: below.get(unit, frozenset()) if unit != top else {unit} for unit in below}
    units = _accused_in(petitions)
    return frozenset(one for one, found in units.items() if any(own & named.get(unit, frozenset()) for unit in found))


def _accused_in(petitions: Sequence[Petition]) -> dict[int, frozenset[int]]:
    """{petition: the units that it names as complained of, or that answer for it or undertake it}."""
    found: dict[int, frozenset[int]] = {}
    for start in range(0, len(petitions), AT_ONCE):
        found |= _accused(petitions[start : start + AT_ONCE])
    return found


def _accused(petitions: Sequence[Petition]) -> dict[int, frozenset[int]]:
    duties = Duty.objects.filter(matter__in=[one.matter_id for one in petitions], is_ended=False, unit__isnull=False)
    parts = Undertaking.objects.filter(petition__in=petitions, is_withdrawn=False).exclude(state__in=GIVEN_UP)
    answering, undertaking = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for matter, unit in duties.values_list("matter_id", "unit_id"):
        answering[matter].add(unit)
    for petition, unit in parts.values_list("petition_id", "unit_id"):
        undertaking[petition].add(unit)
    names = structure.unit_names(petitions[0].city) if any(one.complained_of for one in petitions) else {}
    return {
        one.pk: frozenset(answering[one.matter_id] | undertaking[one.pk])
        | {unit for name, unit in names.items() if name in one.complained_of}
        for one in petitions
    }
