"""What lights and figures are read from: which written entries may change one, and which states mean what to them.

What is left out here wrongly, `examine` finds: it computes every light again.
"""

from collections.abc import Mapping
from typing import Any

from bihuan.matters.rules.extension import ExtensionState
from bihuan.matters.rules.progress import ProgressState
from bihuan.rectification.rules.measure import PROVEN
from bihuan.rectification.rules.problem import SIGNED_OFF, ProblemState

S = ProblemState
SHOWN = frozenset({S.NOTICED, S.OBJECTED, S.UNCONTESTED})
ACCEPTED = frozenset({S.ACCEPTED, S.REPORTED_UP, S.AWAITING_CONSENT, S.CONSENTED})
DARK = (S.SUSTAINED, S.WITHDRAWN)
TOLD_APART: tuple[frozenset[str], ...] = (
    *(frozenset({one}) for one in (S.DRAFT, *DARK)),
    *(SIGNED_OFF, SHOWN, ACCEPTED, PROVEN),
)
"""Sets of states between which a light is told apart; a step inside all of them changes none."""
ALWAYS = frozenset({"takenover", "problem", "measure", "milestone", "indicator", "handlight"})
FIELDS = {
    "matter": frozenset({"due_on", "is_withdrawn", "inspection_id", "round_number"}),
    "round": frozenset({"handed_over_at", "variant"}),
}
APPROVED = {"progressreport": ProgressState.APPROVED, "extension": ExtensionState.APPROVED}
PARTS = frozenset({"indicatorreading", "milestonereached"})  # they come with an entry, and count once it is approved
Deltas = Mapping[str, tuple[Any, Any]]


def may_change_a_light(table: str, kind: str, deltas: Deltas) -> bool:
    """Whether an entry of the trail (`kind` create, change or look; {field: (before, after)}) may change a light."""
    if kind == "look":
        return False
    if table in ALWAYS:
        return True
    if table in PARTS:
        return kind == "change"
    before, after = deltas.get("state", (None, None))
    if table in APPROVED:
        return APPROVED[table] in (before, after) or (kind == "change" and "state" not in deltas)
    if table not in FIELDS:
        return False
    told = any(after in one for one in TOLD_APART) if kind == "create" else _apart(before, after)
    return told or not FIELDS[table].isdisjoint(deltas)


def _apart(before: Any, after: Any) -> bool:
    return any((before in one) != (after in one) for one in TOLD_APART)
