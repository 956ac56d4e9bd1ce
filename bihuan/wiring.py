"""The only upward links: "after X also Y", "X is refused while Z". Nothing else happens elsewhere."""

from bihuan.core import examination as core
from bihuan.core.examine import Check
from bihuan.core.moving import After, While
from bihuan.intake import examination as intake
from bihuan.intake import plainness
from bihuan.intake.queries.asking import unanswered_doubts
from bihuan.matters import examination as matters
from bihuan.petitioners import examination as petitioners
from bihuan.petitions import examination as petitions
from bihuan.rectification import examination as rectification

AFTER: dict[tuple[str, str], tuple[After, ...]] = {}

REFUSED_WHILE: dict[tuple[str, str], tuple[While, ...]] = {
    ("problem", "issue"): (unanswered_doubts,),
    ("petition", "assign"): (unanswered_doubts,),
}

CHECKS: tuple[Check, ...] = (
    core.files_whole,
    core.refusals_in_place,
    matters.states_agree,
    matters.bearers_named,
    rectification.nothing_missing,
    rectification.closed_by_steps,
    rectification.search_agrees,
    petitions.nothing_missing,
    petitions.search_agrees,
    petitioners.vault_whole,
    intake.rows_accounted_for,
    plainness.nothing_in_the_clear,
)
