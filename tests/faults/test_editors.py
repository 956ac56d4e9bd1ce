"""K13: several people edit one row at once; the later ones see both texts, and no change is lost."""

import re
import threading
from collections.abc import Callable

import pytest

from bihuan.sample.office import PASSWORD
from tests.faults.sizes import SIZES
from tests.served import Clerk, Site

EDITORS = 5
SEEN = re.compile(r'name="deed" value="edit"><input type="hidden" name="seen" value="(\d+)"')
CHANGES = "SELECT count(*) FROM bihuan_entry WHERE \"table\" = 'person' AND row = ? AND kind = 'change'"


PATH = "/settings/people/1/"


def desks(site: Site) -> list[Clerk]:
    return [Clerk(site, login, PASSWORD) for login in ("zonghe", "zhuren", "xinfang", "zonghe", "zhuren")]


@pytest.mark.promise("K13")
def test_of_editors_at_once_one_is_first_and_the_others_are_told(
    open_city: Site, figure: Callable[[str], None]
) -> None:
    statuses: list[list[int]] = []
    clerks, before = desks(open_city), open_city.number(CHANGES, 1)
    for turn in range(SIZES.rounds):
        [seen] = SEEN.findall(clerks[0].read(PATH))
        statuses.append(_edit_at_once(clerks, [seen] * EDITORS, turn))

    assert [sorted(one) for one in statuses] == [[200, *[409] * (EDITORS - 1)]] * SIZES.rounds
    assert open_city.number(CHANGES, 1) == before + SIZES.rounds
    figure(f"{SIZES.rounds} rounds of {EDITORS}: 0 lost")


@pytest.mark.teeth("K13")
def test_editors_who_claim_to_have_seen_the_newest_would_overwrite(open_city: Site) -> None:
    """What the version is for: whoever names the next one before it is there passes, and the first one's words go."""
    clerks, before = desks(open_city)[:2], open_city.number(CHANGES, 1)
    [seen] = SEEN.findall(clerks[0].read(PATH))
    statuses = [_edit_at_once([clerk], [str(int(seen) + number)], f"争{number}") for number, clerk in enumerate(clerks)]

    assert statuses == [[200], [200]]
    assert open_city.number(CHANGES, 1) == before + 2


def _edit_at_once(clerks: list[Clerk], versions: list[str], turn: object) -> list[int]:
    line, found = threading.Barrier(len(clerks)), list[int]()
    for clerk in clerks:
        clerk.read(PATH)

    def edit(clerk: Clerk, number: int) -> None:
        line.wait()
        form = {
            "deed": "edit",
            "seen": versions[number],
            "name": f"甲{turn}乙{number}",
            "office_phone": "",
            "once": f"{turn}-{number}",
        }
        found.append(clerk.post(PATH, form))

    threads = [threading.Thread(target=edit, args=(clerk, number)) for number, clerk in enumerate(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
