"""Petitions that look like another one and are none of it, for `tests.bench.duplicates`; and the whole made city."""

from collections.abc import Callable
from dataclasses import replace

from bihuan.lib.reading.regions import places
from bihuan.matters.rules.likeness import Trace
from tests.bench.duplicate_words import Pool, Trade
from tests.bench.duplicates import (
    AGAIN,
    CITED,
    NAMED_ONLY,
    NAMELESS,
    PETITIONS,
    PLANTED,
    SAME_OBJECT,
    WITHOUT_TOWN,
    Maker,
    Site,
    Telling,
    World,
)

Other = Callable[[Maker, str, Site], Trace | None]


def _there(maker: Maker, site: Site) -> Trade | None:
    """A trade that nobody plies yet where a site stands; None where all do."""
    plied = maker.there[site.county.code, site.at]
    free = [one for one in maker.pool.trades if one.is_urban == site.trade.is_urban and one not in plied]
    if not free:
        return None
    plied.append(maker.rng.choice(free))
    return plied[-1]


def _beside(maker: Maker, site: Site, trade: Trade, *, is_named: bool) -> Site:
    """Another site at the very place of this one."""
    other = maker.site(site.county, trade, is_named=is_named)
    return replace(other, town=site.town, village=site.village, home=site.home, road=site.road, cross=site.cross)


def _other_object_there(maker: Maker, code: str, site: Site) -> Trace | None:
    if (trade := _there(maker, site)) is None:
        return None
    other = _beside(maker, site, trade, is_named=True)
    return maker.tell(code, other, Telling(maker.where(other), other.name, maker.aspects()))


def _nameless_object_there(maker: Maker, code: str, site: Site) -> Trace | None:
    if (trade := _there(maker, site)) is None:
        return None
    other = _beside(maker, site, trade, is_named=False)
    return maker.tell(code, other, Telling(maker.where(other), "", maker.aspects(1)))


def _same_trade_there(maker: Maker, code: str, site: Site) -> Trace | None:
    other = _beside(maker, site, site.trade, is_named=True)
    return maker.tell(code, other, Telling(maker.where(other), other.name, maker.aspects()))


def _same_trade_elsewhere(maker: Maker, code: str, site: Site) -> Trace | None:
    other = maker.site(site.county, site.trade, is_named=maker.rng.random() < 0.5)
    return maker.tell(code, other, Telling(maker.where(other), other.name, maker.aspects()))


def _same_name_other_county(maker: Maker, code: str, site: Site) -> Trace | None:
    other = maker.site(maker.county(but=site.county), site.trade)
    if site.core and maker.claims(other.county, site.core):
        other = replace(other, core=site.core, ending=site.ending)
    return maker.tell(code, other, Telling(maker.where(other), other.name, maker.aspects()))


def _branch(maker: Maker, code: str, site: Site) -> Trace | None:
    other = maker.site(site.county, site.trade)
    other = replace(other, core=maker.one(maker.pool.chains), ending=other.trade.endings[0])
    return maker.tell(code, other, Telling(maker.where(other), other.name, maker.aspects()))


def _same_road(maker: Maker, code: str, site: Site) -> Trace | None:
    where = f"{site.road}{site.door + maker.rng.randrange(411, 800)}号"
    if not maker.claims(site.county, where):
        return None
    other = maker.site(site.county, site.trade, is_named=False)
    return maker.tell(code, other, Telling(f"{site.county.name}{where}", "", maker.aspects()))


def _same_estate_other_county(maker: Maker, code: str, site: Site) -> Trace | None:
    county = maker.county(but=site.county)
    if not maker.claims(county, site.home):
        return None
    other = maker.site(county, site.trade, is_named=False)
    where = f"{county.name}{site.home}{maker.one(('南门', '底商', '东侧'))}"
    return maker.tell(code, other, Telling(where, "", maker.aspects()))


def _village_of_that_name_in_town(maker: Maker, code: str, site: Site) -> Trace | None:
    where = (
        f"{maker.one([one.name for one in places().towns(site.county.code) if one.name != site.town])}{site.village}"
    )
    if not maker.claims(site.county, where):
        return None
    other = maker.site(site.county, site.trade, is_named=False)
    return maker.tell(code, other, Telling(f"{site.county.name}{where}", "", maker.aspects()))


