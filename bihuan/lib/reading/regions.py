"""The divisions of the country (GB/T 2260) with their towns, and the zones that no standard lists.

Hides the shipped table (written by the build out of a pinned package) and that it is unpacked once, on first use.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LEVELS = ("province", "city", "county", "town")

# Letters of GB/T 2260 in petition numbers.
PROVINCE_LETTERS: Mapping[str, str] = {
    "BJ": "110000", "TJ": "120000", "HE": "130000", "SX": "140000", "NM": "150000", "LN": "210000", "JL": "220000",
    "HL": "230000", "SH": "310000", "JS": "320000", "ZJ": "330000", "AH": "340000", "FJ": "350000", "JX": "360000",
    "SD": "370000", "HA": "410000", "HB": "420000", "HN": "430000", "GD": "440000", "GX": "450000", "HI": "460000",
    "CQ": "500000", "SC": "510000", "GZ": "520000", "YN": "530000", "XZ": "540000", "SN": "610000", "GS": "620000",
    "QH": "630000", "NX": "640000", "XJ": "650000",
}  # fmt: skip

# Zones with a county's powers that GB/T 2260 leaves out. Codes 71-79 are those of the statistics office where it gives
# one; the names are the ones plans use.
_ZONES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("133100", "雄安新区", "130000", ("河北雄安新区",)),
    ("130971", "沧州开发区", "130900", ("沧州经济开发区", "河北沧州经济开发区", "沧州经开区", "沧州经济技术开发区")),
    ("130972", "沧州高新区", "130900", ("沧州高新技术产业开发区",)),
    ("130973", "渤海新区", "130900", ("沧州渤海新区",)),
    ("130974", "南大港产业园区", "130973", ("南大港管理区", "南大港")),
    ("130975", "中捷产业园区", "130973", ("中捷高新区", "中捷")),
)
# What an autonomous place has in its name, and people leave out.
PEOPLES = re.compile(
    "满族|回族|蒙古族|土家族|苗族|壮族|侗族|彝族|藏族|朝鲜族|哈萨克族|维吾尔族|维吾尔|羌族|白族|哈尼族|傣族|黎族|畲族|瑶族|布依族"
    "|仡佬族|撒拉族|保安族|东乡族|土族|裕固族|达斡尔族|鄂温克族|锡伯族|各族|仫佬族|毛南族|水族|拉祜族|佤族|纳西族|景颇族|傈僳族"
    "|独龙族|怒族|普米族|布朗族|哈萨克|柯尔克孜|蒙古"
)
_OF_PROVINCES = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
)
_OF_CITIES = "北京|天津|上海|重庆"
# Patterns of a province's name with its rank word, and without.
PROVINCES = (
    f"(?:(?:{_OF_PROVINCES})省|(?:内蒙古|广西(?:壮族)?|西藏|宁夏(?:回族)?|新疆(?:维吾尔)?)自治区|(?:{_OF_CITIES})市)"
)
PROVINCES_SHORT = f"(?:{_OF_PROVINCES}|内蒙古|广西|西藏|宁夏|新疆|{_OF_CITIES})"


@dataclass(frozen=True, slots=True)
class Region:
    """One division or zone. `short` is the name without its rank word (沧州, 任丘); `aliases` are other names of it.

    `zone` says that it is none of GB/T 2260.
    """

    code: str
    name: str
    level: str
    parent: str
    aliases: tuple[str, ...] = ()
    zone: bool = False

    @property
    def short(self) -> str:
        """The name as people say it."""
        return _short(self.name)


def _short(name: str) -> str:
    if name.endswith(("自治县", "自治州", "自治区", "自治旗")):
        return PEOPLES.sub("", name[:-3]) or name[:-3]
    stem = name.removesuffix("特别行政区")
    for rank in ("新区", "地区", "省", "市", "区", "县", "盟", "旗"):
        if stem.endswith(rank) and len(stem) - len(rank) >= 2:
            return stem if rank == "新区" else stem.removesuffix(rank)
    return stem


def _peopleless(region: Region) -> Iterator[str]:
    """The name that people use of an autonomous place: 围场县, 黔南州."""
    for rank in ("县", "州", "旗"):
        if region.name.endswith(f"自治{rank}") and len(region.short) > 1:
            yield f"{region.short}{rank}"


CITY_ITSELF = frozenset({"市本级", "市直", "全市", "本级"})  # no county, but the city whose paper says so


@dataclass(frozen=True, slots=True)
class Places:
    """Every region by code and by name. Several regions share a name (新华区): `named` returns all of them."""

    by_code: Mapping[str, Region]
    _by_name: Mapping[str, tuple[Region, ...]]
    _towns: Mapping[str, tuple[tuple[str, str], ...]]

    def get(self, code: str) -> Region | None:
        """The region with this six-digit code, if there is one."""
        return self.by_code.get(code)

    def named(self, name: str, within: str = "") -> tuple[Region, ...]:
        """The regions with this name, short name or alias; with `within` (a code) only those under it or it itself."""
        found = self._by_name.get(name, ())
        return tuple(region for region in found if not within or self.is_within(region.code, within))

    def is_within(self, code: str, outer: str) -> bool:
        """Whether a region lies in another one or is that one."""
        region = self.by_code.get(code)
        while region and region.code != outer:
            region = self.by_code.get(region.parent)
        return region is not None

    def counties(self, city: str, *, zones: bool = False) -> tuple[Region, ...]:
        """The county-level places right under a city, in order of code; zones only where asked for."""
        below = (region for region in self.by_code.values() if region.parent == city)
        return tuple(sorted((one for one in below if zones or not one.zone), key=lambda region: region.code))

    def towns(self, county: str) -> tuple[Region, ...]:
        """The towns, townships and sub-districts of a county."""
        return tuple(Region(code, name, "town", county) for code, name in self._towns.get(county, ()))


@cache
def places() -> Places:
    """The shipped table, unpacked on first use."""
    packed = resources.files("bihuan.lib.reading").joinpath("places.json.gz").read_bytes()
    table = json.loads(gzip.decompress(packed))
    zones = {code: Region(code, name, "county", parent, other, zone=True) for code, name, parent, other in _ZONES}
    by_code = {
        code: Region(code, name, _level(code), parent, zone=_is_zone(code)) for code, name, parent in table["regions"]
    } | zones
    by_name: dict[str, list[Region]] = {}
    for region in by_code.values():
        for name in {region.name, region.short, *_peopleless(region), *region.aliases}:
            by_name.setdefault(name, []).append(region)
    towns = {county: tuple((code, name) for code, name in rows) for county, rows in table["towns"].items()}
    return Places(by_code, {name: tuple(found) for name, found in by_name.items()}, towns)


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def _is_zone(code: str) -> bool:
    """Whether the statistics office put the place into the table of the standard: a zone of its own, 71 to 79."""
    return "71" <= code[4:] <= "79"
