"""The only writer of a `state` column: check the table, compare and set, record, then what follows elsewhere.

Hides the order in which these happen, and the tables of `wiring.py` that the upper floors hand in at start.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Protocol

from bihuan.core import audit
from bihuan.lib.flow import Flow, Move, Offer, Refused

After = Callable[..., None]
While = Callable[[Any], str]
AFTER: dict[tuple[str, str], tuple[After, ...]] = {}
REFUSED_WHILE: dict[tuple[str, str], tuple[While, ...]] = {}
EVERY: list[After] = []


class Stateful(Protocol):
    """A row with a state."""

    state: str
    version: int


def wire(
    after: Mapping[tuple[str, str], tuple[After, ...]],
    refused: Mapping[tuple[str, str], tuple[While, ...]],
    every: Iterable[After] = (),
) -> None:
    """Take in what happens elsewhere after a step, what elsewhere forbids it, and what follows every step.

    Called once, at start.
    """
    EVERY[:] = every
    AFTER.clear()
    AFTER.update(after)
    REFUSED_WHILE.clear()
    REFUSED_WHILE.update(refused)


def forbidden_elsewhere(flow: Flow, name: str, subject: Any) -> str:
    """The first sentence with which an upper floor forbids this step, or ""."""
    return next((sentence for rule in REFUSED_WHILE.get((flow.name, name), ()) if (sentence := rule(subject))), "")


def offers(flow: Flow, row: Stateful, capacities: Collection[str], facts: Any) -> tuple[Offer, ...]:
    """What somebody with these capacities may do with this row now, and why not yet."""
    return flow.offers(row.state, capacities, facts, lambda move: forbidden_elsewhere(flow, move.name, row))


def make_move(
    flow: Flow,
    row: Any,
    name: str,
    *,
    note: str,
    capacities: Collection[str],
    facts: Any,
    whole: Any = None,
    is_given: bool = False,
) -> Move:
    """Take one step of a lifecycle, or refuse with the sentence why not.

    `whole` is what the row is the last part of and whose state shows (the matter of a round): it changes with it; a
    step that opens a round leaves the closed one as it is. `is_given`: as in `Flow.check`. What `wiring.py` lists for
    the step then runs in the same transaction, in its order; it is handed the whole, where there is one.
    """
    subject = row if whole is None else whole
    move = flow.check(name, row.state, capacities, facts, note, is_given=is_given)
    elsewhere = forbidden_elsewhere(flow, name, subject)
    if elsewhere:
        raise Refused(elsewhere)
    rows = (subject,) if move.opens_round or whole is None else (row, whole)
    for changed in rows if move.target else ():
        audit.change(changed, state=move.target, because=note, step=move.name)
    consequences(flow, name, subject, note)
    return move


def consequences(flow: Flow, name: str, row: Any, note: str) -> None:
    """Do what `wiring.py` lists to happen elsewhere after this step, in its order."""
    for follow in AFTER.get((flow.name, name), ()):
        follow(row, note=note)
    for told in EVERY:
        told(flow.name, name, row)
