"""Made recurrences: signed-off matters of a city, and new items of which a few are the same case in other words.

    python -m tests.bench recurrences

`TUNING_SEEDS` with the pool `TUNING` are there to tune by; `HOLDOUT_SEEDS` with `HOLDOUT` are what is told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import opencc

from bihuan.lib.reading.regions import Region, places
from bihuan.matters.rules.likeness import Named, Trace
from tests.bench.recurrence_words import HOLDOUT, TUNING, Industry, Pool

TUNING_SEEDS, HOLDOUT_SEEDS = range(20), range(1000, 1020)
POOLS = {"tuning": (TUNING, TUNING_SEEDS), "holdout": (HOLDOUT, HOLDOUT_SEEDS)}
FORMS = ("有限公司", "有限责任公司", "厂", "股份有限公司", "加工厂")
METRE = 1 / 111_320  # of a degree of latitude
GLOSSES = {"村": "cūn", "厂": "chǎng", "水": "shuǐ", "气": "qì", "大": "dà", "业": "yè", "有": "yǒu"}


@dataclass(frozen=True, slots=True)
class Site:
    """A case as it is: where, who, what."""

    county: Region
    town: str
    village: str
    road: str
    door: int
    prefix: str
    core: str
    trade: str
    form: str
    industry: Industry
    park: str
    position: tuple[float, float]
    number: str

    @property
    def name(self) -> str:
        return f"{self.prefix}{self.core}{self.trade}{self.form}" if self.core else ""


@dataclass(slots=True)
class World:
    """What was signed off, what is new, and which new code is which old one's recurrence."""

    signed_off: list[Trace] = field(default_factory=list)
    arrivals: list[Trace] = field(default_factory=list)
    planted: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class Maker:
    """Makes one world; everything drawn from one seed."""

    def __init__(self, seed: int, pool: Pool) -> None:
        self.rng, self.pool = Random(seed), pool  # noqa: S311 -- a made city keeps no secret
        self.counties = [one for one in places().counties(pool.city) if places().towns(one.code)]
        self.villages: dict[tuple[str, str], tuple[str, tuple[float, float]]] = {}
        self.used: set[tuple[str, str]] = set()
        self.registered: set[tuple[str, str, Industry]] = set()
        self.to_traditional = opencc.OpenCC("s2t").convert

    def one(self, things: Sequence[str]) -> str:
        return self.rng.choice(things)

    def county(self, *, but: Region | None = None) -> Region:
        return self.rng.choice([one for one in self.counties if one != but])

    def elsewhere(self, site: Site) -> Region:
        """Another county, where nothing was signed off in a village of that name."""
        return self.rng.choice([one for one in self.counties if (one.code, site.village) not in self.used])

    def village(self, county: Region, *, fresh: bool = False) -> str:
        while True:
            name = self.one(self.pool.heads) + self.one(self.pool.tails)
            if not fresh or (county.code, name) not in self.used:
                return name

    def stands(self, county: Region, village: str) -> tuple[str, tuple[float, float]]:
        """The town and the middle of a village, the same whenever it is asked for."""
        key = (county.code, village)
        if key not in self.villages:
            lat, lon = self.pool.centre
            middle = (lat + self.rng.uniform(-0.4, 0.4), lon + self.rng.uniform(-0.5, 0.5))
            self.villages[key] = (self.rng.choice(places().towns(county.code)).name, middle)
        return self.villages[key]

    def core(self, county: Region, industry: Industry, among: Sequence[str] = ()) -> str:
        """A name that no company of the county bears in that industry: its registrar refuses a second one."""
        among = among or (self.pool.generic if self.rng.random() < 0.25 else self.pool.cores)
        free = [core for core in among if (county.code, core, industry) not in self.registered]
        core = self.one(free or self.pool.cores)
        while (county.code, core, industry) in self.registered:  # all are borne: two become a new one
            core = self.one(self.pool.cores)[0] + self.one(self.pool.cores)[-1]
        self.registered.add((county.code, core, industry))
        return core

    def moved(self, position: tuple[float, float], metres: float) -> tuple[float, float]:
        return tuple(axis + self.rng.uniform(-metres, metres) * METRE for axis in position)

    def site(self, county: Region | None = None, village: str = "", *, fresh: bool = False, named: bool = True) -> Site:
        county = county or self.county()
        village = village or self.village(county, fresh=fresh)
        town, middle = self.stands(county, village)
        industry = self.rng.choice(self.pool.industries if named else self.pool.unnamed)
        return Site(
            county,
            town,
            village,
            self.one(self.pool.roads),
            self.rng.randrange(1, 400),
            self.one(("", county.name, county.short, places().by_code[self.pool.city].short + "市")),
            self.core(county, industry) if named else "",
            self.one(industry.trades),
            self.one(FORMS),
            industry,
            self.one(self.pool.parks) if self.rng.random() < 0.15 else "",
            self.moved(middle, 900),
            f"D2HE2022{self.rng.randrange(10**8):08}",
        )

    def told(self, code: str, site: Site, name: str, where: str, fact: str = "", **given: object) -> Trace:
        """A trace of a site, told under that name at those words for its place."""
        fact = fact or self.one(site.industry.facts)
        subject = f"{name}，" if name else ""
        values: dict[str, object] = {
            "regions": (self.pool.city, site.county.code),
            "place": where,
            "objects": (Named(name),) if name else (),
            "text": f"{self.one(self.pool.openings)}{where}{subject}{fact}。",
            "types": (site.industry.type,),
            "park": site.park,
        }
        return Trace(code, **(values | given))

    def where(self, site: Site, *, with_town: bool = False) -> str:
        """A place as a paper writes it; of what was inspected the town is known."""
        side = self.one(("", "村南", "村西侧100米", "村东北方向1公里处", "西行500米路北"))
        return self.one(
            (
                f"{site.county.name}{site.town}{site.village}{side}",
                f"{site.county.name}{site.town if with_town else ''}{site.village}{side}",
                f"{site.county.name}{site.town}{site.village}{site.road}路南",
            )
        )


