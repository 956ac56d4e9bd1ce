"""Whether what is new lies near what was signed off: the same object, number, point, village or park.

Plain values in, sentences out that name the parts that match; a person judges. Hides what counts for how much, and
what speaks against a match: another county, another village, another object.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, radians

from bihuan.lib import chinese
from bihuan.lib.reading.addresses import Address, county_of, read_address, town_key
from bihuan.lib.reading.causes import causes_in
from bihuan.lib.reading.objects import ObjectName, Sameness, objects_in, read_object, sameness, sound

SPOT, POINT, NEAR = 50, 150, 300  # metres
THRESHOLD = 50
_SHORTEST_NUMBER = 6
_METRES = 111_320  # of a degree of latitude


@dataclass(frozen=True, slots=True)
class Named:
    """An object or enterprise as a paper names it, and its other and former names as far as the office knows them."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trace:
    """What a signed-off matter, a petition or a finding leaves to be compared by.

    `regions`: the codes of its place, the widest first. `position`: latitude and longitude, all traces in one system.
    What is read out of its words is read once.
    """

    code: str
    regions: tuple[str, ...] = ()
    place: str = ""
    objects: tuple[Named, ...] = ()
    text: str = ""
    position: tuple[float, float] | None = None
    park: str = ""
    types: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @cached_property
    def county(self) -> str:
        """The code of its county, "" where only the city is known."""
        return county_of(self.regions)

    @cached_property
    def names(self) -> tuple[tuple[ObjectName, bool], ...]:
        """Its objects' names, and whether each is an alias; out of the text where no object is recorded."""
        recorded = [
            (name, said is not one.name)
            for one in self.objects
            for said in (one.name, *one.aliases)
            for name in read_object(said, self.regions)
        ]
        return tuple(recorded or ((name, False) for name in objects_in(self.text, self.regions)))

    @cached_property
    def is_named(self) -> bool:
        """Whether a name of it tells it from others; ××公司 does not."""
        return any(name.tells and not name.is_masked for name, _ in self.names)

    @cached_property
    def address(self) -> Address:
        """Town, village and house number; what its place does not say, its text may."""
        own, told = read_address(self.place, self.regions), read_address(self.text, self.regions)
        return Address(own.town or told.town, own.village or told.village, own.door or told.door)

    @cached_property
    def causes(self) -> frozenset[str]:
        """What pollutes there, as its words and its objects' names say."""
        return causes_in(chinese.clean(self.text + "".join(f"|{one.name}" for one in self.objects)).text)

    @cached_property
    def named_causes(self) -> frozenset[str]:
        """What pollutes as its objects' names alone say."""
        return causes_in("|".join(name.said for name, _ in self.names))

    @cached_property
    def registered(self) -> frozenset[str]:
        """Its numbers that are long enough to be one matter's alone, written alike."""
        plain = (chinese.half_width(number).strip().upper() for number in self.numbers)
        return frozenset(number for number in plain if len(number) >= _SHORTEST_NUMBER)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A new trace near an old one: how strong of 100, and why, a sentence for each part that matches."""

    old: str
    new: str
    strength: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """How two places lie to each other."""

    metres: int | None
    same_village: bool
    same_door: bool
    same_park: bool
    apart: bool

    @property
    def is_one(self) -> bool:
        return self.is_narrow or self.same_park or self.within(NEAR)

    @property
    def is_narrow(self) -> bool:
        """Whether it is one place even for what has no name."""
        return self.same_village or self.same_door or self.within(POINT)

    def within(self, metres: int) -> bool:
        return self.metres is not None and self.metres <= metres


# What a name is worth: at one place, and where the places say nothing of each other (0: nothing).
_WORTH = {
    Sameness.SAME: (95, 85),
    Sameness.SHORT: (85, 60),
    Sameness.TRADE: (85, 65),
    Sameness.CORE: (70, 0),
    Sameness.OTHER_TRADE: (70, 0),
    Sameness.LOST: (75, 0),
    Sameness.SOUND: (75, 0),
    Sameness.MASKED: (65, 0),
}
# What a name is worth only at one narrow place, and (but for one renamed) where the pollution or its cause is the same.
_DOUBTFUL = {Sameness.CORE, Sameness.OTHER_TRADE, Sameness.MASKED}
_NUMBER, _POINT, _VILLAGE, _SPOT_OF_OTHERS, _PARK = 98, 70, 58, 52, 50
_CAUSE_TOO = 10  # the same cause, where no name speaks
_APART = 15  # the same name where the papers name two villages


def likeness(old: Trace, new: Trace) -> Likeness | None:
    """How near the new trace is to the old one, and why; `None` below the threshold."""
    if shared := sorted(old.registered & new.registered):
        return Likeness(old.code, new.code, _NUMBER, (f"编号相同：{shared[0]}。", *_told_apart(old, new)))
    if old.county and new.county and old.county != new.county:
        return None
    place, types = _place(old, new), sorted({*old.types} & {*new.types})
    named = _same_object(old, new)
    if named:
        strength = _by_name(named[0], place, is_like=bool(types or old.causes & new.causes))
    else:
        strength = _by_place(old, new, place) if types else 0
    if strength < THRESHOLD:
        return None
    reasons = (*([named[1]] if named else []), *_where(old, new, place), *_what(old, new, types))
    return Likeness(old.code, new.code, strength, (*reasons, *([] if named else _told_apart(old, new))))


def _same_object(old: Trace, new: Trace) -> tuple[Sameness, str] | None:
    """The surest way in which an object of one is an object of the other, and the sentence."""
    order = [*Sameness]
    found = [
        (order.index(how), name, other, is_alias)
        for name, is_alias in old.names
        for other, _ in new.names
        if (how := sameness(name, other))
    ]
    if not found:
        return None
    at, name, other, is_alias = min(found, key=lambda one: (one[0], one[3]))
    said = f"{order[at]}{'，系其别名' if is_alias else ''}"
    return order[at], f"同一对象：“{other.said}”即“{name.said}”（{said}）。"


def _by_name(how: Sameness, place: _Place, *, is_like: bool) -> int:
    here, anywhere = _WORTH[how]
    if how in _DOUBTFUL and not (place.is_narrow and (is_like or how == Sameness.CORE)):
        return 0
    if place.is_one:
        return here
    if how != Sameness.SAME and (place.apart or not is_like):
        return 0
    return anywhere - (_APART if place.apart else 0)


def _by_place(old: Trace, new: Trace, place: _Place) -> int:
    """What the place alone is worth, for two of one type of pollution of which no name says that they are one."""
    shared = old.causes & new.causes
    if old.is_named and new.is_named:
        return _SPOT_OF_OTHERS if shared and place.within(SPOT) else 0
    if _contradict(old, new):
        return 0
    more = _CAUSE_TOO if shared else 0
    if place.is_narrow:
        return (_POINT if place.within(POINT) else _VILLAGE) + more
    is_park = place.same_park and (shared or not old.is_named)
    return _PARK + more if is_park or (shared and place.within(NEAR)) else 0


def _contradict(old: Trace, new: Trace) -> bool:
    """Whether two of which one has no name are still not one: other causes, or other letters left of a masked name.

    Who complains may not know a name; who names one means that one, and not whatever else the village has.
    """
    if old.causes and new.causes and not old.causes & new.causes:
        return True
    firsts = [{sound(name.stem[0]) for name, _ in one.names if name.tells} - {"*"} for one in (old, new)]
    if firsts[1] and not (new.named_causes or new.causes) & old.causes:
        return True
    return all(firsts) and not firsts[0] & firsts[1]


def _place(old: Trace, new: Trace) -> _Place:
    one, other = old.address, new.address
    metres = _metres(old.position, new.position)
    other_town = bool(one.town and other.town and town_key(one.town) != town_key(other.town))
    same_village = bool(one.village) and one.village == other.village and not other_town
    other_village = bool(one.village and other.village and one.village != other.village)
    apart = other_town or other_village
    return _Place(
        metres,
        same_village,
        bool(one.door) and one.door == other.door,
        same_park=bool(old.park) and _park(old.park) == _park(new.park) and not apart,
        apart=apart,
    )


def _park(name: str) -> str:
    return chinese.clean(name).text.replace(" ", "")


def _metres(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    if one is None or other is None:
        return None
    north = (one[0] - other[0]) * _METRES
    return round(hypot(north, (one[1] - other[1]) * _METRES * cos(radians(one[0]))))


def _where(old: Trace, new: Trace, place: _Place) -> Iterator[str]:
    if place.within(NEAR):
        yield f"相距{place.metres}米。"
    if place.same_village:
        town = old.address.town or new.address.town
        unsaid = "" if old.address.town and new.address.town else "，有一件未写明乡镇"
        yield f"同一村（{town}{old.address.village}村{unsaid}）。"
    if place.same_door:
        yield f"同一门牌（{old.address.door}）。"
    if place.same_park:
        yield f"同一园区（{old.park}）。"
    if place.apart and not place.within(NEAR):
        yield f"所写地点不同（{old.place}、{new.place}），请核对。"


def _what(old: Trace, new: Trace, types: list[str]) -> Iterator[str]:
    if types:
        yield f"同为{'、'.join(types)}。"
    if shared := sorted(old.causes & new.causes):
        yield f"都涉及{'、'.join(shared)}。"


def _told_apart(old: Trace, new: Trace) -> Iterator[str]:
    if old.is_named and new.is_named and not _same_object(old, new):
        yield f"对象名称不同（{old.names[0][0].said}、{new.names[0][0].said}），请核对。"
