"""The four bulletins of a batch and the wording that the house brings for each; what a city may word otherwise.

Hides how a wording lies in a form: a field a name, lists by their places.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bihuan.petitions.rules.bulletin.rows import ASKED, PENALTY_NAMES, RATES
from bihuan.petitions.rules.bulletin.styles import CITY_HANDED_OVER, CITY_HANDLED, CITY_REPLY, CITY_RESULTS
from bihuan.petitions.rules.bulletin.wording import Listing, Series, Wording

KINDS: Mapping[str, tuple[str, Wording]] = {
    "handed_over": ("转办通报", CITY_HANDED_OVER),
    "handled": ("办理情况通报", CITY_HANDLED),
    "reply": ("反馈督察组", CITY_REPLY),
    "results": ("公开结果通报", CITY_RESULTS),
}
WORDS = {
    "addressee": "本地（{本地}）",
    "verb": "转办（{转办}）",
    "noun": "信访件（{信访件}）",
    "short": "简称（{简称}）",
    "key_noun": "重点（{重点}）",
    "all_assigned": "当日全部交办（{当日全部交办}）",
}
TOLD = (
    "日期",
    "完整日期",
    "起",
    "讫",
    "督察组",
    "本地",
    "转办",
    "信访件",
    "简称",
    "重点",
    "批次",
    "批数",
    "首批号",
    "批号",
)
NUMERALS = {"chinese": "第三批", "arabic": "第3批"}
MONEY = ("元", "万元", "亿元")
LONGEST = 4_000
PARAGRAPHS = 20


def typed_of(wording: Wording) -> dict[str, str]:
    """{field: its words} of a wording: paragraphs and clauses a line each."""
    told = {"paragraphs": "\n".join(wording.paragraphs), "numerals": wording.numerals, "money": wording.money}
    told |= {name: getattr(wording, name) for name in WORDS}
    for place, one in enumerate(wording.lists.values()):
        told[f"list{place}_text"] = one.item if isinstance(one, Listing) else "\n".join(one.clauses)
        told[f"list{place}_separator"] = one.separator
    return told


def edited(wording: Wording, typed: Mapping[str, str]) -> Wording:
    """The wording with what was typed in its fields; what was not typed stays."""
    told = typed_of(wording) | {name: text for name, text in typed.items() if text is not None}
    lists: dict[str, Listing | Series] = {}
    for place, (name, one) in enumerate(wording.lists.items()):
        text, separator = told[f"list{place}_text"], told[f"list{place}_separator"]
        if isinstance(one, Listing):
            lists[name] = replace(one, item=text.strip(), separator=separator)
        else:
            lists[name] = replace(one, clauses=tuple(_lines(text)), separator=separator)
    plain = {name: told[name].strip() for name in (*WORDS, "numerals", "money")}
    return wording.but(paragraphs=tuple(_lines(told["paragraphs"])), lists=lists, **plain)


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def refusal(wording: Wording) -> str:
    """Why a wording says nothing, or too much, or ""."""
    if not wording.paragraphs:
        return "请至少写一段。"
    if len(wording.paragraphs) > PARAGRAPHS or any(len(one) > LONGEST for one in wording.paragraphs):
        return f"最多{PARAGRAPHS}段，一段最多{LONGEST}个字。"
    missing = next((label for name, label in WORDS.items() if not getattr(wording, name)), "")
    return f"“{missing}”不能空。" if missing else ""


def tags_of(wording: Wording) -> list[tuple[str, list[str]]]:
    """[(what they tell, the tags)] that a paragraph of this wording may have."""
    return [
        ("字句", [*TOLD, "当日全部交办"]),
        ("名单", [*wording.lists]),
        ("件数", [*ASKED, "批次数"]),
        ("比率", [*RATES]),
        ("查处", [*PENALTY_NAMES]),
    ]