def signed_off(maker: Maker, code: str, site: Site) -> Trace:
    """A matter as its record stands."""
    text = maker.one(maker.pool.boilerplate).format(county=site.county.name, town=site.town)
    at = maker.moved(site.position, 10) if maker.rng.random() < 0.6 else None
    trace = maker.told(code, site, site.name, maker.where(site, with_town=True), position=at, numbers=(site.number,))
    return replace(trace, text=trace.text + text)


Kind = Callable[[Maker, str, Site], Trace]


def _form_dropped(maker: Maker, code: str, site: Site) -> Trace:
    return maker.told(code, site, f"{site.core}{site.trade}", maker.where(site))


def _form_changed(maker: Maker, code: str, site: Site) -> Trace:
    form = maker.one(("集团", "二分厂", "集团有限公司", "有限公司分公司", "厂"))
    return maker.told(
        code, site, f"{site.county.short}{site.core}{site.trade}{form}", f"{site.county.name}{site.road}{site.door}号"
    )


def _other_trade_word(maker: Maker, code: str, site: Site) -> Trace:
    name = f"{site.core}{maker.one(site.industry.trades)}有限公司"
    return maker.told(code, site, name, maker.where(site))


def _renamed(maker: Maker, code: str, site: Site) -> Trace:
    name = f"{site.county.name}{site.core}{maker.one(('环保科技', '新材料科技', '实业'))}有限公司"
    return maker.told(code, site, name, f"{site.town}{site.village}")


def _traditional(maker: Maker, code: str, site: Site) -> Trace:
    trace = maker.told(code, site, site.name, maker.where(site))
    turn = maker.to_traditional
    return replace(trace, place=turn(trace.place), text=turn(trace.text), objects=(Named(turn(site.name)),))


def _glossed(maker: Maker, code: str, site: Site) -> Trace:
    trace = maker.told(code, site, site.name, maker.where(site))
    noise = {ord(char): f"{char}({gloss})" for char, gloss in GLOSSES.items()}
    objects = (Named(site.name.translate(noise)),)
    return replace(trace, place=trace.place.translate(noise), text=trace.text.translate(noise), objects=objects)


def _character_missing(maker: Maker, code: str, site: Site) -> Trace:
    stem = site.core + site.trade
    lost = maker.rng.randrange(len(stem))
    return maker.told(code, site, f"{stem[:lost]}{stem[lost + 1 :]}{site.form}", f"{site.county.name}{site.village}")


def _masked(maker: Maker, code: str, site: Site) -> Trace:
    name = f"{site.core[0]}{maker.one(('某', '×', '某某'))}{site.trade}{site.form}"
    return maker.told(code, site, name, maker.where(site))


