"""Whoever is next finds it on his desk, and nobody else."""

import pytest

from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.gate import owing
from tests.cast import Cast
from tests.loop import Loop, make_loop

PEOPLE = ("doer", "second", "head", "county", "accepter", "publicity", "group", "chen", "wang", "qian")


def person(loop: Loop, name: str) -> Actor:
    found: Actor = getattr(loop, name, None) or getattr(loop.cast, name)
    return found


@pytest.mark.parametrize(
    ("until", "after", "wanted"),
    [
        ("to_finished", (), {"doer": ["确认"], "second": ["确认"]}),
        ("to_claimed", (), {"county": ["初验"]}),
        ("to_verifying", (), {"accepter": ["验收"]}),
        ("to_accepted", (), {"publicity": ["公示"]}),
        ("to_noticed", (), {}),
        ("to_noticed", ("over",), {"chen": ["公示期满"]}),
        ("to_uncontested", (), {"chen": ["提请同意"]}),
        ("to_asked", (), {"group": ["同意"]}),
        ("to_consented", (), {"wang": ["销号"]}),
        ("to_signed_off", (), {}),
    ],
)
def test_the_next_step_waits_on_the_desk_of_whose_it_is(
    cast: Cast, until: str, after: tuple[str, ...], wanted: dict[str, list[str]]
) -> None:
    loop = make_loop(cast)
    for deed in (until, *after):
        getattr(loop, deed)()
    today = day_of(loop.now)

    found = {name: [one.act for one in owing.owed(person(loop, name), today)] for name in PEOPLE}

    assert {name: acts for name, acts in found.items() if acts} == wanted
