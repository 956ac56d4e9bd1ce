"""The text of a public notice in the form that offices publish: its parts, their headings, what each says.

Hides the sentences of the form. A text is {part: words}; the days of the notice are known only when it is put out, so
that the text holds a mark in their place. Source: real notices, in their form.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bihuan.lib.flow import Refused
from bihuan.lib.redaction import Proposal, also, blacked, proposals

NOTICE, PETITION = "notice", "petition"
"""The kinds of public text: the notice of a problem, what came of a petition."""
PERIOD = "〔公示期〕"
PERIOD_SHOWN = "公示期（公开当天起算，由系统填上起止日期）"
PARTS = {
    "title": "标题",
    "lead": "导语",
    "task": "一、整改任务",
    "bodies": "二、整改实施主体",
    "done": "三、整改情况",
    "contact": "监督方式",
}
"""{part: its heading}; the title and the lead stand without one."""
REPEATED = 12  # characters with which an entry begins as its measure does: it tells the measure itself
LONGEST = {"title": 200, "lead": 1000, "task": 5000, "bodies": 3000, "done": 20_000, "contact": 1000}
MOST_ADDED = 200  # words that a reader adds to what is blacked out
Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DoneMeasure:
    """A measure as a notice tells it: what was to be done, and what the last approved entry says was."""

    text: str
    done: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a notice is drafted from. `bodies` are {what they answer for: their names}; `contact` is how the office was
    reached in its last notice, "" where there was none.
    """

    inspection: str
    number: int
    task: str
    bodies: Mapping[str, Collection[str]]
    measures: Collection[DoneMeasure]
    contact: str
    is_accepted: bool


def drafted(facts: Facts) -> dict[str, str]:
    """The text of a notice, as its form and these facts make it; what is not known stays empty."""
    feedback = "" if facts.inspection.endswith("反馈意见") else "反馈意见"
    about = f"{facts.inspection}{feedback}整改任务（序号{facts.number}）"
    passed = "已完成整改并通过验收" if facts.is_accepted else "已完成整改"
    bodies = [f"{role}：{'、'.join(names)}。" for role, names in facts.bodies.items() if names]
    return {
        "title": f"{about}整改验收公示"[: LONGEST["title"]],
        "lead": f"{about}{passed}，现向社会予以公示，{PERIOD}。",
        "task": facts.task[: LONGEST["task"]],
        "bodies": "\n".join(bodies)[: LONGEST["bodies"]],
        "done": "\n".join(_told(facts.measures))[: LONGEST["done"]],
        "contact": facts.contact,
    }


def _told(measures: Collection[DoneMeasure]) -> Iterable[str]:
    for number, one in enumerate(measures, 1):
        end = "" if one.text.endswith(("。", "；", ";")) else "。"
        head = f"{number}." if len(measures) > 1 else ""
        is_told = one.done.startswith(one.text[:REPEATED]) and len(one.text) >= REPEATED
        yield f"{head}{one.done}" if is_told else f"{head}{one.text}{end}{one.done}"


def missing(text: Text, parts: Text = PARTS) -> list[str]:
    """The headings of the parts that are empty."""
    return [heading for part, heading in parts.items() if not text.get(part, "").strip()]


def digest_of(text: Text, parts: Text = PARTS) -> str:
    """What an approval names: one hash for all parts of a text."""
    whole = [[part, text.get(part, "")] for part in parts]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Found:
    """One stretch that a public text should not show: in which part, what it is, the words around it."""

    part: str
    proposal: Proposal

    @property
    def key(self) -> str:
        """What tells it from the others of the same text."""
        return f"{self.part}-{self.proposal.start}-{self.proposal.end}"


def found_in(text: Text, parts: Text = PARTS) -> list[Found]:
    """Everything in a text that should be blacked out, part by part, in order."""
    return [Found(part, one) for part in parts for one in proposals(text.get(part, ""))]


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text as the public will read it, and what was proposed and left to be read: [heading, kind, words]."""

    text: dict[str, str]
    left: list[list[str]]


def added_words(more: Iterable[str]) -> list[str]:
    """What a reader added to be blacked out, each once. Refuses more than a text of ours could want."""
    words = [*dict.fromkeys(one.strip() for one in more if one.strip())]
    if len(words) > MOST_ADDED:
        raise Refused(f"另外要涂的字一次最多{MOST_ADDED}处，现在{len(words)}处；请只写要涂的。")
    return words


def redacted(text: Text, black: Collection[str], more: Iterable[str], parts: Text = PARTS) -> Redacted:
    """The text with the ticked proposals (`Found.key`) and all places of the added words blacked out."""
    added, found = [*more], found_in(text, parts)
    shown = {}
    for part in parts:
        words = text.get(part, "")
        chosen = [one.proposal for one in found if one.part == part and one.key in black]
        shown[part] = blacked(words, [*chosen, *also(words, added, chosen)])
    left = [[parts[one.part], one.proposal.label, one.proposal.words] for one in found if one.key not in black]
    return Redacted(shown, left)


def dated(text: Text, period: str) -> dict[str, str]:
    """The text as it is read: the days of the notice in the place of their mark."""
    return {part: words.replace(PERIOD, period or PERIOD_SHOWN) for part, words in text.items()}
