"""What of one petition cannot all be true. Each was broken in a published paper."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from bihuan.lib.reading import dates

NEARLY = frozenset({"部分属实", "基本属实"})  # offices draw the line between the two in either way
NO_NEED = r"^(?:经研究[,，]?)?无需(?:要)?(?:进行)?整改[。.]?$|^不(?:用|需|必)整改[。.]?$"
_VISITED = re.compile(r"现场|检查|核查|调查|勘[察查]|核实|踏勘")
_YEAR = re.compile(r"(?<!\d)(?P<y>\d{3,5})\s*年(?!来|前|间|内|以|的历史|产|度?第)")
_AHEAD, _LATEST, _FIRST = 30, 2060, 1900


def fitting_truth(verdicts: Collection[str]) -> str:
    """The overall verdict that these of the sub-items make: theirs where they agree, else 部分属实."""
    return next(iter(verdicts)) if len({*verdicts}) == 1 else "部分属实"


def disagree(verdicts: Collection[str], overall: str) -> bool:
    """Whether an overall verdict does not fit those of the sub-items. Without either there is nothing to disagree."""
    if not verdicts or not overall:
        return False
    fitting = fitting_truth(verdicts)
    return overall != fitting and {overall, fitting} != NEARLY


def early_visit(text: str, received: date) -> dates.Moment | None:
    """Where a squeezed text says that somebody looked before the day of receipt; the first such day."""
    for moment in dates.moments(text, received):
        day = _visited_on(text, moment, received)
        clause = re.split(r"[,，。;；]", text[moment.end : moment.end + 50].lstrip(",， "))[0]
        if day and day < received and _VISITED.search(clause):
            return moment
    return None


def _visited_on(text: str, moment: dates.Moment, received: date) -> date | None:
    """The day of a moment; one without a year is of the year of receipt, whatever year an earlier sentence told of."""
    if not moment.day or not moment.first:
        return None
    has_year = bool(re.match(r"\d{4}|[今本当去明]年", text[moment.start : moment.end]))
    try:
        return moment.first if has_year else moment.first.replace(year=received.year)
    except ValueError:
        return None


def odd_years(text: str, on: date | None) -> Iterator[re.Match[str]]:
    """Each year of a text that cannot be meant, as of that day."""
    latest = on.year + _AHEAD if on else _LATEST
    for found in _YEAR.finditer(text):
        if not _FIRST <= int(found["y"]) <= latest:
            yield found
