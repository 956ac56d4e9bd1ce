"""Who is who today: actors, the units they answer for, whom a capacity means; names and their former names.

Hides how appointments, delegations and unit trees become the few values that scope and steps ask for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.lib.reading.directory import Directory, directory_of
from bihuan.lib.reading.directory import Unit as Listed
from bihuan.lib.reading.unit_names import GOVERNMENT, OFFICE
from bihuan.organisation.models import (
    Account,
    Appointment,
    Group,
    Membership,
    Person,
    Region,
    SavedView,
    Unit,
    UnitName,
)
from bihuan.organisation.rules import duties
from bihuan.organisation.rules.duties import Answering, Capacity, Held, Role

INITIALS_FROM_START = 2  # so few letters are looked for at the start of a name only


def valid_on(day: date) -> Q:
    """The condition that an appointment or membership is valid on that day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def below(city: str) -> Mapping[int, frozenset[int]]:
    """For each unit of a city: the ids of itself and of every unit below it."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for unit, parent in Unit.objects.filter(city=city).values_list("pk", "parent_id"):
        children[parent].append(unit)
    found: dict[int, frozenset[int]] = {}

    def gather(unit: int) -> frozenset[int]:
        found[unit] = frozenset({unit}.union(*(gather(child) for child in children[unit])))
        return found[unit]

    for root in children[None]:
        gather(root)
    return found


def held_by(person: int, city: str, day: date) -> tuple[Held, ...]:
    """The appointments of a person valid on that day; one that ended yesterday gives nothing today."""
    rows = (
        Appointment.objects.filter(valid_on(day), person_id=person, city=city)
        .select_related("post__unit", "stands_in_for__person")
        .order_by("pk")
    )
    units = below(city) if any(row.role not in duties.SEES_ALL for row in rows) else {}
    return tuple(
        Held(
            Role(row.role),
            units.get(row.post.unit_id, frozenset()),
            row.pk,
            str(row.post),
            row.stands_in_for.person.name if row.stands_in_for else "",
        )
        for row in rows
    )


def actor_for(account: Account, day: date, *, origin: str = "", request: str = "") -> Actor:
    """The actor behind a login on that day; who holds one appointment acts in it."""
    person = account.person
    held = held_by(person.pk, person.city, day)
    by = Actor(person=person.pk, name=person.name, city=person.city, held=held, origin=origin, request=request)
    return by.acting_in(held[0].appointment, held[0].post, held[0].behalf) if len(held) == 1 else by


def accounts() -> QuerySet[Account]:
    """Every account, of whatever city: for the machine's own use, never for a page."""
    return Account.objects.order_by("pk")


def sees_all(by: Actor) -> bool:
    """Whether a city-wide duty shows this actor every problem, measure and (de-identified) petition of the city."""
    return any(post.role in duties.SEES_ALL for post in by.held)


def units_of(by: Actor) -> frozenset[int]:
    """The units whose duties show this actor a matter."""
    return frozenset().union(*(post.units for post in by.held if post.role in duties.SEES_BY_DUTY))


def units_held_as(by: Actor, role: Role) -> frozenset[int]:
    """The units for which this actor acts in that role, and those below them."""
    return frozenset().union(*(post.units for post in by.held if post.role == role))


def has_role(by: Actor, roles: Collection[Role]) -> bool:
    """Whether any appointment of today carries one of these roles."""
    return any(post.role in roles for post in by.held)


def leading_group(city: str) -> int | None:
    """The unit whose first responsible persons are the leading group: the city's party committee and government."""
    return Unit.objects.filter(city=city, kind=GOVERNMENT, parent__isnull=True).values_list("pk", flat=True).first()


def capacities(by: Actor, answering: Iterable[Answering]) -> frozenset[Capacity]:
    """In what capacities this actor may act on a matter with these duties."""
    return duties.capacities(by.held, answering, leading_group(by.city))


def post_for(by: Actor, who: Collection[str], answering: Collection[Answering]) -> Held | None:
    """The appointment in which this actor may act as one of `who`: the first that allows it."""
    top = leading_group(by.city)
    return next((post for post in by.held if duties.capacities((post,), answering, top) & set(who)), None)


OFFICE_ROLES = {
    "office": (Role.COORDINATION, Role.OFFICE_HEAD),
    "petition_desk": (Role.PETITION_DESK, Role.COORDINATION, Role.OFFICE_HEAD),
    "leading_group": (Role.FIRST_RESPONSIBLE,),
    "county": (Role.COUNTY_APPROVER, Role.COUNTY_CLERK),
}
UNIT_ROLES = {
    "lead": (Role.REPORTER, Role.UNIT_APPROVER),
    "responsible": (Role.REPORTER, Role.UNIT_APPROVER),
    "accepting": (Role.ACCEPTANCE_CLERK,),
}


