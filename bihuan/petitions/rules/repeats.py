"""Whether two petitions are one complaint told twice, or speak of one object: by number, place, name and text.

Plain values in, Chinese sentences out that name the parts that match; a person judges. Hides what counts for how much,
and what speaks against a match: another county, village, estate or house number, another name, another business.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import cos, floor, hypot, radians
from zlib import crc32

from bihuan.lib.reading.addresses import town_key
from bihuan.lib.reading.businesses import are_apart
from bihuan.lib.reading.objects import ObjectName, Sameness, read_object, sameness, sound
from bihuan.lib.reading.regions import places
from bihuan.matters.rules.likeness import POINT, Trace
from bihuan.petitions.rules.common_words import share
from bihuan.petitions.rules.told import Told
from bihuan.petitions.rules.weighing import DOUBTS, Sign, is_likely

THRESHOLD = 55
_METRES = 111_320  # of a degree of latitude
_LONG = 60  # characters beside places and names that are nobody's set phrase
_COPIED, _ALIKE, _SOME = 0.8, 0.45, 0.25  # share of the shorter text's words that the longer one has


class Kind(StrEnum):
    """What a pair may be; the value is what is read."""

    REPEAT = "重复举报"
    SAME_OBJECT = "同一对象"


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier petition near a later one: how strong of 100, what the pair may be, and why."""

    earlier: str
    later: str
    strength: int
    kind: Kind
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """What two petitions' places have in common, a sentence for each, and whether they name two places."""

    narrow: tuple[str, ...]
    wide: tuple[str, ...]
    apart: str


# What a name is worth: at one place, and where the places say nothing of each other (0: nothing).
_WORTH = {
    Sameness.SAME: (95, 85),
    Sameness.SHORT: (90, 75),
    Sameness.TRADE: (88, 70),
    Sameness.CORE: (75, 60),
    Sameness.OTHER_TRADE: (70, 0),
    Sameness.LOST: (78, 60),
    Sameness.SOUND: (78, 60),
    Sameness.MASKED: (72, 0),
}
_NUMBER, _COPY, _PLACE, _MORE, _PLAIN_APART = 98, 85, 68, 10, 55
_UNSURE_COUNTY = 8
_WHOLE_NAME = (Sameness.SAME, Sameness.SHORT, Sameness.TRADE, Sameness.CORE, Sameness.OTHER_TRADE)
_OTHER_BUSINESS = 64  # for one name at one place, whatever is done there
_WHOLE = 4  # letters of a stem that no text has by chance
# Where something surer was found, what is weak and weaker is noise.
_WEAK, _NOISE = 70, 10
_CELLS = 200  # to a degree: no cell is smaller than the farthest distance that counts
_RUN, _LEAST = 8, 3


def repeat(earlier: Told, later: Told) -> Repeat | None:
    """How near a later petition is to an earlier one, what the pair may be, and why; `None` below the threshold."""
    one, other = earlier.trace, later.trace
    if shared := sorted(one.registered & other.registered):
        return Repeat(one.code, other.code, _NUMBER, Kind.REPEAT, (f"写明同一编号：{shared[0]}。",))
    if earlier.county and later.county and earlier.county != later.county:
        return None
    place, alike = _place(earlier, later), share(earlier.said, later.said)
    named = _same_name(earlier, later)
    strength = _by_name(earlier, later, named[0], place) if named else _by_place(earlier, later, place, alike)
    if alike >= _COPIED and _may_be_copied(earlier, later, place, is_one=named is not None):
        strength = max(strength, _COPY)
    if not (earlier.county and later.county):
        strength -= _UNSURE_COUNTY if earlier.is_named == later.is_named else 2 * _UNSURE_COUNTY
    if strength < THRESHOLD:
        return None
    kind, what = _kind(earlier, later, alike)
    reasons = (*([named[1]] if named else []), *place.narrow, *place.wide, *([place.apart] if place.apart else []))
    doubts = () if named else (DOUBTS[sign] for sign in _signs(earlier, later, place, alike) if sign in DOUBTS)
    return Repeat(one.code, other.code, strength, kind, (*reasons, *what, *sorted(doubts)))


