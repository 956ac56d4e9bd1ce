"""What an auditor's own looks leave in the trail that he reads."""

from datetime import datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.organisation.models import Account
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role


@action
def look_into_trail(question: str, *, by: Actor, at: datetime) -> Account:
    """Record that an auditor asked this of the trail, on the row of his own account. Refuses everybody else."""
    return audit.look(_auditors_account(by), because=question)


@action
def verify_trail(outcome: str, *, by: Actor, at: datetime) -> Account:
    """Record that an auditor had the chain verified, and what came of it. Refuses everybody else."""
    return audit.look(_auditors_account(by), because=outcome)


def _auditors_account(by: Actor) -> Account:
    account = Account.objects.filter(person_id=by.person or 0).first()
    if account is None or not scope.has_role(by, (Role.AUDIT_ADMIN,)):
        raise Refused("轨迹由审计管理员查阅，您不能查。")
    return account
