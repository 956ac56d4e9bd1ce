"""What a workbook shows of its cells that their values do not say: rows that are hidden, dates without their day.

Hides the XML of styles and sheets. A package that is no .xlsx says nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bihuan.lib.paper.container import Package
from bihuan.lib.paper.markup import Element, parse

_HIDDEN = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*\br=\"(\d{1,7})\"")
_CELL = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\bs=\"(\d{1,6})\")[^>]*\br=\"([A-Z]{1,3})(\d{1,7})\"")
_LITERAL = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.")
# Of the formats that Excel keeps by number, those of Chinese offices that show year and month alone.
_MONTHS = {17, 27, 36, 50, 52, 57}


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet looks, counted from 0: hidden rows, cells whose date shows no day, and those that show a year."""

    hidden: frozenset[int] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()
    years: frozenset[tuple[int, int]] = frozenset()


def looks(package: Package) -> Mapping[str, Look]:
    """The look of every sheet by its name."""
    book, relations = package.part("xl/workbook.xml"), package.part("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in _named(parse(relations), "Relationship")}
    months, years = _undated(package.part("xl/styles.xml"))
    found = {}
    for sheet in _named(parse(book), "sheet"):
        place = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        content = package.part("xl/" + targets.get(place, "").removeprefix("/xl/")) or b""
        found[sheet.get("name", "")] = Look(
            frozenset(int(row) - 1 for row in _HIDDEN.findall(content)), _cells(content, months), _cells(content, years)
        )
    return found


def _named(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if isinstance(one.tag, str) and one.tag.rsplit("}", 1)[-1] == name)


def _undated(styles: bytes | None) -> tuple[set[int], set[int]]:
    """The numbers of the styles that show a date as year and month, and of those that show its year alone."""
    if styles is None:
        return set(), set()
    root = parse(styles)
    codes = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in _named(root, "numFmt")}
    months, years = set(), set()
    for formats in _named(root, "cellXfs"):
        for place, one in enumerate(formats):
            number = int(one.get("numFmtId", 0))
            shown = set(_LITERAL.sub("", codes.get(number, "")).lower()) & set("ymdhs")
            if number in _MONTHS or shown == {"y", "m"}:
                months.add(place)
            elif shown == {"y"}:
                years.add(place)
    return months, years


def _cells(content: bytes, styles: set[int]) -> frozenset[tuple[int, int]]:
    if not styles:
        return frozenset()
    found = (
        (int(row) - 1, column_number(letters) - 1)
        for style, letters, row in _CELL.findall(content)
        if int(style) in styles
    )
    return frozenset(found)


def column_number(letters: bytes) -> int:
    """The number of a column, counted from 1 (A, B … Z, AA)."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(place: int) -> str:
    """The letters of a column, counted from 0: the other way round."""
    letters = ""
    while place >= 0:
        place, left = divmod(place, 26)
        letters, place = chr(65 + left) + letters, place - 1
    return letters
