"""Ctrl+C: a terminal sends it to the server and all its workers at once; they end quietly, and leave nobody behind."""

import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.test_workers import children_of
from tests.served import UP_SECONDS, Site


@pytest.fixture
def site(small: Site) -> Iterator[Site]:
    """A copy of the empty office, whose server does the same as a city's when it stops; examined at the end."""
    yield small
    small.end()
    small.examine()


@pytest.mark.parametrize("turn", range(3))
def test_ctrl_c_ends_quietly(site: Site, turn: int) -> None:
    site.start()
    group = site.pid

    os.killpg(group, signal.SIGINT)

    assert site.server is not None
    assert site.server.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_a_manager_that_stops_every_process_at_once_is_not_kept_waiting(site: Site) -> None:
    site.start()

    site.stop(signal.SIGTERM)

    assert site.server is not None
    assert site.server.returncode in (0, 1)


SLOW_TO_COME = """
import time
import django
django.setup()
from bihuan.management import background
forked = background._forked
def slowly():
    time.sleep(3)
    return forked()
background._forked = slowly
"""


def test_who_is_told_to_stop_while_he_is_still_coming_up_stops(site: Site) -> None:
    site.planted = SLOW_TO_COME
    site.start()

    site.stop(signal.SIGTERM)

    assert site.server is not None
    assert site.server.returncode in (0, 1)


@pytest.mark.parametrize("place", [0, 1], ids=["for heavy work", "for pages"])
def test_a_process_that_was_killed_is_started_anew(site: Site, place: int) -> None:
    site.start()
    worker, before = children_of(site.pid)[place], len(children_of(site.pid))

    os.kill(worker, signal.SIGKILL)

    until = time.monotonic() + UP_SECONDS
    while worker in children_of(site.pid) or len(children_of(site.pid)) < before:
        assert time.monotonic() < until, "no worker took its place"
        time.sleep(0.1)
    for _ in range(10):
        with urllib.request.urlopen(f"{site.url}/login/", timeout=10) as answer:  # noqa: S310 -- our own server
            assert answer.status == 200
    assert all(is_deaf_to_ctrl_c(one) for one in children_of(site.pid))
    site.stop(signal.SIGINT)
    assert site.server is not None
    assert site.server.returncode == 0


DEAD_AT_ONCE = """
import os
import django
django.setup()
from bihuan.core import aside
aside.serve = lambda heard: os._exit(1)
"""
WATCHED, FEW_STARTS = 4.0, 6  # seconds, and how often it may be started within them


def test_a_process_for_heavy_work_that_dies_at_once_keeps_nobody_busy(site: Site) -> None:
    site.planted = DEAD_AT_ONCE
    site.start()

    forked = Path(f"/proc/{site.pid}/task/{site.pid}/children")
    seen, until = set(forked.read_text().split()), time.monotonic() + WATCHED
    while time.monotonic() < until:
        seen |= {*forked.read_text().split()}
        time.sleep(0.002)

    assert len(seen - {*forked.read_text().split()}) <= FEW_STARTS
    with urllib.request.urlopen(f"{site.url}/login/", timeout=10) as answer:  # noqa: S310 -- our own server
        assert answer.status == 200
    site.stop()


def is_deaf_to_ctrl_c(process: int) -> bool:
    """Whether a process blocks the signal of Ctrl+C."""
    [blocked] = re.findall(r"SigBlk:\s+(\w+)", Path(f"/proc/{process}/status").read_text())
    return bool(int(blocked, 16) >> (signal.SIGINT - 1) & 1)
