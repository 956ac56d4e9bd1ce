"""What the chapters share: a step of a petition's own lifecycle, with its facts, and how it reads in a message."""

from bihuan.core.actor import Actor
from bihuan.matters import actions as matters
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import steps
from bihuan.petitions.rules.petition import PETITION


def take_step(petition: Petition, name: str, *, by: Actor, note: str) -> None:
    """Take one step of a petition, inside an action; refuses as the table says."""
    facts = steps.petition_facts(petition, by)
    matters.take_step(petition.matter, PETITION, name, note=note, facts=facts, called=called(petition))


def called(petition: Petition) -> str:
    """How a petition reads in a message."""
    return f"{petition.number}号信访件"
