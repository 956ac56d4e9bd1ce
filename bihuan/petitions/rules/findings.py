"""What a unit reports of its part of a petition (核实情况): what it must say, what is asked about it, how several parts
become one answer.

A refusal cannot be answered; a question can: the person writes why, and it stays with the report for good. Source: what
was broken in papers that were printed (2-domain.md §2.7 of the common spec).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bihuan.lib.quantity import plain
from bihuan.lib.reading import dates
from bihuan.lib.reading.foreign import foreign_names
from bihuan.matters.rules.questions import Question
from bihuan.petitions.rules.closings import CLOSED, CLOSINGS, OPEN
from bihuan.petitions.rules.consistency import NO_NEED, disagree, early_visit, fitting_truth, odd_years
from bihuan.petitions.rules.penalties import MONEY, PENALTIES, counted, penalties_in

TRUTHS = ("属实", "基本属实", "部分属实", "不属实")
UNFOUNDED = "不属实"
TOPICS = {  # what a question was about, by the beginning of its key
    "truth": "总体与分项不一致",
    "no-need": "属实而无需整改",
    "unfounded": "不属实而有查处",
    "visit": "核查早于转办",
    "year": "年份",
    "foreign": "外地地名",
    "copied": "与别的信访件文字几乎一样",
    "said": "文中写的查处与所填不一致",
    "ahead": "已办结而还有以后的事",
    "due": "整改时限已过",
}
LEAST = 4  # characters: fewer say nothing
_NO_NEED = re.compile(NO_NEED)
_AHEAD = re.compile(r"(?:正在|将于|将在|拟于|计划于?|预计|尚未完成|还未完成|下一步将?)[^,，。;；]{1,20}")


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """What was found of one sub-item."""

    finding: str
    truth: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was filled in of one unit's part: words, {sub-item: what was found}, {kind of penalty: how many}.

    `items` names the sub-items that this unit answers; where several units undertake the petition it may leave others
    to them. `truth` may be left to the sub-items. `answers` are what the person said to the questions, by their keys.
    """

    findings: str
    handling: str = ""
    truth: str = ""
    closing: str = OPEN
    goal: str = ""
    due_on: date | None = None
    accountability: str = ""
    items: Mapping[int, ItemFinding] = field(default_factory=dict)
    penalties: Mapping[str, Decimal] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def overall(self) -> str:
        """The verdict on the whole: as it was written, else as the sub-items make it."""
        return self.truth or fitting_truth([one.truth for one in self.items.values()] or [""])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the petition when a report is filled in: {sub-item: its text}, how many
    units have a live part (`parts`), where it is (a county's or city's code), what names the places that it speaks
    of (`known`), and like texts elsewhere.
    """

    today: date
    home: str
    known: str
    received_on: date | None = None
    items: Mapping[int, str] = field(default_factory=dict)
    parts: int = 1
    elsewhere: str = ""  # the code of the petition whose report says the same, "另一件" where that is out of sight


def refusal(filled: Findings, asked: Asked) -> str:
    """Why a report cannot be taken at all, or ""."""
    if len(filled.findings.strip()) < LEAST:
        return "请写明调查核实情况：谁、哪天、到了哪里、看到什么。"
    refused = _items_refused(filled, asked) or _verdict_refused(filled)
    return refused or _closing_refused(filled, asked) or _penalties_refused(filled)


def _items_refused(filled: Findings, asked: Asked) -> str:
    numbers = {key: place for place, key in enumerate(asked.items, 1)}
    for key, one in filled.items.items():
        if key not in numbers:
            return "有一个分项不属于这件信访，请刷新后再填。"
        if not one.finding.strip() or one.truth not in TRUTHS:
            return f"分项{numbers[key]}要写明核实情况和是否属实。"
    missing = [] if asked.parts > 1 else [numbers[key] for key in asked.items if key not in filled.items]
    if missing:
        return f"分项{'、'.join(map(str, missing))}还没有填。"
    if asked.items and not filled.items:
        return "请至少核实一个分项；由别的承办单位核实的可以不填。"
    return ""


def _verdict_refused(filled: Findings) -> str:
    if filled.overall not in TRUTHS:
        return "请选是否属实。"
    if filled.overall != UNFOUNDED and not filled.handling.strip():
        return f"反映情况{filled.overall}，请写明处理和整改情况。"
    return ""


def _closing_refused(filled: Findings, asked: Asked) -> str:
    if filled.closing not in CLOSINGS:
        return "请选是否办结。"
    if filled.closing == CLOSED:
        return "已办结的不再写整改时限。" if filled.due_on and filled.due_on > asked.today else ""
    if not filled.goal.strip() or filled.due_on is None:
        return f"{filled.closing}的，请写明办结目标和整改时限。"
    return ""


def _penalties_refused(filled: Findings) -> str:
    for kind, amount in filled.penalties.items():
        if kind not in PENALTIES:
            return "有一种查处不在表里，请刷新后再填。"
        if amount < 0 or (kind != MONEY and amount != amount.to_integral_value()):
            return f"{PENALTIES[kind].label}要填不小于0的{'数' if kind == MONEY else '整数'}。"
    return ""


def questions(filled: Findings, asked: Asked) -> tuple[Question, ...]:
    """What is asked about a report before it is taken."""
    return (
        *_about_truth(filled),
        *_about_words(filled, asked),
        *_about_due(filled, asked.today),
        *_about_penalties(filled),
    )


def unanswered(filled: Findings, asked: Asked) -> tuple[Question, ...]:
    """The questions that the person has said nothing to."""
    return tuple(one for one in questions(filled, asked) if not filled.answers.get(one.key, "").strip())


def _about_truth(filled: Findings) -> Iterator[Question]:
    verdicts = {one.truth for one in filled.items.values()}
    if disagree(verdicts, filled.overall):
        said = "、".join(one for one in TRUTHS if one in verdicts)
        fitting = fitting_truth(verdicts)
        yield Question("truth", f"分项结论为{said}，按分项总体应为{fitting}，这里写的是{filled.overall}，请说明。")
    if filled.overall != UNFOUNDED and _NO_NEED.match(filled.handling.strip()):
        words = f"反映情况{filled.overall}，整改情况只写“{filled.handling.strip()}”，请说明为什么不用整改。"
        yield Question("no-need", words)
    if filled.overall == UNFOUNDED and any(filled.penalties.values()):
        done = "、".join(counted(kind, amount) for kind, amount in filled.penalties.items() if amount)
        yield Question("unfounded", f"反映情况不属实，却有{done}，请说明。")


def _about_words(filled: Findings, asked: Asked) -> Iterator[Question]:
    texts = [filled.findings, *(one.finding for one in filled.items.values())]
    if asked.received_on and (day := _early(texts, asked.received_on)):
        yield Question("visit", f"核查日期“{day}”早于转办日期{asked.received_on}，是否写错？写错请改，没有错请说明。")
    texts.append(filled.handling)
    if odd := next((found[0] for text in texts for found in odd_years(text, asked.today)), ""):
        yield Question("year", f"年份“{odd}”不合理，写错请改，没有错请说明。")
    names = dict.fromkeys(found[0] for text in texts for found in foreign_names(text, asked.home, asked.known))
    if names:
        yield Question("foreign", f"文中出现外地地名“{'、'.join(names)}”，是否从别处的材料误抄？没有错请说明。")
    if asked.elsewhere:
        yield Question("copied", f"核实情况与{asked.elsewhere}填报的文字几乎一样，请说明。")
    if filled.closing == CLOSED and (ahead := _AHEAD.search(filled.handling)):
        yield Question("ahead", f"写的是已办结，处理情况却写“{ahead[0]}”，请说明，或改为阶段性办结。")


def _about_due(filled: Findings, today: date) -> Iterator[Question]:
    if filled.closing != CLOSED and filled.due_on and filled.due_on < today:
        yield Question("due", f"{filled.closing}的，整改时限{filled.due_on}却已经过了，写错请改，没有错请说明。")


def _early(texts: Iterable[str], received: date) -> str:
    for text in texts:
        said, _ = dates.squeezed(text)
        if moment := early_visit(said, received):
            return said[moment.start : moment.end]
    return ""


def _about_penalties(filled: Findings) -> Iterator[Question]:
    """What the words count and the figures do not, or otherwise."""
    for kind, amount in penalties_in(f"{filled.handling}。{filled.accountability}").items():
        if amount != filled.penalties.get(kind, Decimal(0)):
            have = counted(kind, filled.penalties.get(kind, Decimal(0)))
            yield Question(f"said-{kind}", f"文中写的是{counted(kind, amount)}，查处一栏填的是{have}，以哪个为准？")
    if filled.penalties.get(MONEY) and not filled.penalties.get("punished"):
        yield Question("said-unpunished", f"罚款{plain(filled.penalties[MONEY])}元，却没有立案处罚的家数，请说明。")


def topic(key: str) -> str:
    """What a question was about, as its answer is headed."""
    return next((words for begin, words in TOPICS.items() if key.startswith(begin)), "说明")


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's report as it is joined with the others'."""

    unit: str
    told: Findings


