"""What is done about a paper that came in, the same from a page and from a program: its steps, an answer to a doubt."""

from typing import Any

from bihuan.intake import actions
from bihuan.lib.flow import Refused

STEPS = {
    "commit": (actions.commit_intake, "已写入台账。"),
    "discard": (actions.discard_intake, "已放弃，台账没有动。"),
    "withdraw": (actions.withdraw_intake, "已整批撤回；这次新增的编号不再使用，改过的恢复原值。"),
}
"""Each step's action, and the sentence when it was done."""


def answer(doubt: Any, place: int | None, other: str, **deed: Any) -> Any:
    """Answer a doubt by the choice at a place, or in words of one's own. Refuses where neither is one."""
    if place is not None and place < len(doubt.choices):
        chosen = doubt.choices[place]
        return actions.answer_doubt(doubt, chosen["value"], label=str(chosen["label"]), **deed)
    if place is None and other.strip():
        return actions.answer_doubt(doubt, other.strip(), label=other.strip(), **deed)
    raise Refused("请选一项，或写明答复。")
