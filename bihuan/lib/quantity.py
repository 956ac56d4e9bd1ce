"""How a quantity reads: 20 and 2.5, never 20.000."""

from decimal import Decimal


def plain(quantity: Decimal | None) -> str:
    """The quantity's digits without zeros that say nothing; "" for none."""
    return "" if quantity is None else f"{quantity.normalize():f}"