def joined(parts: Sequence[Part]) -> Findings:
    """What the reports of all units say of the petition together: words each headed by its unit where several have
    some, penalties added up, the verdict that theirs make, the least finished closing, the last deadline.
    """
    told = [one.told for one in parts]
    days = [one.due_on for one in told if one.due_on]
    items: dict[int, list[Part]] = {}
    for part in parts:
        for key in part.told.items:
            items.setdefault(key, []).append(part)
    return Findings(
        _words(parts, lambda one: one.findings),
        handling=_words(parts, lambda one: one.handling),
        truth=fitting_truth([one.overall for one in told]),
        closing=min((one.closing for one in told), key=CLOSINGS.index),
        goal=_words(parts, lambda one: one.goal),
        due_on=max(days, default=None),
        accountability=_words(parts, lambda one: one.accountability),
        items={key: _joined_item(key, those) for key, those in items.items()},
        penalties={kind: sum((one.penalties.get(kind, Decimal(0)) for one in told), Decimal(0)) for kind in PENALTIES},
    )


def _joined_item(key: int, parts: Sequence[Part]) -> ItemFinding:
    verdicts = [one.told.items[key].truth for one in parts]
    return ItemFinding(_words(parts, lambda one: one.items[key].finding), fitting_truth(verdicts))


def _words(parts: Sequence[Part], of: Callable[[Findings], str]) -> str:
    """The words of those who have some; each headed by its unit where several have different ones."""
    said = [(part.unit, of(part.told).strip()) for part in parts if of(part.told).strip()]
    if len({words for _, words in said}) <= 1:
        return said[0][1] if said else ""
    return "\n".join(f"{unit}：{words}" for unit, words in said)
