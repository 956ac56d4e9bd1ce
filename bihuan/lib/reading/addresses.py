"""Reads where something is, as papers write it: the town, the village, the house number of a road.

Hides the words around them (村西侧100米, 西行500米路北), a town that is left out, and 史家庄村 written 史庄村.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bihuan.lib import chinese
from bihuan.lib.reading.regions import PEOPLES, places

_HAN = "\u3400-\u9fff"
# Where a village's name may begin: nothing of a sentence before it may become part of it.
_EDGE = rf"(?:^|(?<=[^{_HAN}]))"
_LEAD = re.compile("位于|反映|举报|来电|来信|称")
_VILLAGE = re.compile(rf"{_EDGE}(?P<stem>[{_HAN}]{{1,7}}?)(?:村委会|村(?!道|民(?!主))|社区|居委会)")
_TOWN = re.compile(rf"{_EDGE}(?P<town>[{_HAN}]{{1,6}}?(?:镇|乡|街道))")
_DOOR = re.compile(
    rf"(?P<road>(?:(?![村镇乡])[{_HAN}0-9GSX]){{1,7}}?(?:大道|国道|省道|县道|路|街)[东西南北中]?段?)(?P<door>[0-9]+)号"
)
_NO_VILLAGE = re.compile(
    r"[该本我某全各邻农乡外多此几一两三某*向找给跟]|[一两三几多各]个|.*(?:居民|附近|整个|(?<=.)满|[的是了被得臭味飘淌]).*"
)
_RANKS = "省市县区旗州"
_WHOLE_TEXT = 400  # in what is longer, the place stands at the beginning


@dataclass(frozen=True, slots=True)
class Address:
    """What a place's words name; "" where they do not. `village` is without 村, `door` a road with its number."""

    town: str = ""
    village: str = ""
    door: str = ""

    @property
    def said(self) -> str:
        """Town and village as one says them."""
        return f"{self.town}{self.village}村"


def county_of(regions: Sequence[str]) -> str:
    """The county among codes of regions, the widest first; "" where they name none."""
    return next((code[:6] for code in reversed(regions) if len(code) >= 6 and code[4:6] != "00"), "")


@cache
def names_of(regions: tuple[str, ...]) -> tuple[str, ...]:
    """Every name of these regions and their province, the longest first."""
    codes = dict.fromkeys((*regions, *(f"{code[:2]}0000" for code in regions)))
    found = {name for code in codes if (one := places().get(code)) for name in (one.name, one.short, *one.aliases)}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def without_names(text: str, regions: tuple[str, ...]) -> str:
    """The text behind the names of regions that it opens with."""
    while opened := next((name for name in names_of(regions) if text.startswith(name)), ""):
        rest = text[len(opened) :].removeprefix("市" if opened != names_of(regions)[0] else "")
        if len(rest) < 2:
            break
        text = rest
    return text


@cache
def towns_of(regions: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds the towns of the county among these regions; those of the whole city where no county is among them."""
    county = county_of(regions)
    areas = [county] if county else [one.code for code in regions for one in places().counties(code[:6])]
    towns = [town for area in areas for town in places().towns(area)]
    names = {said for town in towns for said in (town.name, PEOPLES.sub("", town.name))}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True)))) if names else None


@cache
def county_with(town: str, city: str) -> str:
    """The one county of a city that has a town of this name, or ""."""
    found = {one.code for one in places().counties(city) for other in places().towns(one.code) if other.name == town}
    return found.pop() if len(found) == 1 else ""


def read_address(text: str, regions: tuple[str, ...]) -> Address:
    """The first town, village and house number that the words name. Refuses nothing: what is not said is ""."""
    shown = chinese.half_width(chinese.clean(text).text)
    known = towns_of(regions)
    found = known.search(shown) if known else None
    for name in (found[0] if found else "|", *(one for one in names_of(regions) if one[-1] in _RANKS)):
        shown = shown.replace(name, "|")
    shown = without_names(_LEAD.sub("|", shown), regions)
    town = found[0] if found else next((one["town"] for one in _TOWN.finditer(shown)), "")
    head = shown[:_WHOLE_TEXT].replace(town, "|") if town else shown[:_WHOLE_TEXT]
    door = _DOOR.search(head)
    return Address(town, next(_villages(head), ""), f"{door['road']}{door['door']}号" if door else "")


def town_key(town: str) -> str:
    """By which a town is known though its rank changed (于村回族乡, 于村乡, 于村镇 → 于村)."""
    return re.sub(r"(?:镇|乡|街道(?:办事处)?)$", "", PEOPLES.sub("", town))


def _villages(text: str) -> Iterator[str]:
    """Those that stand where a wider place ends come first."""
    for found in sorted(_VILLAGE.finditer(text), key=lambda one: text[: one.start()][-1:] not in ("", "|")):
        if not _NO_VILLAGE.fullmatch(found["stem"]):
            stem = found["stem"]
            yield stem[0] + stem[1:].replace("家", "") if len(stem) > 2 else stem
