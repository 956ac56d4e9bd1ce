"""Many rows in one deed: every one of them, or none and the reason of each that was refused."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused

Row = TypeVar("Row")


class NotEntered(Refused):
    """Some rows were refused, so that nothing was written; `faults` names each: (row, why)."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__(f"有{len(faults)}行不对，一行也没有写入。")
        self.faults = faults


@action
def enter_all(
    rows: Iterable[tuple[int, Row]], enter: Callable[..., bool], *, by: Actor, at: datetime
) -> tuple[int, int]:
    """Enter numbered rows in their order: (how many were entered, how many stood already).

    `enter(row, by=, at=)` writes one row by actions of its own and answers whether it did, or refuses with `Refused`; a
    later row may lean on an earlier one. Refuses all with `NotEntered` when any was; refuses what brings nothing.
    """
    entered, stood, faults = 0, 0, []
    for number, row in rows:
        try:
            is_new = enter(row, by=by, at=at)
        except Refused as refusal:
            faults.append((number, str(refusal)))
        else:
            entered, stood = entered + is_new, stood + (not is_new)
    if faults:
        raise NotEntered(faults)
    if not entered:
        raise Refused(f"{stood}行都已经有了，没有新的要加。" if stood else "表里还没有填。")
    return entered, stood
