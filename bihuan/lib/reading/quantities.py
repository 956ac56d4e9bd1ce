"""Finds the quantities in a sentence (新建污水管网42公里 → 新建污水管网, 42, 公里) and how they are bounded.

Hides the list of units that Chinese plans count in.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bihuan.lib import chinese
from bihuan.lib.reading import dates

UNITS = (
    "吨/月·平方公里|吨/平方公里·月|吨/\\(平方公里·月\\)|蒸吨/小时|平方公里|平方千米|平方米|立方米/日|立方米/天|立方米|微克/立方米|毫克/立方米|毫克/升|毫克/公斤|个百分点|百分点|吨/日|吨/天|吨/年"
    "|人次|家次|户次|亩次|台次|辆次|艘次|车次|件次|场次|批次|点次|项次|次/年|次/月"
    "|公里|千米|公顷|公斤|千克|蒸吨|千瓦时|千瓦|兆瓦|平米|方|米|亩|吨|户|家|个|处|座|条|项|台|套|辆|艘|眼|口|次|人|件|起|株|棵|头"
    "|只|所|盏|块|片|宗|期|名|支|元|天|倍|段|类|%|‰"
)
_QUANTITY = re.compile(rf"(?<![\d.第年〕\]])(?P<amount>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<unit>余?[千万亿]?(?:{UNITS}))")
_FRACTION = re.compile(r"(?<![个项])百分之(?P<amount>[一二三四五六七八九十百零]+)")
_BOUND = re.compile(r"(?:及以上|以上|以下|以内|左右)")
_NAME_END = re.compile(
    r"(?:约|共|共计|不少于|不低于|不高于|不超过|达到|达|至少|至多|(?:降|降低|下降|压减|控制|提高|提升|增加|升|增)?[至到]"
    r"|为|近|超过|大于|小于|力争|控制在|总计)+$"
)
_NAME_START = re.compile(r"[,，;；。、:：()（）\n]")
_AGAINST = re.compile(r"(?:[较比]|相较于?|相比)$")
_LINKS = " \t\n和及与并至到"
# What says nothing of what is counted: 至少召开1次调度会.
_OPENING = re.compile(rf"(?:[至最][少多]|不少于|不低于|不超过|[{_LINKS}])*")
# How much stands before a number that belongs to it, and not to what is counted.
_NEAR = 40
# A size that only tells which thing is meant counts nothing: 4.3米焦炉, 35蒸吨以下燃煤锅炉, 年产5万吨的生产线.
_SIZE = re.compile(r"余?[千万亿]?(?:米|吨|蒸吨|蒸吨/小时|千瓦|兆瓦|立方米|方|(?:吨|立方米)/(?:日|天|年))")
_TALL = "炉|窑|烟囱|排气筒|风机"
_PLANTS = (
    rf"{_TALL}|机组|生产线|泊位|码头|(?:应急|事故|调节|蓄水|沉淀|收集)池|罐|装置|设施|设备|厂|站|电源|车|船舶?|矿|仓|库|塔"
    "|项目|企业"
)
_BESIDE = r"[^,，;；。、:：()（）\n\d至到由从往入进送运在和与及并]{0,8}?"
_CLOSED = (
    r"(?=$|[,，;；。、:：()（）\n\d\s的和及与并等]|至[少多]|不[少低超]|约|共|进行|实施|完成|建设|整治|[拆淘关改扩新提升迁停退]"
    "|超低|脱硫|脱硝)"
)
_OF_THING = re.compile(rf"级|(?:(?:及?以[上下]|左右)的?|的)?{_BESIDE}(?:{_PLANTS}){_CLOSED}")
_OF_TALL = re.compile(rf"级|(?:(?:及?以[上下])的?|的)?{_BESIDE}(?:{_TALL}){_CLOSED}")
_CAPACITY = re.compile(r"(?:[年日月]|单[机台炉])(?:产|处理|加工|焚烧|生产|供水|装机)?$")
# What is carried off, used or saved is a quantity, whatever plant it comes from.
_MOVED = re.compile(
    r"(?:清[运理淤除]|转运|外运|转移|处[置理]|消纳|削减|减排|压减|回填|利用|抽排|治理|节约|贮存|储存)(?:约|共|总计)?$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `name` is what is counted, as the words before it say; `bound` is 以上, 以下 … or empty.

    `start` and `end` are where number, unit and bound stand; `name_start` is where the name begins.
    """

    name: str
    amount: float
    unit: str
    bound: str
    start: int
    end: int
    name_start: int


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of a text, in order. Years, dates and document numbers are none, and no part of a name.

    A size that describes a thing (拆除4.3米焦炉2座) is none either, and part of the name of what is counted.
    """
    folded = chinese.half_width(text)
    numbers = sorted([*_QUANTITY.finditer(folded), *_FRACTION.finditer(folded)], key=lambda match: match.start())
    found = [match for match in numbers if not _describes(folded, match)]
    if not found:
        return iter(())
    stops = [match.end() for match in _NAME_START.finditer(folded)]
    taken = sorted([*(end for _, end in _days(text)), *(match.end() for match in found)])
    return (_quantity(folded, match, max(_last(stops, match.start()), _last(taken, match.start()))) for match in found)


def _describes(text: str, found: re.Match[str]) -> bool:
    """Whether a quantity is an adjective of the thing behind it."""
    unit = found.groupdict().get("unit") or ""
    if not _SIZE.fullmatch(unit):
        return False
    lead = text[max(0, found.start() - _NEAR) : found.start()]
    is_capacity = bool(_CAPACITY.search(lead))
    pattern = _OF_TALL if unit == "米" else _OF_THING
    return bool(pattern.match(text, found.end())) and (is_capacity or not _MOVED.search(lead))


def _last(ends: Sequence[int], at: int) -> int:
    """The last of these places that does not lie behind `at`; else the beginning."""
    place = bisect_right(ends, at)
    return ends[place - 1] if place else 0


def _days(text: str) -> Iterator[tuple[int, int]]:
    """Where days stand; one that something is only held against (较2020年) is a part of the name."""
    squeezed, places = dates.squeezed(text)
    for moment in dates.moments(squeezed):
        if not _AGAINST.search(squeezed[max(0, moment.start - 4) : moment.start]):
            yield places[moment.start], places[moment.end - 1] + 1


def _quantity(text: str, found: re.Match[str], begin: int) -> Quantity:
    """The quantity whose name begins at `begin` at the earliest."""
    groups = found.groupdict()
    amount = groups["amount"].replace(",", "")
    value = float(amount) if amount[0].isdigit() else float(chinese.number(amount) or 0)
    bound = _BOUND.match(text, found.end())
    near = max(begin, found.start() - _NEAR)
    lead = text[begin:near] + _NAME_END.sub("", text[near : found.start()])
    opening = _OPENING.match(lead)
    bare = lead[opening.end() if opening else 0 :]
    return Quantity(
        name=bare.rstrip(_LINKS),
        amount=int(value) if value.is_integer() else value,
        unit=groups.get("unit", "%").removeprefix("余"),
        bound=bound[0] if bound else "",
        start=found.start(),
        end=bound.end() if bound else found.end(),
        name_start=begin + len(lead) - len(bare),
    )
