"""Made petitions: 205 of a city, among them 30 told again by somebody else in other words, and many that only look so.

    python -m tests.bench duplicates

Ten pools are there to tune by; `HOLDOUT_SEEDS` with `HOLDOUT` are what is told, and `FRESH_SEEDS` draw from it again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from bihuan.lib.reading.regions import Region, places
from bihuan.matters.rules.likeness import Named, Trace
from tests.bench.duplicate_eighth import EIGHTH
from tests.bench.duplicate_fifth import FIFTH
from tests.bench.duplicate_fourth import FOURTH
from tests.bench.duplicate_holdout import HOLDOUT
from tests.bench.duplicate_ninth import NINTH
from tests.bench.duplicate_seventh import SEVENTH
from tests.bench.duplicate_sixth import SIXTH
from tests.bench.duplicate_tenth import TENTH
from tests.bench.duplicate_third import THIRD
from tests.bench.duplicate_words import SECOND, TUNING, Pool, Trade

HOLDOUT_SEEDS, FRESH_SEEDS = range(7000, 7020), range(7300, 7320)
TUNED_BY = {
    "first": TUNING,
    "second": SECOND,
    "third": THIRD,
    "fourth": FOURTH,
    "fifth": FIFTH,
    "sixth": SIXTH,
    "seventh": SEVENTH,
}
LATER = {"eighth": (EIGHTH, 8000), "ninth": (NINTH, 9000), "tenth": (TENTH, 10_000)}
FIRST = {which: (pool, 1000 * at) for at, (which, pool) in enumerate(TUNED_BY.items())}
POOLS = {f"tuning, {which} city": (pool, range(seed, seed + 20)) for which, (pool, seed) in (FIRST | LATER).items()}
POOLS["held out, asked again"] = (HOLDOUT, FRESH_SEEDS)
POOLS["held out"] = (HOLDOUT, HOLDOUT_SEEDS)
PETITIONS, PLANTED, SAME_OBJECT = 205, 30, 12
DIGITS = "零一二三四五六七八九"
SIDES = ("东侧", "西南角", "对面", "北侧50米", "附近", "旁边", "往南200米")


def spoken(number: int) -> str:
    """A number below a thousand as it is said (128 → 一百二十八)."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += f"{DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Site:
    """What is complained of, as it is: where, who, what."""

    county: Region
    town: str
    village: str
    road: str
    cross: str
    door: int
    home: str
    mark: str
    core: str
    ending: str
    trade: Trade
    hour: int
    years: int

    @property
    def name(self) -> str:
        return f"{self.core}{self.ending}" if self.core else ""

    @property
    def at(self) -> str:
        """The estate or village that it stands in."""
        return self.home if self.trade.is_urban else self.village


@dataclass(frozen=True, slots=True)
class Telling:
    """One way of telling a site: where, under what name, which sub-complaints, and what was said of them before."""

    where: str
    name: str
    aspects: tuple[int, ...]
    but: str = ""


@dataclass(slots=True)
class World:
    """The petitions of a city, which pairs are one complaint, which are the same object, and how each was made."""

    petitions: list[Trace] = field(default_factory=list)
    planted: dict[frozenset[str], str] = field(default_factory=dict)
    same: set[frozenset[str]] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)


