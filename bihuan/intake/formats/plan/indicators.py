"""What a measure or target counts, how much of it, in which unit: the quantities that progress is held against.

Hides what is no indicator though it has a number: how often something comes back, what a measure is about, a share of
an earlier figure; and how a name is put together where the number stands inside it (完成3座污水处理厂扩容).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bihuan.intake.formats.understood import Field
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.quantities import Quantity, quantities

NAMED_AROUND = "数量前后的词合为名称"
_STOP = re.compile(r"[,，;；。、:：()（）\n]")
_EMPTY = re.compile(r"^(?:\d{1,2}[、.])?(?:全面|全部|累计|共计|力争|确保)*(?:完成)?(?:全部|累计|共计|现有|上述)*")
_IDLE = re.compile(r"(?:每|其余|剩余|其中|梳理|分别|共|第)$|^(?:对|针对|将|把|按|经|以|由|从|其余|剩余|其中|分别|第)")
_PER = re.compile(r"(?:每日|每天|日均)$")
_OFTEN = re.compile(r"每(?:半|一|两|[\d]+)?(?:年|季|月|周|旬|日|天|个)")
_FLOWING = re.compile(r"(?:吨|立方米|千瓦时|方|米)$")
_NO_OBJECT = re.compile(r"^(?:的|以|并|内|时|后|前|左右|任务|目标|工作)")
_LINK = re.compile(r"(?:以及|和|及|与|并)+$")
# 由100吨/日提升至200吨/日: where it starts, and how far it is to go.
_FROM = re.compile(r"[由从][^,，;；。、:：()（）\n由从]{0,12}$")
_FAR = 13
_TO = re.compile(
    r"(?:左右|以上|以下)?(?:逐步|分别|大幅)?(?:提高|提升|增加|增长|上升|升高|扩大|扩容|扩建|降低|下降|减少|压减|压缩|缩减|控制|调整|改造|降|升|增|减|提)?"
    r"[到至为](?:约|不低于|不少于|不高于)?$"
)
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class _Indicator:
    name: str
    unit: str
    start: int
    end: int
    target: float
    bound: str
    derived: str | None
    baseline: float | None = None

    def plain(self) -> Mapping[str, Any]:
        known = {"name": self.name, "target": self.target, "unit": self.unit, "bound": self.bound or None}
        return known if self.baseline is None else {**known, "baseline": self.baseline}


def indicators_field(parts: Iterable[Passage]) -> Field:
    """The indicators of these words; of several figures of one thing (5眼, 累计14眼, 全部20眼) the last."""
    found: dict[tuple[str, str], _Indicator] = {}
    source: Passage | None = None
    for words in parts:
        read = list(_of(words.text))
        found |= {(one.name, one.unit): one for one in read}
        if read and source is None:
            source = words.cut(min(one.start for one in read), max(one.end for one in read))
    if source is None:
        return Field(None)
    rules = dict.fromkeys(one.derived for one in found.values() if one.derived)
    return Field([one.plain() for one in found.values()], source.raw, source.span, "；".join(rules) or None)


def _of(text: str) -> Iterator[_Indicator]:
    read = list(quantities(text))
    ends = [0, *(one.end for one in read)]
    rises = [_rise(text, before, after, since) for since, (before, after) in zip(ends, pairwise(read), strict=False)]
    for place, one in enumerate(read):
        if made := next((rise for rise in rises[max(0, place - 1) : place + 1] if rise), None):
            if one.end == made.end:
                yield made
            continue
        limit = read[place + 1].name_start if place + 1 < len(read) else len(text)
        if made := _indicator(text, one, limit):
            yield made


def _rise(text: str, before: Quantity, after: Quantity, since: int) -> _Indicator | None:
    """Two quantities that one thing goes from and to, as one indicator; its name begins behind `since`."""
    found = _FROM.search(text, max(since, before.start - _FAR), before.start)
    if not found or not _TO.fullmatch(text, before.end, after.start):
        return None
    lead = text[since : found.start()]
    name = re.sub("^[将把使]", "", _EMPTY.sub("", _STOP.split(lead.rstrip())[-1].strip()))
    if len(name) < 2:
        return None
    start = since + lead.rfind(name)
    return _Indicator(name, after.unit, start, after.end, after.amount, after.bound, None, before.amount)


def _indicator(text: str, one: Quantity, limit: int) -> _Indicator | None:
    """One quantity as an indicator, `None` where it counts nothing that is to be reached."""
    lead = one.name
    per_day = _PER.search(lead) if _FLOWING.search(one.unit) else None
    unit = f"{one.unit}/日" if per_day else one.unit
    lead = lead[: per_day.start()] if per_day else lead
    if _IDLE.search(lead) or _OFTEN.search(lead):
        return None
    bare = _EMPTY.sub("", lead)
    behind, end = _behind(text, one, limit)
    name = bare + behind
    if len(name) < 2 or len(name) > _LONGEST + len(bare):
        return None
    rules = (NAMED_AROUND if bare and behind else None, "每日计入单位" if per_day else None)
    derived = "；".join(rule for rule in rules if rule) or None
    return _Indicator(name, unit, one.name_start, end, one.amount, one.bound, derived)


def _behind(text: str, one: Quantity, limit: int) -> tuple[str, int]:
    """What follows the number up to the next stop or quantity, where that is the thing counted."""
    limit = max(one.end, limit)
    stop = _STOP.search(text, one.end, limit)
    end = stop.start() if stop else limit
    words = _LINK.sub("", text[one.end : end].strip())
    if one.unit in ("%", "‰") or one.bound or len(words) > _LONGEST or _NO_OBJECT.match(words):
        return "", one.end
    return words, end
