"""What came of petitions made public: one batch whole, of the next a part; some texts wait."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bihuan.core.actor import Actor
from bihuan.disclosure.actions import publicising
from bihuan.disclosure.queries import batches, petition_texts

WHOLE, PART = 13, 14
AFTER = timedelta(days=10)  # the public reads it so long after the batch came


def publish(writer: Actor, head: Actor) -> None:
    """Let the publicity group draft and redact, the head approve, and the publicity group put out."""
    for one in reversed(batches.batches_for(writer)):
        batch = one["batch"]
        if batch.inspection.code != "HE2" or batch.number not in (WHOLE, PART):
            continue
        rows = batches.to_draft(batch)
        shown = len(rows) if batch.number == WHOLE else len(rows) // 2
        day = batch.handed_over_on + AFTER
        _take(rows[:shown], writer, head, day)
        if rows[shown:]:
            waiting = rows[shown : shown + (len(rows) - shown) // 2]
            _send(waiting, writer, _at(day, 11))


def _take(rows: Sequence[Any], writer: Actor, head: Actor, day: date) -> None:
    sent = _send(rows, writer, _at(day, 9))
    digest = petition_texts.digest_of(sent)
    publicising.decide_petitions(sent, "approve", digest, by=head, at=_at(day, 15), note="同意公开")
    codes = [one.about_code for one in sent]
    now = [*petition_texts.petitions_called(codes, writer.city)]
    publicising.publish_petitions(now, by=writer, at=_at(day, 16))


def _send(rows: Sequence[Any], writer: Actor, at: datetime) -> list[Any]:
    drafted = publicising.draft_petitions(rows, by=writer, at=at)
    black = [f"{one.code}:{found.key}" for one in drafted for found in petition_texts.found(one)]
    digest = petition_texts.digest_of(drafted)
    return publicising.redact_petitions(drafted, black, [], digest, by=writer, at=at + timedelta(minutes=40))


def _at(day: date, hour: int) -> datetime:
    """That hour of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, hour - 8, 20, tzinfo=UTC)
