"""Everything that writes interfaces' tokens: made with a contract, ended, noted as used."""

from dataclasses import asdict
from datetime import datetime, timedelta

from bihuan.core import audit, outbox, rows
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.organisation.models import Account, InterfaceToken
from bihuan.organisation.queries import interfaces, scope
from bihuan.organisation.rules import contracts
from bihuan.organisation.rules.duties import GUARDS, Role

BEGINNING = 9  # characters of a token by which people tell it; the other forty stay unknown
NOTED_EVERY = timedelta(minutes=1)


@action
def make_token(
    account: Account, label: str, contract: contracts.Contract, *, digest: str, beginning: str, by: Actor, at: datetime
) -> InterfaceToken:
    """Give an interface's account a token with a contract, from day to day. Only its hash is kept; the guards are told.

    Refuses who is not the security administrator, an account that is no interface's today, and a contract without
    operations, network or sensible rate, or longer than a year.
    """
    _refuse_others(by)
    if not interfaces.machines_in(account.city, day_of(at)).filter(pk=account.pk).exists():
        raise Refused("这个账号今天没有接口账号的任职：先由安全管理员授予、另一人确认。")
    objection = contract.objection()
    if objection or not label.strip():
        raise Refused(objection or "请写明用途。")
    outbox.tell(scope.persons_holding(GUARDS, by.city, day_of(at)), f"{account}发了接口令牌“{label}”。", at=at)
    return audit.create(
        InterfaceToken(
            city=account.city,
            account=account,
            label=label.strip(),
            digest=digest,
            beginning=beginning[:BEGINNING],
            **asdict(contract),
            made_by_id=by.person,
        )
    )


@action
def end_token(token: InterfaceToken, *, by: Actor, at: datetime, note: str = "") -> InterfaceToken:
    """End a token: the next request with it is unknown. Refuses one that ended, who may not, and no reason."""
    _refuse_others(by)
    if token.ended_at is not None:
        raise Refused("这个令牌已经停用了。")
    if not note.strip():
        raise Refused("请写明停用的理由。")
    return audit.change(token, ended_at=at, because=note)


def note_use(token: InterfaceToken, now: datetime) -> None:
    """Note when a token was last used, at most once a minute: no business history, so no deed."""
    if token.used_at is None or now - token.used_at >= NOTED_EVERY:
        token.used_at = now
        rows.update(token, ["used_at"], id=token.pk)


def _refuse_others(by: Actor) -> None:
    if not by.is_system and not scope.has_role(by, (Role.SECURITY_ADMIN,)):
        raise Refused("接口令牌由安全管理员办理，您不能办。")
