"""A city's regions, units and groups, and every name by which papers call a region or a unit.

Hides other names, former names, and the city's name left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from bihuan.lib.reading.directory import Directory, directory_of
from bihuan.lib.reading.directory import Unit as Listed
from bihuan.lib.reading.regions import CITY_ITSELF
from bihuan.lib.reading.unit_names import GOVERNMENT, OFFICE
from bihuan.organisation.models import Group, Membership, OfficeRules, Region, Unit, UnitName
from bihuan.organisation.queries import scope

CITY = "city"
INITIALS_FROM_START = 2  # so few letters are looked for at the start of a name only


class Regions:
    """The regions of some cities as they lie in one another, asked for once."""

    def __init__(self, cities: Collection[str]) -> None:
        rows = Region.objects.filter(city__in=cities).values_list("pk", "code", "parent_id", "level")
        self._known = {pk: (code, parent, level) for pk, code, parent, level in rows}

    def codes(self, region: int | None) -> tuple[str, ...]:
        """The code of a region and those of the regions above it, the widest first; none of one that is not known."""
        found: list[str] = []
        while region is not None and region in self._known and len(found) < len(self._known):
            code, region, _ = self._known[region]
            found.insert(0, code)
        return tuple(found)

    def is_wide(self, region: int | None) -> bool:
        """Whether it is a whole city, or not known."""
        return region not in self._known or self._known[region][2] == CITY


def units_in(city: str) -> QuerySet[Unit]:
    """Every unit of a city, in the order of the list: by region, then by name."""
    return (
        Unit.objects.filter(city=city).select_related("region", "parent", "succeeded_by").order_by("region__code", "pk")
    )


def regions_in(city: str) -> QuerySet[Region]:
    """Every region of a city."""
    return Region.objects.filter(city=city).select_related("parent").order_by("code")


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
    """Every name and short name of a region → its id; what means the city itself (市本级) among them."""
    names: dict[str, int] = {}
    for pk, code, name, short_name in Region.objects.filter(city=city).values_list("pk", "code", "name", "short_name"):
        names[name] = pk
        for other in (short_name, *(CITY_ITSELF if code == city else ())):
            if other:
                names.setdefault(other, pk)
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


def office_rules(city: str) -> OfficeRules:
    """How a city's office settled second factor and sessions; the defaults, unsaved, where it settled nothing."""
    return OfficeRules.objects.filter(city=city).first() or OfficeRules(city=city)


def members_on(group: int, day: date) -> QuerySet[Membership]:
    """Who belonged to a group on that day."""
    return Membership.objects.filter(scope.valid_on(day), group_id=group).select_related("person").order_by("pk")