def _masked_wholly(maker: Maker, code: str, site: Site) -> Trace:
    return maker.told(code, site, maker.one(("××公司", "某公司", "某企业", "某厂")), maker.where(site))


def _known_alias(maker: Maker, code: str, site: Site) -> Trace:
    return maker.told(code, site, f"{site.county.short}老{site.trade}厂", f"{site.county.name}{site.road}")


def _text_only(maker: Maker, code: str, site: Site) -> Trace:
    return maker.told(code, site, f"{site.core}{site.trade}{site.form}", maker.where(site), objects=(), place="")


def _nearby(maker: Maker, code: str, site: Site) -> Trace:
    where = f"{site.county.name}{site.road}与{maker.one(maker.pool.roads)}交叉口西行500米路北"
    return maker.told(code, site, "", where, position=maker.moved(site.position, 60))


def _village_only(maker: Maker, code: str, site: Site) -> Trace:
    return maker.told(code, site, "", f"{site.county.name}{maker.one((site.town, ''))}{site.village}村北")


def _repeated_number(maker: Maker, code: str, site: Site) -> Trace:
    trace = maker.told(code, site, "", site.county.name, numbers=(f"D3{site.number[2:]}1", site.number))
    return replace(trace, text=f"{trace.text}（与{site.number}重复）")


PLANTS: dict[str, Kind] = {
    "form dropped": _form_dropped,
    "form changed, road words": _form_changed,
    "other word of the trade": _other_trade_word,
    "renamed, same core": _renamed,
    "traditional": _traditional,
    "pinyin glosses": _glossed,
    "a character missing": _character_missing,
    "masked in part": _masked,
    "masked wholly, same village": _masked_wholly,
    "known alias": _known_alias,
    "named in the text only": _text_only,
    "near, road words": _nearby,
    "same village, other words": _village_only,
    "repeated number": _repeated_number,
}
UNNAMED = ("near, road words", "same village, other words", "repeated number")


def _same_core_elsewhere(maker: Maker, code: str, site: Site) -> Trace:
    core, here = site.core or maker.one(maker.pool.generic), site.county
    others = [one for one in maker.counties if one != here and (one.code, core, site.industry) not in maker.registered]
    other = maker.site(maker.rng.choice(others or [maker.county(but=here)]), fresh=True)
    core = core if others else maker.core(other.county, site.industry)
    maker.registered.add((other.county.code, core, site.industry))
    other = replace(other, core=core, trade=site.trade, industry=site.industry)
    return maker.told(code, other, other.name, maker.where(other), position=other.position)


def _same_core_other_trade(maker: Maker, code: str, site: Site) -> Trace:
    others = [one for one in maker.pool.industries if one != site.industry]
    other = maker.site(site.county, fresh=True)
    industry = maker.rng.choice(others)
    while other.town == site.town:
        other = maker.site(site.county, fresh=True)
    core = maker.core(site.county, industry, maker.pool.generic)
    other = replace(other, core=core, trade=maker.one(industry.trades), industry=industry)
    return maker.told(code, other, other.name, maker.where(other))


def _other_in_village(maker: Maker, code: str, site: Site) -> Trace:
    other = maker.site(site.county, site.village)
    while other.core == site.core or other.industry.type == site.industry.type:
        other = maker.site(site.county, site.village)
    return maker.told(code, other, other.name, maker.where(other))


def _other_object_same_type(maker: Maker, code: str, site: Site) -> Trace:
    other = maker.site(site.county, site.village)
    while other.core == site.core or other.industry == site.industry:
        other = maker.site(site.county, site.village)
    return maker.told(code, other, other.name, maker.where(other))


def _same_industry(maker: Maker, code: str, site: Site) -> Trace:
    other = replace(maker.site(site.county, fresh=True), industry=site.industry, trade=site.trade)
    other = replace(other, core=maker.core(site.county, site.industry, maker.pool.cores))
    return maker.told(code, other, other.name, maker.where(other), position=other.position)


def _same_boilerplate(maker: Maker, code: str, site: Site) -> Trace:
    trace = signed_off(maker, code, maker.site(fresh=True))
    words = maker.one(maker.pool.boilerplate).format(county=site.county.name, town=site.town)
    return replace(trace, text=trace.text + words)