class Maker:
    """Makes one world; everything drawn from one seed."""

    def __init__(self, seed: int, pool: Pool) -> None:
        self.rng, self.pool = Random(seed), pool  # noqa: S311 -- a made city keeps no secret
        self.counties = [one for one in places().counties(pool.city) if places().towns(one.code)]
        self.taken: set[tuple[str, str]] = set()
        self.there: dict[tuple[str, str], list[Trade]] = {}

    def one(self, things: Sequence[str]) -> str:
        return self.rng.choice(things)

    def county(self, *, but: Region | None = None) -> Region:
        return self.rng.choice([one for one in self.counties if one != but])

    def site(self, county: Region | None = None, trade: Trade | None = None, *, is_named: bool = True) -> Site:
        """A site of which no other shares the village, the estate, the crossing, or the name in its county."""
        while True:
            here = county or self.county()
            road, cross = self.rng.sample(self.pool.roads, 2)
            made = Site(
                here,
                self.rng.choice(places().towns(here.code)).name,
                self.one(self.pool.heads) + self.one(self.pool.tails),
                road,
                cross,
                self.rng.randrange(11, 400),
                self.one(self.pool.homes) + self.one(self.pool.estates),
                self.one(self.pool.marks),
                self.one(self.pool.cores) if is_named else "",
                "",
                trade or self.rng.choice(self.pool.trades),
                self.rng.choice((22, 23, 1, 2)),
                self.rng.randrange(2, 9),
            )
            own = self.known(made)
            if not own & self.taken:
                self.taken |= own
                self.there[here.code, made.at] = [made.trade]
                return replace(made, ending=self.one(made.trade.endings) if is_named else "")

    def known(self, site: Site) -> set[tuple[str, str]]:
        """What no two sites of a county share; an urban one stands at an estate, another in a village."""
        own = [site.at, site.core]
        own.append("|".join(sorted((site.road, site.cross))) if site.trade.is_urban else "")
        return {(site.county.code, one) for one in own if one}

    def claims(self, county: Region, what: str) -> bool:
        """Whether nothing of that name was in the county before; from now on there is."""
        is_free = (county.code, what) not in self.taken
        self.taken.add((county.code, what))
        return is_free

    def aspects(self, most: int = 3) -> tuple[int, ...]:
        return tuple(self.rng.sample(range(3), self.rng.randrange(1, most + 1)))

    def where(self, site: Site) -> str:
        """A place in full, as who keeps the ledger likes it."""
        if site.trade.is_urban:
            return self.one(
                (
                    f"{site.county.name}{site.road}与{site.cross}交叉口{site.home}底商",
                    f"{site.county.name}{site.road}{site.door}号{site.home}{self.one(SIDES)}",
                )
            )
        road = f"{site.road}{self.one(('路南', '路北'))}" if self.rng.random() < 0.4 else ""
        return f"{site.county.name}{site.town}{site.village}{self.one(('', '村东', '村西北', '村南'))}{road}"

    def tell(self, code: str, site: Site, telling: Telling, **given: object) -> Trace:
        """A petition about a site, told that way; nothing that was said before is said in the same words."""
        said = []
        for aspect in telling.aspects:
            ways = [way for way in site.trade.aspects[aspect][1] if way not in telling.but]
            said.append(self.one(ways))
        who = telling.name or self.one(site.trade.nouns)
        when = self.one(("", f"已有{site.years}年，", f"每天{site.hour}点以后，", f"{spoken(site.years)}年来"))
        middle = "，".join(said)
        body = self.one(
            (
                f"{telling.where}{who}，{when}{middle}。",
                f"{middle}，{when}是{telling.where}的{who}。",
                f"{telling.where}有{who}，{when}{middle}。",
            )
        )
        types = tuple(dict.fromkeys(site.trade.aspects[one][0] for one in telling.aspects))
        values: dict[str, object] = {
            "regions": (self.pool.city, site.county.code),
            "text": f"{self.one(self.pool.openings)}{body}{self.one(self.pool.pleas)}",
            "types": types,
            "numbers": (self.number(),),
        }
        return Trace(code, **(values | given))

    def number(self) -> str:
        """The number of a petition of one inspection or another, three years apart."""
        day = self.one(("3HA20250", "2HA20220")) + f"{self.rng.randrange(4, 7)}{self.rng.randrange(10, 29)}"
        return f"{self.one('DX')}{day}{self.rng.randrange(10**4):04}"

    def first(self, code: str, site: Site) -> tuple[Trace, Telling]:
        """The petition that came first."""
        telling = Telling(self.where(site), site.name, self.aspects())
        return self.tell(code, site, telling), telling

    def again(self, first: Telling, *, more: bool = False) -> tuple[int, ...]:
        """Sub-complaints of who tells it again: at least one of the first's, in another order."""
        kept = self.rng.sample(first.aspects, self.rng.randrange(1, len(first.aspects) + 1))
        others = [one for one in range(3) if one not in first.aspects]
        added = others[:1] if more else []
        return tuple(self.rng.sample([*kept, *added], len(kept) + len(added)))


Again = Callable[[Maker, str, Site, Telling, str], Trace]


