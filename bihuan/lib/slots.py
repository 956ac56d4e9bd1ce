"""When work that comes again and again is due: every so many minutes, or at one time of the day.

Pure: a moment in, the start of the slot that it lies in out. A slot is what is done at most once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))  # no summer time since 1991


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes, counted from midnight UTC."""

    minutes: int

    @property
    def said(self) -> str:
        """How often, in Chinese."""
        return f"每{self.minutes}分钟"

    def slot_of(self, moment: datetime) -> datetime:
        """The start of the slot in which a moment lies, in UTC."""
        seconds = int(moment.timestamp()) // (self.minutes * 60) * self.minutes * 60
        return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at that time, where the offices are."""

    hour: int
    minute: int

    @property
    def said(self) -> str:
        """When, in Chinese."""
        return f"每天{self.hour:02}:{self.minute:02}"

    def slot_of(self, moment: datetime) -> datetime:
        """The last time that it was due before a moment (or at it), in UTC."""
        there = moment.astimezone(CHINA)
        due = datetime.combine(there.date(), time(self.hour, self.minute), CHINA)
        return (due if due <= there else due - timedelta(days=1)).astimezone(UTC)


Slots = Every | Daily
