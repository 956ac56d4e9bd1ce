"""Which generations of backups are kept, and how old a good drill may be. Pure: moments in, moments out."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

BY_HOUR, BY_DAY, BY_MONTH = 3, 7, 12
DRILL_EVERY = timedelta(days=92)  # a quarter


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Of these backups the ones to keep: the newest of each of the last 3 hours, 7 days and 12 months that have any."""
    newest_first = sorted(made, reverse=True)
    return (
        _newest(newest_first, BY_HOUR, lambda moment: moment.replace(minute=0, second=0, microsecond=0))
        | _newest(newest_first, BY_DAY, lambda moment: moment.date())
        | _newest(newest_first, BY_MONTH, lambda moment: (moment.year, moment.month))
    )


def _newest(newest_first: list[datetime], count: int, period: Callable[[datetime], object]) -> set[datetime]:
    firsts: dict[object, datetime] = {}
    for moment in newest_first:
        firsts.setdefault(period(moment), moment)
    return {*[*firsts.values()][:count]}


def is_drill_due(last_good: datetime | None, at: datetime) -> bool:
    """Whether a restore should be tried again: none went well within a quarter."""
    return last_good is None or at - last_good > DRILL_EVERY
