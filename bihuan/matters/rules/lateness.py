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


LIGHT_CHOICES = {one.value: word for one, word in LIGHT_WORDS.items() if one is not Light.NONE} | {
    "none": "未到期或无灯"
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
    days = (due_on - today).days
    if days < 0:
        return Lateness(Light.OVER, left(days))
    return Lateness(Light.DUE if days <= due_soon_days else Light.OK, left(days))


def left(days: int) -> str:
    """How many days are left until a due date, or have passed since, in words."""
    if days < 0:
        return f"超期{-days}天"
    return f"余{days}天" if days else "今天到期"
