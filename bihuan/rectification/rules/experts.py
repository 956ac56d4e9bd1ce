"""Experts for an acceptance (验收专家): who may be asked, for how long, what an opinion says, when the package is shut.

Pure. An expert sees a package and nothing else of the matter; he reads it from the claim to the conclusion.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from bihuan.lib.quantity import full_day
from bihuan.organisation.rules.chain import LABELS
from bihuan.organisation.rules.duties import Capacity, DutyRole
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PUBLISH_FIRST, ProblemState

INVITERS = frozenset({Capacity.ACCEPTING, Capacity.SUPERVISION, Capacity.OFFICE_HEAD})
NOT_YOURS = "只有验收单位、整改督办组或主任可以请专家。"
AGREED, ON_TERMS, AGAINST = "同意", "有条件同意", "不同意"
VERDICTS = (AGREED, ON_TERMS, AGAINST)
MOST_DAYS = 60
USUAL_DAYS = 7
FORMER_YEARS = 3
OF_THE_CASE = frozenset({DutyRole.LEAD, DutyRole.RESPONSIBLE, DutyRole.SUPPORTING})
"""The duties on a problem or one of its measures whose units' people, and who were so lately, stand aside."""

OPEN_IN: Mapping[str, frozenset[ProblemState]] = {
    ACCEPT_FIRST: frozenset({ProblemState.CLAIMED, ProblemState.VERIFYING}),
    PUBLISH_FIRST: frozenset(
        {
            ProblemState.CLAIMED,
            ProblemState.VERIFYING,
            ProblemState.NOTICED,
            ProblemState.OBJECTED,
            ProblemState.UNCONTESTED,
        }
    ),
}
"""{order of acceptance and notice: the states between the claim and the conclusion, in which a package is open}."""


def former_since(today: date) -> date:
    """The first day from which a post in a unit of the case still counts."""
    year = today.year - FORMER_YEARS
    is_leap_day = (today.month, today.day) == (2, 29)
    return date(year, 3, 1) if is_leap_day else today.replace(year=year)


def last_day(today: date) -> date:
    """The last day that an expert may be given."""
    return today + timedelta(days=MOST_DAYS)


def wrong_days(until: date, today: date) -> str:
    """Why an expert may not be asked until that day, or ""."""
    if today <= until <= last_day(today):
        return ""
    return f"截止日期应在今天到{full_day(last_day(today))}之间，最长{MOST_DAYS}天。"


def stands_aside(name: str, unit: str) -> str:
    """The sentence that keeps out who is, or was lately, of a unit of the case."""
    return f"{name}现在或{FORMER_YEARS}年内在{unit}任职，这家单位是本件的责任单位，应当回避。"


def had_a_hand(name: str, link: str) -> str:
    """The sentence that keeps out who took a step of the chain on this matter."""
    return f"{name}办过这件事的{LABELS[link]}，不能再作这件事的专家。"


def reads_anyway(name: str) -> str:
    """The sentence that keeps out who reads the matter by another post of his."""
    return f"{name}另有任职，本来就能看这件事，不再作这件事的专家。"


def asked_already(name: str) -> str:
    """The sentence that refuses a second invitation beside one that waits."""
    return f"{name}已经请过，还没有意见；要改截止日期的，先收回再请。"


def judged_already(name: str) -> str:
    """The sentence that refuses to ask again about what has not changed."""
    return f"{name}已经给过意见，材料以后没有改动。"


def wrong_opinion(verdict: str, words: str) -> str:
    """Why that is no opinion, or ""."""
    if verdict not in VERDICTS:
        return f"请选一个结论：{'、'.join(VERDICTS)}。"
    if not words.strip():
        return "请写明条件是什么。" if verdict == ON_TERMS else "请写明意见：看了什么、凭什么。"
    return ""
