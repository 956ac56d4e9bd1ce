"""Finds every day, month, quarter, year … that a Chinese text names, and says which days it can mean.

Hides the forms: digits of any width, Chinese numerals, blanks inside, dots and hyphens, 底 末 上旬 上半年 第三季度,
十四五末, 汛期前. A `Moment` never guesses: what the words leave open is a question.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bihuan.lib import chinese
from bihuan.lib.reading.question import Question

FIRST_YEAR, LAST_YEAR = 2000, 2060
TO = r"(?:至|到|[-—–~～－―]{1,2})"

_CN = "〇零○一二三四五六七八九"
_YEAR = (
    rf"(?:(?P<year>[{_CN}\d]{{4}}|\d{{5,6}}|\d\d(?=年(?:年?底|\d{{1,2}}月)))(?:年度?|(?=年?[底末终])|(?={TO}\d{{4}}年))"
    r"|(?P<relative>[今本当明次去])年度?)"
)
_MONTH = rf"(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])(?:月份?|(?<=\d)(?={TO}\d{{1,2}}月))"
_DAY = r"(?P<day>\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_IN_MONTH = r"月?(?P<in_month>[底末初]|上旬|中旬|下旬|中(?=之?前|以前|[^\u4e00-\u9fff]|$))"
_SEASON = r"(?:主?汛期|雨季|供[暖热][季期]|采暖[季期]|入冬|春节|国庆节?)(?=之?前|以前)"
_IN_YEAR = rf"(?P<in_year>年?[底末终初]|上半年|下半年|年中|全年|第?[1-4一二三四]季度[底末]?|{_SEASON})"
_BARE = rf"(?P<bare>(?<![年度])年[底末终]|上半年|下半年|第[1-4一二三四]季度[底末]?|{_SEASON})"
_ISO = r"(?P<iso>\d{4}(?:(?P<dot>[-./])\d{1,2}(?P=dot)\d{1,2}日?|[-./](?:0?[1-9]|1[0-2])))(?![\d年月]|[-./]\d)"
_PLAN = r"[\"“”]?(?P<plan>十[一二三四五六七八九]?)五[\"”“]?(?:规划|时期|计划)?(?P<in_plan>期?[末底]|期间|中期)"
_MOMENT = re.compile(
    rf"(?<!\d)(?:{_ISO}|{_PLAN}|(?P<dated>{_YEAR})?(?:(?<![每第.]){_MONTH}(?:{_DAY}|{_IN_MONTH})?"
    rf"|(?(dated){_IN_YEAR}|{_BARE}))?)(?P<suffix>之前|以前|前|之内|以内|年内|内|期间)?"
)
# A line may end inside a day: 2022年 / 10月底.
_GOES_ON = re.compile(r"年\d{1,2}\s*月|月\d{1,2}\s*[日号]")
_BLANKS = re.compile(r"\s+")
# How far around a blank its numbers are looked at.
_NEAR = 12
_RELATIVE = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "去": -1}
# The usual days, offered as answers only: every province fixes its own.
_SEASONS = {"汛": (5, 31), "雨": (5, 31), "供": (11, 14), "采": (11, 14), "入": (10, 31), "国": (9, 30)}
# How far a day without a year may lie behind the day of its context before the next year is as likely.
_BACK = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of days that a text names, from `start` to `end` (not included) of that text.

    `first` and `last` are its days, `None` where the year is missing or the words are impossible or open; `month` and
    `day` keep what is known. `exact`: the words name one day (底 and 末 do), not a whole month or year. `before`: 前
    follows. `grain`: day, part, month, quarter, half, year, plan or season.
    """

    start: int
    end: int
    grain: str
    first: date | None = None
    last: date | None = None
    exact: bool = False
    before: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    question: Question | None = None


def moments(text: str, on: date | None = None) -> Iterator[Moment]:
    """Every moment of a squeezed text, in order.

    A missing year is taken from the moment before, else from `on`; where that leaves two years open, it is asked.
    """
    previous: Moment | None = None
    on = on if on and FIRST_YEAR <= on.year <= LAST_YEAR else None
    for found in _MOMENT.finditer(text):
        if found.end() > found.start() and any(found[name] for name in ("iso", "plan", "dated", "month", "bare")):
            previous = _moment(found, previous, on)
            yield previous


def squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in half-width characters without the blanks that stand inside dates, and where each character stood."""
    folded = chinese.half_width(text)
    if not _BLANKS.search(folded):
        return folded, tuple(range(len(folded)))
    kept: list[int] = []
    at = 0
    for run in _BLANKS.finditer(folded):
        kept += range(at, run.start())
        kept += (place for place in range(*run.span()) if _parts_numbers(folded, run, folded[place]))
        at = run.end()
    kept += range(at, len(folded))
    return "".join(folded[at] for at in kept), tuple(kept)


def _parts_numbers(text: str, run: re.Match[str], blank: str) -> bool:
    """Whether a blank of a run of blanks stays."""
    # "20 22年" is one year; "第3\n2021年" are two numbers: no run of digits in a date is longer than four.
    left, right = text[max(0, run.start() - _NEAR) : run.start()], text[run.end() : run.end() + _NEAR]
    digits_left = len(left) - len(left.rstrip("0123456789"))
    digits_right = len(right) - len(right.lstrip("0123456789"))
    if digits_left and digits_right:
        return digits_left + digits_right > 4
    inside = right[:1] in set("年月日底末") and (digits_left or left[-1:] in set("年月"))
    inside = inside or bool(_GOES_ON.match(left[-1:] + right))
    return blank == "\n" and not inside


def _moment(found: re.Match[str], previous: Moment | None, on: date | None) -> Moment:
    bare = Moment(*found.span(), "day", before=(found["suffix"] or "").endswith("前"))
    if found["plan"]:
        return _of_plan(bare, chinese.number(found["plan"]) or 0, found["in_plan"])
    if found["iso"]:
        year, month, *days = (int(part) for part in re.findall(r"\d+", found["iso"]))
        return _of_month(replace(bare, year=year, month=month, day=days[0] if days else None), "")
    named = replace(bare, month=chinese.number(found["month"] or ""), day=chinese.number(found["day"] or ""))
    bare = _with_year(named, found, previous, on)
    if bare.month is not None:
        return _of_month(bare, found["in_month"] or "")
    return _of_year(bare, found["in_year"] or found["bare"] or "")


def _with_year(moment: Moment, found: re.Match[str], previous: Moment | None, on: date | None) -> Moment:
    if found["year"]:
        year = chinese.number(found["year"]) or 0
        return replace(moment, year=year + 2000 if year < 100 else year)
    if found["relative"]:
        return replace(moment, year=on.year + _RELATIVE[found["relative"]]) if on else _year_missing(moment)
    if previous and previous.year:
        goes_back = (moment.month or 12) < (previous.month or 1)
        return _one_of_two_years(moment, previous.year) if goes_back else replace(moment, year=previous.year)
    if not on:
        return _year_missing(moment)
    if date(on.year, min(moment.month or 12, 12), 28) < on - _BACK:
        return _one_of_two_years(moment, on.year)
    return replace(moment, year=on.year)


def _year_missing(moment: Moment) -> Moment:
    return replace(moment, question=Question("deadline_year_missing", "时限没有写明年份，应为哪一年？"))


def _one_of_two_years(moment: Moment, year: int) -> Moment:
    choices = (str(year), str(year + 1))
    question = Question("deadline_year_missing", f"时限没有写明年份，是{year}年还是{year + 1}年？", choices)
    return replace(moment, question=question)


def _impossible(moment: Moment, kind: str, text: str, *choices: str) -> Moment:
    return replace(moment, question=Question(kind, text, choices))


def _stretch(moment: Moment, grain: str, first: date, last: date, *, exact: bool = False) -> Moment:
    return replace(moment, grain=grain, first=first, last=last, exact=exact)


def _month_days(year: int | None, month: int) -> int:
    return calendar.monthrange(year or 2024, month)[1]


def _of_month(moment: Moment, part: str) -> Moment:
    year, month, day = moment.year, moment.month or 0, moment.day
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return _impossible(moment, "deadline_impossible", f"年份“{year}”不合理，请核对原文。")
    if not 1 <= month <= 12:
        return _impossible(moment, "deadline_impossible", f"没有{month}月，请核对原文。")
    days = _month_days(year, month)
    if day is not None and not 1 <= day <= days:
        near = (date(year, month, days).isoformat(),) if year else ()
        return _impossible(moment, "deadline_impossible", f"{month}月没有{day}日，请核对原文。", *near)
    if year is None:
        known = day or (days if part in ("底", "末") and month != 2 else None)
        return replace(moment, day=known, grain="day" if known else "month", exact=known is not None)
    if day is not None:
        return _stretch(moment, "day", date(year, month, day), date(year, month, day), exact=True)
    return _part_of_month(moment, date(year, month, 1), date(year, month, days), part)


def _part_of_month(moment: Moment, first: date, last: date, part: str) -> Moment:
    if part == "初":
        choices = (first.isoformat(), first.replace(day=10).isoformat())
        return _impossible(moment, "deadline_ambiguous", f"{first.year}年{first.month}月初以哪一天为限？", *choices)
    if part in ("底", "末"):
        return replace(_stretch(moment, "day", last, last, exact=True), day=last.day)
    edges = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last.day), "中": (15, 15)}
    if part in edges:
        start, end = edges[part]
        return _stretch(moment, "part", first.replace(day=start), first.replace(day=end), exact=part == "中")
    return _stretch(moment, "month", first, last)


def _of_year(moment: Moment, part: str) -> Moment:
    year = moment.year
    if part[:1] in _SEASONS or part[:1] in ("主", "春"):
        return _before_season(moment, part)
    if year is None:
        at_end = part.removeprefix("年") in ("底", "末", "终")
        return replace(moment, grain="day", month=12, day=31, exact=True) if at_end else replace(moment, grain="year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _impossible(moment, "deadline_impossible", f"年份“{year}”不合理，请核对原文。")
    if part.endswith("初"):
        choices = (date(year, 1, 31).isoformat(), date(year, 3, 31).isoformat())
        return _impossible(moment, "deadline_ambiguous", f"{year}年初以哪一天为限？", *choices)
    if "季度" in part:
        quarter = chinese.number(part.lstrip("第")[0]) or 1
        last = date(year, quarter * 3, _month_days(year, quarter * 3))
        first = date(year, quarter * 3 - 2, 1)
        return _stretch(moment, "quarter", first, last, exact=not part.endswith("季度"))
    return _part_of_year(moment, year, part)


def _part_of_year(moment: Moment, year: int, part: str) -> Moment:
    half, end = date(year, 6, 30), date(year, 12, 31)
    if part == "上半年":
        return _stretch(moment, "half", date(year, 1, 1), half)
    if part == "下半年":
        return _stretch(moment, "half", date(year, 7, 1), end)
    if part == "年中":
        return _stretch(moment, "day", half, half, exact=True)
    if part in ("", "全年"):
        return _stretch(moment, "year", date(year, 1, 1), end)
    return replace(_stretch(moment, "day", end, end, exact=True), month=12, day=31)


def _before_season(moment: Moment, season: str) -> Moment:
    usual, year = _SEASONS.get(season.removeprefix("主")[0]), moment.year
    choices = (date(year, *usual).isoformat(),) if usual and year else ()
    text = f"{f'{year}年' if year else ''}{season}前是哪一天之前？各地起止不同，请写明日期。"
    return replace(_impossible(moment, "deadline_open", text, *choices), grain="season")


def _of_plan(moment: Moment, number: int, part: str) -> Moment:
    # The tenth five-year plan began in 2001.
    first_year = 2001 + 5 * (number - 10)
    first, last = date(first_year, 1, 1), date(first_year + 4, 12, 31)
    if part == "中期":
        text = f"第{number}个五年规划中期以哪一天为限？"
        return replace(_impossible(moment, "deadline_open", text, f"{first_year + 2}-12-31"), grain="plan")
    moment = replace(moment, year=last.year)
    return _stretch(moment, "plan", first, last, exact=part != "期间")
