"""What was done to those who pollute (查处): the kinds of penalty, what each is counted in, and how papers write it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bihuan.lib import chinese
from bihuan.lib.quantity import plain

MONEY = "fined"
_WAN = {"万元": 10_000, "元": 1}


@dataclass(frozen=True, slots=True)
class Penalty:
    """One kind of penalty: its name in figures, what it is counted in, and the words that tell of it in a text."""

    label: str
    unit: str
    words: str


PENALTIES: Mapping[str, Penalty] = {
    "ordered": Penalty("责令改正", "家", r"责令(?:限期)?(?:整?改正?|整改)"),
    "punished": Penalty("立案处罚", "家", r"立案(?:查处|处罚|调查)?(?![侦查]{2})"),
    "fined": Penalty("罚款", "元", r"(?:罚款|处罚金?)(?:金额)?(?:共计|合计|人民币)?"),
    "closed_down": Penalty("关停取缔", "家", r"(?:关停取缔|关停|取缔)"),
    "suspended": Penalty("停产限产", "家", r"(?:停产限产|停产整治|停产整顿|停产|限产)"),
    "seized": Penalty("查封扣押", "家", r"(?:查封扣押|查封|扣押)"),
    "investigated": Penalty("立案侦查", "件", r"立案侦查"),
    "detained": Penalty("行政拘留", "人", r"行政拘留"),
    "arrested": Penalty("刑事拘留", "人", r"刑事拘留"),
    "talked_to": Penalty("约谈", "人", r"约谈(?:相关|有关)?(?:责任人员?|负责人|人员)?"),
    "held_to_account": Penalty("问责", "人", r"问责(?:相关|有关)?(?:责任人员?|人员)?"),
}
"""{the petition's own name of it: the kind}, in the order in which papers print them."""


def penalties_in(text: str) -> dict[str, Decimal]:
    """The penalties that a text counts, {kind: how many or how much}; several of one kind are added up. What it tells
    of without a number is not there.
    """
    said = re.sub(r"\s+", "", chinese.half_width(text))
    return {kind: total for kind, one in PENALTIES.items() if (total := _total(one, said)) is not None}


def _total(one: Penalty, text: str) -> Decimal | None:
    units = "|".join(_WAN) if one.unit == "元" else "家|起|件|人次|人|个|名|处"
    counted = [
        Decimal(found["n"].replace(",", "")) * _WAN.get(found["unit"], 1)
        for found in re.finditer(rf"{one.words}[^\d,。;，；、]{{0,8}}?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>{units})", text)
    ]
    return sum(counted, Decimal(0)) if counted else None


def counted(kind: str, amount: Decimal | int) -> str:
    """A penalty in words: 责令改正3家, 罚款50000元."""
    one = PENALTIES[kind]
    return f"{one.label}{plain(Decimal(amount))}{one.unit}"
