"""What is held of a petitioner (举报人), and how each of it is masked where it may not be read."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bihuan.lib import masks
from bihuan.lib.chinese import half_width


@dataclass(frozen=True, slots=True)
class Held:
    """One field of the vault: how it is called, its mask form, the longest text that it takes."""

    label: str
    mask: Callable[[str], str]
    most: int


FIELDS: dict[str, Held] = {
    "name": Held("姓名", masks.name, 60),
    "phone": Held("电话", masks.phone, 60),
    "id_number": Held("身份证号", masks.identity_number, 30),
    "address": Held("住址", masks.address, 200),
    "email": Held("电子邮箱", masks.email, 120),
    "wechat": Held("微信", masks.account, 60),
    "note": Held("备注", masks.hidden, 1000),
    "original": Held("来件原文", masks.hidden, 1_000_000),
}
WRITTEN = tuple(name for name in FIELDS if name != "original")
"""What somebody writes; the original text comes with the paper."""
INDEXED = ("phone", "id_number")
"""What a petitioner is found again by, exactly."""

PLACES = {
    "content": "交办问题基本情况",
    "findings": "调查核实情况",
    "handling": "处理和整改情况",
    "goal": "办结目标",
    "accountability": "责任人被处理情况",
    "number": "受理编号",
    "channel": "受理方式",
    "truth": "是否属实",
    "closing": "是否办结",
    "document_numbers": "文号",
    "repeats": "重复举报",
    "region_raw": "行政区域",
    "main_type": "污染类型",
    "types": "全部污染类型",
    "deadline_raw": "时限",
    "sub_items": "分项",
}
"""The texts of a petition that a mask may have changed, by the petition's own name of each."""


def labels(names: Collection[str]) -> list[str]:
    """How these fields are called; names of others are passed over."""
    return [field.label for name, field in FIELDS.items() if name in names]


def indexed(field: str, words: str) -> str:
    """The form of a number by which it is found again, however it was written; "" where it is none."""
    folded = re.sub(r"[^0-9A-Za-z]", "", half_width(words)).upper()
    return re.sub(r"^86(?=1\d{10}$)", "", folded) if field == "phone" else folded
