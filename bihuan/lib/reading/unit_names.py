"""Settles one unit's name: who it is, of which place, of which kind; or what to ask.

Hides the patterns of names: place and department, a branch office, a party committee with its government, a town, a
whole group of units.
"""

import re
from dataclasses import dataclass

from bihuan.lib.reading.directory import Directory, department_names, rank_of
from bihuan.lib.reading.question import Question
from bihuan.lib.reading.regions import Region, places

GOVERNMENT, OFFICE = "党委政府", "整改办"  # the kinds of units that rules ask for
_GOVERNMENT = re.compile(
    r"(?:(?:中共)?(?:党工委|党\(工\)委|工委|党委|[市县区旗]委)(?:(?:以及|[、,，和与及]*)(?:[市县区旗]|人民)?"
    r"(?:人民政府|政府|管委会|管理委员会|办事处)(?:\(管委会\))?)?"
    r"|[市县区旗]?(?:人民政府|政府)(?:\(管委会\))?|管委会|管理委员会)"
)
_EVERY = re.compile(
    r"(?:全市)?各(?:(?P<which>县\([^()]*\)|区\([^()]*\)|县市区|市县区|县区|区县|市县|县|区)"
    r"(?P<zones>(?:[、和]各?类?(?:开发区|功能区|园区|新区|管委会))*)|类?(?:开发区|功能区|产业园区|园区))(?P<suffix>.*)"
)
_COLLECTIVE = re.compile(
    r"有关|相关|成员单位|各级|各部门|各单位|各责任|市直|县直|区直|各乡|各镇|各街道|各有|各成员|各行业|属地|沿[河线岸湖海]|各市[(州、和党]|各设区|各地|等(?:单位|部门|地)|涉及|所在地|[级直]部门"
)
_ENTERPRISE = re.compile(r"(?:公司|集团|厂|矿|企业|合作社|电站|电厂)$")
_TOWN = re.compile(r"(?P<town>.{1,12}?(?:镇|乡|街道|街道办事处))(?:党委(?:和|、)?)?(?:人民政府|政府|办事处|党工委)?$")
_HALL = "“厅”只有省级才有"
# What is longer is no name, whatever it is.
_LONGEST = 200
_BRANCH = re.compile(r"(?P<department>.+?局)(?P<place>.{2,12}?)(?:区?分局|直属分局)$")


