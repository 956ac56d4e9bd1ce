"""A sweep is closed once every place is answered, every finding decided and the conclusion written."""

import pytest

from bihuan.lib.flow import Refused
from bihuan.matters.rules.sweep import SWEEP
from bihuan.organisation.rules.duties import Capacity
from tests.fine import fine

OFFICE, HEAD = {Capacity.OFFICE}, {Capacity.OFFICE_HEAD}
MANY = tuple(f"水务局·{one}" for one in "甲乙丙丁戊己")


@pytest.mark.parametrize(
    ("step", "state", "facts", "sentence"),
    [
        ("issue", "drafting", {"places": 0}, "还没有排查的单位和点位。"),
        ("sum_up", "sweeping", {"unanswered": MANY[:1]}, "还有1处没有答复：水务局·甲。"),
        (
            "close",
            "summing",
            {"unanswered": MANY},
            "还有6处没有答复：水务局·甲、水务局·乙、水务局·丙、水务局·丁、水务局·戊等6处。",
        ),
        ("close", "summing", {"undecided": 2}, "还有2个排查发现没有定处置。"),
        ("close", "summing", {"is_concluded": False}, "还没有写汇总结论。"),
    ],
)
def test_what_is_missing_is_said(step: str, state: str, facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        SWEEP.check(step, state, HEAD, fine(**facts))

    assert str(refused.value) == sentence
    assert SWEEP.check(step, state, HEAD, fine()).name == step


def test_the_head_alone_closes_it() -> None:
    with pytest.raises(Refused):
        SWEEP.check("close", "summing", OFFICE, fine())


def test_a_unit_takes_no_step_of_it() -> None:
    assert {one.name for state in SWEEP.states for one in SWEEP.offers(state, {Capacity.RESPONSIBLE}, fine())} == set()
