"""How the time that reading takes grows with what is read."""

from collections.abc import Callable
from time import process_time

ENOUGH = 0.004  # below this a clock cannot tell
TRIES = 3  # of which the shortest counts: what else the machine does only makes one longer


def growth(read: Callable[[str], object], text: Callable[[int], str], size: int, *, most: float) -> float:
    """How many times as long it takes to read four times the text, or a figure above that which is within `most`.

    A try that is within it settles that the shortest is; only what is not is tried again.
    """
    short, long = text(size), text(4 * size)
    took = _took(read, long)
    if took <= most * ENOUGH:
        return took / ENOUGH
    least = max(min(_took(read, short) for _ in range(TRIES)), ENOUGH)
    for _ in range(TRIES - 1):
        if took <= most * least:
            break
        took = min(took, _took(read, long))
    return took / least


def _took(read: Callable[[str], object], words: str) -> float:
    begun = process_time()
    read(words)
    return process_time() - begun
