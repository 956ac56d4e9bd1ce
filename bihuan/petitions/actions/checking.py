"""Field checks of petitions: who went, when, what stood there, handed in by those who check problems."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.actions import checks
from bihuan.matters.actions.checks import Seen
from bihuan.matters.models import FieldCheck
from bihuan.petitions.models import Petition
from bihuan.petitions.rules import checks as rules

WORDS = ("findings", "place", "received_by", "opinion", "disagreement", "demand")


@action
def check_petition(petition: Petition, seen: Seen, *, by: Actor, at: datetime, note: str = "") -> FieldCheck:
    """Hand in a field check of a petition. What tells of a petitioner is masked; nobody changes it afterwards.

    Refuses who may not check, one that was not handed over, was transferred or merged, and all that `hand_in` refuses.
    """
    petition.matter = matters.locked_round(petition.matter).matter
    if petition.matter.state in rules.SHUT:
        raise Refused(rules.NOT_NOW)
    if seen.kind not in rules.KINDS:
        raise Refused(rules.NO_SUCH.format(seen.kind))
    masked: dict[str, Any] = {name: redact.masked(getattr(seen, name)) for name in WORDS}
    masked["team"] = tuple(redact.masked(one) for one in seen.team)
    return checks.hand_in(petition.matter, replace(seen, **masked), [])
