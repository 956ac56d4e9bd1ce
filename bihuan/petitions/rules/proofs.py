"""Evidence (佐证) on a petition: who brings it, and where a petition takes none."""

from bihuan.matters.rules import checks
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.rules.petition import STATES, PetitionState

OFFICE = frozenset({Capacity.OFFICE, Capacity.OFFICE_HEAD, Capacity.PETITION_DESK})
CHECKERS = OFFICE | checks.CHECKERS
ADDERS = OFFICE | {Capacity.REPORTING, Capacity.RESPONSIBLE}
"""The office, and of the units that hold a part whoever fills in and whoever approves. Who checked it on the
ground (`CHECKERS`) brings what he photographed there, in the round in which he checked."""
NOT_YOURS = "只有这一件的承办单位、市整改办和到现场核查过的可以放佐证。"
NOT_ITS = "这份佐证是别的单位放的，由它自己或市整改办办理。"


def shut(state: str) -> str:
    """Why nothing more is brought on a petition that stands there, or ""."""
    if state in (PetitionState.TRANSFERRED, PetitionState.MERGED):
        return f"这一件{STATES[state]}，不再放佐证。"
    return ""
