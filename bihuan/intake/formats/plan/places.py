"""Finds names of places in a plan's text that do not belong to the plan's own city: words copied from elsewhere.

Hides how the names of the whole country are searched at once.
"""

import re
from collections.abc import Iterator
from functools import cache

from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.regions import Region, places


@cache
def _names() -> re.Pattern[str]:
    # Names of two characters (青县, 献县) hide inside other words too often.
    names = {region.name for region in places().by_code.values() if region.level != "province" and len(region.name) > 2}
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def foreign_places(text: str, directory: Directory) -> Iterator[tuple[int, int, str]]:
    """Where the text names a city or county outside the directory's city, each name once."""
    if not directory.city:
        return
    seen: set[str] = set()
    for found in _names().finditer(text):
        name = found[0]
        if name not in seen and not _is_home(name, text, found.start(), directory):
            seen.add(name)
            yield found.start(), found.end(), name


def _is_home(name: str, text: str, start: int, directory: Directory) -> bool:
    home = places().get(directory.city)
    if places().named(name, directory.city) or home is None:
        return True
    # "沧州市区", "本市辖区" and the like begin with a home name and only look like another one.
    return _overlaps(home, text, start) or any(_overlaps(one, text, start) for one in places().counties(home.code))


def _overlaps(region: Region, text: str, start: int) -> bool:
    at = text.find(region.name, max(0, start - len(region.name) + 1), start + len(region.name))
    return at >= 0
