"""K12: the same form sent twice, or twenty times at once, is one deed."""

import threading
from collections.abc import Sequence

from bihuan.sample.office import PASSWORD
from tests.faults.sizes import SIZES
from tests.served import Clerk, Site

PEOPLE = "/settings/people/"


def at_once(clerks: Sequence[Clerk], name: str) -> None:
    """Everybody sends the same form with the same key in the same moment."""
    line = threading.Barrier(len(clerks))

    def click(clerk: Clerk) -> None:
        line.wait()
        clerk.post(PEOPLE, {"name": name, "once": name})

    sends = [threading.Thread(target=click, args=(clerk,)) for clerk in clerks]
    for send in sends:
        send.start()
    for send in sends:
        send.join(60)


def test_pairs_and_bursts_of_clicks_are_one_deed_each(site: Site) -> None:
    site.start()
    try:
        first = Clerk(site, "zonghe", PASSWORD)
        clerks = [first, *(first.window() for _ in range(19))]
        for clerk in clerks:
            clerk.read(PEOPLE)
        for number in range(SIZES.pairs):
            at_once(clerks[:2], f"成对{number}")
        for number in range(SIZES.bursts):
            at_once(clerks, f"齐发{number}")
    finally:
        site.stop()

    there = site.names()
    wanted = [*(f"成对{n}" for n in range(SIZES.pairs)), *(f"齐发{n}" for n in range(SIZES.bursts))]
    assert {name: there[name] for name in wanted} == dict.fromkeys(wanted, 1)
