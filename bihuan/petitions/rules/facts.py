"""Which facts of a petition the office may put right by hand, in which state."""

from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.rules.petition import CLOSED, STATES, PetitionState

PETITION_FACTS = (
    "received_on",
    "complained_of",
    "findings",
    "handling",
    "truth",
    "closing",
    "goal",
    "deadline_raw",
)
MAY_CHANGE = frozenset({Capacity.OFFICE, Capacity.OFFICE_HEAD, Capacity.PETITION_DESK})
PLACED = "已交办，行政区域不能直接改。"


def petition_shut(fact: str, state: str) -> str:
    """Why that fact of a petition in that state may not be changed by hand, or ""."""
    if state in CLOSED:
        return f"{STATES[PetitionState(state)]}，不能再改。"
    return PLACED if fact == "region" and state != PetitionState.IN_TRAY else ""