def _same_name(earlier: Told, later: Told) -> tuple[Sameness, str] | None:
    """The surest way in which a name of one is a name of the other, and the sentence."""
    order = [*Sameness]
    found = [
        (order.index(how), name.said, other.said)
        for name in earlier.names
        for other in later.names
        if (how := sameness(name, other))
    ]
    found += [(order.index(Sameness.SHORT), *one) for one in _told_in(earlier, later)]
    if not found:
        return None
    at, said, other_said = min(found)
    return order[at], f"同一对象：“{other_said}”即“{said}”（{order[at]}）。"


def _told_in(earlier: Told, later: Told) -> Iterator[tuple[str, str]]:
    """(the earlier's name, the later's) where the name of one stands in the words of the other, without its form."""
    for name in earlier.names:
        if _is_told(name, later):
            yield name.said, name.stem
    for name in later.names:
        if _is_told(name, earlier):
            yield name.stem, name.said


def _is_told(name: ObjectName, other: Told) -> bool:
    return len(name.stem) >= _WHOLE and not name.is_masked and name.stem in other.spots.text


def _by_name(earlier: Told, later: Told, how: Sameness, place: _Place) -> int:
    """What a name that both bear is worth where they lie."""
    here, anywhere = _WORTH[how]
    if _other_business(earlier, later) and not (how is Sameness.SAME and place.narrow):
        return min(here, _OTHER_BUSINESS) if place.narrow and how in _WHOLE_NAME else 0
    if place.narrow:
        return here
    return 0 if place.apart else anywhere


def _by_place(earlier: Told, later: Told, place: _Place, alike: float) -> int:
    """What the place is worth for two of which no name says that they are one."""
    if place.apart or not place.narrow or _other_business(earlier, later) or _other_name(earlier, later):
        return 0
    if not is_likely(_signs(earlier, later, place, alike)):
        return 0
    is_like = bool({*earlier.trace.types} & {*later.trace.types}) or alike >= _ALIKE
    return _PLACE + _MORE * (len(place.narrow) > 1) - (0 if is_like else 2 * _MORE)


def _signs(earlier: Told, later: Told, place: _Place, alike: float) -> frozenset[Sign]:
    """What speaks for and against two petitions of one place being one."""
    is_typed = bool({*earlier.trace.types} & {*later.trace.types})
    holds = {
        Sign.TYPE: is_typed,
        Sign.OTHER_TYPE: not is_typed,
        _business_sign(earlier, later): True,
        Sign.CAUSE: bool(earlier.causes & later.causes),
        Sign.MATERIAL: bool(earlier.materials & later.materials) and not (earlier.who and later.who),
        Sign.DOOR: _is_one_door(earlier, later),
        Sign.PLACES: len(place.narrow) > 1,
        Sign.TIME: bool({*earlier.spots.times} & {*later.spots.times}),
        Sign.OTHER_TIME: _other_time(earlier, later),
        Sign.ALIKE: _SOME <= alike < _COPIED,
        Sign.COPIED: alike >= _COPIED,
        Sign.HALF_NAMED: earlier.is_named != later.is_named,
    }
    return frozenset(sign for sign, is_there in holds.items() if is_there)


def _business_sign(earlier: Told, later: Told) -> Sign:
    if earlier.who & later.who:
        return Sign.BUSINESS
    if _one_word(earlier, later):
        return Sign.WORD
    return Sign.HALF_KNOWN if earlier.who or later.who else Sign.UNKNOWN


def _other_time(earlier: Told, later: Told) -> bool:
    """Whether both say since when, or from which hour on, and not alike."""
    own, others = ({time[-1]: time for time in told.spots.times} for told in (earlier, later))
    return any(own[unit] != others[unit] for unit in {*own} & {*others})


