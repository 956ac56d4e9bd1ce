"""Who is who today: actors, the units they answer for, whom a capacity means.

Hides how appointments, delegations and unit trees become the few values that scope and steps ask for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from bihuan.core import clock, still
from bihuan.core.actor import Actor
from bihuan.core.prepared import prepared
from bihuan.lib.flow import Refused
from bihuan.lib.reading.unit_names import GOVERNMENT, OFFICE
from bihuan.organisation.models import Account, Appointment, Region, Unit
from bihuan.organisation.queries import small
from bihuan.organisation.rules import duties, reading
from bihuan.organisation.rules.duties import Answering, Capacity, Held, Role
from bihuan.organisation.rules.emergency import MARK
from bihuan.organisation.rules.exclusions import FALLEN, FALLS_TO
from bihuan.organisation.rules.keeping import GrantStanding


def valid_on(day: date) -> Q:
    """The condition that an appointment or membership is valid on that day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def in_force(day: date) -> Q:
    """The condition that an appointment gives something on that day: valid, and confirmed where a person granted it.

    One that ends within the day (`until`) gives nothing from that moment on, whichever day is asked for.
    """
    return _in_force_at(day, clock.now())


def _in_force_at(day: date, now: datetime) -> Q:
    """The same, as it is at that moment."""
    lasts = Q(until__isnull=True) | Q(until__gt=now)
    return valid_on(day) & Q(standing=GrantStanding.CONFIRMED) & lasts


def below(city: str, day: date) -> Mapping[int, frozenset[int]]:
    """For each unit of a city: the ids of itself, of every unit below it, and of those that it took over from.

    The tree is read as it stands today; a successor answers from the day after its predecessor ended.
    """
    under: dict[int | None, list[int]] = defaultdict(list)
    units = [*_units(city)]
    for unit, parent, successor, until in units:
        under[parent].append(unit)
        if successor is not None and until is not None and until < day:
            under[successor].append(unit)
    return {unit: _gathered(unit, under) for unit, *_ in units}


@prepared
def _units(city: str) -> QuerySet[Unit, tuple[int, int | None, int | None, date | None]]:
    return Unit.objects.filter(city=city).values_list("pk", "parent_id", "succeeded_by_id", "valid_until")


def _gathered(unit: int, under: Mapping[int | None, list[int]]) -> frozenset[int]:
    found, ahead = {unit}, [unit]
    while ahead:
        more = [one for one in under.get(ahead.pop(), ()) if one not in found]
        found.update(more)
        ahead += more
    return frozenset(found)


def held_by(person: int, city: str, day: date) -> tuple[Held, ...]:
    """The appointments of a person in force on that day; one that ended yesterday gives nothing today."""
    rows = [*_appointments(person, city, day, clock.now())]
    has_units = any(row.role not in reading.SEES_ALL or row.role == FALLS_TO for row in rows)
    units = below(city, day) if has_units else {}
    grounds = _grounds(city) if any(row.role in reading.BY_GROUND for row in rows) else {}
    top = leading_group(city) if grounds else None
    return tuple(
        Held(
            Role(row.role),
            units.get(row.post.unit_id, frozenset()),
            row.pk,
            f"{MARK}·{row.post}" if row.until else str(row.post),
            row.stands_in_for.person.name if row.stands_in_for else "",
            unit=row.post.unit_id,
            seat=row.post_id,
            bearer=row.stands_in_for.person_id if row.stands_in_for else person,
            regions=_ground(row, grounds),
            is_top=row.role == Role.FIRST_RESPONSIBLE and row.post.unit_id == top,
            inspection=row.inspection_id,
            until=row.until,
            counties=small.fallen_to_city(city, units, in_force(day)) if row.role == FALLS_TO else frozenset(),
        )
        for row in rows
    )


@prepared
def _appointments(person: int, city: str, day: date, now: datetime) -> QuerySet[Appointment]:
    held = Appointment.objects.filter(_in_force_at(day, now), person_id=person, city=city)
    return held.select_related("post__unit__region", "stands_in_for__person").order_by("pk")


def _grounds(city: str) -> Mapping[int, frozenset[int]]:
    """For each region of a city: itself and every region below it."""
    under: dict[int | None, list[int]] = defaultdict(list)
    regions = [*_regions(city)]
    for region, parent in regions:
        under[parent].append(region)
    return {region: _gathered(region, under) for region, _ in regions}


@prepared
def _regions(city: str) -> QuerySet[Region, tuple[int, int | None]]:
    return Region.objects.filter(city=city).values_list("pk", "parent_id")