def persons_meant(told: str, answering: Collection[Answering], city: str, day: date) -> frozenset[int]:
    """The persons whom a lifecycle's `tells` word means for a matter with these duties, on that day."""
    posts = Appointment.objects.filter(valid_on(day), city=city)
    if told in UNIT_ROLES:
        units = [duty.unit for duty in answering if duty.role == told and duty.unit]
        posts = posts.filter(role__in=UNIT_ROLES[told], post__unit_id__in=units)
    elif told == "county":
        posts = posts.filter(
            role__in=OFFICE_ROLES[told], post__unit_id__in=[duty.unit for duty in answering if duty.unit]
        )
    else:
        posts = posts.filter(role__in=OFFICE_ROLES[told])
    return frozenset(posts.values_list("person_id", flat=True))


def units_in(city: str) -> QuerySet[Unit]:
    """Every unit of a city, in the order of the list: by region, then by name."""
    return (
        Unit.objects.filter(city=city).select_related("region", "parent", "succeeded_by").order_by("region__code", "pk")
    )


def regions_in(city: str) -> QuerySet[Region]:
    """Every region of a city."""
    return Region.objects.filter(city=city).select_related("parent").order_by("code")


def appointments_in(city: str) -> QuerySet[Appointment]:
    """Every appointment of a city, newest first within a unit."""
    return (
        Appointment.objects.filter(city=city)
        .select_related("person", "post__unit", "stands_in_for__person")
        .order_by("post__unit_id", "post_id", "-starts_on")
    )


def appointments_named(city: str, words: str) -> QuerySet[Appointment]:
    """Appointments by the person's name or initials, the post, or the unit."""
    named = Q(person__name__icontains=words) | Q(post__title__icontains=words) | Q(post__unit__name__icontains=words)
    initials = Q(person__initials__startswith=words.lower()) if words.isascii() and words.isalpha() else Q(pk__in=[])
    return appointments_in(city).filter(named | initials)


def groups_in(city: str) -> QuerySet[Group]:
    """Every working group of a city with its members."""
    return (
        Group.objects.filter(city=city).select_related("parent").prefetch_related("memberships__person").order_by("pk")
    )


def memberships_in(city: str) -> QuerySet[Membership]:
    """Every membership of a city's groups that has no end yet."""
    return Membership.objects.filter(city=city, ends_on__isnull=True).select_related("group", "person").order_by("pk")


def members_of(group: Group) -> QuerySet[Membership]:
    """The memberships of a group that have no end yet."""
    return memberships_in(group.city).filter(group=group)


def office_of(city: str) -> str:
    """What the city's rectification office is called today; "" where there is none."""
    return _offices().filter(city=city).values_list("name", flat=True).first() or ""


def only_office() -> str:
    """What the office is called, where the system serves one city alone; "" where it serves none or several."""
    names = _offices().values_list("name", flat=True)[:2]
    return names[0] if len(names) == 1 else ""


def _offices() -> QuerySet[Unit]:
    return Unit.objects.filter(kind=OFFICE, parent__parent__isnull=True, valid_until__isnull=True).order_by("pk")


def seat_of(region: Region | None) -> Unit | None:
    """The government (党委和政府) of the county that a region is or lies in; None above the counties."""
    while region is not None and region.level != "city":
        seat = Unit.objects.filter(region=region, kind=GOVERNMENT, valid_until__isnull=True).order_by("pk").first()
        if seat is not None:
            return seat
        region = region.parent
    return None


def views_of(by: Actor, ledger: str) -> QuerySet[SavedView]:
    """A person's own views of a ledger, in the order in which he kept them."""
    return SavedView.objects.filter(person_id=by.person or 0, ledger=ledger, is_dropped=False).order_by("pk")


def people_in(city: str) -> QuerySet[Person]:
    """Every person of a city."""
    return Person.objects.filter(city=city).order_by("initials", "pk")


def unit_names(city: str) -> dict[str, int]:
    """Every name by which papers call a unit → its id: names, short names, aliases and former names.

    A former name leads to the unit that carries it, not to its successor: who answered then is asked by date.
    """
    names: dict[str, int] = {}
    for pk, name, short_name in Unit.objects.filter(city=city).values_list("pk", "name", "short_name"):
        names[name] = pk
        if short_name:
            names.setdefault(short_name, pk)
    for name, pk in UnitName.objects.filter(city=city).values_list("name", "unit_id"):
        names.setdefault(name, pk)
    return names


