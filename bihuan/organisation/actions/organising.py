"""Everything that writes regions, units and their names, groups, and which days are worked."""

from datetime import date, datetime
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.calendar import CalendarDay
from bihuan.lib.flow import Refused
from bihuan.lib.pinyin import initials
from bihuan.lib.reading.departments import DEPARTMENTS
from bihuan.lib.reading.regions import Region as Place
from bihuan.lib.reading.regions import places
from bihuan.lib.reading.unit_names import GOVERNMENT, OFFICE
from bihuan.organisation.models import Group, Membership, Person, Region, Unit, UnitName


@action
def add_regions(regions: list[Region], *, by: Actor, at: datetime) -> list[Region]:
    """Add regions, parents before children."""
    return [audit.create(region) for region in regions]


@action
def add_unit(name: str, kind: str, region: Region, *, by: Actor, at: datetime, **facts: Any) -> Unit:
    """Add a unit. Refuses a name that any unit of the city has or had."""
    _refuse_taken(by.city, name)
    return audit.create(Unit(name=name, kind=kind, region=region, initials=initials(name), **facts))


@action
def change_unit(unit: Unit, *, by: Actor, at: datetime, note: str = "", seen: int | None = None, **facts: Any) -> Unit:
    """Change a unit. A new name keeps the old one as a former name (原名), by which papers still find it.

    Refuses a name that is taken by another unit, and a parent that is the unit itself or below it.
    """
    name = facts.get("name", unit.name)
    _refuse_circle(facts.get("parent"), unit, "parent", "上级单位不能是自己或自己的下级。")
    if name != unit.name:
        own = UnitName.objects.filter(unit=unit, name=name).exists()
        if not own:
            _refuse_taken(by.city, name)
        if not UnitName.objects.filter(unit=unit, name=unit.name).exists():
            audit.create(UnitName(unit=unit, name=unit.name, is_former=True))
        facts["initials"] = initials(name)
    return audit.amend(unit, seen=seen, because=note, **facts)


