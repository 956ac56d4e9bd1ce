"""K12: the same form sent twice, or twenty times at once, is one deed."""

import threading
from collections.abc import Callable, Sequence

import pytest

from bihuan.sample.office import PASSWORD
from tests.faults.sizes import SIZES
from tests.served import Clerk, Site

PEOPLE = "/settings/people/"


def at_once(clerks: Sequence[Clerk], name: str, keys: Sequence[str] = ()) -> None:
    """Everybody sends the same form in the same moment, with the same key unless keys are given."""
    line = threading.Barrier(len(clerks))

    def click(clerk: Clerk, key: str) -> None:
        line.wait()
        clerk.post(PEOPLE, {"name": name, "once": key})

    sends = [
        threading.Thread(target=click, args=pair) for pair in zip(clerks, keys or [name] * len(clerks), strict=True)
    ]
    for send in sends:
        send.start()
    for send in sends:
        send.join(60)


@pytest.mark.promise("K12")
def test_pairs_and_bursts_of_clicks_are_one_deed_each(open_city: Site, figure: Callable[[str], None]) -> None:
    first = Clerk(open_city, "zonghe", PASSWORD)
    clerks = [first, *(first.window() for _ in range(19))]
    for clerk in clerks:
        clerk.read(PEOPLE)
    for number in range(SIZES.pairs):
        at_once(clerks[:2], f"成对{number}")
    for number in range(SIZES.bursts):
        at_once(clerks, f"齐发{number}")

    there = open_city.names()
    wanted = [*(f"成对{n}" for n in range(SIZES.pairs)), *(f"齐发{n}" for n in range(SIZES.bursts))]
    assert {name: there[name] for name in wanted} == dict.fromkeys(wanted, 1)
    figure(f"{SIZES.pairs} pairs, {SIZES.bursts} × 20: one deed each")


@pytest.mark.teeth("K12")
def test_clicks_that_share_no_key_are_seen_to_be_two(open_city: Site) -> None:
    first = Clerk(open_city, "zonghe", PASSWORD)
    clerks = [first, first.window()]
    for clerk in clerks:
        clerk.read(PEOPLE)
    at_once(clerks, "无键", keys=["甲", "乙"])

    assert open_city.names()["无键"] == 2
