"""Call-backs (回访): how a petitioner was asked, what he may answer, and what a record of it must say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.organisation.rules.duties import Role
from bihuan.petitions.rules.petition import AFTER_ANSWER

WAYS = ("电话", "走访", "短信", "信函")
SATISFIED, BASICALLY, DISSATISFIED, UNREACHED = "满意", "基本满意", "不满意", "未能联系"
OUTCOMES = (SATISFIED, BASICALLY, DISSATISFIED, UNREACHED)
HEARD = (Role.PETITION_DESK, Role.COORDINATION, Role.OFFICE_HEAD)
"""Who is told why a petitioner is dissatisfied."""
TRIES = 3
"""As many days on which nobody could be reached stand for one answer."""


@dataclass(frozen=True, slots=True)
class Called:
    """One call-back as it is recorded."""

    called_on: date
    way: str
    outcome: str
    reason: str = ""


def refusal(called: Called, state: str, answered_on: date | None, today: date) -> str:
    """Why a call-back cannot be recorded, or ""."""
    if state not in AFTER_ANSWER:
        return "反馈以后才回访。"
    if called.way not in WAYS or called.outcome not in OUTCOMES:
        return "请选回访的方式和结果。"
    if called.called_on > today:
        return f"回访日期{called.called_on}还没有到。"
    if answered_on is not None and called.called_on < answered_on:
        return f"回访日期{called.called_on}早于反馈日期{answered_on}。"
    if called.outcome in (DISSATISFIED, UNREACHED) and len(called.reason.strip()) < 4:
        return f"{called.outcome}的，请写明原因：还有什么没有解决，或怎样联系过。"
    return ""


def is_asked(outcomes: Sequence[tuple[date, str]]) -> bool:
    """Whether these call-backs of one round, (day, outcome), are enough: one answer, or so many days without one."""
    days = {day for day, outcome in outcomes if outcome == UNREACHED}
    return any(outcome != UNREACHED for _, outcome in outcomes) or len(days) >= TRIES


def is_dissatisfied(outcomes: Sequence[tuple[date, str]]) -> bool:
    """Whether the last answer of these is 不满意."""
    told = [outcome for _, outcome in outcomes if outcome != UNREACHED]
    return bool(told) and told[-1] == DISSATISFIED