@action
def merge_unit(
    unit: Unit, into: Unit, *, on: date, by: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Unit:
    """End a unit and name the one that took over its work. Refuses a circle, and a unit that was merged before."""
    if unit.succeeded_by is not None:
        raise Refused(f"已于{unit.valid_until}并入{unit.succeeded_by}。")
    _refuse_circle(into, unit, "succeeded_by", "不能并入自己或自己的前身。")
    return audit.amend(unit, seen=seen, valid_until=on, succeeded_by=into, because=note)


@action
def close_unit(unit: Unit, *, on: date, by: Actor, at: datetime, note: str = "", seen: int | None = None) -> Unit:
    """End a unit that nobody takes over from (撤销). Refuses one that has ended."""
    if unit.valid_until is not None:
        raise Refused(f"已于{unit.valid_until}停用。")
    return audit.amend(unit, seen=seen, valid_until=on, because=note)


@action
def add_unit_name(unit: Unit, name: str, *, by: Actor, at: datetime, is_former: bool = False) -> UnitName:
    """Add another name by which papers call a unit."""
    _refuse_taken(by.city, name)
    return audit.create(UnitName(unit=unit, name=name, is_former=is_former))


@action
def move_unit_name(name: UnitName, unit: Unit, *, by: Actor, at: datetime, note: str = "") -> UnitName:
    """Let another name lead to the unit that it really means."""
    return audit.change(name, unit_id=unit.pk, because=note)


@action
def add_group(name: str, *, by: Actor, at: datetime, parent: Group | None = None) -> Group:
    """Add a working group. Refuses a name that is taken."""
    _refuse_group(by.city, name)
    return audit.create(Group(name=name, parent=parent))


@action
def change_group(
    group: Group, *, by: Actor, at: datetime, note: str = "", seen: int | None = None, **facts: Any
) -> Group:
    """Change a working group's name or place. Refuses a name that is taken and a circle."""
    if facts.get("name", group.name) != group.name:
        _refuse_group(by.city, facts["name"])
    _refuse_circle(facts.get("parent"), group, "parent", "上级不能是自己或自己的下级。")
    return audit.amend(group, seen=seen, because=note, **facts)


@action
def join_group(
    group: Group, person: Person, *, starts_on: date, by: Actor, at: datetime, title: str = ""
) -> Membership:
    """Make a person a member of a group from a day on. Refuses somebody who is a member then."""
    if group.memberships.filter(person=person).exclude(ends_on__lt=starts_on).exists():
        raise Refused(f"{person}已是{group}成员。")
    return audit.create(Membership(group=group, person=person, title=title, starts_on=starts_on))


@action
def leave_group(membership: Membership, *, on: date, by: Actor, at: datetime, note: str = "") -> Membership:
    """End somebody's membership on a day. Refuses a day before it began."""
    if on < membership.starts_on:
        raise Refused("离组日期早于入组日期。")
    return audit.amend(membership, ends_on=on, because=note)


@action
def settle_day(
    day: date, *, is_working: bool, by: Actor, at: datetime, note: str = "", seen: int | None = None
) -> CalendarDay:
    """Settle whether a day is worked. Dates already issued do not move."""
    known = CalendarDay.objects.filter(city=by.city, day=day).first()
    if known is None:
        return audit.create(CalendarDay(day=day, is_working=is_working, note=note))
    return audit.amend(known, seen=seen, is_working=is_working, note=note)


def _refuse_taken(city: str, name: str) -> None:
    if Unit.objects.filter(city=city, name=name).exists() or UnitName.objects.filter(city=city, name=name).exists():
        raise Refused(f"名称“{name}”已有单位在用或用过。")


def _refuse_group(city: str, name: str) -> None:
    if Group.objects.filter(city=city, name=name).exists():
        raise Refused(f"已有工作组“{name}”。")


def _refuse_circle(ahead: Any, row: Any, link: str, sentence: str) -> None:
    while ahead is not None:
        if ahead.pk == row.pk:
            raise Refused(sentence)
        ahead = getattr(ahead, link)


@action
def open_office(city: str, *, by: Actor, at: datetime) -> dict[str, Unit]:
    """Open a city's office: its regions, the usual departments with their other and former names, the
    party and government of each place. Returns the units by name. Refuses what is no city, and a city already open.
    """
    place = places().get(city)
    if place is None or place.level != "city":
        raise Refused(f"“{city}”不是地级市的行政区划代码。")
    if Region.objects.filter(city=city).exists():
        raise Refused(f"{place.name}已经建立过。")
    top = audit.create(Region(code=city, name=place.name, short_name=place.short, level="city"))
    below = [
        audit.create(Region(code=one.code, name=one.name, short_name=one.short, level=_level(one), parent=top))
        for one in places().counties(city, zones=True)
    ]
    units = _departments(top, by, at)
    government = units[f"{place.name}委和{place.name[-1]}政府"]
    for region in below:
        name = f"{region.name}{'党工委和管委会' if region.level == 'zone' else '党委和政府'}"
        units[name] = add_unit(name, GOVERNMENT, region, by=by, at=at, parent=government)
        if region.level != "zone":
            add_unit_name(units[name], f"{region.name}党委和人民政府", by=by, at=at)
    return units


def _level(place: Place) -> str:
    return "zone" if place.zone else "county"


def _departments(city: Region, by: Actor, at: datetime) -> dict[str, Unit]:
    name, rank = city.name, city.name[-1]
    top = add_unit(f"{name}委和{rank}政府", GOVERNMENT, city, by=by, at=at)
    for other in (f"{name}党委和政府", f"{rank}委和{rank}政府", f"{name}委、{rank}政府"):
        add_unit_name(top, other, by=by, at=at)
    units, taken = {top.name: top}, set[str]()
    for department in DEPARTMENTS:
        others = [one for one in (*department.spellings, *department.aliases) if one not in taken]
        former = [one for one in department.former if one not in taken]
        taken |= {department.name, *others, *former}
        unit = add_unit(f"{name}{department.name}", department.kind, city, by=by, at=at, parent=top)
        for one in (*others, *former):
            add_unit_name(unit, f"{name}{one}", by=by, at=at, is_former=one in former)
        units[unit.name] = unit
    office = f"{name}整改办"
    if office not in units:
        units[office] = add_unit(office, OFFICE, city, by=by, at=at, parent=top)
    return units
