"""How the time that reading takes grows with what is read."""

from collections.abc import Callable
from time import process_time

ENOUGH = 0.004  # below this a clock cannot tell


def growth(read: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """How many times as long it takes to read four times the text."""

    def took(length: int) -> float:
        words, times = text(length), []
        for _ in range(3):
            begun = process_time()
            read(words)
            times.append(process_time() - begun)
        return min(times)

    return took(4 * size) / max(took(size), ENOUGH)
