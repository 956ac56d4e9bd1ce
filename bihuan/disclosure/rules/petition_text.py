"""The text of one petition's result as the public table (公开情况一览表) prints it: its columns, and what each says.

Hides which of them are facts, that nobody writes otherwise than the petition has them and by which the public looks for
it, and which are words, that are written, redacted and approved. Source: real tables, in their form.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bihuan.disclosure.rules import wording
from bihuan.disclosure.rules.wording import PETITION, Redacted, Text
from bihuan.petitions.rules.penalties import counted

FACTS = {
    "title": "标题",
    "inspection": "督察",
    "batch": "批次",
    "number": "受理编号",
    "region": "行政区域",
    "types": "污染类型",
    "truth": "是否属实",
    "closing": "是否办结",
}
WORDS = {
    "content": "交办问题基本情况",
    "findings": "调查核实情况",
    "handling": "处理和整改情况",
    "goal": "办结目标",
    "accountability": "责任人被处理情况",
}
"""{part: its heading}: what is written, redacted and approved."""
OPTIONAL = frozenset({"types", "goal", "accountability"})
PARTS = {
    **{one: FACTS[one] for one in ("title", "inspection", "batch", "number")},
    "content": WORDS["content"],
    **{one: FACTS[one] for one in ("region", "types")},
    "findings": WORDS["findings"],
    "truth": FACTS["truth"],
    "handling": WORDS["handling"],
    "closing": FACTS["closing"],
    **{one: WORDS[one] for one in ("goal", "accountability")},
}
"""All of them in the order in which the table prints them."""
LONGEST = {"content": 10_000, "findings": 10_000, "handling": 10_000, "goal": 1000, "accountability": 1000}
NONE = "无"
BETWEEN = "、"
COUNTED = ("talked_to", "held_to_account")  # how many, and never who
COLUMNS = {
    "petition_number": "number",
    "inspection_name": "inspection",
    "batch_label": "batch",
    "county": "region",
    "truth": "truth",
    "closing": "closing",
}
"""{the row's own name of a fact by which the public looks for it: the part that says it}."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a petition's text is drafted from; `penalties` are {kind: how many}, without those nobody counted."""

    inspection: str
    batch: str
    number: str
    region: str
    types: Collection[str]
    content: str
    findings: str
    truth: str
    handling: str
    closing: str
    goal: str
    accountability: str
    penalties: Mapping[str, int]


def drafted(answer: Answer) -> dict[str, str]:
    """The text of one petition, as its answer makes it. Of those who were held to account it tells how many: their
    names leave the house by a paper (通报) that was approved for that, not by this table.
    """
    told = [counted(kind, answer.penalties[kind]) for kind in COUNTED if answer.penalties.get(kind)]
    return {
        "title": f"{answer.number}号群众信访举报件办理情况"[:200],
        "inspection": answer.inspection,
        "batch": answer.batch,
        "number": answer.number,
        "region": answer.region,
        "types": BETWEEN.join(answer.types),
        "truth": answer.truth,
        "closing": answer.closing,
        "content": answer.content[: LONGEST["content"]],
        "findings": answer.findings[: LONGEST["findings"]],
        "handling": (answer.handling or NONE)[: LONGEST["handling"]],
        "goal": answer.goal[: LONGEST["goal"]],
        "accountability": BETWEEN.join(told) or (answer.accountability or NONE)[: LONGEST["accountability"]],
    }


def main_type(text: Text) -> str:
    """The type by which a text is counted: the first of its types."""
    return text.get("types", "").split(BETWEEN)[0]


def columns_of(text: Text) -> dict[str, str]:
    """The facts of a text by the row's own names for them."""
    return {name: text.get(part, "") for name, part in COLUMNS.items()} | {"main_type": main_type(text)}


def parts_of(kind: str) -> Mapping[str, str]:
    """{part: its heading} of a text of this kind."""
    return PARTS if kind == PETITION else wording.PARTS


def words_of(kind: str) -> Mapping[str, str]:
    """{part: its heading} of what is written and redacted in a text of this kind."""
    return WORDS if kind == PETITION else wording.PARTS


def longest_of(kind: str) -> Mapping[str, int]:
    """{part: how many characters it may have} of what is written in a text of this kind."""
    return LONGEST if kind == PETITION else wording.LONGEST


def missing(kind: str, text: Text) -> list[str]:
    """The headings of the parts that a text of this kind lacks."""
    asked = {one: heading for one, heading in parts_of(kind).items() if kind != PETITION or one not in OPTIONAL}
    return wording.missing(text, asked)


def digest_of(kind: str, text: Text) -> str:
    """What an approval names: one hash for all parts of a text of this kind."""
    return wording.digest_of(text, parts_of(kind))


def digest_of_all(seen: Iterable[tuple[str, int]]) -> str:
    """One hash for several texts as somebody sees them: their codes and versions."""
    return hashlib.sha256(json.dumps(sorted(seen)).encode()).hexdigest()


def redacted(kind: str, text: Text, black: Collection[str], more: Iterable[str]) -> Redacted:
    """The text with what was ticked and added blacked out; the facts of a petition stay as they are."""
    done = wording.redacted(text, black, more, words_of(kind))
    return Redacted({part: done.text.get(part, text.get(part, "")) for part in parts_of(kind)}, done.left)
