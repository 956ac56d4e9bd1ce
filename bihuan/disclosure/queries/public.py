"""What the public may read of notices: released texts as plain values, and nothing that leads behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import QuerySet

from bihuan.core import audit, calendar
from bihuan.disclosure.models import Release
from bihuan.disclosure.rules.release import ReleaseState
from bihuan.disclosure.rules.wording import NOTICE, PARTS, dated
from bihuan.lib.workdays import Workdays
from bihuan.matters.rules.notice import CountedAs, issued

PAST = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One released text: its words part by part, its days, and how many of them are left today."""

    code: str
    title: str
    lead: str
    parts: tuple[tuple[str, str], ...]
    period: str
    published_at: datetime
    starts_on: date
    ends_on: date
    days: int
    left: int
    counted_as: str
    digest: str
    city: str

    @property
    def is_running(self) -> bool:
        """Whether its days run, so that it can be objected to."""
        return self.left > 0

    @property
    def words(self) -> str:
        """Everything that it says, to be searched."""
        return "\n".join((self.code, self.title, self.lead, *(words for _, words in self.parts)))


def _released() -> QuerySet[Release]:
    return Release.objects.filter(kind=NOTICE, state=ReleaseState.RELEASED).order_by("ends_on", "pk")


def running(today: date, words: str = "") -> list[Shown]:
    """The notices that run today and say these words, the first to end first."""
    return [*_said(_released().filter(ends_on__gte=today), today, words)]


def newest(most: int) -> list[Release]:
    """The notices that were put out last, at most so many."""
    return [*_released().order_by("-published_at", "-pk")[:most]]


def past(today: date, words: str = "") -> list[Shown]:
    """The last notices whose days are over and that say these words, newest first."""
    rows = _released().filter(ends_on__lt=today).order_by("-ends_on", "-pk")
    return [*islice(_said(rows, today, words), PAST)]


def _said(rows: QuerySet[Release], today: date, words: str) -> Iterator[Shown]:
    asked, calendars = words.casefold().split(), dict[str, Workdays]()
    for release in rows.iterator(200):
        if release.city not in calendars:
            calendars[release.city] = Workdays(calendar.corrections(release.city))
        shown = _shown(release, today, calendars[release.city])
        if all(word in shown.words.casefold() for word in asked):
            yield shown


def notice(code: str, today: date) -> Shown | None:
    """The released text of that code, running or past; None where there is none, or not any more.

    Of two cities on one database that call a notice alike, the one that was put out last.
    """
    release = _released().filter(code=code).order_by("-published_at", "-pk").first()
    return _shown(release, today, Workdays(calendar.corrections(release.city))) if release else None


def was_taken_down(code: str) -> bool:
    """Whether a text of that code was shown to the public and is not any more."""
    return gone(code, NOTICE) is not None


def gone(code: str, kind: str) -> Release | None:
    """The text of that code and kind that the public was shown and does not read any more; None where there is none.

    One whose step was corrected stands as if it had never been shown: that it was, its trail says.
    """
    rows = Release.objects.filter(kind=kind, code=code).exclude(state=ReleaseState.RELEASED).order_by("pk")
    return next((one for one in rows if one.published_at is not None or _was_put_out(one)), None)


def _was_put_out(release: Release) -> bool:
    return audit.entries_about(release.code, release.city).filter(step="put_out").exists()


def _shown(release: Release, today: date, workdays: Workdays) -> Shown:
    text = dated(release.redacted, release.period)
    start, end = release.starts_on or today, release.ends_on or today
    days = issued(start, end, release.days, release.counted_as)
    return Shown(
        code=release.code,
        title=text["title"],
        lead=text["lead"],
        parts=tuple((heading, text[part]) for part, heading in PARTS.items() if part not in ("title", "lead")),
        period=release.period,
        published_at=release.published_at or release.drafted_at,
        starts_on=start,
        ends_on=end,
        days=release.days,
        left=days.remaining(today, workdays),
        counted_as="个工作日" if days.counted_as == CountedAs.WORKING else "天",
        digest=release.digest,
        city=release.city,
    )
