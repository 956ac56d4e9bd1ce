"""What a plan says of itself: title, document number, inspection, place.

Hides how a title broken over lines is put together again.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bihuan.intake.formats.understood import Field
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage, joined
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.document_numbers import find_document_numbers
from bihuan.lib.reading.regions import PROVINCES, Region, places

_TITLE_END = re.compile(r"(?:方案|清单|台账|计划|一览表|任务表|措施表|分解表|任务书|的通知)(?:\([^()]{2,8}\))?$")
_INSPECTION = re.compile(
    rf"(?:第(?P<round>[一二三四五\d])轮)?(?:第(?P<batch>[一二三四五六\d])批次?)?(?P<level>中央|国家|{PROVINCES}(?:党?委)?|省级|省委|省|自治区)?"
    r"(?:第(?P<later>[一二三四五\d])轮)?(?:第[一二三四五六七八九十\d]+(?=生态|环))?(?:生态)?环(?:境)?保(?:护)?(?P<special>专项)?督察(?P<again>[“\"]?回头看[”\"]?)?"
)
_ANNEX = re.compile(r"附\s*[件表]\s*\d{0,2}\s*[:：]?")
# 关于印发《…整改方案》的通知: the title of the plan is the one inside.
_ISSUED = re.compile(r"(?:印发|转发|下发|公布)《(?P<inner>[^《》]{6,60})》的?(?:通知|公告|函)")
_FILM = re.compile(r"警示片")
_FILM_NAME = re.compile(
    rf"(?:\d{{4}}年)?(?P<level>国家|{PROVINCES}|省级|省)?(?(level)|(?:长江经济带|长江流域|黄河流域))(?:突出)?生态环境(?:突出)?(?:问题)?警示片"
)
_BRACKETED = re.compile(r"\([\u4e00-\u9fff]{2,9}\)")
_NAMES_OF_LEVEL = {"中央": "中央", "国家": "中央"}
_LOOK, _SHORTEST = 14, 6


def read_heading(lines: Sequence[Passage], sheet: str, directory: Directory) -> dict[str, Field]:
    """The heading's fields out of a paper's first lines; `sheet` is the name of a workbook's sheet, if it is one."""
    first = list(lines[:_LOOK])
    title = _title(first)
    named = _TITLE_END.search(sheet) and len(sheet) >= _SHORTEST
    fields = {
        "title": _as_field(title) if title else Field(sheet, sheet, None, "取工作表名称") if named else Field(None)
    }
    fields |= _document_number(first)
    fields |= _inspection([title] if title else first)
    fields |= _region(
        [*([title] if title else []), *(line for line in first if _BRACKETED.fullmatch(line.folded))], directory
    )
    return fields


def _as_field(words: Passage) -> Field:
    return Field(words.text, words.raw, words.span)


def _title(lines: Sequence[Passage]) -> Passage | None:
    """The first lines that together end as a title does; a line that ends a sentence starts the search again."""
    held: list[Passage] = []
    for whole_line in lines:
        line, text = whole_line, whole_line.folded
        if annex := _ANNEX.match(text):
            held, line = [], line.cut(annex.end()).strip()
            text = line.folded
        if len(text) > 60 or not text or re.search(r"[。;:]", text) or next(find_document_numbers(text), None):
            held = []
            continue
        held = [*held, line][-3:]
        for start in range(len(held)):
            whole = "".join(one.folded for one in held[start:])
            if _TITLE_END.search(whole) and len(whole) > _SHORTEST and not chinese.enumerator(whole):
                return _issued(joined(held[start:], ""))
    return None


def _issued(title: Passage) -> Passage:
    found = _ISSUED.search(title.folded)
    return title.cut(*found.span("inner")) if found else title


def _document_number(lines: Sequence[Passage]) -> dict[str, Field]:
    for line in lines:
        for found in find_document_numbers(line.text):
            words = line.cut(found.start, found.end)
            derived = None if found.key == words.text else "文号按标准写法"
            return {"document_number": Field(found.key, words.raw, words.span, derived)}
    return {"document_number": Field(None)}


def _inspection(lines: Sequence[Passage]) -> dict[str, Field]:
    names = ("inspection", "inspection_level", "inspection_kind", "inspection_round")
    for line in lines:
        if found := _INSPECTION.search(line.folded) or _FILM_NAME.search(line.folded):
            words, named = line.cut(*found.span()), defaultdict(str, found.groupdict())
            return {
                "inspection": Field(words.text, words.raw, words.span),
                "inspection_level": _level(named, words),
                "inspection_kind": _kind(named, line, words),
                "inspection_round": _count(words, named["round"] or named["later"], "轮次化为数字"),
            } | ({"inspection_batch": _count(words, named["batch"], "批次化为数字")} if named["batch"] else {})
    return dict.fromkeys(names, Field(None))


def _level(named: Mapping[str, str], words: Passage) -> Field:
    if not named["level"]:
        return Field(None)
    level = _NAMES_OF_LEVEL.get(named["level"], "省级")
    return Field(level, words.raw, words.span, None if level in words.text else "按督察名称")


def _kind(named: Mapping[str, str], line: Passage, words: Passage) -> Field:
    if _FILM.search(line.text):
        return Field("警示片", words.raw, words.span)
    if not (named["special"] or named["again"]):
        return (
            Field("例行", words.raw, words.span, "未写专项或回头看的督察为例行督察") if named["level"] else Field(None)
        )
    return Field("回头看" if named["again"] else "专项", words.raw, words.span)


def _count(words: Passage, printed: str | None, rule: str) -> Field:
    number = chinese.number(printed or "")
    return Field(number, words.raw, words.span, rule) if number else Field(None)


def _region(lines: Sequence[Passage], directory: Directory) -> dict[str, Field]:
    """The place in the title, or in brackets below it: the nearest to home of that name."""
    found = next(
        ((line, place) for line in lines if (place := place_in(line.folded, directory) or _province(line))), None
    )
    if not found:
        return {"region": Field(None), "region_code": Field(None), "unit": Field(None)}
    line, (start, end, region) = found
    words = line.cut(start, end)
    return {
        "region": Field(region.name, words.raw, words.span),
        "region_code": Field(region.code, words.raw, words.span, "按行政区划名称"),
        "unit": Field(region.name, words.raw, words.span),
    }


def _province(line: Passage) -> tuple[int, int, Region] | None:
    found = re.search(PROVINCES, line.folded)
    named = places().named(found[0]) if found else ()
    return (*found.span(), named[0]) if found and named else None


def place_in(text: str, directory: Directory) -> tuple[int, int, Region] | None:
    """The first city or county whose full name stands in the text, and where it stands."""
    for start in range(len(text)):
        for length in range(min(9, len(text) - start), 1, -1):
            if region := _place(text[start : start + length], directory):
                return _county_behind(text, start + length, region) or (start, start + length, region)
    return None


def _county_behind(text: str, start: int, city: Region) -> tuple[int, int, Region] | None:
    """The county whose full name follows its city's: 许昌市建安区."""
    for length in range(min(9, len(text) - start), 1, -1):
        name = text[start : start + length]
        if named := [one for one in places().named(name, city.code) if one.name == name and one != city]:
            return start, start + length, named[0]
    return None


def _place(name: str, directory: Directory) -> Region | None:
    """The city or county of this full name: the one at home, else the only one in the country."""
    at_home = places().named(name, directory.city) if directory.city else ()
    named = [one for one in at_home or places().named(name) if one.name == name and one.level in ("city", "county")]
    return named[0] if len(named) == 1 or (at_home and named) else None
