"""How often Python looks for garbage: seldom, since little of what this program makes refers to itself."""

import gc

SELDOM = (20_000, 10, 10)


def look_seldom() -> None:
    """Look for garbage a thirtieth as often as Python does by itself; asked before anything large is loaded."""
    gc.set_threshold(*SELDOM)
