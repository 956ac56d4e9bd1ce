"""What a leader may let pass by name (破例放行) on the way to the sign-off, and what nobody may. Pure.

A missing paper, or a condition that is not met, may be let pass. What protects the others may not: that somebody else
saw and accepted it, that the public was asked, that what is signed is what was claimed.
"""

from collections.abc import Mapping

from bihuan.organisation.rules import chain
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.checklist import ITEMS, SELF_CHECK
from bihuan.rectification.rules.problem import ProblemState

EXEMPTERS = frozenset({Capacity.LEADING_GROUP, Capacity.OFFICE_HEAD})
NOT_YOURS = "只有领导小组成员或市整改办主任可以破例放行。"
DOERS = frozenset({"unit", "county", "acceptance"})
"""The links of the chain whose hands let nothing pass on the round that they worked on."""
NEVER_ITEMS = frozenset({SELF_CHECK, "panel", "notice_proof"})
NEVER_CONDITIONS = frozenset({"carried_out", "effective"})
OPEN_IN = frozenset(
    {
        ProblemState.RECTIFYING,
        ProblemState.CLAIMED,
        ProblemState.VERIFYING,
        ProblemState.ACCEPTED,
        ProblemState.NOTICED,
        ProblemState.UNCONTESTED,
    }
)
PASSABLE: Mapping[str, str] = {
    **{one.key: one.label for one in ITEMS if one.key not in NEVER_ITEMS},
    **{key: label for key, label in CONDITIONS.items() if key not in NEVER_CONDITIONS},
}
"""{key of an item of the check-list or of a condition of acceptance: how it is called}."""
LABELS: Mapping[str, str] = {**{one.key: one.label for one in ITEMS}, **CONDITIONS}


def refusal(what: str, reason: str) -> str:
    """Why that may not be let pass at all, or ""."""
    if what not in LABELS:
        return "没有这一项材料或条件。"
    if what not in PASSABLE:
        return f"“{LABELS[what]}”谁也不能放行：它保证的是别人看过、公示过、措施落实、效果合法。"
    if not reason.strip():
        return "请写明为什么破例放行；理由印在卷的第一页，一直留着。"
    return ""


def did_it_himself(link: str) -> str:
    """The sentence that refuses a leader who took that link of the chain."""
    return f"这件事的{chain.LABELS[link]}是您办的，破例放行要由另一位领导办。"
