"""The only place that asks what time it is; everything below a door takes the moment or the day as an argument."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC; in a demonstration, as its own clock shows it."""
    moment = timezone.now()  # noqa: TID251 -- this is the one place
    return moment - _behind() if settings.DEMO else moment


def machine_now() -> datetime:
    """This moment by the machine's own clock, also in a demonstration: what backups are named by."""
    return timezone.now()  # noqa: TID251 -- as above


@cache
def _behind() -> timedelta:
    kept = Path(settings.DEMO_CLOCK)
    return timedelta(seconds=int(kept.read_text())) if kept.exists() else timedelta()


def begin_demo(moment: datetime) -> None:
    """Set the demonstration's clock to a moment, from which it goes on; a clock that was set before keeps its time."""
    kept = Path(settings.DEMO_CLOCK)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(str(int((timezone.now() - moment).total_seconds())))  # noqa: TID251 -- as above
    _behind.cache_clear()


def seconds_since(stamp: float) -> float:
    """How old a file's time stamp is, by the machine's own clock, which set it."""
    return timezone.now().timestamp() - stamp  # noqa: TID251 -- as above


def today() -> date:
    """Today's date where the offices are (Asia/Shanghai)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The date of a moment where the offices are."""
    return moment.astimezone(SHANGHAI).date()


def day_or_today(text: str) -> date:
    """The date that a text names (2022-12-15), or today where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()
