"""Places in a petition that do not belong there: regions nobody knows, and names of another city copied along.

Hides which place is home.
"""

import re
from collections.abc import Iterator, Sequence

from bihuan.intake.formats.petition_alignment import Row
from bihuan.intake.formats.petition_fields import places_of
from bihuan.intake.formats.understood import Choice, Doubt
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.foreign import foreign_names
from bihuan.lib.reading.regions import CITY_ITSELF, Region, places

_ZONE = re.compile(r"(?:新区|新城|开发区|高新区|经开区|园区|管理区|示范区|功能区|试验区|街道|镇|乡)$")
_TEXTS = ("findings", "handling")


def unknown_regions(row: Row, directory: Directory | None) -> Iterator[Doubt]:
    """A doubt for each region that no table lists, and for each that leaves open which place at home answers."""
    piece = row.get("region")
    named = places_of(piece) if piece else []
    for name in named:
        if piece and name and not _ZONE.search(name) and not _known(name):
            choices = tuple(Choice(near, near) for near in _near(name, directory))
            yield Doubt("region", f"行政区域“{name}”不在行政区划表里，是哪里？", choices, "region_unknown", piece.span)
            return
    question = _open_at_home(named, directory)
    if piece and directory and question:
        near = [region.name for name in named for region in places().named(name, directory.city)]
        near = near or [near for name in named for near in _near(name, directory)]
        yield Doubt("region", question, tuple(Choice(one, one) for one in near), "region_unknown", piece.span)


def _open_at_home(named: Sequence[str], directory: Directory | None) -> str:
    """What to ask of regions among which none at home answers alone; "" where one does, or all are of elsewhere."""
    if not directory or not directory.home:
        return ""
    if len([name for name in named if places().named(name, directory.city)]) > 1:
        return f"行政区域写了{'、'.join(named)}，由哪里承办？"
    if len(named) == 1 and not places().named(named[0]) and named[0] not in CITY_ITSELF:
        return f"行政区域“{named[0]}”是本市哪个县(市、区)？"
    return ""


_DIVISION = re.compile(r"^第?[一二三四五六七八九十]{1,2}师")


def _known(name: str) -> bool:
    name = _DIVISION.sub("", name) or name  # of the production corps: 第八师石河子市
    if places().named(name) or name in CITY_ITSELF:
        return True
    return any(places().named(name[at:]) and places().named(name[:at]) for at in range(2, len(name) - 1))


def _near(name: str, directory: Directory | None) -> list[str]:
    counties = places().counties(directory.city, zones=True) if directory else ()
    return [region.name for region in counties if set(region.short) & set(name)][:5]


def foreign_places(row: Row, directory: Directory | None) -> Iterator[Doubt]:
    """A doubt for each city or county of elsewhere in findings or handling that the complaint does not name."""
    home = _home(row, directory)
    if not home:
        return
    content = row["content"].folded if "content" in row else ""
    seen: set[str] = set()
    for field in _TEXTS:
        piece = row.get(field)
        for found in foreign_names(piece.folded, home, content) if piece else ():
            name = found[0]
            if piece and name not in seen:
                seen.add(name)
                question = f"文中出现外地地名“{name}”，是否从别处的材料误抄？"
                yield Doubt(field, question, kind="foreign_place", span=piece.found(found).span)


def _home(row: Row, directory: Directory | None) -> str:
    """The code of the city that the petition belongs to, empty where it cannot be told."""
    if directory:
        return directory.city
    name = row["region"].value if "region" in row else ""
    cities = {_city_of(region) for region in places().named(name)} if name else set()
    return cities.pop() if len(cities) == 1 else ""


def _city_of(region: Region) -> str:
    return region.parent if region.level == "county" and not region.parent.endswith("0000") else region.code
