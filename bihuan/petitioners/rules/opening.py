"""Opening (查看) a petitioner's data: who may, for how long, when another must agree, when the auditor is told."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bihuan.lib.flow import Condition, Flow, Move
from bihuan.lib.quantity import span
from bihuan.organisation.rules.duties import Capacity

REASONS = {
    "call_back": "回访",
    "verify": "核实情况",
    "protect": "保护举报人",
    "transfer": "依法移送",
    "correct": "核对登记",
    "request": "本人要求",
    "other": "其他",
}
OPEN_FOR = timedelta(minutes=15)
AGREED_FOR = timedelta(hours=24)
MANY_A_DAY = 20  # more of one person on one day are told to the auditor
SAME, SAME_WITHIN = 3, timedelta(days=30)  # as many of one petitioner, and the next one asks for another's consent
LOOKUPS_A_DAY = 30
OFFICE_HOURS = (time(8, 0), time(18, 30))


class OpeningState(StrEnum):
    """Where an opening stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    OPENED = "opened"


STATES: dict[str, str] = {
    OpeningState.ASKED: "待批准",
    OpeningState.AGREED: "已批准",
    OpeningState.REFUSED: "未批准",
    OpeningState.OPENED: "已查看",
}


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """What the steps ask: whether the asker acts or somebody else, and how long ago another agreed."""

    is_asker: bool
    is_another: bool
    since_agreed: timedelta | None = None


def by_another(facts: OpeningFacts) -> str:
    """Why the one who asked may not decide, or ""."""
    return "" if facts.is_another else "自己提出的，不能由自己批准。"


def by_asker(facts: OpeningFacts) -> str:
    """Why somebody else may not open what another asked for, or ""."""
    return "" if facts.is_asker else "只有提出的人可以打开。"


def in_time(facts: OpeningFacts) -> str:
    """Why a consent no longer holds, or ""."""
    is_over = facts.since_agreed is not None and facts.since_agreed > AGREED_FOR
    return f"批准已过{span(AGREED_FOR)}，请重新提出。" if is_over else ""


S, C = OpeningState, Capacity
HEAD, DESK = frozenset({C.OFFICE_HEAD}), frozenset({C.PETITION_DESK})
ANOTHER = Condition("不是自己提出的", by_another)
OPENING = Flow(
    "opening",
    S.ASKED,
    STATES,
    (
        Move("agree", "同意查看", (S.ASKED,), S.AGREED, HEAD, (ANOTHER,)),
        Move("refuse", "不同意查看", (S.ASKED,), S.REFUSED, HEAD, (ANOTHER,), note_required=True),
        Move(
            "open",
            "打开",
            (S.AGREED,),
            S.OPENED,
            DESK,
            (Condition("本人提出的", by_asker), Condition(f"批准在{span(AGREED_FOR)}内", in_time)),
        ),
    ),
    frozenset({S.REFUSED, S.OPENED}),
)


def needs_consent(opened_before: int, *, is_kin: bool) -> bool:
    """Whether another must agree: the asker is kin to the petitioner, or the same one was opened often of late."""
    return is_kin or opened_before >= SAME


def alarm(today: int, at: datetime, *, is_working: bool) -> str:
    """Why the auditor is told of an opening, the `today`-th of one person on that day, or "". `at` is local."""
    if today > MANY_A_DAY:
        return f"一天内第{today}次查看举报人信息"
    is_office_hour = is_working and OFFICE_HOURS[0] <= at.time() <= OFFICE_HOURS[1]
    return "" if is_office_hour else "在非办公时间查看举报人信息"
