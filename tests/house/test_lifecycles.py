"""Every lifecycle, every cell: state × capacity × step is allowed or refused exactly as the table says."""

import re
from typing import Any

import pytest

from bihuan.lib.flow import Flow, Refused
from bihuan.management.documents import FLOWS
from bihuan.organisation.rules.duties import Capacity
from tests.fine import fine_for


def allowed(flow: Flow, name: str, state: str, capacity: str) -> bool:
    try:
        flow.check(name, state, {capacity}, fine_for(flow.name, name), "理由", is_given=True)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("title", "flow"), FLOWS)
def test_each_cell_is_as_the_table_says(title: str, flow: Flow) -> None:
    names = {move.name for move in flow.moves}
    cells = [(name, state, capacity.value) for name in sorted(names) for state in flow.states for capacity in Capacity]
    rows = {
        (move.name, state, capacity)
        for move in flow.moves
        if not move.awaits
        for state in move.sources
        for capacity in move.who
    }

    assert {cell for cell in cells if allowed(flow, *cell)} == {(n, s, str(c)) for n, s, c in rows}


@pytest.mark.parametrize(("title", "flow"), FLOWS)
def test_every_state_is_reached_and_left(title: str, flow: Flow) -> None:
    reached = {move.target for move in flow.moves if move.target} | {flow.initial}
    left = {state for move in flow.moves for state in move.sources} | flow.final

    assert (set(flow.states) - reached, set(flow.states) - left) == (set(), set())


@pytest.mark.parametrize(("title", "flow"), FLOWS)
def test_what_is_offered_can_be_taken_and_nothing_else(title: str, flow: Flow) -> None:
    for state in flow.states:
        for capacity in Capacity:
            for name in {move.name for move in flow.moves}:
                facts = fine_for(flow.name, name)
                offered = {one.name for one in flow.offers(state, {capacity}, facts) if not one.refusal}
                assert (name in offered) == allowed(flow, name, state, capacity)


@pytest.mark.parametrize(("title", "flow"), FLOWS)
def test_a_note_that_is_required_is_asked_for(title: str, flow: Flow) -> None:
    for move in flow.moves:
        if move.note_required and not move.awaits:
            with pytest.raises(Refused, match=re.escape(f"请写明{move.label}的理由。")):
                flow.check(move.name, move.sources[0], move.who, fine_for(flow.name, move.name), "  ")


def test_a_table_that_names_an_unknown_state_is_refused() -> None:
    from bihuan.lib.flow import Move

    move: Any = Move("go", "走", ("here",), "nowhere", frozenset({"office"}))
    with pytest.raises(ValueError, match=r"planted\.go names the unknown state nowhere"):
        Flow("planted", "here", {"here": "这里"}, (move,))
