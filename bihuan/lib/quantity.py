"""How a quantity reads: 20 and 2.5, never 20.000; and what whole number an address or a form names."""

from decimal import Decimal


def plain(quantity: Decimal | None) -> str:
    """The quantity's digits without zeros that say nothing; "" for none."""
    return "" if quantity is None else f"{quantity.normalize():f}"


MOST = 2**63 - 1  # what a database's key can be


def whole(text: object, *, most: int = MOST) -> int | None:
    """The whole number from 0 to `most` that a text names in figures; None for anything else, however long."""
    figures = str(text or "")
    if not figures.isdecimal() or len(figures) > len(str(MOST)):
        return None
    number = int(figures)
    return number if number <= most else None
