"""How a quantity reads: 20 and 2.5, never 20.000; a span of time, a day; what whole number an address or form names."""

from datetime import date, timedelta
from decimal import Decimal


def plain(quantity: Decimal | None) -> str:
    """The quantity's digits without zeros that say nothing; "" for none."""
    return "" if quantity is None else f"{quantity.normalize():f}"


def span(time: timedelta) -> str:
    """A rule's span of time as sentences say it: 72小时, 10分钟. Whole hours are said as hours, however many."""
    hours, rest = divmod(time, timedelta(hours=1))
    return f"{time // timedelta(minutes=1)}分钟" if rest else f"{hours}小时"


MOST = 2**63 - 1  # what a database's key can be


def whole(text: object, *, most: int = MOST) -> int | None:
    """The whole number from 0 to `most` that a text names in figures; None for anything else, however long."""
    figures = str(text or "")
    if not figures.isdecimal() or len(figures) > len(str(MOST)):
        return None
    number = int(figures)
    return number if number <= most else None


def full_day(on: date) -> str:
    """A day as papers write it: 2022年12月22日."""
    return f"{on.year}年{on.month}月{on.day}日"
