"""What approved entries make of a figure: an entry counts from the day of its approval until that of its correction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bihuan.core.clock import day_of
from bihuan.matters.models import ProgressReport
from bihuan.rectification.rules.course import Expected, Reading

DAY = timedelta(days=1)
Days = tuple[date, date | None]  # from when to when something stood, without an end where it still does


@dataclass(frozen=True, slots=True)
class Said:
    """An approved entry: as of which day, from when it was known, and until when it stood."""

    report: int
    matter: int
    on: date
    known_on: date
    corrected_on: date | None
    percent: Decimal | None
    expected_on: date | None

    def stands(self, day: date) -> bool:
        """Whether it counted on that day."""
        return self.known_on <= day and (self.corrected_on is None or day < self.corrected_on)


def said(reports: Iterable[ProgressReport]) -> dict[int, Said]:
    """{report: what it says} of approved entries."""
    rows = [(one, day_of(one.approved_at)) for one in reports if one.approved_at is not None]
    corrected: dict[int, date] = {}
    for one, day in rows:
        if one.corrects_id is not None:
            corrected[one.corrects_id] = min(day, corrected.get(one.corrects_id, day))
    return {
        one.pk: Said(one.pk, one.matter_id, one.on, day, corrected.get(one.pk), one.percent, one.expected_on)
        for one, day in rows
    }


def series(told: Sequence[tuple[Said, Decimal]], nothing: Decimal) -> tuple[Reading, ...]:
    """The figure by the days on which it became known: of the entries that stood then, the one as of the latest day.

    Where a correction left no figure at all, it is `nothing` again.
    """
    days = {day for one, _ in told for day in (one.known_on, one.corrected_on) if day is not None}
    return tuple(Reading(day, _figure(told, day, nothing)) for day in sorted(days))


def _figure(told: Sequence[tuple[Said, Decimal]], day: date, nothing: Decimal) -> Decimal:
    standing = [((one.on, one.report), value) for one, value in told if one.stands(day)]
    return max(standing, key=lambda each: each[0])[1] if standing else nothing


def expected(told: Iterable[Said]) -> tuple[Expected, ...]:
    """When the unit itself expects to be done, by the days on which it said so; what was corrected says nothing."""
    found = sorted((one.known_on, one.on, one.report, one.expected_on) for one in told if one.corrected_on is None)
    return tuple(Expected(known_on, finish_on) for known_on, _, _, finish_on in found if finish_on is not None)


def stretches(told: Iterable[Said]) -> list[Days]:
    """The days on which at least one of these entries stood, in order, as few stretches as there are."""
    found: list[Days] = []
    for one in sorted(told, key=lambda each: each.known_on):
        until = one.corrected_on - DAY if one.corrected_on else None
        if found and (found[-1][1] is None or one.known_on <= found[-1][1] + DAY):
            since, last = found[-1]
            found[-1] = since, last and until and max(last, until)
        elif until is None or until >= one.known_on:
            found.append((one.known_on, until))
    return found
