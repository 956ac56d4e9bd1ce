"""An account and the city's identity provider: linked by its owner alone, unlinked by him or the system administrator.

Nobody links another's account, so that nobody can come in as another by writing himself into it.
"""

from datetime import datetime

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.models import Account, Region
from bihuan.organisation.queries import access, scope
from bihuan.organisation.rules import entering
from bihuan.organisation.rules.duties import Role


@action
def link_account(account: Account, subject: str, *, by: Actor, at: datetime) -> Account:
    """Link one's own account with who one is at the identity provider (a digest); one is told of it.

    Refuses anybody else's account, an administrator's, one that is linked already, and who is linked elsewhere.
    """
    if by.person != account.person_id:
        raise Refused("只能关联自己的账号。")
    if not entering.may_come_by_provider(access.roles_of(account, day_of(at))):
        raise Refused("三个管理员只用本系统自己的登录方式，不能关联。")
    if account.subject:
        raise Refused("您的账号已经关联过；要换，先取消关联。")
    if access.account_linked(subject) is not None:
        raise Refused("这个身份已经关联了别的账号。请核对您在那边登录的是不是您本人，或告诉系统管理员。")
    outbox.tell({account.person_id}, "您的账号已关联统一身份认证。如果不是您本人，请马上取消关联、改密码。", at=at)
    return audit.change(account, subject=subject, step="关联")


@action
def unlink_account(account: Account, *, by: Actor, at: datetime, note: str = "") -> Account:
    """End the link of one's own account; or another's as the system administrator, with a reason: whoever is signed in
    with that is signed out.

    Refuses whoever else, and an account that is not linked.
    """
    if not account.subject:
        raise Refused("这个账号没有关联统一身份认证。")
    if by.person != account.person_id:
        if not scope.has_role(by, (Role.SYSTEM_ADMIN,)):
            raise Refused("只能由本人或系统管理员取消关联。")
        if not note.strip():
            raise Refused("请写明取消关联的理由。")
        for one in access.sign_ins_of(account).filter(ended_at__isnull=True):
            ways.end_sign_in(one, because="取消关联", by=by, at=at)
    outbox.tell({account.person_id}, "您的账号已取消与统一身份认证的关联。", at=at)
    return audit.change(account, subject="", step="取消关联", because=note.strip())


@action
def note_stranger(place: Account | Region, subject: str, *, by: Actor, at: datetime) -> Account | Region:
    """Note that the provider recognized somebody who may not come in: his account is off, or none is linked with him.

    `place` is the account, or the city where there is none. Of who he is only the beginning of the digest is written.
    """
    return audit.look(place, step="未准登录", because=f"统一身份认证认出的人没有可用的账号(标记{subject[:12]})。")