def answering_on(unit: int, day: date) -> QuerySet[Appointment]:
    """Who held which post of a unit on that day: "who answered for this on that day"."""
    return Appointment.objects.filter(valid_on(day), post__unit_id=unit).select_related("person", "post")


def directory(city: str) -> Directory:
    """The office's units as papers call them: by name, alias, former name, and without the city's name."""
    place, names = _place(city), _names_by_unit(city)
    return directory_of(
        city,
        tuple(
            Listed(
                name=unit.name,
                kind=unit.kind,
                region=unit.region.code,
                aliases=tuple(names[unit.pk, False] | _without_place({unit.name, *names[unit.pk, False]}, place)),
                former=tuple(names[unit.pk, True] | _without_place(names[unit.pk, True], place)),
            )
            for unit in units_in(city)
        ),
    )


def _place(city: str) -> str:
    return Region.objects.filter(city=city, level="city").values_list("name", flat=True).first() or ""


def _names_by_unit(city: str) -> dict[tuple[int, bool], set[str]]:
    """{(unit, is former): its other names}."""
    names: dict[tuple[int, bool], set[str]] = defaultdict(set)
    for unit, short_name in Unit.objects.filter(city=city).exclude(short_name="").values_list("pk", "short_name"):
        names[unit, False].add(short_name)
    for unit, name, is_former in UnitName.objects.filter(city=city).values_list("unit_id", "name", "is_former"):
        names[unit, is_former].add(name)
    return names


def _without_place(names: Iterable[str], place: str) -> set[str]:
    """How a city's own paper calls its departments: 沧州市水利局 → 市水利局."""
    return {place[-1] + name.removeprefix(place) for name in names if place and name.startswith(place)}


def names_in_papers(city: str) -> dict[str, int]:
    """Every name that the readers may give for a unit → its id."""
    place, names = _place(city), unit_names(city)
    for name, unit in [*names.items()]:
        for short in _without_place({name}, place):
            names.setdefault(short, unit)
    return names


def region_names(city: str) -> dict[str, int]:
    """Every name and short name of a region → its id."""
    names: dict[str, int] = {}
    for pk, name, short_name in Region.objects.filter(city=city).values_list("pk", "name", "short_name"):
        names[name] = pk
        if short_name:
            names.setdefault(short_name, pk)
    return names


def heads_of(city: str) -> dict[int, int]:
    """For each unit: the unit whose party and government heads answer first for its place."""
    units = list(units_in(city))
    heads = {unit.region_id: unit.pk for unit in reversed(units) if unit.kind == GOVERNMENT}
    return {unit.pk: heads[unit.region_id] for unit in units if unit.region_id in heads}


def units_found(city: str, words: str) -> QuerySet[Unit]:
    """Units by name, other name, or pinyin initials: one or two letters from the start, more of them anywhere."""
    named = Q(name__icontains=words) | Q(short_name__icontains=words) | Q(names__name__icontains=words)
    letters = words.lower() if words.isascii() and words.isalpha() else ""
    where = "initials__contains" if len(letters) > INITIALS_FROM_START else "initials__startswith"
    initials = Q(**{where: letters}) if letters else Q(pk__in=[])
    return units_in(city).filter(named | initials).distinct()


def with_posts(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """These people, each with the appointments held on that day (`held`)."""
    held = Appointment.objects.filter(valid_on(day)).select_related("post__unit").order_by("pk")
    return people.prefetch_related(Prefetch("appointments", held, to_attr="held"))


def people_named(city: str, words: str) -> QuerySet[Person]:
    """People by name, or by pinyin initials from the start."""
    initials = Q(initials__startswith=words.lower()) if words.isascii() and words.isalpha() else Q(pk__in=[])
    return people_in(city).filter(Q(name__icontains=words) | initials)


def posts_of(person: int) -> QuerySet[Appointment]:
    """Every appointment that a person ever held, the latest first."""
    return (
        Appointment.objects.filter(person_id=person)
        .select_related("person", "post__unit", "stands_in_for__person")
        .order_by("-starts_on", "-pk")
    )


def members_on(group: int, day: date) -> QuerySet[Membership]:
    """Who belonged to a group on that day."""
    return Membership.objects.filter(valid_on(day), group_id=group).select_related("person").order_by("pk")