def _short_name(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    name = site.core + site.ending.removesuffix("有限公司").removesuffix("专业合作社")
    where = maker.one((f"{site.county.short}{site.village}", f"{site.county.name}{site.road}"))
    where = f"{site.road}{maker.one(SIDES)}" if site.trade.is_urban else where
    return maker.tell(code, site, Telling(where, name, maker.again(first), said))


def _other_ending(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    name = site.core + maker.one([one for one in site.trade.endings if one != site.ending])
    where = f"{site.county.name}{site.at}"
    return maker.tell(code, site, Telling(where, name, maker.again(first), said))


def _by_road(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    where = f"{site.county.name}{site.road}{maker.one(SIDES)}"
    return maker.tell(code, site, Telling(where, site.name, maker.again(first, more=True), said))


def _by_landmark(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    where = f"{site.mark}{maker.one(SIDES)}"
    return maker.tell(code, site, Telling(where, f"{site.county.short}{site.name}", maker.again(first), said))


def _one_sound(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    name = f"{site.core[:-1]}{site.ending}" if len(site.core) > 2 else site.name
    where = f"{site.county.name}{site.at}"
    return maker.tell(code, site, Telling(where, name, maker.again(first), said))


def _masked(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    name = f"{site.core[0]}某{site.ending}"
    return maker.tell(code, site, Telling(maker.where(site), name, maker.again(first), said))


def _without_name(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    return maker.tell(code, site, Telling(maker.where(site), "", maker.again(first), said))


def _without_town(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    where = f"{site.county.short}{site.at}{maker.one(SIDES)}"
    return maker.tell(code, site, Telling(where, site.name, maker.again(first), said))


def _digits_said(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    door = f"{site.road}{spoken(site.door)}号"
    where = f"{site.county.name}{door}{site.home}" if site.trade.is_urban else f"{site.town}{site.village}{door}"
    return maker.tell(code, site, Telling(where, site.name, maker.again(first), said))


def _crossing_turned(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    where = f"{site.county.name}{site.cross}{site.road}路口{maker.one(SIDES)}"
    where = where if site.trade.is_urban and site.cross in first.where else maker.where(site)
    return maker.tell(code, site, Telling(where, site.name, maker.again(first, more=True), said))


def _county_unsaid(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    where = f"{site.home}{maker.one(SIDES)}" if site.trade.is_urban else f"{site.town}{site.village}"
    telling = Telling(where, site.name, maker.again(first), said)
    return maker.tell(code, site, telling, regions=(maker.pool.city,))


def _recorded_name(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    trace = maker.tell(code, site, Telling(maker.where(site), "", maker.again(first), said))
    return replace(trace, objects=(Named(site.name),) if site.name else ())


def _almost_copied(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    trace = maker.tell(code, site, Telling(first.where, first.name, first.aspects))
    return replace(trace, text=f"{said.rstrip('。')}，至今没有整改，再次举报。")


def _number_cited(maker: Maker, code: str, site: Site, first: Telling, said: str) -> Trace:
    where = f"{site.county.name}{site.mark}{maker.one(SIDES)}"
    return maker.tell(code, site, Telling(where, "", maker.again(first), said))


CITED = "the number of the first cited, no name"
AGAIN: dict[str, Again] = {
    "name without its form, another place word": _short_name,
    "another ending of the name": _other_ending,
    "by the road, a sub-complaint added": _by_road,
    "by a landmark that the first does not name": _by_landmark,
    "a letter of the name lost": _one_sound,
    "masked in part": _masked,
    "without its name": _without_name,
    "without town or road": _without_town,
    "figures written out": _digits_said,
    "crossing turned round": _crossing_turned,
    "county unsaid": _county_unsaid,
    "name recorded beside the text": _recorded_name,
    "almost copied": _almost_copied,
    CITED: _number_cited,
}
WITHOUT_TOWN = {
    "name without its form, another place word",
    "another ending of the name",
    "by the road, a sub-complaint added",
    "by a landmark that the first does not name",
    "a letter of the name lost",
    "without town or road",
    CITED,
}
NAMELESS = {"without its name", "masked in part", CITED}
NAMED_ONLY = {
    "name without its form, another place word",
    "another ending of the name",
    "by the road, a sub-complaint added",
    "by a landmark that the first does not name",
    "a letter of the name lost",
    "masked in part",
    "name recorded beside the text",
}