def _same_park(maker: Maker, code: str, site: Site) -> Trace | None:
    other = maker.site(site.county, site.trade)
    where = f"{site.county.name}{maker.one(maker.pool.parks)}"
    return maker.tell(code, other, Telling(where, other.name, maker.aspects()))


def _pattern(maker: Maker, code: str, site: Site) -> Trace | None:
    other = maker.site(site.county)
    at = other.home if maker.rng.random() < 0.5 else f"{other.town}{other.village}"
    template = maker.one(maker.pool.templates)
    text = template.format(where=f"{other.county.name}{at}")
    types = ("噪声",) if "噪" in text else ("水",) if "水" in text else ("固废",)
    return replace(
        maker.tell(code, other, Telling("", "", (0,))), text=maker.one(maker.pool.openings) + text, types=types
    )


def _unrelated(maker: Maker, code: str, _site: Site) -> Trace:
    other = maker.site(is_named=maker.rng.random() < 0.6)
    return maker.tell(code, other, Telling(maker.where(other), other.name, maker.aspects()))


OTHERS: dict[str, Other] = {
    "other object at the same place": _other_object_there,
    "nameless object of another trade at the same place": _nameless_object_there,
    "same trade, other name, in the village": _same_trade_there,
    "same trade elsewhere in the county": _same_trade_elsewhere,
    "same name in another county": _same_name_other_county,
    "branch of a chain": _branch,
    "same trade, other number of the road": _same_road,
    "estate of that name in another county": _same_estate_other_county,
    "village of that name in another town": _village_of_that_name_in_town,
    "other plant of a park": _same_park,
    "same sentences elsewhere": _pattern,
    "unrelated": _unrelated,
}


# What looks like a site may only be told of one that its own two petitions tell from it: else nobody could decide.
FITS: dict[str, Callable[[Site, str], bool]] = {
    "same trade, other name, in the village": lambda site, kind: bool(site.core) and kind not in NAMELESS,
    "estate of that name in another county": lambda site, kind: site.trade.is_urban and kind != "county unsaid",
    "village of that name in another town": lambda site, kind: not site.trade.is_urban and kind not in WITHOUT_TOWN,
}


def world(seed: int, pool: Pool) -> World:
    """A city's petitions: 30 pairs that are one complaint, 12 of one object with another complaint, and others."""
    maker, made = Maker(seed, pool), World()
    sites: list[tuple[Site, str]] = []

    def add(trace: Trace, kind: str) -> None:
        made.petitions.append(trace)
        made.kinds[trace.code] = kind

    for turn in range(PLANTED):
        site = maker.site(is_named=maker.rng.random() < 0.7)
        names = [name for name in AGAIN if site.core or name not in NAMED_ONLY]
        kind = names[(turn + seed) % len(names)]
        first, telling = maker.first(f"A{turn:03}", site)
        again = AGAIN[kind](maker, f"B{turn:03}", site, telling, first.text)
        sites.append((site, kind))
        if kind == CITED:
            again = replace(again, numbers=(*again.numbers, *first.numbers))
        add(first, "told first")
        add(again, kind)
        made.planted[frozenset((first.code, again.code))] = kind
    for turn in range(SAME_OBJECT):
        site, one = maker.site(), maker.rng.randrange(3)
        pair = [
            maker.tell(f"{sign}{turn:03}", site, Telling(maker.where(site), site.name, (at,)))
            for sign, at in (("C", one), ("D", (one + 1) % 3))
        ]
        for trace in pair:
            add(trace, "same object, another complaint")
        made.same.add(frozenset(trace.code for trace in pair))
    for turn in range(PETITIONS - len(made.petitions)):
        kind, code = [*OTHERS][turn % len(OTHERS)], f"E{turn:03}"
        fit = FITS.get(kind, lambda *_: True)
        fitting = [site for site, told in sites if fit(site, told)]
        trace = OTHERS[kind](maker, code, maker.rng.choice(fitting)) if fitting else None
        add(trace or _unrelated(maker, code, sites[0][0]), kind if trace else "unrelated")
    maker.rng.shuffle(made.petitions)
    return made
