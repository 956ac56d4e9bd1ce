"""Lateness is arithmetic, never a state: how a due date stands on a given day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Light(StrEnum):
    """How a matter stands against its dates, as shape and word show it."""

    OVER = "over"
    LATE = "late"
    DUE = "due"
    OK = "ok"
    NONE = "none"


LIGHT_WORDS = {
    Light.OVER: "超期",
    Light.LATE: "滞后",
    Light.DUE: "临期",
    Light.OK: "正常",
    Light.NONE: "未到期",
}


@dataclass(frozen=True, slots=True)
class Lateness:
    """A light and the sentence that says why."""

    light: Light
    reason: str

    @property
    def word(self) -> str:
        """The word beside the shape."""
        return LIGHT_WORDS[self.light]


def standing(due_on: date | None, done_on: date | None, today: date, *, due_soon_days: int) -> Lateness:
    """How a matter with this due date stands on that day, as far as its dates alone can tell.

    Done on time is green; without a due date, or before it is begun, there is no light. Days are calendar days.
    """
    if done_on is not None:
        return Lateness(Light.OK, "")
    if due_on is None:
        return Lateness(Light.NONE, "没有日期")
    left = (due_on - today).days
    if left < 0:
        return Lateness(Light.OVER, f"逾期{-left}天")
    if left <= due_soon_days:
        return Lateness(Light.DUE, "今天到期" if left == 0 else f"余{left}天")
    return Lateness(Light.OK, f"余{left}天")
