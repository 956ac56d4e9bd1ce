"""A petition goes back to its units: an acceptance was refused, or it is handled again in a new round."""

from datetime import datetime, timedelta

from bihuan.core import audit
from bihuan.core.clock import day_of
from bihuan.matters import actions as matters
from bihuan.petitions import queries
from bihuan.petitions.actions import answering
from bihuan.petitions.models import Merger, Petition, Undertaking
from bihuan.petitions.rules.closings import OPEN
from bihuan.petitions.rules.petition import PetitionState
from bihuan.petitions.rules.undertaking import GIVEN_UP, UndertakingState


def hand_back(petition: Petition, name: str, note: str, at: datetime) -> None:
    """Let the units that hold a petition handle it again, inside an action: the same parts where an acceptance was
    refused (`refuse`), parts of their own in the new round (`rework`). What they reported before stays with its round.

    It is open again, and the reply of a new round is due by the rule set's days from today. What was transferred or
    merged lies in the tray again, and is handed over anew.
    """
    matter = petition.matter
    number = matter.round_number - (name == "rework")
    held = queries.undertakings_of(petition).filter(round_number=number).exclude(state__in=GIVEN_UP)
    audit.change(petition, closing=OPEN, because=note)
    if matter.state == PetitionState.IN_TRAY:
        for merger in Merger.objects.filter(petition=petition, is_withdrawn=False):
            merger.petition = petition
            audit.change(merger, is_withdrawn=True, because=note)
        return
    if name == "refuse":
        for part in held:
            part.petition = petition
            answering.end_report(part, note)
            answering.consequence(part, "handle_again", note)
        return
    due_on = day_of(at) + timedelta(days=matter.inspection.rule_set.reply_days)
    audit.create_many(
        [
            Undertaking(
                petition=petition,
                unit=part.unit,
                round_number=matter.round_number,
                state=UndertakingState.HANDLING,
                handed_over_at=at,
                received_at=at,
            )
            for part in held
        ]
    )
    matters.set_round(matter, handed_over_at=at, received_at=at)
    audit.change(petition, reply_due_on=due_on, because=note)
    audit.change(matter, due_on=due_on, because=note)
