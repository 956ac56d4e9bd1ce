"""K9: a database that somebody holds locked: pages are read as ever, forms are refused in time and are sent again."""

import sqlite3
import time
import urllib.error
import urllib.parse
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.cast import PASSWORD
from tests.faults.sizes import SIZES
from tests.served import Clerk, Site

READ_WITHIN, REFUSED_WITHIN = 1.0, 6.0


def refused(clerk: Clerk, path: str, values: dict[str, str]) -> tuple[int, str, str, float]:
    """How a form is answered: status, Retry-After, page, seconds."""
    body, begun = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": clerk.token}).encode(), time.monotonic()
    try:
        with clerk.opener.open(clerk.site.url + path, body, timeout=30) as answer:
            return int(answer.status), "", "", time.monotonic() - begun
    except urllib.error.HTTPError as refusal:
        with refusal:
            told = refusal.headers.get("Retry-After", ""), refusal.read().decode()
        return refusal.code, *told, time.monotonic() - begun


def is_in_time(status: int, retry: str, seconds: float, reads: list[float]) -> bool:
    """Whether a form was refused as it should be, and pages were read meanwhile."""
    return (status, bool(retry)) == (503, True) and seconds < REFUSED_WITHIN and max(reads) < READ_WITHIN


@pytest.mark.teeth("K9")
@pytest.mark.parametrize(
    ("status", "retry", "seconds", "reads"),
    [(500, "", 20.0, [0.1]), (503, "", 5.0, [0.1]), (503, "5", 20.0, [0.1]), (503, "5", 5.0, [0.1, 5.2])],
)
def test_the_check_has_teeth(status: int, retry: str, seconds: float, reads: list[float]) -> None:
    assert not is_in_time(status, retry, seconds, reads)


@pytest.mark.promise("K9")
def test_a_locked_database_is_read_and_refuses_in_time(manned: Site, figure: Callable[[str], None]) -> None:
    manned.start()
    clerk = Clerk(manned, "writer0", PASSWORD)
    clerk.read("/settings/people/")
    form = {"name": "锁着时添的", "once": "locked"}
    reads = []
    with closing(sqlite3.connect(manned.data / "bihuan.sqlite3", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        answers, locked = [], time.monotonic()
        while not answers or time.monotonic() - locked < SIZES.held:
            answers.append(refused(clerk, "/settings/people/", form))
            for path in ("/settings/people/", "/ledgers/problems/", "/", "/me/") * 2:
                begun = time.monotonic()
                clerk.read(path)
                reads.append(time.monotonic() - begun)
        held = time.monotonic() - locked
        holder.execute("ROLLBACK")
    again = clerk.post("/settings/people/", form)
    manned.stop()

    for status, retry, page, seconds in answers:
        assert "数据库正忙或连不上，这一步没有办。" in page
        assert is_in_time(status, retry, seconds, reads)
    assert again == 200
    assert manned.names()["锁着时添的"] == 1
    manned.examine()
    figure(f"locked {held:.0f} s: refused in {max(one[3] for one in answers):.1f} s, read in {max(reads):.2f} s")
