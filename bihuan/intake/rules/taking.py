"""What is asked of a running ledger that is taken over, and which records wait for the answer."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bihuan.intake.rules.records import Row
from bihuan.lib.flow import Refused
from bihuan.lib.reading.deadlines import read_deadline

STANDING_UNKNOWN, STANDING_CLOSING = "standing_unknown", "standing_closing"
BEARER_MISSING = "bearer_missing"
BATCH_DAY = "batch_day_odd"  # answered by a day, or by that it is right as it stands
REVERSED = "dates_reversed"  # answered by a day, or by which of two is not to be recorded: {field: NOT_SAID}
DAYS = frozenset(
    {
        "handed_over_missing",
        "handed_over_unknown",
        "signed_unknown",
        "closed_on_missing",
        "closed_on_unknown",
        "due_unknown",
        "moved_unknown",
        BATCH_DAY,
        REVERSED,
    }
)
"""The doubts that are answered by a day."""
HOLDING = DAYS - {BATCH_DAY} | {STANDING_UNKNOWN, STANDING_CLOSING, BEARER_MISSING}


def held(doubts: Iterable[Mapping[str, Any]], *more: str) -> frozenset[str]:
    """The records that are not taken over yet: a doubt about where they stand (or one of the kinds of `more`) waits."""
    kinds = HOLDING | {*more}
    return frozenset(str(one["record_key"]) for one in doubts if one["answer"] is None and one["kind"] in kinds)


def undated(doubts: Iterable[Mapping[str, Any]], rows: Iterable[Row]) -> frozenset[str]:
    """The records that were put off and whose first deadline is still asked about."""
    asked = {str(one["record_key"]) for one in doubts if one["answer"] is None and one["kind"].startswith("deadline_")}
    return frozenset(row.key for row in rows if row.key in asked and row.says("first_due_on"))


def day_said(value: Any, offered: Collection[Any]) -> Any:
    """An answer about a day: one of those offered as it is, else the day that the words name. Refuses other words."""
    if value in offered:
        return value
    day = read_deadline(str(value)).due_on
    if day is None:
        raise Refused(f"“{value}”看不出是哪一天，请写成 2026-12-31 的样子。")
    return day.isoformat()


def days_of(key: str, field: str, value: Any) -> dict[tuple[str, str], Any]:
    """What an answer about a day sets: {(record, field): day}; of two days, the one that is not to be recorded."""
    if isinstance(value, Mapping):
        return {(key, str(name)): one for name, one in value.items()}
    return {(key, field): value}
