"""A petitioner's key destroyed by two persons, when its time is over."""

from datetime import datetime

from bihuan.core import audit, rows
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import stepping
from bihuan.petitioners.models import Destruction
from bihuan.petitioners.queries import limits, sight
from bihuan.petitioners.rules.destruction import DESTRUCTION
from bihuan.petitioners.rules.fields import INDEXED
from bihuan.petitions.models import Petition


@action
def propose_destruction(petition: Petition, *, by: Actor, at: datetime, note: str) -> Destruction:
    """Propose that a petitioner's key be destroyed, its time being over; another confirms it."""
    row = stepping.readable(petition, by, at)
    early = limits.too_early(petition, day_of(at))
    if early or not note.strip():
        raise Refused(early or "请写明销毁的依据。")
    if Destruction.objects.filter(petitioner=row, state=DESTRUCTION.initial).exists():
        raise Refused("已经有人提出销毁，等待另一人确认。")
    proposal = audit.create(
        Destruction(
            petitioner=row,
            proposed_by_id=stepping.person_of(by),
            proposed_at=at,
            reason=note[:300],
            state=DESTRUCTION.initial,
        )
    )
    stepping.tell(Role.OFFICE_HEAD, f"待确认销毁举报人信息：{petition.number}", petition, by, at)
    return proposal


@action
def decide_destruction(proposal: Destruction, name: str, *, by: Actor, at: datetime, note: str = "") -> Destruction:
    """Confirm or refuse a proposal: never the one who made it. Confirmed, the key is gone for good."""
    row = proposal.petitioner
    if not sight.may_oversee(by, row.petition, day_of(at)):
        raise Refused(stepping.NOT_YOURS)
    stepping.take_step(DESTRUCTION, proposal, name, limits.destruction_facts(proposal, by, day_of(at)), by, note)
    audit.change(proposal, decided_by_id=by.person, decided_at=at)
    if name == "confirm":
        rows.erase(row, "wrapped_key", *(f"{field}_index" for field in INDEXED))
        audit.change(row, destroyed_on=day_of(at), because=proposal.reason)
    return proposal
