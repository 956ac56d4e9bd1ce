"""How a city words its bulletins: a plain value. Another city is another value, never another program.

The paragraphs of a wording are the printed ones with tags in place of figures and names (see `tags`). What they name:
  words    日期 完整日期 起 讫 督察组 本地 转办 信访件 简称 重点 批次 批数 首批号 批号 当日全部交办
  figures  whatever `ASKED` asks of rows, `RATES`, the penalties, 批次数; in a list 名, 占比 and 人数
  lists    whatever stands in `lists`; ·合计 behind it is what its parts make up, ·个数 how many they are, ·分别 this
           word if they are several
`累计` in front of a tag counts the batch and all before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

PLACE, TYPE, CHANNEL, UNIT, DISCIPLINE = "地区", "类型", "方式", "单位", "问责方式"
INDUSTRY, TYPES_TOGETHER = "行业", "类型组合"  # the latter: 土壤和噪声, as one part

BY = frozenset({PLACE, TYPE, CHANNEL, UNIT, DISCIPLINE, INDUSTRY, TYPES_TOGETHER})


@dataclass(frozen=True, slots=True)
class Listing:
    """How the parts of a sum are strung together.

    `item` tells one part; parts of the same count, up to the count `grouped`, are told together by `each`, behind the
    mark `before_group`. `sort` is by "count", as "given", by "rate" or by "rate_up" of what is put right; equal parts
    stand in `order`, those in `last` behind all others. `names` are what parts are called; `is_short` leaves out the
    word of rank (沧州). A joint petition counts for "each" place, for the "first", "apart" as 甲和乙合办, or for none
    (each place "alone"); with `is_with_returned` one that was returned counts where it was before as well.
    `is_all_types` counts every type of a petition; `tells_none` tells those of the order that nobody complained of as
    well. `only` tells the places that have "finished", or are "faster" or "slower" than all together; `most` only so
    many, from the `skip` first on.
    """

    by: str
    item: str = "{名}{件数}件"
    each: str = "{名}各{件数}件"
    separator: str = "、"
    last_separator: str = ""
    grouped: int = 0
    before_group: str = ""
    sort: str = "count"
    order: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    is_short: bool = False
    joint: str = "each"
    is_with_returned: bool = False
    is_all_types: bool = False
    only: str = ""
    most: int = 0
    skip: int = 0
    tells_none: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Clauses of which those are told that have something to tell: 责令改正17家，立案处罚3家."""

    clauses: tuple[str, ...]
    separator: str = "，"


@dataclass(frozen=True, slots=True)
class Wording:
    """The set phrases of one city's bulletins in one round.

    `numerals` says how a batch is numbered, "chinese" (第三批) or "arabic" (第3批); `money` in what fines are told (元,
    万元 or 亿元); `decimals` how many digits a rate has behind its point, where not two, and fines (罚款金额), where
    they are rounded; `prints_notes` whether the sentences that explain a difference are printed below.
    """

    paragraphs: tuple[str, ...]
    lists: Mapping[str, Listing | Series] = field(default_factory=dict)
    addressee: str = "我市"
    verb: str = "转办"
    noun: str = "群众信访举报件"
    short: str = "信访件"
    key_noun: str = "重点关注案件"
    all_assigned: str = "当日全部交办"
    numerals: str = "chinese"
    money: str = "元"
    decimals: Mapping[str, int] = field(default_factory=dict)
    prints_notes: bool = False

    def but(self, **changed: Any) -> "Wording":
        """This wording with other values; lists that are given stand beside those that are here."""
        lists = {**self.lists, **changed.pop("lists", {})}
        return replace(self, lists=lists, **changed)
