"""A deadline as somebody settles it by hand: a day, or the words for having none."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.lib import chinese
from bihuan.lib.flow import Refused
from bihuan.lib.reading.deadlines import WITHOUT_DAY, read_deadline

_DAYS = re.compile(r"(?P<serial>[3-6]\d{4})(?:\.0+)?|(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00)?$")
_WHOLE = re.compile(r"\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}\s*[日号]?$")
_EPOCH = date(1899, 12, 30)  # from which a sheet counts its days


@dataclass(frozen=True, slots=True)
class Settled:
    """A day, or none; `kind` as the reader of deadlines names it, `words` those of a deadline without a day."""

    on: date | None
    kind: str
    words: str = ""

    def __str__(self) -> str:
        return self.on.isoformat() if self.on else self.words


def settled(text: str) -> Settled:
    """What was written for a deadline: a day in any usual form, a month (its last day), or 立行立改, 长期坚持 …

    Refuses what names no single day, and nothing at all.
    """
    on = day(text)
    if on:
        return Settled(on, "date")
    read = read_deadline(text)
    if read.due_on and read.kind in ("date", "month") and not read.question:
        return Settled(read.due_on, read.kind)
    if read.kind in WITHOUT_DAY and not read.question:
        return Settled(None, read.kind, text)
    raise Refused(f"“{text[:30]}”看不出是哪一天，请写成2022-12-31这样；没有日期的写“立行立改”或“长期坚持”。")


def day(text: str) -> date | None:
    """The one day that a cell names: 2022-12-22, 2022/12/22, 2022.12.22, 2022年12月22日, 20221222, or the number by
    which a sheet counts it (44917); digits of any width. None where it names none, or an impossible one.
    """
    plain = _MIDNIGHT.sub("", chinese.half_width(text).strip())
    found = _DAYS.fullmatch(plain)
    if found and found["serial"]:
        return _EPOCH + timedelta(days=int(found["serial"]))
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    read = read_deadline(plain)
    is_day = read.kind == "date" and not read.question and len(read.dates) == 1 and bool(_WHOLE.search(plain))
    return read.due_on if is_day else None
