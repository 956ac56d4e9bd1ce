"""What speaks for and against two petitions of one place being one, where no name says so, and how much each counts.

A weight is how many times likelier a sign is of two that are one than of two that are not, as a power of two; they were
chosen by made cities of which a part of the words for a business was hidden (`tests/bench/duplicates.py`), and rounded.
Their sum decides; a sign that two people may tell differently of one thing counts less than it did there.
"""

from collections.abc import Collection
from enum import StrEnum


class Sign(StrEnum):
    """What two petitions of one place have in common, or what tells them apart; the value is what is read of it."""

    TYPE = "同一污染类型"
    OTHER_TYPE = "污染类型不同"
    BUSINESS = "同一行业"
    WORD = "同一行业叫法"
    HALF_KNOWN = "只有一件看得出行业"
    UNKNOWN = "两件都看不出行业"
    CAUSE = "同一成因"
    MATERIAL = "同一物料"
    DOOR = "同一门牌"
    PLACES = "几处地点相同"
    TIME = "年限或时段相同"
    OTHER_TIME = "年限或时段不同"
    ALIKE = "文字相近"
    COPIED = "文字几乎相同"
    HALF_NAMED = "只有一件写了名称"


WEIGHTS: dict[Sign, float] = {
    Sign.TYPE: 2.5,
    Sign.OTHER_TYPE: -4.5,
    Sign.BUSINESS: 4.5,
    Sign.WORD: 5,
    Sign.HALF_KNOWN: -2,
    Sign.UNKNOWN: -1,
    Sign.CAUSE: 2,
    Sign.MATERIAL: 3,
    Sign.DOOR: 4.5,
    Sign.PLACES: 0.5,
    Sign.TIME: 2.5,
    Sign.OTHER_TIME: -2,
    Sign.ALIKE: 0.5,
    Sign.COPIED: 5,
    Sign.HALF_NAMED: -3,
}
# What speaks against the pair, for whoever judges it.
DOUBTS: dict[Sign, str] = {
    Sign.OTHER_TIME: "所写年限或时段不同，请核对。",
    Sign.HALF_NAMED: "只有一件写了名称，请核对。",
}


def is_likely(signs: Collection[Sign]) -> bool:
    """Whether what speaks for two being one outweighs what speaks against it."""
    return sum(WEIGHTS[sign] for sign in signs) >= 0
