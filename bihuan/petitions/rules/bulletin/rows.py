"""What a bulletin is told from: one plain row for each petition, and the occasion.

Hides what each word of a wording asks of a row (重点件, 已办结, 属实 …).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bihuan.petitions.rules import penalties

FOUNDED = frozenset({"属实", "基本属实", "部分属实"})
TRUTHS = (*sorted(FOUNDED), "不属实")
CLOSED = frozenset({"已办结", "验收中", "已验收销号"})
STAGED = "阶段性办结"
OPEN = frozenset({"", "正在办理", "未办结"})

# What a bulletin calls a kind of penalty and counts it in, where it has words of its own for it.
_OWN_WORDS = {"fined": ("罚款金额", "元"), "suspended": ("停产整治", "家"), "seized": ("查封扣押", "件")}
_UNTOLD = "detention"  # of which kind nobody said: no petition counts it, a wording may tell it beside the two others
PENALTIES: Mapping[str, tuple[str, str]] = {
    **{kind: _OWN_WORDS.get(kind, (one.label, one.unit)) for kind, one in penalties.PENALTIES.items()},
    _UNTOLD: ("拘留", "人"),
}
"""{kind of penalty: (the word in a wording, what it is counted in)}."""
DETENTIONS = ("detained", "arrested", _UNTOLD)
# Which penalties a word of a wording sums up.
PENALTY_NAMES: Mapping[str, tuple[str, ...]] = {
    **{word: (name,) for name, (word, _) in PENALTIES.items()},
    "各类拘留": DETENTIONS,
}


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """One petition as a bulletin counts it.

    `batch` is its label, `number` that of the batch where it has one. `handed_over_on` is the day on which it came from
    the inspection, `assigned_on` that on which it went to whoever handles it. A petition that several places handle
    names each in `places`, the leading one first. `units` are those that it went to, or a copy. `penalties` bear the
    names of `PENALTIES`, money in yuan; `accountability` says how many people by kind (诫勉谈话 …). `is_repeat` where
    an earlier petition says the same; `returned_by` the places that it was with before (退办).
    """

    code: str
    batch: str
    number: int | None = None
    handed_over_on: date | None = None
    assigned_on: date | None = None
    channel: str = ""
    places: tuple[str, ...] = ()
    main_type: str = ""
    types: tuple[str, ...] = ()
    is_key_case: bool = False
    is_supervised: bool = False
    truth: str = ""
    closing: str = ""
    penalties: Mapping[str, int | Decimal] = field(default_factory=dict)
    accountability: Mapping[str, int] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    industry: str = ""
    is_repeat: bool = False
    returned_by: tuple[str, ...] = ()

    @property
    def is_founded(self) -> bool:
        return self.truth in FOUNDED

    @property
    def is_closed(self) -> bool:
        return self.closing in CLOSED


@dataclass(frozen=True, slots=True)
class Occasion:
    """Of which batch a bulletin is, and on which day it speaks; without a batch it is of the whole inspection.

    `places` and `types` are the order in which the office names them, where nothing else decides. `begun` and `ended`
    bound the stay of the inspection.
    """

    team: str
    day: date
    batch: str = ""
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    begun: date | None = None
    ended: date | None = None


ASKED: Mapping[str, Callable[[PetitionRow], bool]] = {
    "件数": lambda _: True,
    "重点件": lambda row: row.is_key_case,
    "非重点件": lambda row: not row.is_key_case,
    "督办件": lambda row: row.is_supervised,
    "重复件": lambda row: row.is_repeat,
    "非重复件": lambda row: not row.is_repeat,
    "合办": lambda row: len(row.places) > 1,
    "属实": lambda row: row.truth == "属实",
    "基本属实": lambda row: row.truth == "基本属实",
    "部分属实": lambda row: row.truth == "部分属实",
    "不属实": lambda row: row.truth == "不属实",
    "未核实": lambda row: not row.truth,
    "查实": lambda row: row.is_founded,
    "已办结": lambda row: row.is_closed,
    "阶段性办结": lambda row: row.closing == STAGED,
    "办结": lambda row: row.is_closed or row.closing == STAGED,
    "未办结": lambda row: row.closing in OPEN,
    "完成整改": lambda row: row.is_founded and row.is_closed,
    "未完成整改": lambda row: row.is_founded and not row.is_closed,
    "来电": lambda row: row.channel == "来电",
    "来信": lambda row: row.channel == "来信",
    "来访": lambda row: row.channel == "来访",
    "微信": lambda row: row.channel == "微信",
    "网络": lambda row: row.channel == "网络",
    "其他方式": lambda row: row.channel not in {"来电", "来信"},
}

# A rate: of which rows over which, and its formula in words.
RATES: Mapping[str, tuple[str, str, str]] = {
    "办结率": ("办结", "件数", "（已办结 + 阶段性办结）÷ 总数"),
    "属实率": ("查实", "件数", "（属实 + 基本属实 + 部分属实）÷ 总数"),
    "不属实率": ("不属实", "件数", "不属实 ÷ 总数"),
    "整改完成率": ("完成整改", "查实", "已完成整改 ÷ 属实（含基本属实、部分属实）"),
}


def refusal(rows: Sequence[PetitionRow], occasion: Occasion) -> str:
    """Why no bulletin can be told of these rows, or ""."""
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            return f"{row.code}列了两次。"
        seen.add(row.code)
        if row.truth and row.truth not in TRUTHS:
            return f"{row.code}的是否属实写作“{row.truth}”，无法统计。"
        if row.closing not in CLOSED | OPEN | {STAGED}:
            return f"{row.code}的是否办结写作“{row.closing}”，无法统计。"
        if odd := next((name for name in row.penalties if name not in PENALTIES), ""):
            return f"{row.code}的处罚“{odd}”无法统计。"
    if occasion.batch and not any(row.batch == occasion.batch for row in rows):
        return f"{occasion.batch}没有信访件。"
    return ""


def of_batch(rows: Sequence[PetitionRow], occasion: Occasion) -> tuple[PetitionRow, ...]:
    """The rows of the batch; all of them where the occasion names none."""
    return tuple(row for row in rows if occasion.batch in {"", row.batch})


def up_to(rows: Sequence[PetitionRow], occasion: Occasion) -> tuple[PetitionRow, ...]:
    """The rows of the batch and of every batch before it: by its number, by the day where a batch has none."""
    batch = of_batch(rows, occasion)
    last = next((row.number for row in batch if row.number is not None), None)
    day = max((row.handed_over_on for row in batch if row.handed_over_on), default=occasion.day)
    codes = {row.code for row in batch}
    return tuple(row for row in rows if row.code in codes or _is_before(row, last, day))


def _is_before(row: PetitionRow, last: int | None, day: date) -> bool:
    if row.number is not None and last is not None:
        return row.number <= last
    return row.handed_over_on is not None and row.handed_over_on <= day
