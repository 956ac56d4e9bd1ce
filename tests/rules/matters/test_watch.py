"""A watch hit is judged by a person, while its matter stands as it was signed off."""

import pytest

from bihuan.lib.flow import Refused
from bihuan.matters.rules.watch import LIVE, WATCH
from bihuan.organisation.rules.duties import Capacity
from tests.fine import fine

OFFICE = {Capacity.OFFICE}


@pytest.mark.parametrize("name", ["confirm", "follow"])
def test_a_hit_is_judged_without_a_reason(name: str) -> None:
    assert WATCH.check(name, "raised", OFFICE, fine()).name == name


def test_what_is_unrelated_says_why() -> None:
    with pytest.raises(Refused, match="请写明无关的理由。"):
        WATCH.check("dismiss", "raised", OFFICE, fine(), " ")


def test_what_was_reopened_is_not_confirmed_again() -> None:
    with pytest.raises(Refused, match="对照的那一件已不在销号状态，不用再研判。"):
        WATCH.check("confirm", "raised", OFFICE, fine(is_still_closed=False))


def test_a_rebound_settles_whatever_is_not_settled() -> None:
    system = {Capacity.CONSEQUENCE}

    settled = {state: WATCH.step("rebound", state) or WATCH.step("lapse", state) for state in LIVE}

    assert all(move is not None and move.who == system for move in settled.values())


def test_a_unit_judges_nothing() -> None:
    assert {one.name for one in WATCH.offers("raised", {Capacity.LEAD, Capacity.ACCEPTING}, fine())} == set()
