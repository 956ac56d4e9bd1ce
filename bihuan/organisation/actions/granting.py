"""What a second person does about a grant: confirms it, or refuses it with a reason."""

from datetime import datetime

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import emergency, scope, staff
from bihuan.organisation.rules.duties import ROLE_LABELS, Role
from bihuan.organisation.rules.keeping import CONFIRMERS, GrantStanding, confirmers_of


@action
def confirm_grant(grant: Appointment, *, by: Actor, at: datetime) -> Appointment:
    """Confirm a grant: from now on it gives what it says, within its days. The granter and the holder are told.

    Refuses who may not confirm that role, the granter, the holder, the system, and what waits no longer.
    """
    _refuse_confirmer(grant, by, at)
    audit.change(grant, standing=GrantStanding.CONFIRMED, confirmed_by_id=by.person, confirmed_at=at)
    outbox.tell(_told(grant), f"{_called(grant)}已由{by.name}确认，自{grant.starts_on}起有效。", at=at)
    return grant


@action
def refuse_grant(grant: Appointment, *, by: Actor, at: datetime, note: str = "") -> Appointment:
    """Refuse a grant with a reason; it never gives anything. Its granter may so take it back.

    Refuses as `confirm_grant`, and a refusal without a reason.
    """
    if by.person != grant.granted_by_id or by.is_system:
        _refuse_confirmer(grant, by, at)
    elif grant.standing != GrantStanding.WAITING:
        raise Refused(SETTLED)
    if not note.strip():
        raise Refused("请写明不予确认的理由。")
    audit.change(grant, standing=GrantStanding.REFUSED, because=note.strip())
    outbox.tell(_told(grant) - {by.person or 0}, f"{_called(grant)}未予确认：{note.strip()}"[:300], at=at)
    return grant


SETTLED = "这一项已经确认过或退回过，没有再办。"


def _refuse_confirmer(grant: Appointment, by: Actor, at: datetime) -> None:
    if grant.standing != GrantStanding.WAITING:
        raise Refused(SETTLED)
    if scope.has_role(by, confirmers_of(Role(grant.role))) and not emergency.has_lasting_role(by, CONFIRMERS):
        raise Refused("应急启封期间不能确认角色授予；请等主任回来，或由第一责任人、系统管理员先确认一位主任。")
    if by.is_system or not scope.has_role(by, confirmers_of(Role(grant.role))):
        raise Refused("这个角色的授予不由您确认。")
    if by.person in (grant.granted_by_id, grant.person_id):
        raise Refused(staff.deadlock(grant, day_of(at)) or "授予人和本人都不能确认，请由另一位办理。")


def _called(grant: Appointment) -> str:
    return f"{grant.person}任{grant.post}（{ROLE_LABELS[Role(grant.role)]}）"


def _told(grant: Appointment) -> frozenset[int]:
    stood_in_for = grant.stands_in_for.person_id if grant.stands_in_for else None
    return frozenset(one for one in (grant.granted_by_id, grant.person_id, stood_in_for) if one is not None)
