"""Which written entries may change a light."""

import pytest

from bihuan.rectification.rules.lit_by import TOLD_APART, Deltas, may_change_a_light
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import PROBLEM


@pytest.mark.parametrize(
    ("table", "kind", "deltas", "may"),
    [
        ("matter", "change", {"state": ("claimed", "verifying")}, False),
        ("matter", "change", {"state": ("verifying", "accepted")}, True),
        ("matter", "change", {"state": ("accepted", "noticed")}, True),
        ("matter", "change", {"state": ("draft", "issued")}, True),
        ("matter", "change", {"state": ("finished", "confirmed")}, True),
        ("matter", "change", {"state": ("finished", "under_way")}, False),
        ("matter", "change", {"due_on": ("2022-09-30", "2022-12-31")}, True),
        ("matter", "change", {"title": ("甲", "乙")}, False),
        ("round", "change", {"state": ("claimed", "verifying"), "claim_digest": ("", "ab")}, False),
        ("round", "change", {"handed_over_at": (None, "2022-07-04")}, True),
        ("progressreport", "create", {"state": (None, "waiting")}, False),
        ("progressreport", "create", {"state": (None, "approved")}, True),
        ("progressreport", "change", {"state": ("waiting", "approved")}, True),
        ("progressreport", "change", {"percent": ("1", "2")}, True),
        ("indicatorreading", "create", {"cumulative": (None, "9")}, False),
        ("indicatorreading", "change", {"is_ended": (False, True)}, True),
        ("extension", "change", {"state": ("waiting", "approved")}, True),
        ("extension", "create", {"state": (None, "waiting")}, False),
        ("handlight", "create", {}, True),
        ("handlight", "look", {}, False),
        ("evidence", "create", {}, False),
    ],
)
def test_what_may_change_a_light(table: str, kind: str, deltas: Deltas, *, may: bool) -> None:
    assert may_change_a_light(table, kind, deltas) is may


def test_every_state_that_is_told_apart_is_one_of_a_table() -> None:
    known = {*PROBLEM["accept_first"].states, *PROBLEM["publish_first"].states, *MEASURE.states}

    assert {str(one) for states in TOLD_APART for one in states} <= known
