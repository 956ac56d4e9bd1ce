"""One deed of a trail as a line that people read: who, acting as what, what he did, what changed."""

from collections import Counter

from bihuan.core import correction
from bihuan.core.history import Deed
from bihuan.lib.flow import Flow
from bihuan.web.drawing import Piece, TrailLine

DEEDS = {
    "intake.commit_intake": "由文件导入",
    "intake.answer_doubt": "答复存疑",
    "intake.withdraw_intake": "撤回导入",
}
CHANGES = 6
ENDED = "已解除"  # a duty's mark, whose row the trail does not name


def trail_line(deed: Deed, *flows: Flow) -> TrailLine:
    """One deed as a line; its steps are called as the first of these lifecycles that knows them calls them."""
    steps = [step_label(step, *flows) for step in deed.steps]
    words = "、".join(steps) or DEEDS.get(deed.action) or "；".join(deed.touched[:4])
    ends = Counter(after for label, _, after in deed.changes if label == ENDED)
    words += (
        ""
        if steps
        else "".join(f"，{what}{ends[after]}项职责" for after, what in (("是", "解除"), ("否", "恢复")) if ends[after])
    )
    changes = [one for one in deed.changes if one[0] != ENDED]
    behalf = f"(代{deed.behalf})" if deed.behalf else ""
    return TrailLine(
        deed.at,
        f"{deed.who}{behalf} {deed.post}".strip(),
        [Piece(words, "b") if steps else words],
        deed.note,
        [] if steps else changes[:CHANGES],
        f"#{deed.number} {deed.digest[:4]}…{deed.digest[-2:]}",
    )


def step_label(step: str, *flows: Flow) -> str:
    """How a step is called: as the first of these lifecycles that knows it calls it."""
    known = (row.label for flow in flows for row in flow.rows(step))
    return correction.LABEL if step == correction.CORRECT else next(known, step)
