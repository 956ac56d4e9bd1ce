"""The period of a public notice as printed, and as the calendar counts it.

Hides how a period is printed: both ends, one end and a number of days, working days or calendar days.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.intake.formats.understood import MISSING, Choice, Doubt, Field
from bihuan.lib.chinese import number
from bihuan.lib.paper.passage import Passage
from bihuan.lib.workdays import Workdays

_YEAR = r"(?P<y{0}>20\d\d)\s*[年.\-/]\s*"
_BARE = r"(?<![\d.\-/])"
_START = rf"(?:{_YEAR.format('')}|{_BARE})(?P<m>\d{{1,2}})\s*[月.\-/]\s*(?P<d>\d{{1,2}})(?!\d)\s*日?"
_END = rf"(?:{_YEAR.format('2')})?(?:(?P<m2>\d{{1,2}})\s*[月.\-/]\s*)?(?P<d2>\d{{1,2}})(?![\d.])\s*日?"
_DAYS = (
    r"(?:共|为|即|为期)?\s*计?\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*个?\s*"
    r"(?P<kind>工作日|自然日|日历日|天|日(?!前))"
)
_TO = r"\s*起?\s*(?:至|到|—+|–|~|-{1,2})\s*"
_WHOLE = re.compile(rf"{_START}{_TO}{_END}(?:\s*止)?\s*[,，]?\s*\(?\s*(?:{_DAYS})?")
_FROM = re.compile(rf"(?:自|从|公示(?:期限?|时间)?\s*[为:]?)\s*{_START}\s*起[,，]?\s*{_DAYS}")
_BEFORE = re.compile(rf"{_DAYS}\s*[,，]?\s*\(?\s*(?:自|从|即)?$")
_ONLY = re.compile(rf"公示(?:期|时间|期限)[^。;\n]{{0,8}}?{_DAYS}")


@dataclass(frozen=True, slots=True)
class Period:
    """The printed period, and the days it names where both are full dates."""

    starts_on: Field = MISSING
    ends_on: Field = MISSING
    days: Field = MISSING
    day_kind: Field = MISSING
    start: dt.date | None = None
    end: dt.date | None = None


def read_period(passage: Passage, on: dt.date | None) -> Period:
    """The period in which the public may object; without one all its fields are missing."""
    text = passage.folded
    found = next((match for match in _WHOLE.finditer(text) if _is_notice(text, match)), None)
    if found:
        return _whole(passage, found, on)
    single = _FROM.search(text) or _ONLY.search(text)
    if not single:
        return Period()
    start = _date(single["y"], single["m"], single["d"], on) if single.re is _FROM else None
    piece = passage.piece(single.start("y") if single.re is _FROM and single["y"] else single.start(), single.end())
    counted, kind = _counted(passage, single)
    starts_on = Field(start.isoformat(), piece.raw, piece.span, "日期写作年-月-日") if start else MISSING
    return Period(starts_on, MISSING, counted, kind, start)


def _is_notice(text: str, match: re.Match[str]) -> bool:
    return "公示" in text[max(0, match.start() - 20) : match.start()] or bool(match["n"])


def _whole(passage: Passage, found: re.Match[str], on: dt.date | None) -> Period:
    start = _date(found["y"], found["m"], found["d"], on)
    end = _date(found["y2"] or found["y"], found["m2"] or found["m"], found["d2"], on)
    if start and end and end < start and not found["y2"]:
        end = end.replace(year=end.year + 1)  # from December into January
    first = passage.piece(found.start("y") if found["y"] else found.start("m"), _after(passage, found.end("d")))
    begin = next(found.start(name) for name in ("y2", "m2", "d2") if found[name])
    last = passage.piece(begin, _after(passage, found.end("d2")))
    before = _BEFORE.search(passage.folded, max(0, found.start() - 24), found.start())
    counted, kind = _counted(passage, found if found["n"] else before or _said_elsewhere(passage) or found)
    is_whole = bool(found["y2"] and found["m2"])
    rule = "日期写作年-月-日" if is_whole else "年份取自公示起始日"
    return Period(_field(start, first, "日期写作年-月-日"), _field(end, last, rule), counted, kind, start, end)


def _said_elsewhere(passage: Passage) -> re.Match[str] | None:
    """公示期10个工作日, where both ends stand in another sentence; 公示时间为2025年3月10日 is none."""
    return next((match for match in _ONLY.finditer(passage.folded) if match["kind"] != "日"), None)


def _after(passage: Passage, at: int) -> int:
    return at + 1 if passage.folded[at : at + 1] == "日" else at


def _date(year: str | None, month: str, day: str, on: dt.date | None) -> dt.date | None:
    known = int(year) if year else on.year if on else None
    try:
        return dt.date(known, int(month), int(day)) if known else None
    except ValueError:
        return None


def _field(day: dt.date | None, piece: Passage, rule: str) -> Field:
    return Field(day.isoformat() if day else None, piece.raw, piece.span, rule if day else None)


def _counted(passage: Passage, found: re.Match[str]) -> tuple[Field, Field]:
    if not found["n"]:
        return MISSING, MISSING
    piece, unit = passage.found(found, "n"), passage.found(found, "kind")
    count = number(found["n"])
    days = Field(count, piece.raw, piece.span, None if str(count) == found["n"] else "中文数字换算")
    is_working = found["kind"] == "工作日"
    kind = "工作日" if is_working else "自然日"
    rule = None if found["kind"] == kind else f"“{found['kind']}”按自然日"
    return days, Field(kind, unit.raw, unit.span, rule)


def doubts_of(period: Period, calendar: Workdays) -> Iterator[Doubt]:
    """Questions where the printed end or number of days is not what the calendar counts."""
    for name, field in (("starts_on", period.starts_on), ("ends_on", period.ends_on)):
        if field.value is None and field.raw:
            yield Doubt(
                name, f"公示日期“{field.raw}”不存在或没有写年份，应为哪一天？", kind="date_unknown", span=field.span
            )
    start, end, count = period.start, period.end, period.days.value
    if not start or not end or not isinstance(count, int) or count < 1:
        return
    if end < start:
        yield Doubt("ends_on", "公示结束日期早于开始日期，请核对。", kind="notice_end", span=period.ends_on.span)
        return
    yield from _counted_again(period, calendar, start, end, count)


def _counted_again(period: Period, calendar: Workdays, start: dt.date, end: dt.date, count: int) -> Iterator[Doubt]:
    span = calendar.between(start, end)
    is_working = period.day_kind.value == "工作日"
    read = span.working_days if is_working else span.calendar_days
    if read == count:
        return
    due = calendar.last_of(start, count).end if is_working else start + dt.timedelta(days=count - 1)
    pending = (
        f"（{'、'.join(map(str, span.unknown_years))}年调休尚未公布，按法定节假日推算）" if span.unknown_years else ""
    )
    kind = str(period.day_kind.value)
    question = (
        f"公示期印作{start.isoformat()}至{end.isoformat()}共{count}个{kind}，按日历首尾计入实为{read}个{kind}，"
        f"{count}个{kind}应到{due.isoformat()}为止{pending}，以哪个为准？"
    )
    choices = (
        Choice(f"按天数：{due.isoformat()}", due.isoformat(), f"公示到{due.isoformat()}"),
        Choice(f"按原文：{end.isoformat()}", end.isoformat(), f"实为{read}个{kind}"),
    )
    yield Doubt("ends_on", question, choices, "notice_end", period.ends_on.span)
