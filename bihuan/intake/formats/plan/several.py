"""A heading that carries the numbers of several problems (第三项、第四项问题：…): one record, and a question.

Hides the ways to write it: 第三、四项, 序号21、22, 第3—5项, 3、4.…, or a cell with two numbers.
"""

import re

from bihuan.intake.formats.plan.drafts import Entry
from bihuan.intake.formats.understood import Choice, Doubt
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage

_N = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
_LEAD = r"(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d))?\s*"
_WORD = r"(?:第|序号|编号|(?:整改)?(?:问题|任务))"
_BEHIND = r"(?:整改)?(?:问题|任务)"
_AND = r"\s*[、,和及与至\-—~]{1,2}\s*"
_LISTED = re.compile(
    rf"{_LEAD}(?P<list>{_WORD}\s*{_N}\s*(?:[项号]?(?:{_BEHIND})?{_AND}{_WORD}?\s*{_N}\s*)+)"
    rf"(?:项(?:{_BEHIND})?|号(?={_BEHIND}|[:\s]|$)|(?=[:\s]|$))(?P<end>\s*:\s*|\s+|$)?"
)
_PLAIN = re.compile(r"\s*(?P<list>(?P<first>\d{1,3})[、,和](?P<next>\d{1,3}))(?P<end>[.、:](?!\d)\s*)")
_CELL = re.compile(rf"\s*第?(?P<list>{_N}(?:[、,和及与\s]+{_N})+)\s*[项号]?\s*(?P<end>)")
_ONE = re.compile(_N)
_RANGE = re.compile(rf"(?P<first>{_N})\s*[项号]?\s*[至\-—~]{{1,2}}\s*第?\s*(?P<last>{_N})")
_MOST = 12


def ask_for_several(entry: Entry) -> list[Doubt]:
    """Which number counts, where the heading carries several; the entry is given the first, its heading the rest."""
    words = [one for one in (entry.number_words, entry.head) if one] or entry.fields.get("text", [])[:1]
    text = "".join(one.folded for one in words)
    found = _found(text, is_cell=entry.head is None and entry.number_words is not None)
    numbers = _numbers(found["list"]) if found else []
    if not found or len(numbers) < 2:
        return []
    place = words[-1]
    if entry.head:
        cut = found.end() - (len(text) - len(entry.head.folded))
        rest = entry.head.cut(max(0, cut)) if found["end"] else entry.head
        entry.head = rest or None
    entry.number = numbers[0]
    return [_doubt(found["list"], numbers, entry.number_words or place)]


def _found(text: str, *, is_cell: bool) -> re.Match[str] | None:
    if is_cell:
        return _CELL.fullmatch(text)
    plain = _PLAIN.match(text)
    if plain and int(plain["next"]) == int(plain["first"]) + 1:
        return plain
    return _LISTED.match(text)


def _numbers(listed: str) -> list[int]:
    read = [chinese.number(one) for one in _ONE.findall(listed)]
    between = _RANGE.search(listed)
    first, last = (chinese.number(between[name]) for name in ("first", "last")) if between else (None, None)
    if first and last and first < last < first + _MOST and len(read) == 2:
        return list(range(first, last + 1))
    return list(dict.fromkeys(number for number in read if number))


def _doubt(listed: str, numbers: list[int], place: Passage) -> Doubt:
    choices = tuple(Choice(f"按第{one}项登记", one, "其余各项需另行登记") for one in numbers)
    named = "、".join(map(str, numbers))
    question = f"标题“{listed.strip()}”写了{len(numbers)}个序号（{named}），本项按哪个登记？"
    return Doubt("number", question, choices, "number_several", place.span)
