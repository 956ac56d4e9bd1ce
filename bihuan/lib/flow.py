"""Lifecycles as tables: which step leads from where to where, who may take it, and why not yet.

Hides the walk over the table. A `Flow` is a value: pages, API, documents and the exhaustive test all read the same one.
It knows no database, no clock and no person: the caller brings the capacities that somebody holds and the facts.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Objection = Callable[[Any], str]
SAME = ""  # the target of a step that records a fact and leaves the state as it is


class Refused(Exception):  # noqa: N818 -- it is an answer, not an error
    """A step may not be taken; the message is the sentence that the person reads."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold before a step: its name on the page, and the function that objects.

    `objection(facts)` returns "" while the condition holds, else one Chinese sentence saying what is missing.
    """

    label: str
    objection: Objection


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a lifecycle.

    `who` are the capacities that may take it. `awaits` names the facts that nobody gathers yet: such a step is shown in
    the documents and offered nowhere. `asks` names what must be given with the step ("文号和日期"). `tells` are the
    capacities that get a message. `basis`: docs/sources.md.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: frozenset[str]
    conditions: tuple[Condition, ...] = ()
    note_required: bool = False
    opens_round: bool = False
    asks: str = ""
    awaits: str = ""
    tells: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A condition as it stands now: `missing` is "" where it holds."""

    label: str
    missing: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as a page shows it: takeable when `refusal` is "", else greyed with that sentence beside it."""

    name: str
    label: str
    target: str
    refusal: str
    note_required: bool
    conditions: tuple[Ticked, ...] = ()
    asks: str = ""


@dataclass(frozen=True)
class Flow:
    """A lifecycle: its states with their names, where it begins, and its rows.

    A state that no row reaches, or a row that names an unknown state, is refused when the table is made.
    """

    name: str
    initial: str
    states: Mapping[str, str]
    moves: tuple[Move, ...]
    final: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for move in self.moves:
            for state in (*move.sources, *([move.target] if move.target else [])):
                if state not in self.states:
                    raise ValueError(f"{self.name}.{move.name} names the unknown state {state}")

    def label(self, state: str) -> str:
        """The name of a state; an unknown one is shown as it is stored."""
        return self.states.get(state, state)

    def rows(self, name: str) -> tuple[Move, ...]:
        """Every row of that step: one step may have several, each from states of its own."""
        return tuple(move for move in self.moves if move.name == name)

    def step(self, name: str, state: str) -> Move | None:
        """The row of that step that starts in that state, if there is one."""
        return next((move for move in self.rows(name) if state in move.sources), None)

    def offers(
        self, state: str, capacities: Collection[str], facts: Any, also: Callable[[Move], str] = lambda _: ""
    ) -> tuple[Offer, ...]:
        """The steps that somebody with these capacities sees in this state, each with why not yet.

        `also(move)` may add a refusal from outside the table (`wiring.REFUSED_WHILE`). Steps whose facts nobody gathers
        yet are left out.
        """
        return tuple(
            _offer(move, facts, also(move))
            for move in self.moves
            if state in move.sources and not move.awaits and move.who & set(capacities)
        )

    def check(
        self,
        name: str,
        state: str,
        capacities: Collection[str],
        facts: Any,
        note: str = "",
        *,
        is_given: bool = False,
    ) -> Move:
        """The row to follow, or `Refused` with the sentence why the step may not be taken.

        `is_given` says that what the step asks for came with it.
        """
        rows = self.rows(name)
        if not rows:
            raise Refused("没有这一步。")
        move = self.step(name, state)
        if move is None:
            raise Refused(f"现在是“{self.label(state)}”，不能{rows[0].label}。")
        if move.awaits:
            raise Refused(f"“{move.label}”尚未开放：系统还没有收集{move.awaits}。")
        if not move.who & set(capacities):
            raise Refused(f"您没有办理“{move.label}”的职责。")
        _refuse_without(move, note, is_given=is_given)
        for condition in move.conditions:
            objection = condition.objection(facts)
            if objection:
                raise Refused(objection)
        return move


def _refuse_without(move: Move, note: str, *, is_given: bool) -> None:
    if move.note_required and not note.strip():
        raise Refused(f"请写明{move.label}的理由。")
    if move.asks and not is_given:
        raise Refused(f"请填写{move.asks}。")


def _offer(move: Move, facts: Any, outside: str) -> Offer:
    ticked = tuple(Ticked(condition.label, condition.objection(facts)) for condition in move.conditions)
    refusal = next((tick.missing for tick in ticked if tick.missing), outside)
    return Offer(move.name, move.label, move.target, refusal, move.note_required, ticked, move.asks)
