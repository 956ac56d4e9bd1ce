"""The only place that asks what time it is; everything below a door takes the moment or the day as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return timezone.now()  # noqa: TID251 -- this is the one place


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
