"""The check-list of proofs (佐证清单): which item which step asks for, of engineering, other and long-term matters.

Source: the usual lists of provincial acceptance rules (S1§2); the order is that of the file.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bihuan.matters.rules import evidence


class Sort(StrEnum):
    """What sort of matter it is, as far as proofs go."""

    ENGINEERING = "工程类"
    OTHER = "非工程类"
    LASTING = "长期坚持类"


CLAIM, ACCEPTANCE, SIGN_OFF = "claim", "acceptance", "sign_off"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: which step asks for it, and for which sorts of matters."""

    key: str
    label: str
    step: str
    sorts: frozenset[Sort]


@dataclass(frozen=True, slots=True)
class Standing:
    """An item as it stands: how many files prove it, why it is said not to apply, whether that was confirmed; whether a
    leader let it pass though it is missing (`is_passed`).
    """

    item: Item
    files: int
    waived: str
    is_confirmed: bool
    pair_missing: str = ""
    is_passed: bool = False

    @property
    def is_there(self) -> bool:
        """Whether it need not be asked for any more, until somebody confirms that it does not apply."""
        return bool(self.waived) or (self.files > 0 and not self.pair_missing)


ALL, LASTING = frozenset(Sort), frozenset({Sort.LASTING})
ENGINEERING, OTHER = frozenset({Sort.ENGINEERING}), frozenset({Sort.OTHER})
SELF_CHECK, PHOTOS = "self_check", "photos"
ITEMS = (
    Item(SELF_CHECK, "自查自验报告", CLAIM, ALL),
    Item(PHOTOS, "整改前后对比照片(同一角度)", CLAIM, ENGINEERING | OTHER),
    Item("approval", "立项文件", CLAIM, ENGINEERING),
    Item("tender", "招标文件", CLAIM, ENGINEERING),
    Item("construction", "施工资料", CLAIM, ENGINEERING),
    Item("completion", "竣工资料", CLAIM, ENGINEERING),
    Item("monitoring", "监测报告", CLAIM, ENGINEERING | LASTING),
    Item("correction_order", "责令改正文书", CLAIM, OTHER),
    Item("penalty", "处罚决定", CLAIM, OTHER),
    Item("payment", "缴款凭证", CLAIM, OTHER),
    Item("system", "制度文件", CLAIM, OTHER | LASTING),
    Item("minutes", "会议纪要", CLAIM, OTHER | LASTING),
    Item("visits", "群众走访记录", ACCEPTANCE, ALL),
    Item("panel", "验收组签字意见", ACCEPTANCE, ALL),
    Item("notice_proof", "公示截图和无异议证明", SIGN_OFF, ALL),
)
BY_KEY: Mapping[str, Item] = {item.key: item for item in ITEMS}
KIND_OF = {
    "monitoring": "监测报告",
    "correction_order": "执法文书",
    "penalty": "执法文书",
    "payment": "执法文书",
    "system": "制度文件",
    "minutes": "会议纪要",
    "notice_proof": "公示截图",
    "approval": "工程资料",
    "tender": "工程资料",
    "construction": "工程资料",
    "completion": "工程资料",
}
"""{item: the kind of evidence that it is, where one files it without saying so}."""


def kind_for(item: str, kind: str) -> str:
    """The kind of a file that proves an item, where nobody said which."""
    return kind or KIND_OF.get(item, "其他")


def sort_of(nature: str, *, is_engineering: bool | None) -> Sort:
    """What sort of matter it is; one of which nobody said is not engineering."""
    if nature == "长期坚持":
        return Sort.LASTING
    return Sort.ENGINEERING if is_engineering else Sort.OTHER


def items_of(sort: Sort, *steps: str) -> tuple[Item, ...]:
    """The items that these steps (all of them, where none is named) ask for of such a matter."""
    return tuple(item for item in ITEMS if sort in item.sorts and (not steps or item.step in steps))


def pair_missing(kinds: Collection[str], *, is_paired: bool) -> str:
    """What is missing of the pictures before and after, or ""; `kinds` are those of the pictures that are there."""
    absent = [kind for kind in (evidence.BEFORE, evidence.AFTER) if kind not in kinds]
    if absent:
        return f"缺{'、'.join(absent)}"
    return "" if is_paired else "整改前后照片还没有配成对比"


def missing(standings: Collection[Standing]) -> tuple[str, ...]:
    """What the list still asks for, as the office names it; what a leader let pass is not asked for."""
    return tuple(
        f"{one.item.label}({one.pair_missing})" if one.pair_missing and one.files else one.item.label
        for one in standings
        if not one.is_there and not one.is_passed
    )


def unconfirmed(standings: Collection[Standing]) -> tuple[str, ...]:
    """The items that are said not to apply, and of which the accepting unit has not said so."""
    return tuple(one.item.label for one in standings if one.waived and not one.is_confirmed)