@dataclass(frozen=True, slots=True)
class Named:
    """One unit that a name stands for."""

    name: str
    kind: str
    region_code: str | None = None
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The units behind a name; the question where it is not settled."""

    units: tuple[Named, ...]
    question: Question | None = None


def is_place(text: str) -> bool:
    """Whether the words are the name of a place and nothing more."""
    return bool(places().named(text))


def government_words(text: str) -> str:
    """What follows the place in "河间市政府": the words another place in front of it shares; else nothing."""
    for length in range(min(len(text), 14), 1, -1):
        if is_place(text[:length]) and _GOVERNMENT.fullmatch(text[length:]):
            return text[length:]
    return ""


def resolve(name: str, suffix: str, directory: Directory) -> Resolved:
    """The unit or units a name stands for. `suffix`: the government words that a later place in the list lends it."""
    if len(name) > _LONGEST:
        return Resolved((Named(name, "其他"),), Question("unit_unknown", f"单位“{name}”不在名录里，是哪个单位？"))
    if match := directory.find(name):
        return Resolved((Named(match.name, match.unit.kind, match.unit.region or None, match.derived),))
    for read in (_every, _own_government, _place, _collective, _place_and_department, _provincial, _branch, _town):
        if resolved := read(name, suffix, directory):
            return resolved
    kind = "企业" if _ENTERPRISE.search(name) else "其他"
    text = f"单位“{name}”不在名录里，是哪个单位？"
    return Resolved((Named(name, kind),), Question("unit_unknown", text, directory.nearest(name)))


def _every(name: str, _suffix: str, directory: Directory) -> Resolved | None:
    found = _EVERY.fullmatch(name)
    if not found or _COLLECTIVE.search(found["suffix"]):
        return None
    if not directory.city:
        return Resolved((Named(name, "集体"),), Question("unit_collective", f"“{name}”具体是哪些单位？"))
    words = found["suffix"].lstrip("的")
    regions = places().counties(directory.city, zones=bool(found["zones"]) or not found["which"])
    regions = regions if found["which"] else tuple(region for region in regions if region.zone)
    if not regions or (words and not _GOVERNMENT.fullmatch(words) and words not in department_names()):
        return None
    kind = GOVERNMENT if not words or _GOVERNMENT.fullmatch(words) else "部门"
    named = (_of_region(region, words, kind, directory) for region in regions)
    return Resolved(tuple(named))


def _of_region(region: Region, words: str, kind: str, directory: Directory) -> Named:
    listed = directory.of_region(region.code) if kind == GOVERNMENT else None
    name = listed.name if listed else region.name + _words_for(region, words)
    return Named(name, kind, region.code, "各县(市、区)逐一展开")


def _words_for(region: Region, words: str) -> str:
    """党(工)委和政府(管委会) for one place: a zone has a 党工委 and a 管委会, a county a 党委 and a government."""
    if not region.zone:
        return words.replace("党(工)委", "党委").replace("(管委会)", "")
    words = words.replace("党(工)委", "党工委").replace("党委", "党工委")
    return re.sub(r"(?:人民)?政府(?:\(管委会\))?", "管委会", words)


def _own_government(name: str, _suffix: str, directory: Directory) -> Resolved | None:
    if not _GOVERNMENT.fullmatch(name):
        return None
    place = directory.place
    if not place:
        return Resolved((Named(name, GOVERNMENT),))
    # A county's paper that says 市政府 means the city above it, unless the county is itself called 市.
    region = place if name[0] not in "市县区旗" or name[0] == rank_of(place) else places().get(directory.city)
    return Resolved((_government(name, region or place, None, directory),))


def _government(name: str, region: Region, derived: str | None, directory: Directory) -> Named:
    listed = directory.of_region(region.code)
    return Named(listed.name if listed else name, GOVERNMENT, region.code, "按名录" if listed else derived)


def _place(name: str, suffix: str, directory: Directory) -> Resolved | None:
    region, rest = leading_place(name, directory)
    if not region or (rest and not _GOVERNMENT.fullmatch(rest)):
        return None
    if suffix and not rest:
        return Resolved((_government(_lent(name, suffix, region), region, "补上并列词语", directory),))
    return Resolved((_government(name, region, None, directory),))


def _lent(name: str, suffix: str, region: Region) -> str:
    """汕头 before 揭阳市委 is 汕头市委, not 汕头市市委; 范县, which says its rank, is 范县县委."""
    is_said = name == region.name or suffix[0] != region.name[-1]
    return region.name + (suffix if is_said else suffix[1:])


def leading_place(name: str, directory: Directory) -> tuple[Region | None, str]:
    """The place a name begins with (the nearest to home of that name) and the rest; `None` where there is none."""
    heads = [(length, _region_named(name[:length], directory)) for length in range(min(len(name), 14), 1, -1)]
    found = [(region, name[length:]) for length, region in heads if region]
    # "黄骅市委和市政府" is 黄骅 + 市委, not 黄骅市 + 委: what makes sense of the rest goes before the longest name.
    fitting = (one for one in found if not one[1] or _GOVERNMENT.fullmatch(one[1]))
    full = (one for one in found if name.startswith(one[0].name))
    return next(fitting, None) or next(full, None) or (None, name)


def _region_named(head: str, directory: Directory) -> Region | None:
    inside = places().named(head, directory.city)
    return next(iter(inside or (region for region in places().named(head) if region.name == head)), None)


def _collective(name: str, _suffix: str, directory: Directory) -> Resolved | None:
    if not _COLLECTIVE.search(name):
        return None
    question = Question("unit_collective", f"“{name}”具体是哪些单位？")
    return Resolved((Named(name, "集体", directory.home or None),), question)


def _place_and_department(name: str, _suffix: str, directory: Directory) -> Resolved | None:
    region, rest = leading_place(name, directory)
    known = department_names().get(rest) or department_names().get(rest[1:])
    if not directory.is_shipped or not region or not known:
        return None
    department, shown, rule = known
    rank = "" if rest in department_names() else rest[0]
    return Resolved((Named(name.removesuffix(rest) + rank + shown, department.kind, region.code, rule),))


def _provincial(name: str, _suffix: str, directory: Directory) -> Resolved | None:
    """省生态环境厅: the department of the province that the home lies in, under the province's word for it.

    Below a province no department is called 厅: 水利厅 alone is the province's, too.
    """
    place = directory.place
    province = places().get(f"{place.code[:2]}0000") if place else None
    rank = "自治区" if province and province.name.endswith("自治区") else "省"
    is_bare = name.endswith("厅") and _is_of_province(name)
    if is_bare and not directory.is_shipped and (match := directory.find(rank + name)):
        return Resolved((Named(match.name, match.unit.kind, match.unit.region or None, _HALL),))
    if not directory.is_shipped or (place and not province):
        return None
    code = province.code if province else None
    if is_bare:
        return Resolved((Named(rank + name, "部门", code, _HALL),))
    rest = re.sub(
        r"\(.*\)$", "", name.removeprefix(province.name if province else "").removeprefix("省").removeprefix(rank)
    )
    if rest != name and (_is_of_province(rest) or rest in ("委", "政府", "委、省政府", "委和省政府", "人民政府")):
        return Resolved((Named(name, "部门", code),))
    return None


def _is_of_province(name: str) -> bool:
    return re.sub(r"厅$", "局", name) in department_names()


def _branch(name: str, _suffix: str, directory: Directory) -> Resolved | None:
    """市生态环境局成安县分局, and 任丘市环保分局, which leaves the city out."""
    if not directory.is_shipped or not name.endswith("分局"):
        return None
    if found := _BRANCH.fullmatch(name):
        match, region = directory.find(found["department"]), leading_place(found["place"], directory)[0]
        if match and region:
            shown = name.replace(found["department"], match.name, 1)
            return Resolved((Named(shown, match.unit.kind, region.code, match.derived),))
    region, rest = leading_place(name, directory)
    if not region and directory.place and name.startswith(rank_of(directory.place)):
        region, rest = directory.place, name[1:]
    if not directory.home and not region and name[0] in "市县区旗":
        rest = name[1:]
    elif not region:
        return None
    if rest.removesuffix("分局") + "局" in department_names():
        return Resolved((Named(name, "部门", region.code if region else None),))
    return None


def _town(name: str, _suffix: str, directory: Directory) -> Resolved | None:
    region, rest = leading_place(name, directory)
    found = _TOWN.fullmatch(rest if region else name)
    if not directory.is_shipped or not found:
        return None
    counties = (region,) if region else places().counties(directory.city, zones=True)
    wanted = found["town"].removesuffix("办事处")
    for county in counties:
        for town in places().towns(county.code):
            if town.name == wanted:
                return Resolved((Named(name, "乡镇街道", county.code),))
    return None
