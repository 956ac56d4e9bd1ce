"""A unit's workbook of progress as it comes back: its rows put together to one entry a measure, or why not.

Hides how a row names what it is about: a measure by its code, an indicator or milestone of it by the code and an id.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from bihuan.lib.quantity import whole
from bihuan.lib.reading.dates import moments, squeezed
from bihuan.rectification.rules.reporting import Filled

COLUMNS = {
    "code": "编号",
    "about": "措施、指标和节点",
    "due": "时限或目标",
    "last": "上次",
    "on": "截至日期",
    "reason": "无变化的原因",
    "done": "本期进展",
    "difficulties": "存在问题",
    "next_steps": "下步打算",
    "expected_on": "预计完成",
    "figure": "完成比例或现累计",
    "reached_on": "到达日期",
    "answer": "对提问的答复",
}
FILLED = (*COLUMNS,)[4:]
INDICATOR, MILESTONE = "Z", "J"  # 指标, 节点
LONGEST = 2_000
WORDS = ("reason", "done", "difficulties", "next_steps")
TWICE = "这一行和{place}写的是同一件，请只留一行。"
MERGED = "“{column}”这一格与别的行合并了，看不出说的是哪一件，请拆开再填。"
BOTH = "又写了本期进展，又写了无变化的原因，请只留一样。"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: where it stands, its key, the words under our headings; `merged` are the columns whose cell
    it shares with other rows.
    """

    place: str
    key: str
    cells: Mapping[str, str]
    merged: tuple[str, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether something was filled in; the day alone, which stands there already, says nothing."""
        return any(self.cells.get(name, "").strip() for name in FILLED if name != "on")


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure's entry as its rows say it, or `refusal`: why it cannot be read. `answer` is to all that is asked."""

    code: str
    place: str
    filled: Filled
    answer: str = ""
    refusal: str = ""


def key_of(code: str, kind: str = "", row: int = 0) -> str:
    """What a row is known by when it comes back."""
    return f"{code}/{kind}{row}" if kind else code


def entries(rows: Iterable[Row], today: date) -> Iterator[Entry]:
    """An entry for each measure of which something was filled in, in the order of the sheet.

    A row without words is left alone; two filled rows of the same, and a cell that several rows share, are refused:
    nobody can tell which is meant.
    """
    of: dict[str, list[Row]] = {}
    for row in rows:
        of.setdefault(row.key.partition("/")[0], []).append(row)
    for code, mine in of.items():
        if any(row.is_filled for row in mine):
            yield _entry(code, mine, today)


def _entry(code: str, rows: list[Row], today: date) -> Entry:
    entry = Entry(code, rows[0].place, Filled(today))
    firsts = {row.key: row for row in reversed(rows) if row.is_filled}
    for row in rows:
        first = firsts.get(row.key, row)
        if first is not row and not row.is_filled:  # a copy that says nothing
            continue
        if first is not row:
            return replace(entry, place=row.place, refusal=TWICE.format(place=first.place))
        try:
            entry = _with(entry, row)
        except Unread as refusal:
            return replace(entry, place=row.place, refusal=str(refusal))
    filled = entry.filled
    told = bool(filled.done or filled.readings or filled.reached or filled.percent is not None)
    if filled.reason and told:
        return replace(entry, refusal=BOTH)
    return replace(entry, filled=replace(filled, is_unchanged=bool(filled.reason)))


class Unread(Exception):  # noqa: N818 -- reads as a sentence
    """A cell that cannot be read, in one sentence."""


def _with(entry: Entry, row: Row) -> Entry:
    """The entry with what one more row says."""
    words = {name: row.cells.get(name, "").strip() for name in FILLED}
    for name in row.merged:
        if words.get(name):
            raise Unread(MERGED.format(column=COLUMNS[name]))
    kind, number = _kind_of(row.key)
    if kind == INDICATOR:
        figure = _figure(words["figure"])
        readings = {**entry.filled.readings, **({number: figure} if figure is not None else {})}
        return replace(entry, filled=replace(entry.filled, readings=readings))
    if kind == MILESTONE:
        day = _day(words["reached_on"])
        reached = {**entry.filled.reached, **({number: day} if day is not None else {})}
        return replace(entry, filled=replace(entry.filled, reached=reached))
    for name in WORDS:
        if len(words[name]) > LONGEST:
            raise Unread(f"“{COLUMNS[name]}”最多{LONGEST}字，现在{len(words[name])}字。")
    filled = replace(
        entry.filled,
        on=_day(words["on"]) or entry.filled.on,
        percent=_figure(words["figure"]),
        expected_on=_day(words["expected_on"]),
        reason=words["reason"],
        done=words["done"],
        difficulties=words["difficulties"],
        next_steps=words["next_steps"],
    )
    return replace(entry, filled=filled, answer=words["answer"], place=row.place)


def _kind_of(key: str) -> tuple[str, int]:
    rest = key.partition("/")[2]
    if not rest:
        return "", 0
    number = whole(rest[1:])
    if rest[0] not in (INDICATOR, MILESTONE) or number is None:
        raise Unread(f"不认得“{key}”这一行，请不要改动编号。")
    return rest[0], number


def _figure(text: str) -> Decimal | None:
    """A quantity as people write it: 1,200, ４５, 45%."""
    if not text:
        return None
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removesuffix("%")
    with suppress(InvalidOperation):
        number = Decimal(plain)
        if number.is_finite() and abs(number) < Decimal(10) ** 13 and number == round(number, 3):
            return number
    raise Unread(f"看不懂数字“{text[:20]}”，请写成 11 或 2.5，最多三位小数。")


def _day(text: str) -> date | None:
    if not text:
        return None
    found = [*moments(squeezed(text)[0])]
    if len(found) != 1 or found[0].grain != "day" or found[0].first is None:
        raise Unread(f"看不懂日期“{text[:20]}”，请写成 2022-04-03 这样。")
    return found[0].first