def _may_be_copied(earlier: Told, later: Told, place: _Place, *, is_one: bool) -> bool:
    """Whether nothing but the place could make two of one wording: neither another name nor another business."""
    if place.apart or _other_business(earlier, later) or (not is_one and earlier.is_named and later.is_named):
        return False
    if place.narrow:
        return True
    return not (earlier.is_placed and later.is_placed) and min(len(earlier.said), len(later.said)) >= _LONG


def _is_one_door(earlier: Told, later: Told) -> bool:
    return bool({*earlier.spots.doors} & {*later.spots.doors})


def _one_word(earlier: Told, later: Told) -> bool:
    """Whether one's word for its business stands in the other."""
    return any(word in later.words for word in earlier.business) or any(
        word in earlier.words for word in later.business
    )


def _other_business(earlier: Told, later: Told) -> bool:
    return are_apart(earlier.who, later.who)


def _other_name(earlier: Told, later: Told) -> bool:
    """Whether each names an object, and not the same; of a masked name the first letter tells."""
    if earlier.is_named and later.is_named:
        return True
    firsts = [{sound(name.stem[0]) for name in one.names if name.stem and name.stem != "*"} for one in (earlier, later)]
    return all(firsts) and not firsts[0] & firsts[1]


def _place(earlier: Told, later: Told) -> _Place:
    one, other = earlier.edged.address, later.edged.address
    a, b = earlier.spots, later.spots
    other_town = _other_town(town_key(one.town), town_key(other.town))
    narrow, wide = [*_points(earlier, later)], []
    if not other_town and _same_village(earlier, later):
        narrow.append(f"同一村（{one.town or other.town}{one.village}村）。")
    narrow += [f"同一小区（{name}）。" for name in sorted({*a.estates} & {*b.estates})]
    narrow += [f"同一地标（{name}附近）。" for name in sorted({*a.marks} & {*b.marks})]
    narrow += [f"同一门牌（{door}）。" for door in sorted({*a.doors} & {*b.doors})]
    roads = sorted({road for road in a.roads if any(_same_road(road, said) for said in b.roads)})
    if len(roads) > 1:
        narrow.append(f"同一路口（{'与'.join(roads[:2])}）。")
    elif roads:
        wide.append(f"同一道路（{roads[0]}）。")
    return _Place(tuple(narrow), tuple(wide), "" if _spoken_for(narrow) else _apart(earlier, later, other_town))


def _other_town(one: str, other: str) -> bool:
    """What stands before the name of a town (沣西新城马王镇) makes no other one of it."""
    return bool(one and other) and not (one.endswith(other) or other.endswith(one))


def _same_village(earlier: Told, later: Told) -> bool:
    """A zone or a town that nobody knows for one may stand before the name of the village."""
    one, other = sorted((earlier.edged.address.village, later.edged.address.village), key=len)
    before = other.removesuffix(one)
    return bool(one) and (one == other or (len(one) > 1 and before != other and before[-1] in "区场镇乡"))


