"""The parts of a sum: the rows of each place, type, way of intake, in the order in which they are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bihuan.lib.reading.regions import places
from bihuan.petitions.rules.bulletin.rows import ASKED, RATES, Occasion, PetitionRow
from bihuan.petitions.rules.bulletin.wording import (
    CHANNEL,
    DISCIPLINE,
    INDUSTRY,
    PLACE,
    TYPE,
    TYPES_TOGETHER,
    UNIT,
    Listing,
)

TYPES = ("大气", "水", "土壤", "生态", "噪声", "固废", "油烟", "扬尘", "辐射", "海洋", "重金属", "其他")
CHANNELS = ("来电", "来信", "来访", "微信", "网络")


@dataclass(frozen=True, slots=True)
class Counted:
    """One part: what it is called and its rows. `is_joint` where it is several places together."""

    name: str
    rows: tuple[PetitionRow, ...]
    is_joint: bool = False


def share(above: int, below: int, decimals: int) -> Decimal:
    """The per cent that one number is of another, halves rounded up as offices do."""
    return (Decimal(100 * above) / below).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def rate_of(rows: Sequence[PetitionRow], name: str, decimals: int) -> Decimal | None:
    """A rate of these rows; None where there is nothing that it could be a rate of."""
    above, below, _ = RATES[name]
    base = [row for row in rows if ASKED[below](row)]
    return share(sum(1 for row in base if ASKED[above](row)), len(base), decimals) if base else None


def parts(rows: Sequence[PetitionRow], listing: Listing, occasion: Occasion, decimals: int) -> list[Counted]:
    """The parts that the list tells of these rows, in its order."""
    found: dict[tuple[str, bool], list[PetitionRow]] = {}
    for row in rows:
        for name, is_joint in _names(row, listing):
            found.setdefault((name, is_joint), []).append(row)
    counted = [Counted(name, tuple(own), is_joint) for (name, is_joint), own in found.items()]
    if listing.only:
        counted = [one for one in counted if _is_told(one, rows, listing.only, decimals)]
    elif listing.tells_none:
        told = {one.name for one in counted}
        counted.extend(Counted(name, ()) for name in _given(listing, occasion) if name not in told)
    ordered = sorted(counted, key=lambda one: _key(one, listing, occasion, decimals))[listing.skip :]
    return _first(ordered, listing) if listing.most else ordered


def _first(ordered: Sequence[Counted], listing: Listing) -> list[Counted]:
    """So many from the first on: of parts that count the same all or none, so that no one is named by chance."""
    least = [size(one, listing.by) for one in ordered[listing.most - 1 : listing.most + 1]]
    if len(least) < 2 or least[0] != least[1]:
        return list(ordered[: listing.most])
    above = [one for one in ordered if size(one, listing.by) > least[0]]
    return above or [one for one in ordered if size(one, listing.by) == least[0]]


def _given(listing: Listing, occasion: Occasion) -> tuple[str, ...]:
    """The order in which parts are named, where nothing else decides."""
    given = {PLACE: occasion.places, TYPE: occasion.types or TYPES, CHANNEL: CHANNELS}
    return listing.order or given.get(listing.by, ())


def _names(row: PetitionRow, listing: Listing) -> Iterator[tuple[str, bool]]:
    if listing.by == PLACE and listing.joint == "apart" and len(row.places) > 1:
        called = [name_of(place, listing) for place in row.places]
        yield f"{together(called)}合办", True
        return
    for name in belongs_to(row, listing):
        yield name, False


def together(names: Sequence[str]) -> str:
    """Names strung together: 甲、乙和丙."""
    return "和".join(part for part in ("、".join(names[:-1]), names[-1]) if part)


def belongs_to(row: PetitionRow, listing: Listing) -> tuple[str, ...]:
    """The parts that a row is counted for."""
    main = row.main_type or (row.types[0] if row.types else "")
    found: Mapping[str, tuple[str, ...]] = {
        PLACE: _places(row, listing.joint) + (row.returned_by if listing.is_with_returned else ()),
        TYPE: (row.types or (main,)) if listing.is_all_types else (main,),
        CHANNEL: (row.channel,),
        UNIT: row.units,
        INDUSTRY: (row.industry,),
        TYPES_TOGETHER: (together(row.types or (main,)),),
        DISCIPLINE: tuple(kind for kind, people in row.accountability.items() if people),
    }
    return tuple(dict.fromkeys(name for name in found[listing.by] if name))


def _places(row: PetitionRow, joint: str) -> tuple[str, ...]:
    if joint == "alone":
        return row.places if len(row.places) == 1 else ()
    return row.places[:1] if joint == "first" else row.places


def size(part: Counted, by: str) -> int:
    """How much a part counts: its petitions, of a kind of accountability its people."""
    if by == DISCIPLINE:
        return sum(row.accountability.get(part.name, 0) for row in part.rows)
    return len(part.rows)


def codes_of(counted: Sequence[Counted]) -> tuple[str, ...]:
    """The codes of all parts, each once."""
    return tuple(dict.fromkeys(row.code for one in counted for row in one.rows))


def name_of(name: str, listing: Listing) -> str:
    """What a part is called in the list."""
    if name in listing.names or not listing.is_short:
        return listing.names.get(name, name)
    return next((region.short for region in places().named(name)), name)


def _is_told(one: Counted, rows: Sequence[PetitionRow], only: str, decimals: int) -> bool:
    own, whole = rate_of(one.rows, "整改完成率", decimals), rate_of(rows, "整改完成率", decimals)
    if own is None or whole is None:
        return False
    is_finished = not any(row.is_founded and not row.is_closed for row in one.rows)
    told = {"finished": is_finished, "faster": own > whole and not is_finished, "slower": own < whole}
    return told[only]


def _key(one: Counted, listing: Listing, occasion: Occasion, decimals: int) -> tuple[bool, bool, Decimal, int, str]:
    order = _given(listing, occasion)
    at = order.index(one.name) if one.name in order else len(order)
    by = Decimal(0)
    if listing.sort == "count":
        by = Decimal(-size(one, listing.by))
    elif listing.sort in {"rate", "rate_up"}:
        by = (rate_of(one.rows, "整改完成率", decimals) or Decimal(0)) * (1 if listing.sort == "rate_up" else -1)
    return one.is_joint, one.name in listing.last, by, at, one.name
