"""Field checks (现场核查) of a petition: their kinds, and where it stands while it is checked."""

from bihuan.matters.rules import checks
from bihuan.petitions.rules.petition import PetitionState

KINDS = tuple(one for one in checks.KINDS if one != checks.PROOF)
"""As of problems, but for the yearly proof: a petition is nothing for years."""
SHUT = frozenset({PetitionState.IN_TRAY, PetitionState.TRANSFERRED, PetitionState.MERGED})
NOT_NOW = "这一件还没有交办，或已移送、并案，不用核查。"
NO_SUCH = "信访件没有“{}”这一种核查。"


def kind_asked(state: str) -> str:
    """The kind of check that is asked for where a petition stands; "" where none is."""
    if state == PetitionState.ACCEPTING:
        return checks.ACCEPTANCE
    return checks.RECHECK if state == PetitionState.SIGNED_OFF else ""