def _same_road(one: str, other: str) -> bool:
    """Two roads are one though what stands before the shorter was cut with it (和平大道, 平大道)."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) and len(long) - len(short) < 2


def _points(earlier: Told, later: Told) -> Iterator[str]:
    one, other = earlier.trace.position, later.trace.position
    if one is not None and other is not None:
        north, east = (one[0] - other[0]) * _METRES, (one[1] - other[1]) * _METRES * cos(radians(one[0]))
        if (metres := round(hypot(north, east))) <= POINT:
            yield f"相距{metres}米。"


def _spoken_for(narrow: list[str]) -> bool:
    """Whether a place in common is one that no other place in the texts takes back."""
    return any(not one.startswith("同一地标") for one in narrow)


def _apart(earlier: Told, later: Told, other_town: bool) -> str:  # noqa: FBT001 -- what was found already
    """The sentence that says where they name two places of one kind, or ""."""
    one, other = earlier.edged.address, later.edged.address
    a, b = earlier.spots, later.spots
    pairs = (
        ((one.village,) if one.village else (), (other.village,) if other.village else ()),
        (a.estates, b.estates),
        (a.doors, b.doors),
    )
    for own, others in pairs:
        if own and others and not {*own} & {*others}:
            return f"所写地点不同（{own[0]}、{others[0]}），请核对。"
    return f"所写乡镇不同（{one.town}、{other.town}），请核对。" if other_town else ""


def _kind(earlier: Told, later: Told, alike: float) -> tuple[Kind, tuple[str, ...]]:
    """What the pair may be by what is complained of, and the sentences."""
    types = sorted({*earlier.trace.types} & {*later.trace.types})
    causes = sorted((earlier.causes | earlier.who) & (later.causes | later.who))
    times = sorted({*earlier.spots.times} & {*later.spots.times})
    what = [f"同为{'、'.join(types)}。"] if types else []
    what += [f"都涉及{'、'.join(causes)}。"] if causes else []
    what += [f"都写明{'、'.join(times)}。"] if times else []
    what += [f"文字有{alike:.0%}相同。"] if alike >= _ALIKE else []
    if types or alike >= _COPIED or not (earlier.trace.types and later.trace.types):
        return Kind.REPEAT, tuple(what)
    return Kind.SAME_OBJECT, (*what, "反映的污染类型不同。")


def strongest(found: Iterable[Repeat]) -> tuple[Repeat, ...]:
    """The likenesses of one petition in order, without those that a much surer one makes noise of."""
    ordered = sorted(found, key=lambda one: (-one.strength, one.earlier))
    return tuple(one for one in ordered if one.strength >= min(_WEAK, ordered[0].strength - _NOISE + 1))


def keys(told: Told) -> tuple[str, ...]:
    """The plain strings under which a petition is kept, so that a new one is compared with few of very many."""
    spots, trace = told.spots, told.trace
    area = told.county or next(iter(trace.regions[-1:]), "")
    own = [f"number:{number}" for number in sorted(trace.registered)]
    village = told.edged.address.village
    own += [f"{area}:village:{village[-3:]}"] if village else []
    own += [f"{area}:{one}" for one in (*spots.estates, *spots.doors, *(f"{mark}附近" for mark in spots.marks))]
    own += [f"{area}:{'|'.join(sorted(road[-3:] for road in pair))}" for pair in combinations(spots.roads[:4], 2)]
    perhaps = (name for one in spots.perhaps for name in read_object(one, trace.regions))
    own += [f"{area}:name:{sounds}" for name in (*told.names, *perhaps) for sounds in name.sounds]
    own += [f"{area}:masked:{sound(name.stem[0])}" for name in told.names if name.is_masked and name.stem[0] != "*"]
    own += [f"{area}:text:{one}" for one in _fingerprints(told.said)]
    return tuple(dict.fromkeys((*own, *_cells(trace, 0))))


def asked(told: Told) -> tuple[str, ...]:
    """What a petition is looked for by: its keys, in the counties of its city where its own is not said as well."""
    trace, own = told.trace, keys(told)
    area = told.county or next(iter(trace.regions[-1:]), "")
    if told.county:
        areas = [code for code in trace.regions if code != told.county]
    else:
        areas = [county.code for county in places().counties(area, zones=True)]
    local = [key.removeprefix(area) for key in own if area and key.startswith(f"{area}:")]
    return tuple(dict.fromkeys((*own, *(f"{code}{key}" for code in areas for key in local), *_cells(trace, 1))))


def _fingerprints(text: str) -> list[int]:
    """The least of the numbers of its runs of eight: of two that are nearly copied, most are the same."""
    runs = {crc32(text[at : at + _RUN].encode()) for at in range(len(text) - _RUN + 1)}
    return sorted(runs)[:_LEAST] if len(text) >= _LONG else []


def _cells(trace: Trace, around: int) -> Iterator[str]:
    if trace.position:
        row, column = (floor(axis * _CELLS) for axis in trace.position)
        steps = range(-around, around + 1)
        yield from (f"cell:{row + up}:{column + right}" for up in steps for right in steps)
