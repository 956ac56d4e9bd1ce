"""What the chapters share: a step in the post that allows it, whoever it concerns told."""

from collections.abc import Collection
from typing import Any

from bihuan.core import audit, moving, outbox
from bihuan.core.clock import day_of
from bihuan.lib.flow import Flow, Move, Refused
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope

NO_PERSON = "这一步只能由人办。"


def take_step(flow: Flow, row: Any, name: str, facts: Any, note: str, *, about: str, called: str) -> Move:
    """Take a step on a release or an objection, inside an action, in the appointment whose duty allows it; whom it
    concerns is told, with a way to the matter `about`.
    """
    acting.take_post(flow, name, row.state, (), row.code)
    capacities = scope.capacities(audit.deed().by, ())
    move = moving.make_move(flow, row, name, note=note, capacities=capacities, facts=facts)
    tell(move.tells, f"{move.label}：{called}", row.city, about)
    return move


def tell(words: Collection[str], text: str, city: str, about: str) -> None:
    """Put a line into the lists of those whom these words mean, inside an action; never into the doer's own."""
    deed = audit.deed()
    meant = (scope.persons_meant(word, (), city, day_of(deed.at)) for word in words)
    persons = frozenset[int]().union(*meant) - {deed.by.person or 0}
    outbox.tell(persons, text[:300], at=deed.at, matter_code=about)


def person_of(by: Any) -> int:
    """Which person acts. Refuses the system: it never drafts, approves or decides."""
    if by.person is None:
        raise Refused(NO_PERSON)
    return int(by.person)
