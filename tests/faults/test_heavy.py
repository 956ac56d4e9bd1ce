"""L5: who takes out thirty thousand rows, or brings five thousand in, holds up nobody who reads meanwhile."""

import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bihuan.sample import papers, petition_text
from tests.faults.load import Act, Measured, Mix, Visitor, crowd
from tests.faults.sizes import CROWD
from tests.faults.test_load import FOUR, served
from tests.faults.test_rough_lines import form_of as multipart
from tests.faults.test_slow_clients import is_held_up
from tests.faults.test_workers import children_of
from tests.served import Clerk, Site

pytestmark = pytest.mark.rehearsed

BOOK = "/ledgers/petitions/workbook/?main_type=%E6%B0%B4" if CROWD.is_whole else "/ledgers/petitions/workbook/"
PAGE, PAGES = Act("list", "/ledgers/petitions/"), 8
LIKE_PAGES = 24  # as many pages may a heavy act weigh on those who answer; they draw four for it, two of them long
PAUSE, WINDOW, ALWAYS = 0.25, 20.0, 3
Heavy = Callable[[Clerk], object]


def weight(site: Site, act: Callable[[], object]) -> float:
    """The seconds of a processor that an act costs the processes that answer pages; they have several threads."""

    def spent() -> int:
        ticks = 0
        for child in children_of(site.pid):
            folder = Path(f"/proc/{child}")
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12]) if len([*(folder / "task").iterdir()]) > 1 else 0
        return ticks

    before = spent()
    act()
    return (spent() - before) / 100


def taken_out(clerk: Clerk) -> None:
    """A ledger as a workbook."""
    with clerk.opener.open(clerk.site.url + BOOK, timeout=300) as answer:
        assert answer.read()[:2] == b"PK"


def brought_in(clerk: Clerk) -> None:
    """A batch of petitions as a workbook: read, shown, written."""
    batch = next(petition_text.batches(total=CROWD.rows, count=1, answered=1))
    clerk.read("/imports/new/")
    inspection = str(clerk.site.number("SELECT max(id) FROM bihuan_inspection"))
    values = {"inspection": inspection, "once": f"{time.monotonic()}", "csrfmiddlewaretoken": clerk.token}
    body, kind = multipart(values, ("大批.xlsx", papers.batch_xlsx(batch)))
    request = urllib.request.Request(clerk.site.url + "/imports/new/", body, {"Content-Type": kind})  # noqa: S310 -- ours
    with clerk.opener.open(request, timeout=300) as answer:
        path = re.sub(r"https?://[^/]+", "", str(answer.url))
        assert re.fullmatch(r"/imports/\d+/", path), path
    values = {"act": "commit", "once": f"{time.monotonic()}", "csrfmiddlewaretoken": clerk.token}
    request = urllib.request.Request(clerk.site.url + path, multipart(values, None)[0])  # noqa: S310 -- ours
    with clerk.opener.open(request, timeout=300) as answer:
        assert answer.status == 200


@contextmanager
def meanwhile(act: Heavy, clerk: Clerk, took: list[float]) -> Iterator[None]:
    """Do it, again and again; how long each took."""
    stop = threading.Event()

    def again() -> None:
        while not stop.is_set():
            begun = time.monotonic()
            act(clerk)
            took.append(time.monotonic() - begun)

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def beside(clerks: list[Clerk], act: Heavy) -> tuple[Measured, Measured, float]:
    """What readers wait alone, what beside a heavy act, and how long that took; the best of some turns, for a machine
    that others use makes a bad figure as well.
    """
    mix, turns = Mix(clerks[0].site, "旁"), []
    for _ in range(ALWAYS):
        took: list[float] = []
        alone = crowd(clerks, FOUR, WINDOW, mix.read, PAUSE)
        with meanwhile(act, clerks[0].window(), took):
            turns.append((alone, crowd(clerks, FOUR, WINDOW, mix.read, PAUSE), took))
        if not is_held_up(alone.within(0.95), turns[-1][1].within(0.95)):
            break
    alone, held, took = turns[-1]
    return alone, held, max(took)


@pytest.mark.promise("L5")
@pytest.mark.parametrize("act", [taken_out, brought_in])
def test_a_heavy_act_weighs_on_nobody_who_reads(crowded: Site, act: Heavy, figure: Callable[[str], None]) -> None:
    with served(crowded) as clerks:
        page, heavy = weights(crowded, clerks[0], act)
        assert CROWD.is_whole or heavy <= LIKE_PAGES * page
        figure(f"{act.__name__}: as {heavy / page:.1f} pages")
        if CROWD.is_whole:
            alone, held, took = beside(clerks, act)
            figure(f"in {took:.0f} s, p95 {alone.within(0.95) * 1000:.0f} → {held.within(0.95) * 1000:.0f} ms")
            assert not held.faults
            assert not is_held_up(alone.within(0.95), held.within(0.95))


def weights(site: Site, clerk: Clerk, act: Heavy) -> tuple[float, float]:
    """What a page weighs, and what a heavy act does."""
    visitor = Visitor(clerk)
    for _ in range(PAGES):
        visitor.ask(PAGE)
    page = weight(site, lambda: [visitor.ask(PAGE) for _ in range(PAGES)]) / PAGES
    visitor.line.close()
    return page, weight(site, lambda: act(clerk))


IN_THE_THREAD = """
import django
django.setup()
from bihuan.core import aside
aside.call = lambda function, *args, **kwargs: function(*args, **kwargs)
"""


@pytest.mark.teeth("L5")
@pytest.mark.parametrize("act", [taken_out, brought_in] if CROWD.is_whole else [brought_in])
def test_a_heavy_act_in_the_thread_of_a_request_is_seen(crowded: Site, act: Heavy) -> None:
    crowded.planted = IN_THE_THREAD
    with served(crowded) as clerks:
        page, heavy = weights(crowded, clerks[0], act)

    assert heavy > LIKE_PAGES * page
