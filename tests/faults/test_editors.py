"""K13: several people edit one row at once; the later ones see both texts, and no change is lost."""

import re
import threading

from bihuan.sample.office import PASSWORD
from tests.faults.sizes import SIZES
from tests.served import Clerk, Site

EDITORS = 5
SEEN = re.compile(r'name="deed" value="edit"><input type="hidden" name="seen" value="(\d+)"')
CHANGES = "SELECT count(*) FROM bihuan_entry WHERE \"table\" = 'person' AND row = ? AND kind = 'change'"


def test_of_editors_at_once_one_is_first_and_the_others_are_told(site: Site) -> None:
    site.start()
    statuses: list[list[int]] = []
    try:
        clerks = [Clerk(site, login, PASSWORD) for login in ("zonghe", "zhuren", "xinfang", "zonghe", "zhuren")]
        path = "/settings/people/1/"
        for turn in range(SIZES.rounds):
            [seen] = SEEN.findall(clerks[0].read(path))
            statuses.append(_edit_at_once(clerks, path, seen, turn))
    finally:
        site.stop()

    assert [sorted(one) for one in statuses] == [[200, *[409] * (EDITORS - 1)]] * SIZES.rounds
    assert site.number(CHANGES, 1) == SIZES.rounds


def _edit_at_once(clerks: list[Clerk], path: str, seen: str, turn: int) -> list[int]:
    line, found = threading.Barrier(len(clerks)), list[int]()
    for clerk in clerks:
        clerk.read(path)

    def edit(clerk: Clerk, number: int) -> None:
        line.wait()
        form = {
            "deed": "edit",
            "seen": seen,
            "name": f"甲{turn}乙{number}",
            "office_phone": "",
            "once": f"{turn}-{number}",
        }
        found.append(clerk.post(path, form))

    threads = [threading.Thread(target=edit, args=(clerk, number)) for number, clerk in enumerate(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
