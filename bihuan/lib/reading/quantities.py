"""Finds the quantities in a sentence (新建污水管网42公里 → 新建污水管网, 42, 公里) and how they are bounded.

Hides the list of units that Chinese plans count in.
"""

import re
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
    """Every quantity of a text, in order. Years, dates and document numbers are none, and no part of a name."""
    folded = chinese.half_width(text)
    found = sorted([*_QUANTITY.finditer(folded), *_FRACTION.finditer(folded)], key=lambda match: match.start())
    taken = sorted([*_days(text), *(match.span() for match in found)] if found else [])
    return (_quantity(folded, match, taken) for match in found)


def _days(text: str) -> Iterator[tuple[int, int]]:
    """Where days stand; one that something is only held against (较2020年) is a part of the name."""
    squeezed, places = dates.squeezed(text)
    for moment in dates.moments(squeezed):
        if not _AGAINST.search(squeezed[: moment.start]):
            yield places[moment.start], places[moment.end - 1] + 1


def _quantity(text: str, found: re.Match[str], taken: Sequence[tuple[int, int]]) -> Quantity:
    groups = found.groupdict()
    amount = groups["amount"].replace(",", "")
    value = float(amount) if amount[0].isdigit() else float(chinese.number(amount) or 0)
    bound = _BOUND.match(text, found.end())
    lead = _NAME_END.sub("", text[: found.start()])
    starts = [match.end() for match in _NAME_START.finditer(lead)]
    starts += [end for _, end in taken if end <= len(lead)]
    name_start = max(starts, default=0)
    name = lead[name_start:].strip(_LINKS)
    return Quantity(
        name=name,
        amount=int(value) if value.is_integer() else value,
        unit=groups.get("unit", "%").removeprefix("余"),
        bound=bound[0] if bound else "",
        start=found.start(),
        end=bound.end() if bound else found.end(),
        name_start=name_start + len(lead[name_start:]) - len(lead[name_start:].lstrip(_LINKS)),
    )
