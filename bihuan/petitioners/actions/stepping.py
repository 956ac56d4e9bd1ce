"""What the chapters share: who may touch a petitioner, the step in the post that allows it, a line to a role."""

from datetime import datetime
from typing import Any

from bihuan.core import moving, outbox
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Flow, Refused
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.models import Petitioner
from bihuan.petitioners.queries import sight
from bihuan.petitions.models import Petition

NOT_YOURS = "您不能办理这件信访的举报人信息。"
GONE = "举报人信息的密钥已经销毁，不能再读，也不能再写。"


def take_step(flow: Flow, row: Any, name: str, facts: Any, by: Actor, note: str) -> None:
    """Take a step on one petitioner in the appointment whose duty allows it."""
    step_in(flow, row, name, facts, by, note, about=row.petitioner.petition.matter.code)


def step_in(flow: Flow, row: Any, name: str, facts: Any, by: Actor, note: str, *, about: str = "") -> None:
    """Take a step in the appointment whose duty allows it; `about` is the matter's code, where it is on one."""
    acting.take_post(flow, name, row.state, (), about)
    moving.make_move(flow, row, name, note=note, capacities=scope.capacities(by, ()), facts=facts)


def person_of(by: Actor) -> int:
    """Which person acts. Refuses the system."""
    if by.person is None:
        raise Refused(NOT_YOURS)
    return by.person


def refuse_strangers(by: Actor, petition: Petition, at: datetime) -> None:
    """Refuse whoever may not see the identity side of this petition."""
    if not sight.may_read(by, petition, day_of(at)):
        raise Refused(NOT_YOURS)


def readable(petition: Petition, by: Actor, at: datetime) -> Petitioner:
    """What is held of the petitioner. Refuses strangers, where nothing is held, and where the key was destroyed."""
    refuse_strangers(by, petition, at)
    row = sight.standing(petition)
    if row is None:
        raise Refused("这件信访没有登记举报人信息。")
    if row.destroyed_on is not None:
        raise Refused(GONE)
    return row


def tell(role: Role, text: str, petition: Petition | None, by: Actor, at: datetime) -> None:
    """One line to everybody in that role, but the doer himself; it opens the petition, where one is named."""
    persons = scope.persons_holding((role,), by.city, day_of(at)) - {by.person or 0}
    outbox.tell(persons, text[:300], at=at, matter_code=petition.about if petition else "")
