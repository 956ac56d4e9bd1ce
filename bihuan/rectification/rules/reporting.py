"""A progress entry as it is filled: what it must say, and what is asked about it before it is taken.

A refusal cannot be answered; a question can: the person writes why, and it stays with the entry for good.
Source: the office's own experience with papers that were printed (2-domain.md §2.7 of the common spec).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bihuan.lib.grams import is_like
from bihuan.lib.quantity import plain
from bihuan.matters.rules.questions import Question

LEAST_DONE = 4
FROZEN = "那一轮已经闭合，卷宗已冻结，进展不能更正；有误的，放上更正说明。"
TOPICS = {  # what a question was about, by the beginning of its key
    "fall": "比上次倒退",
    "later": "补报的数比更晚的还多",
    "over": "超过目标",
    "early": "节点早于交办",
    "expected-past": "预计完成早于截至日期",
    "expected-late": "预计完成晚于时限",
    "backwards": "补报",
    "copied-last": "与上次文字几乎一样",
    "copied-elsewhere": "与别的事项文字几乎一样",
}
REASONS = (
    "季节性停工，计划内",
    "正在办理前期手续",
    "等待上级批复",
    "资金尚未到位",
    "已达阶段目标，等待验收",
    "日常工作正常开展",
)
"""Why nothing changed, as it is mostly said; any other words will do."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in for one measure, as of one day: words, {indicator: altogether}, {milestone: reached on}.

    `answers` are what the person said to the questions, by their keys; `corrects` the entry that this one sets right.
    """

    on: date
    is_unchanged: bool = False
    reason: str = ""
    done: str = ""
    difficulties: str = ""
    next_steps: str = ""
    percent: Decimal | None = None
    expected_on: date | None = None
    readings: Mapping[int, Decimal] = field(default_factory=dict)
    reached: Mapping[int, date] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator as it stood: its name and unit, its target, and how much was done altogether; `before` and `after`
    are the entries around the day that is filled in, as far as there are any.
    """

    name: str
    unit: str
    target: Decimal
    is_falling: bool = False
    before: Decimal | None = None
    after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when an entry is filled: the hand-over, the deadline, the last entry, and like texts elsewhere."""

    today: date
    handed_over_on: date | None
    due_on: date | None
    last_on: date | None = None
    last_done: str = ""
    last_percent: Decimal | None = None
    counted: Mapping[int, Counted] = field(default_factory=dict)
    milestones: Mapping[int, str] = field(default_factory=dict)
    elsewhere: str = ""  # the code of the matter whose entry says the same, "另一事项" where that is out of sight


def refusal(filled: Filled, known: Known) -> str:
    """Why an entry cannot be taken at all, or ""."""
    if filled.on > known.today:
        return f"截至日期{filled.on}还没有到。"
    if known.handed_over_on is not None and filled.on < known.handed_over_on:
        return f"截至日期{filled.on}早于交办日期{known.handed_over_on}。"
    if filled.is_unchanged and filled.corrects is not None:
        return "更正要写明对的情况和数，不能报“无变化”。"
    if filled.is_unchanged:
        return "" if filled.reason.strip() else "报“无变化”要写明原因。"
    if len(filled.done.strip()) < LEAST_DONE:
        return "请写明本期做了什么；没有新的进展就报“无变化”。"
    return _figures_refused(filled, known)


def _figures_refused(filled: Filled, known: Known) -> str:
    if refused := _percent_refused(filled.percent):
        return refused
    for key, value in filled.readings.items():
        if key not in known.counted:
            return "有一个指标不属于这项措施，请刷新后再填。"
        if value < 0:
            return f"“{known.counted[key].name}”的累计不能是负数。"
    for key, day in filled.reached.items():
        if key not in known.milestones:
            return "有一个节点不属于这项措施，请刷新后再填。"
        if day > known.today:
            return f"节点“{known.milestones[key]}”的到达日期{day}还没有到。"
    return ""


def _percent_refused(percent: Decimal | None) -> str:
    if percent is None:
        return ""
    if not 0 <= percent <= 100:
        return "完成比例应在0到100之间。"
    return "" if percent == round(percent, 2) else "完成比例最多两位小数。"


def questions(filled: Filled, known: Known) -> tuple[Question, ...]:
    """What is asked about an entry; none about one that says that nothing changed."""
    if filled.is_unchanged:
        return ()
    asked = [*_about_figures(filled, known), *_about_days(filled, known), *_about_words(filled, known)]
    return tuple(asked)


def unanswered(filled: Filled, known: Known) -> tuple[Question, ...]:
    """The questions that the person has said nothing to."""
    return tuple(one for one in questions(filled, known) if not filled.answers.get(one.key, "").strip())


def _about_figures(filled: Filled, known: Known) -> list[Question]:
    asked = []
    for key, value in filled.readings.items():
        one = known.counted[key]
        if one.before is not None and (value > one.before if one.is_falling else value < one.before):
            words = (
                f"“{one.name}”累计会由{plain(one.before)}变{plain(value)}，比上次倒退。若是更正上次的数，请写明原因。"
            )
            asked.append(Question(f"fall-{key}", words))
        if one.after is not None and (value < one.after if one.is_falling else value > one.after):
            words = f"“{one.name}”已有更晚的填报是{plain(one.after)}，这一条补报的{plain(value)}反而更多，请说明。"
            asked.append(Question(f"later-{key}", words))
        if not one.is_falling and one.target > 0 and value > one.target:
            words = f"“{one.name}”累计{plain(value)}{one.unit}，超过目标{plain(one.target)}{one.unit}，请核对。"
            asked.append(Question(f"over-{key}", words))
    if known.last_percent is not None and filled.percent is not None and filled.percent < known.last_percent:
        words = f"完成比例会由{plain(known.last_percent)}%降到{plain(filled.percent)}%，请写明原因。"
        asked.append(Question("fall-percent", words))
    return asked


def _about_days(filled: Filled, known: Known) -> list[Question]:
    asked = []
    for key, day in filled.reached.items():
        if known.handed_over_on is not None and day < known.handed_over_on:
            words = f"节点“{known.milestones[key]}”的到达日期{day}早于交办日期{known.handed_over_on}，请说明。"
            asked.append(Question(f"early-{key}", words))
    if filled.expected_on is not None and filled.expected_on < filled.on:
        words = f"预计完成{filled.expected_on}早于填报的截至日期，请核对。"
        asked.append(Question("expected-past", words))
    if known.due_on is not None and filled.expected_on is not None and filled.expected_on > known.due_on:
        words = f"预计完成{filled.expected_on}晚于时限{known.due_on}，请说明怎样赶上，或同时申请延期。"
        asked.append(Question("expected-late", words))
    if known.last_on is not None and filled.on < known.last_on and filled.corrects is None:
        words = f"已有截至{known.last_on}的填报，这一条的截至日期更早，请说明是补报。"
        asked.append(Question("backwards", words))
    return asked


def _about_words(filled: Filled, known: Known) -> list[Question]:
    asked = []
    if is_like(filled.done, known.last_done):
        words = "本期进展与上次写的几乎一样。没有新进展就报“无变化”；确有进展请写出不同之处，或说明。"
        asked.append(Question("copied-last", words))
    if known.elsewhere:
        words = f"本期进展与{known.elsewhere}填报的文字几乎一样，请说明。"
        asked.append(Question("copied-elsewhere", words))
    return asked


def topic(key: str) -> str:
    """What a question was about, as its answer is headed."""
    return next((words for begin, words in TOPICS.items() if key.startswith(begin)), "说明")
