"""What is done about a paper that came in, the same from a page and from a program: its steps, an answer to a doubt."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.core import aside
from bihuan.intake.actions import papers as actions
from bihuan.intake.actions.returning import take_back as take_ledger_back
from bihuan.intake.queries import returning
from bihuan.intake.rules.lifecycle import IntakeState
from bihuan.intake.understanding import understand_document
from bihuan.lib.flow import Refused
from bihuan.lib.paper.guarded import read_guarded
from bihuan.organisation.queries import structure


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about a paper as it comes in: the day that a missing year is taken from, whether it is a running
    ledger to be taken over, whether it may be one of ours that comes back.
    """

    on: date | None
    takes_over: bool = False
    may_return: bool = True


NOT_OURS = "这不是从闭环取出填报的台账；方案和信访交办表请按文件导入。"
STEPS = {
    "commit": (actions.commit_intake, "已写入台账。"),
    "discard": (actions.discard_intake, "已放弃，台账没有动。"),
    "withdraw": (actions.withdraw_intake, "已整批撤回；这次新增的编号不再使用，改过的恢复原值。"),
}
"""Each step's action, and the sentence when it was done."""


def take_in(name: str, data: bytes, inspection: Any, unit: Any, told: Told, **deed: Any) -> int:
    """Take one paper or one ledger that came back in, aside; the number of the import.

    Refuses what cannot be read by `Unreadable`, as the actions refuse, and with `Repeated` what this click did before.
    """
    return aside.call(_taken_in, name, data, inspection, unit, told, **deed)


def _taken_in(name: str, data: bytes, inspection: Any, unit: Any, told: Told, **deed: Any) -> int:
    document = read_guarded(name, data)
    if told.may_return and (back := returning.recognised(document, inspection, deed["by"])) is not None:
        return int(take_ledger_back(name, data, back, inspection, **deed).pk)
    directory = structure.directory(deed["by"].city)
    understood = understand_document(document, directory, told.on, takes_over=told.takes_over)
    return int(actions.take_in(name, data, understood, inspection, unit=unit, **deed).pk)


def take_back(name: str, data: bytes, inspection: Any, **deed: Any) -> int:
    """Take one ledger that came back in, aside; the number of the import. Refuses as `take_in`, and any other file."""
    return aside.call(_taken_back, name, data, inspection, **deed)


def _taken_back(name: str, data: bytes, inspection: Any, **deed: Any) -> int:
    back = returning.recognised(read_guarded(name, data), inspection, deed["by"])
    if back is None:
        raise Refused(NOT_OURS)
    return int(take_ledger_back(name, data, back, inspection, **deed).pk)


def step(name: str, intake: Any, note: str, **deed: Any) -> str:
    """Take one of a paper's steps, aside; the sentence when it was done. Refuses as its action does."""
    run, done = STEPS[name]
    aside.call(run, intake, note=note, **deed)
    return done


def answer(doubt: Any, place: int | None, other: str, **deed: Any) -> Any:
    """Answer a doubt by the choice at a place, or in words of one's own. Refuses where neither is one, and of a ledger
    that came back once that was written or given up.
    """
    if doubt.intake.kind == "returned" and doubt.intake.state != IntakeState.PREVIEWED:
        raise Refused("这本台账已经写入或放弃，答复不能再改。")
    if place is not None and place < len(doubt.choices):
        chosen = doubt.choices[place]
        return actions.answer_doubt(doubt, chosen["value"], label=str(chosen["label"]), **deed)
    if place is None and other.strip():
        return actions.answer_doubt(doubt, other.strip(), label=other.strip(), **deed)
    raise Refused("请选一项，或写明答复。")
