"""Call-backs: how a petitioner takes what came of his petition, recorded by the petition desk."""

from datetime import datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters import actions as matters
from bihuan.matters import queries as matter_queries
from bihuan.organisation.actions import acting
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.models import CallBack, Petition
from bihuan.petitions.rules import call_backs as rules
from bihuan.petitions.rules.call_backs import DISSATISFIED, Called

DESK_ONLY = "只有信访专员可以记回访。"


@action
def record_call_back(petition: Petition, called: Called, *, by: Actor, at: datetime, note: str = "") -> CallBack:
    """Record that the petitioner was asked how he takes the result, and what he said; what tells who he is is masked.

    The office and the head are told of one who is dissatisfied: another than the recorder decides on 重新办理. Refuses
    everybody but the petition desk, and as `rules.call_backs.refusal` says.
    """
    petition.matter = matter_queries.locked_round(petition.matter).matter
    matter = petition.matter
    acting.take_capacity(frozenset({Capacity.PETITION_DESK}), matter_queries.answering(matter), matter.code, DESK_ONLY)
    if refusal := rules.refusal(called, matter.state, petition.answered_on, day_of(at)):
        raise Refused(refusal)
    reason = redact.masked(called.reason.strip())[:500]
    row = audit.create(
        CallBack(
            petition=petition,
            round_number=matter.round_number,
            called_on=called.called_on,
            way=called.way,
            outcome=called.outcome,
            reason=reason,
            called_by_id=audit.deed().by.person,
            recorded_at=at,
        ),
        because=f"{called.way}回访：{called.outcome}",
    )
    if called.outcome == DISSATISFIED:
        told = f"回访不满意：{petition.number}号信访件，请定是否重新办理"
        matters.tell_about(matter, told, ("office",), by=by, at=at)
    return row