def _ground(row: Appointment, grounds: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """The ground of a county's office or government; nobody else's post has any."""
    unit = row.post.unit
    has_ground = row.role in reading.BY_GROUND and unit.kind in (GOVERNMENT, OFFICE) and unit.region.level != "city"
    return grounds.get(unit.region_id, frozenset()) if has_ground else frozenset()


def actor_for(account: Account, day: date, *, origin: str = "", request: str = "") -> Actor:
    """The actor behind a login on that day; who holds one appointment acts in it.

    During an emergency whatever is done in no other post by name is done in the emergency's, and is marked so.
    """
    person = account.person
    held = held_by(person.pk, person.city, day)
    return _seated(Actor(person=person.pk, name=person.name, city=person.city, origin=origin, request=request), held)


def actor_again(person: int, appointment: int | None, day: date, *, origin: str = "", request: str = "") -> Actor:
    """Somebody who asked for something earlier, as he stands on that day: what the background acts as.

    Refuses where his account may not be used any more, or he no longer holds the post in which he asked.
    """
    account = Account.objects.filter(person_id=person, is_active=True).select_related("person").first()
    if account is None:
        raise Refused("交办人的账号已停用，没有替他办。")
    by = actor_for(account, day, origin=origin, request=request)
    post = next((held for held in by.held if held.appointment == appointment), None)
    if not by.held or (appointment is not None and post is None):
        raise Refused("交办人已不任当时的职务，没有替他办。")
    return by.acting_in(post.appointment, post.post, post.behalf) if post else by


def as_person(by: Actor, now: datetime) -> Actor:
    """The actor as he comes in over a login at this moment: an interface's appointment gives nothing there.

    Nor does an emergency that has ended since he was known.
    """
    return _only(by, [post for post in by.held if post.role != Role.MACHINE and (not post.until or post.until > now)])


def as_machine(by: Actor) -> Actor:
    """The actor as a program comes in with its token: an interface's appointment alone, in which it acts."""
    return _only(by, [post for post in by.held if post.role == Role.MACHINE])


def _only(by: Actor, held: list[Held]) -> Actor:
    return by if len(held) == len(by.held) else _seated(replace(by, appointment=None, post="", behalf=""), held)


def _seated(by: Actor, held: Collection[Held]) -> Actor:
    """The actor with these appointments, acting in the only one, or in the one that ends within the day."""
    ending = [post for post in held if post.until]
    seats = ending or [*held]
    by = replace(by, held=tuple(held), until=min((post.until for post in held if post.until), default=None))
    return by.acting_in(seats[0].appointment, seats[0].post, seats[0].behalf) if ending or len(seats) == 1 else by


def sees_all(by: Actor) -> bool:
    """Whether a city-wide duty shows this actor every problem, measure and (de-identified) petition of the city."""
    return any(post.role in reading.SEES_ALL for post in by.held)


def units_of(by: Actor) -> frozenset[int]:
    """The units whose duties show this actor a matter."""
    return frozenset().union(*(post.units for post in by.held if post.role in reading.BY_UNIT))


def units_held_as(by: Actor, role: Role) -> frozenset[int]:
    """The units for which this actor acts in that role, and those below them."""
    return frozenset().union(*(post.units for post in by.held if post.role == role))


def has_role(by: Actor, roles: Collection[Role]) -> bool:
    """Whether any appointment of today carries one of these roles."""
    return any(post.role in roles for post in by.held)


def holds(by: Actor, appointment: int | None) -> bool:
    """Whether this actor may still speak for the appointment in which something was done; None was none."""
    return appointment is None or appointment in {post.appointment for post in by.held}


def leading_group(city: str) -> int | None:
    """The unit whose first responsible persons are the leading group: the city's party committee and government."""
    return still.known(("leading group", city), lambda: _tops(city).first())


@prepared
def _tops(city: str) -> QuerySet[Unit, int]:
    tops = Unit.objects.filter(city=city, kind=GOVERNMENT, parent__isnull=True)
    return tops.order_by("pk").values_list("pk", flat=True)[:1]


def capacities(by: Actor, answering: Iterable[Answering]) -> frozenset[Capacity]:
    """In what capacities this actor may act on a matter with these duties."""
    return duties.capacities(by.held, answering, leading_group(by.city))


def post_for(by: Actor, who: Collection[str], answering: Collection[Answering]) -> Held | None:
    """The appointment in which this actor may act as one of `who`: the first that allows it."""
    held, top = tuple[Held, ...](by.held), leading_group(by.city)
    for post in held:
        if allowed := duties.capacities((post,), answering, top) & set(who):
            falls = post.counties and allowed == {Capacity.COUNTY}
            return replace(post, post=f"{post.post}·{FALLEN}") if falls else post
    return None


def persons_holding(roles: Collection[Role], city: str, day: date) -> frozenset[int]:
    """The persons who hold one of these roles on that day."""
    posts = Appointment.objects.filter(in_force(day), city=city, role__in=roles)
    return frozenset(posts.values_list("person_id", flat=True))


OFFICE_ROLES = {
    "office": (Role.COORDINATION, Role.OFFICE_HEAD),
    "petition_desk": (Role.PETITION_DESK, Role.COORDINATION, Role.OFFICE_HEAD),
    "leading_group": (Role.FIRST_RESPONSIBLE,),
    "publicity": (Role.PUBLICITY,),
    "county": (Role.COUNTY_APPROVER, Role.COUNTY_CLERK),
}
UNIT_ROLES = {
    "lead": (Role.REPORTER, Role.UNIT_APPROVER),
    "responsible": (Role.REPORTER, Role.UNIT_APPROVER),
    "accepting": (Role.ACCEPTANCE_CLERK,),
}


def persons_meant(told: str, answering: Collection[Answering], city: str, day: date) -> frozenset[int]:
    """The persons whom a lifecycle's `tells` word means for a matter with these duties, on that day."""
    posts = Appointment.objects.filter(in_force(day), city=city)
    if told in UNIT_ROLES:
        units = [duty.unit for duty in answering if duty.role == told and duty.unit]
        posts = posts.filter(role__in=UNIT_ROLES[told], post__unit_id__in=units)
    elif told == "county":
        bearers = {duty.unit for duty in answering if duty.unit}
        under = below(city, day)
        falls = small.fallen_to_city(city, under, in_force(day)).intersection(bearers)
        over = [unit for unit, those in under.items() if bearers & those]
        by_unit = Q(role__in=OFFICE_ROLES[told], post__unit_id__in=over)
        posts = posts.filter(by_unit | Q(role=FALLS_TO)) if falls else posts.filter(by_unit)
    else:
        posts = posts.filter(role__in=OFFICE_ROLES[told])
    return frozenset(posts.values_list("person_id", flat=True))
