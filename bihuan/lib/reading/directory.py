"""A directory of units: who exists under which names, and where. The shipped one knows a place's usual departments.

Hides how a name is looked up: official name, spelling, short form, former name, with or without the place before it.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from bihuan.lib.reading.departments import DEPARTMENTS, Department
from bihuan.lib.reading.regions import Region, places

# To compare a name with every other takes long, and the same unknown name stands in many rows.
_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a directory. `region` is the code of its place; `former` are names it no longer bears."""

    name: str
    kind: str = "部门"
    region: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found under a name. `name` is what to call it; `derived` names the rule where that is not as printed."""

    unit: Unit
    name: str
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is known. `home` is the code of the city or county whose paper is read.

    A shipped directory also accepts what follows from a pattern (成安县水利局); one of an office's own units does not.
    """

    home: str
    units: tuple[Unit, ...] = ()
    is_shipped: bool = False
    _names: Mapping[str, Match] = field(default_factory=dict)
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def place(self) -> Region | None:
        """The home region."""
        return places().get(self.home)

    @property
    def city(self) -> str:
        """The code of the city that the home is or lies in."""
        place = self.place
        return place.parent if place and place.level == "county" and not place.parent.endswith("0000") else self.home

    def find(self, name: str) -> Match | None:
        """The unit with this name, alias or former name."""
        return self._names.get(name)

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three names that look most like this one, the likest first."""
        if name not in self._near:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            close = difflib.get_close_matches(name, self._names, n=5, cutoff=0.5)
            self._near[name] = tuple(dict.fromkeys(self._names[one].name for one in close))[:3]
        return self._near[name]

    def of_region(self, code: str) -> Unit | None:
        """The party committee and government of a place, if the directory lists them."""
        return next((unit for unit in self.units if unit.region == code and unit.kind == "党委政府"), None)


def directory_of(home: str, units: tuple[Unit, ...]) -> Directory:
    """A directory of an office's own units."""
    names: dict[str, Match] = {}
    for unit in units:
        for name in unit.former:
            names.setdefault(name, Match(unit, unit.name, "旧称对应现名"))
        for name in unit.aliases:
            names[name] = Match(unit, unit.name, "简称对应全称")
    names.update({unit.name: Match(unit, unit.name) for unit in units})
    return Directory(home, units, is_shipped=False, _names=names)


@cache
def default_directory(home: str) -> Directory:
    """The usual departments of a city or county, by its code. Refuses a code that is no city or county."""
    place = places().get(home)
    if not place or place.level not in ("city", "county"):
        raise ValueError(f"行政区划代码“{home}”不是市或县(市、区)。")
    directory = Directory(home)
    names: dict[str, Match] = {}
    units: list[Unit] = []
    for region in _own_and_city(place, directory.city):
        head = _head(region, place)
        for department in DEPARTMENTS:
            unit = Unit(head + department.name, department.kind, region.code)
            units.append(unit)
            for name, match in _matches(region, department, unit, head):
                names.setdefault(name, match)
    return Directory(home, tuple(units), is_shipped=True, _names=names)


@cache
def homeless_directory() -> Directory:
    """The usual departments of a place that is not known: their names are settled, where they are is not."""
    names: dict[str, Match] = {}
    for rank in ("市", "县", "区"):
        for department in DEPARTMENTS:
            unit = Unit(rank + department.name, department.kind)
            names.update({rank + name: Match(unit, rank + shown, rule) for name, shown, rule in forms(department)})
    return Directory("", is_shipped=True, _names=names)


def _own_and_city(place: Region, city: str) -> list[Region]:
    above = places().get(city)
    return [place] if above is None or above.code == place.code else [place, above]


def rank_of(region: Region) -> str:
    """The word a place calls its own departments by: 市, 县, 区, 旗."""
    return "县" if region.name.endswith("自治县") else region.name[-1]


def _head(region: Region, home: Region) -> str:
    """What a department is called by: 市, 县 …; a city above a county that is itself called 市, by its whole name."""
    rank = rank_of(region)
    return region.name if region.code != home.code and rank == rank_of(home) else rank


def _matches(region: Region, department: Department, unit: Unit, rank: str) -> Iterator[tuple[str, Match]]:
    """Every name of one department of a place; `rank` is what stands before the name it gets."""
    for name, shown, rule in forms(department):
        match = Match(unit, rank + shown, rule)
        yield rank + name, match
        yield region.name + name, match
        if region.short != region.name:
            yield region.short + name, match
        if not name.startswith(("委", "政府")) and region.code == unit.region:
            yield name, Match(unit, rank + shown, rule or "补上所在地")


def forms(department: Department) -> Iterator[tuple[str, str, str | None]]:
    """Every name of a department, what to call it then, and the rule where that is another name."""
    for name in (department.name, *department.spellings):
        yield name, name, None
    for name in department.aliases:
        yield name, department.name, "简称对应全称"
    for name in department.former:
        yield name, department.name, "旧称对应现名"


@cache
def department_names() -> Mapping[str, tuple[Department, str, str | None]]:
    """Every name of a department without its place: the department, what to call it, and the rule."""
    return {name: (department, shown, rule) for department in DEPARTMENTS for name, shown, rule in forms(department)}
