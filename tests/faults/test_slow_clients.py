"""L6: uploads that stop half way hold nobody else up."""

import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from tests.cast import PASSWORD
from tests.faults.sizes import SIZES
from tests.faults.slow import begun
from tests.served import Clerk, Site

NEW, PAGE, READS = "/imports/new/", "/settings/people/", 100
LEAST = 0.05  # seconds that a page may take at any time: below, the machine's own unrest is measured


def slowest_twentieth(clerk: Clerk) -> float:
    """The time in seconds within which nineteen of twenty pages came."""
    taken = []
    for _ in range(READS):
        begins = time.monotonic()
        clerk.read(PAGE)
        taken.append(time.monotonic() - begins)
    return sorted(taken)[READS * 95 // 100 - 1]


def is_held_up(alone: float, beside: float) -> bool:
    """Whether others wait more than twice as long."""
    return beside > 2 * max(alone, LEAST)


@pytest.mark.promise("L6")
def test_half_sent_uploads_hold_nobody_up(manned: Site, figure: Callable[[str], None]) -> None:
    manned.start(no_worker=True)
    clerk, uploader = Clerk(manned, "writer0", PASSWORD), Clerk(manned, "writer1", PASSWORD)
    uploader.read(NEW)
    slowest_twentieth(clerk)
    alone = slowest_twentieth(clerk)
    with ExitStack() as lines:
        for number in range(SIZES.uploads):
            lines.enter_context(begun(uploader, NEW, 20_000 + number))
        beside = slowest_twentieth(clerk)
    manned.stop()

    assert not is_held_up(alone, beside)
    manned.examine()
    figure(f"{SIZES.uploads} half sent, p95 {alone * 1000:.0f} → {beside * 1000:.0f} ms")


@pytest.mark.teeth("L6")
def test_others_that_wait_are_seen() -> None:
    assert is_held_up(0.02, 30)
    assert is_held_up(0.2, 0.41)