def _village_of_that_name(maker: Maker, code: str, site: Site) -> Trace:
    other = replace(maker.site(maker.elsewhere(site), site.village), industry=site.industry)
    return maker.told(code, other, "", f"{other.county.name}{other.town}{other.village}")


def _village_of_that_name_in_town(maker: Maker, code: str, site: Site) -> Trace:
    towns = [town.name for town in places().towns(site.county.code) if town.name != site.town]
    return maker.told(code, site, "", f"{site.county.name}{maker.one(towns or ['城关镇'])}{site.village}", park="")


def _same_road(maker: Maker, code: str, site: Site) -> Trace:
    other = replace(maker.site(site.county, fresh=True), road=site.road)
    return maker.told(code, other, other.name, f"{site.county.name}{site.road}{other.door + 400}号")


def _same_park(maker: Maker, code: str, site: Site) -> Trace:
    other = replace(maker.site(site.county, fresh=True), park=site.park or maker.one(maker.pool.parks))
    return maker.told(code, other, other.name, f"{site.county.name}{other.park}")


def _neighbour(maker: Maker, code: str, site: Site) -> Trace:
    lat, lon = site.position
    other = maker.site(site.county, site.village)
    while other.core == site.core or other.industry.type == site.industry.type:
        other = maker.site(site.county, site.village)
    at = (lat + maker.rng.uniform(100, 700) * METRE, lon)
    return maker.told(code, other, other.name, f"{site.county.name}{other.road}路西", position=at)


def _masked_elsewhere(maker: Maker, code: str, site: Site) -> Trace:
    other = replace(maker.site(site.county, fresh=True), industry=site.industry)
    name = maker.one(("××公司", "某公司", f"{site.core[:1]}某{site.trade}厂" if site.core else "某厂"))
    return maker.told(code, other, name, maker.where(other))


def _unrelated(maker: Maker, code: str, _site: Site) -> Trace:
    other = maker.site(fresh=True, named=maker.rng.random() < 0.7)
    return maker.told(code, other, other.name, maker.where(other))


OTHERS: dict[str, Kind] = {
    "same core in another county": _same_core_elsewhere,
    "common core, other trade and town": _same_core_other_trade,
    "other object and pollution in the village": _other_in_village,
    "other object, perhaps same pollution, in the village": _other_object_same_type,
    "same industry in the county": _same_industry,
    "same boilerplate": _same_boilerplate,
    "village of that name in another county": _village_of_that_name,
    "village of that name in another town": _village_of_that_name_in_town,
    "other number of the road": _same_road,
    "other plant of the park": _same_park,
    "neighbour of other pollution": _neighbour,
    "masked, elsewhere": _masked_elsewhere,
    "unrelated": _unrelated,
}
ALIASED = "known alias"


def world(seed: int, pool: Pool, *, matters: int = 1500, planted: int = 20, others: int = 520) -> World:
    """A city: that many matters signed off, that many recurrences under changed names and addresses, and others."""
    maker, made = Maker(seed, pool), World()
    sites = [maker.site(named=maker.rng.random() < 0.8) for _ in range(matters)]
    maker.used = {(site.county.code, site.village) for site in sites}
    made.signed_off = [signed_off(maker, f"S{at:05}", site) for at, site in enumerate(sites)]
    chosen = maker.rng.sample(range(matters), planted)
    for turn, at in enumerate(chosen, seed):  # another kind goes first with every seed
        site, code = sites[at], f"N{turn - seed:05}"
        names = list(PLANTS) if site.core else UNNAMED
        kind = names[turn % len(names)]
        trace = PLANTS[kind](maker, code, site)
        if kind == ALIASED:  # the office knows the other name
            known = replace(made.signed_off[at].objects[0], aliases=(trace.objects[0].name,))
            made.signed_off[at] = replace(made.signed_off[at], objects=(known,))
        if kind == UNNAMED[0]:  # a point is near only where the matter has one
            made.signed_off[at] = replace(made.signed_off[at], position=site.position)
        made.arrivals.append(trace)
        made.planted[code], made.kinds[code] = made.signed_off[at].code, kind
    for turn in range(others):
        kind, code = [*OTHERS][turn % len(OTHERS)], f"N{planted + turn:05}"
        made.arrivals.append(OTHERS[kind](maker, code, maker.rng.choice(sites)))
        made.kinds[code] = kind
    maker.rng.shuffle(made.arrivals)
    return made
