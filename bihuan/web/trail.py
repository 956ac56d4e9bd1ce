"""The deeds of a trail as lines that people read: who, acting as what, what he did, what changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from bihuan.core import correction
from bihuan.core.history import Deed, ended_rows
from bihuan.lib.flow import Flow
from bihuan.organisation.rules.duties import DUTY_LABELS
from bihuan.web.drawing import Piece, TrailLine

DEEDS = {
    "intake.commit_intake": "由文件导入",
    "intake.answer_doubt": "答复存疑",
    "intake.withdraw_intake": "撤回导入",
}
CHANGES = 6
NAMED = 4  # as many duties are named


def trail_lines(deeds: Sequence[Deed], *flows: Flow) -> list[TrailLine]:
    """Deeds as lines; a step is called as the first of these lifecycles that knows it calls it."""
    rows = ended_rows(deeds)
    return [_line(deed, rows, flows) for deed in deeds]


def _line(deed: Deed, rows: Mapping[tuple[str, int], Any], flows: Sequence[Flow]) -> TrailLine:
    steps = [step_label(step, *flows) for step in deed.steps]
    words = "、".join(steps) or DEEDS.get(deed.action) or "；".join(deed.touched[:4])
    behalf = f"(代{deed.behalf})" if deed.behalf else ""
    return TrailLine(
        deed.at,
        f"{deed.who}{behalf} {deed.post}".strip(),
        [Piece(words, "b") if steps else words, *_ended(deed, rows)],
        deed.note,
        [] if steps else [*deed.changes[:CHANGES]],
        f"#{deed.number} {deed.digest[:4]}…{deed.digest[-2:]}",
    )


def step_label(step: str, *flows: Flow) -> str:
    """How a step is called: as the first of these lifecycles that knows it calls it."""
    known = (row.label for flow in flows for row in flow.rows(step))
    return correction.LABEL if step == correction.CORRECT else next(known, step)


def _ended(deed: Deed, rows: Mapping[tuple[str, int], Any]) -> list[str]:
    """Whose duties the deed ended or restored, and which."""
    said = []
    for mark, what in ((True, "解除"), (False, "恢复")):
        duties = [_duty(rows[table, row]) for table, row, after in deed.ended if after is mark and (table, row) in rows]
        if duties:
            said.append(f"，{what}{'、'.join(duties[:NAMED])}{f'等{len(duties)}项职责' if len(duties) > NAMED else ''}")
    return said


def _duty(row: Any) -> str:
    return f"{row.unit or row.person or row.post or row.raw}的{DUTY_LABELS.get(row.role, row.role)}职责"
