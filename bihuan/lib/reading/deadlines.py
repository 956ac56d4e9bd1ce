"""Reads a deadline as papers write it (2021年10月底前, 立行立改, 每月10日、25日前) into days, or into a question.

Hides the grammar. It is closed: what does not fit is `unknown` and asked about, and nothing is guessed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from bihuan.lib.reading import dates, recurrences
from bihuan.lib.reading.clauses import clauses
from bihuan.lib.reading.dates import Moment
from bihuan.lib.reading.quantities import Quantity, quantities
from bihuan.lib.reading.question import Question

IMMEDIATE = re.compile(r"立行立改|立[整即]立改|立即|即[知行查]即改|立查立改|立[知说]立改|边督边改|即时整改|马上")
SUSTAINED = re.compile(r"长期|持续|常态化?|常抓不懈")
WITHOUT_DAY = ("immediate", "open_ended", "done_long_term", "recurring", "stage")  # kinds that need no day
_NATURES = dict.fromkeys(("date", "month", "range", "dates"), "限期整改")
_NATURES |= {"immediate": "立行立改", "open_ended": "长期坚持", "done_long_term": "长期坚持"}
_DONE = re.compile(r"已[^,，;；。]{0,14}?(?:整改|完成|整治)")
_STAGES = re.compile(r"短期|近期|中期|中长期|远期|[两三四]个阶段|分阶段")
_RELATIVE = re.compile(r"(?:\d{1,4}|[一二三四五六七八九十两半]{1,4})个?(?:工作日|日|天|月|周|年)(?:之|以)?内")
_RANGE = re.compile(rf"起?{dates.TO}")
_END_DAY = re.compile(rf"起?{dates.TO}(?P<day>\d{{1,2}})[日号]")
_SINCE = re.compile(r"(?:之日)?(?:起(?![草用诉])|开始|以后|之后|以来)")
# Beside the deadline the one that it replaced, or the one that somebody above set: (省级时限:2025年6月底前).
_WAS = re.compile(r"\([^()]{0,6}(?:原|调整前)[^():]{0,6}(?:时限|期限|时间|为)?:?[^()]*\)")
_ABOVE = re.compile(
    r"\([^()\d]{0,6}(?:国家|中央|[省市县区上]级|[省市]方案|督察)[^():\d]{0,8}(?:时限|期限|要求|时间|规定|明确|为|:)[^():]{0,4}:?(?P<day>[^()]*)\)"
)
_TARGET = re.compile(r"(?:到|至|截止到?)$")


@dataclass(frozen=True, slots=True)
class Due:
    """One day something is due. `on` is `None` where the year is open; `month` and `day` then keep what is known.

    `text` is what is due, as the words say, with its first `amount` and `unit`; `start` and `end` are where the day
    stands.
    """

    on: date | None
    start: int
    end: int
    text: str = ""
    amount: float | None = None
    unit: str = ""
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """The ISO date; without a year the month and day as `--03-16`."""
        if self.on:
            return self.on.isoformat()
        return f"--{self.month:02}-{self.day:02}" if self.month and self.day else None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as understood.

    `kind` is one of date, month, range, dates, immediate, open_ended, done_long_term, recurring, stage, unknown;
    `sustained` says that the effort is to go on afterwards (长期坚持). With a `question` nothing is settled.
    """

    kind: str
    raw: str = ""
    dates: tuple[Due, ...] = ()
    start: date | None = None
    end: date | None = None
    recurring: dict[str, Any] | None = None
    question: Question | None = None
    sustained: bool = False

    @property
    def due_on(self) -> date | None:
        """The last day on which all must be done, `None` where there is none or it is not settled."""
        if self.question:
            return None
        days = [due.on for due in self.dates if due.on]
        return max(days) if days else self.end

    @property
    def nature(self) -> str:
        """立行立改, 限期整改 or 长期坚持; "" where the words tell none."""
        return _NATURES.get(self.kind, "")

    def plain(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "kind": self.kind,
            "dates": [due.iso for due in self.dates if due.iso],
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "recurring": self.recurring,
            "doubt": self.question.plain() if self.question else None,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline inside a longer text, from `start` to `end`. `marked`: the words make it a limit (前, 底, 到)."""

    start: int
    end: int
    deadline: Deadline
    marked: bool


def read_deadline(text: str, on: date | None = None) -> Deadline:
    """What a deadline phrase says. `on` is a day of its context, for a year that the phrase leaves out."""
    squeezed, places = dates.squeezed(text)
    read = _read(squeezed, on)
    placed = tuple(replace(due, start=places[due.start], end=places[due.end - 1] + 1) for due in read.dates)
    return replace(read, raw=text, dates=placed)


def find_deadlines(text: str, on: date | None = None) -> Iterator[Found]:
    """Every day, month or period that a longer text names, in order, with where it stands in that text."""
    squeezed, places = dates.squeezed(text)
    for first, last in _pairs(squeezed, on):
        if _begins(squeezed, first, last):
            continue
        read = _read_pair(squeezed, first, last)
        start, end = places[first.start], places[last.end - 1] + 1
        phrase = squeezed[first.start : last.end]
        marked = (
            last.before
            or phrase.rstrip("内止")[-1] in "底末"
            or bool(_TARGET.search(squeezed[max(0, first.start - 3) : first.start]))
        )
        placed = tuple(replace(due, start=start, end=end) for due in read.dates)
        yield Found(start, end, replace(read, raw=text[start:end], dates=placed), marked)


def _read(text: str, on: date | None) -> Deadline:
    if not text.strip():
        return Deadline("unknown", question=Question("deadline_missing", "没有写时限，应为哪一天？"))
    was = _stretches(_WAS, text)
    pairs = [pair for pair in _pairs(text, on) if not _lies_in(was, pair[0])]
    recurring = recurrences.read(text)
    ends = [first for first, last in pairs if not _begins(text, first, last)]
    if recurring and all(first.year is None or not first.first or _is_inside(first, recurring) for first in ends):
        return Deadline("recurring", recurring=recurring.rule)
    sustained = bool(SUSTAINED.search(text))
    if not pairs or (sustained and _DONE.search(text)):
        return replace(_without_days(text), sustained=sustained)
    return replace(_with_days(text, pairs), sustained=sustained)


def _stretches(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)] if "(" in text else []


def _lies_in(stretches: list[tuple[int, int]], moment: Moment) -> bool:
    place = bisect_right(stretches, moment.start, key=itemgetter(0)) - 1
    return place >= 0 and moment.start < stretches[place][1]


def _is_inside(moment: Moment, recurring: recurrences.Recurrence) -> bool:
    return recurring.start <= moment.start < recurring.end


def _without_days(text: str) -> Deadline:
    sustained, done = SUSTAINED.search(text), _DONE.search(text)
    if done and sustained:
        return Deadline("done_long_term")
    if _STAGES.search(text):
        return Deadline("stage")
    if IMMEDIATE.search(text):
        return Deadline("immediate")
    if sustained:
        return Deadline("open_ended")
    if done:
        question = Question("deadline_missing", f"时限写作“{text}”，没有写哪一天完成，应为哪一天？")
    elif _RELATIVE.search(text):
        question = Question("deadline_relative", f"时限“{text}”从哪一天起算？")
    else:
        question = Question("deadline_unknown", f"时限“{text}”读不懂，应为哪一天？")
    return Deadline("unknown", question=question)


def _begins(text: str, first: Moment, last: Moment) -> bool:
    """Whether a day only says when something begins: 2022年7月1日起."""
    return first is last and bool(_SINCE.match(text, first.end))


def _with_days(text: str, pairs: list[tuple[Moment, Moment]]) -> Deadline:
    begun = [pair for pair in pairs if _begins(text, *pair)]
    pairs = [pair for pair in pairs if not _begins(text, *pair)]
    if not pairs:
        return _since(text, begun[0][0])
    if len(pairs) == 1:
        first, last = pairs[0]
        return _yearly(text, first, last) or _described(text, pairs, _read_pair(text, first, last))
    if rivals := _rivals(text, pairs):
        return Deadline("date", question=rivals)
    reads = [_read_pair(text, first, last) for first, last in pairs]
    dues = [_due(read, last) for read, (_, last) in zip(reads, pairs, strict=True)]
    question = next((read.question for read in reads if read.question), None)
    return _described(text, pairs, Deadline("dates", dates=tuple(dues), question=question))


def _rivals(text: str, pairs: list[tuple[Moment, Moment]]) -> Question | None:
    """Which day counts, where a bracket gives another one that somebody above set."""
    above = _stretches(_ABOVE, text)
    if not any(_lies_in(above, first) for first, _ in pairs):
        return None
    days = sorted({last.last.isoformat() for _, last in pairs if last.last})
    if len(days) < 2:
        return None
    return Question("deadline_rivals", f"时限写了{'和'.join(days)}，哪一天是本方案的时限？", tuple(days))


def _since(text: str, first: Moment) -> Deadline:
    if SUSTAINED.search(text):
        return Deadline("open_ended")
    question = Question("deadline_open", f"时限“{text}”只写了何时开始，应到哪一天为止？")
    return Deadline("range", start=first.first, question=first.question or question)


def _due(read: Deadline, moment: Moment) -> Due:
    return read.dates[0] if read.dates else Due(read.end, moment.start, moment.end, month=moment.month)


def _described(text: str, pairs: list[tuple[Moment, Moment]], read: Deadline) -> Deadline:
    """The deadline, each of its days with the words that belong to it."""
    if len(read.dates) != len(pairs):
        return read
    stretches = clauses(text, [(first.start, last.end) for first, last in pairs])
    dues = []
    for due, (start, end) in zip(read.dates, stretches, strict=True):
        amount = next(quantities(text[start:end]), None)
        dues.append(_with_words(due, text[start:end], amount))
    return replace(read, dates=tuple(dues))


def _with_words(due: Due, text: str, amount: Quantity | None) -> Due:
    return replace(due, text=text, amount=amount.amount if amount else None, unit=amount.unit if amount else "")


def _yearly(text: str, first: Moment, last: Moment) -> Deadline | None:
    """2025—2027年底前分别整改完成6个、3个、1个: one day a year, each with its share."""
    if first is last or first.grain != "year" or not (first.year and last.year) or "分别" not in text[last.end :]:
        return None
    years = range(first.year, last.year + 1)
    shares = list(quantities(text[last.end :]))[: len(years)]
    whole = text[last.end :]
    if len(shares) != len(years):
        question = Question(
            "deadline_shares", f"“{text}”的{len(years)}个年份与{len(shares)}个数量对不上，各年各为多少？"
        )
        return Deadline("dates", dates=_year_ends(years, first, last), question=question)
    words = [whole[share.start : share.end] for share in shares]
    dues = zip(_year_ends(years, first, last), words, shares, strict=True)
    return Deadline("dates", dates=tuple(_with_words(due, word, share) for due, word, share in dues))


def _year_ends(years: range, first: Moment, last: Moment) -> tuple[Due, ...]:
    return tuple(Due(date(year, 12, 31), first.start, last.end, month=12, day=31) for year in years)


def _pairs(text: str, on: date | None) -> list[tuple[Moment, Moment]]:
    """The moments of a text, two joined by 至 or a dash as one pair, every other as a pair with itself."""
    pairs: list[tuple[Moment, Moment]] = []
    for moment in dates.moments(text, on):
        before = pairs[-1] if pairs else None
        if before and before[0] is before[1] and _RANGE.fullmatch(text, before[1].end, moment.start):
            pairs[-1] = (before[0], moment)
        else:
            pairs.append((moment, moment))
    return [(first, _until_day(text, first) if first is last else last) for first, last in pairs]


def _until_day(text: str, first: Moment) -> Moment:
    """The second half of 6月1日至30日, which names no month of its own; else the moment itself."""
    found = _END_DAY.match(text, first.end)
    if not found or not first.exact or not first.first:
        return first
    day = int(found["day"])
    last_day = (first.first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if not 1 <= day <= last_day.day:
        question = Question("deadline_impossible", f"{first.month}月没有{day}日，请核对原文。", (last_day.isoformat(),))
        return replace(first, end=found.end(), question=question)
    on = first.first.replace(day=day)
    return replace(first, end=found.end(), first=on, last=on, day=day)


def _read_pair(text: str, first: Moment, last: Moment) -> Deadline:
    if first is last:
        return _single(text, first)
    question = first.question or last.question or _ambiguity(last)
    if not question and first.first and last.last and last.last < first.first:
        question = Question("deadline_impossible", "时限的结束早于开始，请核对原文。")
    return Deadline("range", start=first.first, end=last.last, question=question)


def _single(text: str, moment: Moment) -> Deadline:
    due = Due(moment.last, moment.start, moment.end, month=moment.month, day=moment.day)
    if moment.question:
        kind = "unknown" if moment.grain == "season" else "date"
        kept = (due,) if due.iso and moment.question.kind != "deadline_impossible" else ()
        return Deadline(kind, dates=kept, question=moment.question)
    if question := _ambiguity(moment):
        return Deadline("date", question=question)
    if moment.grain == "plan" and not moment.exact:
        return Deadline("range", start=moment.first, end=moment.last)
    if moment.grain == "month" and not _TARGET.search(text[max(0, moment.start - 3) : moment.start]):
        return Deadline("month", start=moment.first, end=moment.last)
    return Deadline("date", dates=(due,))


def _ambiguity(moment: Moment) -> Question | None:
    """2024年8月前: before it begins, or before it ends?"""
    if moment.exact or not moment.before or not (moment.first and moment.last):
        return None
    before, end = moment.first - timedelta(days=1), moment.last
    text = f"是{before.year}年{before.month}月{before.day}日前，还是{end.year}年{end.month}月{end.day}日前？"
    return Question("deadline_ambiguous", text, (before.isoformat(), end.isoformat()))
