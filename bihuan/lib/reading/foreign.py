"""Names of other cities and counties in a running text: what was copied along from another place's paper.

Hides which names are long enough not to be part of ordinary words.
"""

import re
from collections.abc import Iterator
from functools import cache

from bihuan.lib.reading.regions import places


def foreign_names(text: str, home: str, known: str = "") -> Iterator[re.Match[str]]:
    """Each name of a city or county that is neither in `home` (a city's or county's code), around it, nor in `known`.

    Of a county at home, the other counties of its city are elsewhere too; a zone of an office's own is its city.
    """
    home = home if places().get(home) else f"{home[:4]}00"
    for found in _names(home).finditer(text):
        if found[0] not in known and not _belongs(found[0], home):
            yield found


def _belongs(name: str, home: str) -> bool:
    province = f"{home[:2]}0000"
    return any(
        places().is_within(region.code, home) or region.code == province or places().is_within(home, region.code)
        for region in places().named(name)
    )


@cache
def _names(home: str) -> re.Pattern[str]:
    """Full names of cities and counties long enough not to be part of ordinary words; around a county, of all."""
    names = {
        region.name
        for region in places().by_code.values()
        if region.level != "province" and not region.zone and len(region.name) >= 3 and region.name[-1] in "市县"
    }
    county = places().get(home)
    if county and county.level == "county":
        names |= {region.name for region in places().counties(county.parent)}
    listed = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    return re.compile(rf"(?:{listed})(?!场|区域|民|内)")
