"""K11: the clock jumps under a running server, back three days, on by one and by four hundred, and returns.

libfaketime cannot move a Python that sleeps by the monotonic clock, so the server reads its clock through settings of
the tests (`tests/jumping.py`).
"""

import json
import re
import sqlite3
import urllib.error
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bihuan.core import clock as clock_of_machine
from bihuan.sample.office import PASSWORD
from tests.faults.test_workers import until
from tests.served import Clerk, Site

DAY = 86_400
JUMPS = (0, -3 * DAY, DAY, 400 * DAY, 0)
PEOPLE, LEDGER, WITHIN = "/settings/people/", "/ledgers/problems/", 30
LEFT = "SELECT count(*) FROM bihuan_job WHERE state != 'done'"
LATE = re.compile(r"(\d+) 个超期")
ASK = """
from bihuan.core import clock, jobs
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.organisation.actions import appointing

@action
def ask(*, by, at):
    appointing.add_person("托办", by=by, at=at)
    print(jobs.enqueue("tidy", {}).key)

ask(by=Actor.system("布置", "130900"), at=clock.now())
"""


@dataclass
class Seen:
    """What was seen of a server whose clock jumped: who was added in which order, who was still signed in after each
    jump, how many matters were overdue, how often each piece of work was done, and how many were left.
    """

    written: list[str] = field(default_factory=list)
    by_number: list[str] = field(default_factory=list)
    by_time: list[str] = field(default_factory=list)
    sessions: dict[int, list[bool]] = field(default_factory=dict)
    late: list[int] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)
    left: int = 0


def faults(seen: Seen) -> list[str]:
    """What a jump of the clock broke."""
    found = [] if seen.by_number == seen.written else ["the order is not that of the numbers"]
    for place, stood in seen.sessions.items():
        if any(later and not earlier for earlier, later in pairwise(stood)):
            found.append(f"session {place} was revived")
        if place > 0 and len(stood) > 1 and stood[-1]:
            found.append(f"session {place} outlived the jump that it began in")
    found += [f"{key} was done {count} times" for key, count in seen.done.items() if count != 1]
    if seen.left or not seen.done.keys() >= {*seen.asked}:
        found.append(f"{seen.left} left undone, {len(seen.done)} done of {seen.asked}")
    return [*found, *([] if seen.late[0] == seen.late[-1] else ["deadlines are not as they were"])]


def is_in(clerk: Clerk) -> bool:
    """Whether somebody is signed in still."""
    try:
        return 'href="/logout/"' in (page := clerk.read("/me/")) or 'action="/logout/"' in page
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return False


def rows(site: Site, query: str) -> list[tuple[str, ...]]:
    """What a query of the site's database gives."""
    with closing(sqlite3.connect(site.data / "bihuan.sqlite3")) as database:
        return database.execute(query).fetchall()


def names(site: Site, order: str) -> list[str]:
    """Who was added, in an order of the trail."""
    entries = rows(site, f"SELECT changes FROM bihuan_entry WHERE action LIKE '%add_person' ORDER BY {order}")  # noqa: S608 -- our own words
    added = [json.loads(changes).get("name", ["", ""])[1] for (changes,) in entries]
    return [name for name in added if name.startswith("跳")]


def jumped(site: Site, clock: Path) -> Seen:
    """A served city whose clock goes through the jumps while people work and the background does."""
    seen, clerks = Seen(), list[Clerk]()
    for place, jump in enumerate(JUMPS):
        clock.write_text(str(jump))
        for one, clerk in enumerate(clerks):
            seen.sessions[one].append(is_in(clerk))
        clerks.append(Clerk(site, "zonghe", PASSWORD))
        seen.sessions[place] = [is_in(clerks[-1])]
        for number in range(2):
            name = f"跳{place}-{number}"
            assert clerks[-1].send(PEOPLE, {"name": name, "once": name}) == 200
            seen.written.append(name)
        told = LATE.search(clerks[-1].read(LEDGER))
        seen.late.append(int(told[1]) if told else 0)
        seen.asked.append(site.run(ASK))
        until(lambda: seen.asked[-1] in done(site), WITHIN, "work was left undone")
        until(lambda: is_in_its_slot(site, jump), WITHIN, "no slot has come")  # noqa: B023 -- asked before the next jump
        seen.done |= done(site)  # which are forgotten after a month, and so after a jump
    seen.left = site.number(LEFT)
    seen.by_number, seen.by_time = names(site, "number"), names(site, "at, number")
    return seen


def is_in_its_slot(site: Site, jump: int) -> bool:
    """Whether what comes every hour has been asked for in the hour that the server's clock shows, and nothing waits."""
    [(slot,)] = rows(site, "SELECT slot FROM bihuan_pulse WHERE name = 'tidy'")
    moment = datetime.fromisoformat(slot).replace(tzinfo=UTC)
    now = clock_of_machine.machine_now() + timedelta(seconds=jump)
    return moment <= now < moment + timedelta(hours=1) and not site.number(LEFT)


def done(site: Site) -> Counter[str]:
    """How often each piece of work was done."""
    return Counter(key for (key,) in rows(site, "SELECT key FROM bihuan_job WHERE state = 'done' AND name = 'tidy'"))


@pytest.mark.promise("K11")
def test_a_clock_that_jumps_breaks_nothing(site: Site, tmp_path: Path, figure: Callable[[str], None]) -> None:
    clock = tmp_path / "jump"
    clock.write_text("0")
    site.more |= {"DJANGO_SETTINGS_MODULE": "tests.jumping", "BIHUAN_JUMP": str(clock)}
    site.start()
    seen = jumped(site, clock)
    site.stop()

    assert faults(seen) == []
    assert max(seen.late) > seen.late[0], "the clock did not jump"
    assert seen.by_time != seen.written, "an order by time would pass unseen"
    figure(
        f"{len(JUMPS) - 1} jumps: {len(seen.written)} deeds in order, {len(seen.done)} jobs once, 0 sessions revived"
    )


@pytest.mark.teeth("K11")
def test_what_a_jump_breaks_is_seen() -> None:
    good = {"written": ["甲", "乙"], "by_number": ["甲", "乙"], "late": [5, 9, 5], "asked": ["a"]}
    assert faults(Seen(**good, sessions={0: [True, False]}, done=Counter(a=1))) == []
    for bad in (
        {"by_number": ["乙", "甲"]},
        {"sessions": {0: [True, False, True]}},
        {"sessions": {1: [True, True]}},
        {"done": Counter(a=2)},
        {"asked": ["a", "b"]},
        {"left": 1},
        {"late": [5, 9, 9]},
    ):
        assert faults(Seen(**{**good, "done": Counter(a=1), **bad})), bad  # type: ignore[arg-type]  # each of its kind
