"""Everything that writes how people get in: sign-ins, passwords, second factors, recovery codes, one-time slips.

Every code that is written down is given to the action by its maker and kept as a hash; nobody can read it again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import OperationalError, connection

from bihuan.core import audit, outbox, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib import one_time
from bihuan.lib.flow import Refused
from bihuan.lib.passkeys import Passkey
from bihuan.organisation.models import Account, Factor, RecoveryCode, Session, SignIn, Slip
from bihuan.organisation.queries import access, scope
from bihuan.organisation.rules import entering
from bihuan.organisation.rules.duties import GUARDS, Role

BUSY_TIMEOUT = 5_000  # milliseconds that SQLite waits for another writer elsewhere


@action
def sign_in(account: Account, *, proof: str, device: str, browser: str, by: Actor, at: datetime) -> SignIn:
    """Note that a person came in. Who has more sessions open than his roles allow loses the oldest."""
    allowed = entering.sessions_allowed(access.roles_of(account, day_of(at)))
    open_ones = [*access.sign_ins_of(account).filter(ended_at__isnull=True)]
    for surplus in open_ones[allowed - 1 :]:
        _end(surplus, "另处登录", at)
    return audit.create(
        SignIn(
            city=account.city,
            account=account,
            proof=proof,
            device=device,
            browser=browser[:120],
            origin=by.origin,
            began_at=at,
        )
    )


@action
def end_sign_in(one: SignIn, *, because: str, by: Actor, at: datetime, note: str = "") -> SignIn:
    """Sign somebody out: from the next click his browser is led to the login. Refuses what has ended."""
    if one.ended_at is not None:
        raise Refused("这次登录已经结束了。")
    return _end(one, because, at)


@action
def raise_alarm(account: Account, sentence: str, *, by: Actor, at: datetime) -> Account:
    """Tell the guards (安全管理员, 审计管理员) and the owner that something is wrong with an account."""
    told = scope.persons_holding(GUARDS, account.city, day_of(at)) | {account.person_id}
    outbox.tell(told, sentence, at=at)
    return audit.look(account, step="告警", because=sentence)


@action
def change_password(account: Account, password: str, *, by: Actor, at: datetime) -> Account:
    """Set a new password; everybody who is signed in with the old one is signed out."""
    _end_all(account, "改了密码", at)
    return audit.change(account, password=make_password(password))


@action
def add_phone(account: Account, label: str, secret: str, *, used: int, by: Actor, at: datetime) -> Factor:
    """Keep a phone's secret (TOTP) as a second factor; `used` is the half minute whose digits showed that it works."""
    return _add(account, access.TOTP, label, secret, at, used=used)


@action
def add_passkey(account: Account, label: str, passkey: Passkey, *, by: Actor, at: datetime) -> Factor:
    """Keep a passkey as a second factor. Refuses one that is kept already, by whomever."""
    if Factor.objects.filter(credential=passkey.credential, is_removed=False).exists():
        raise Refused("这把通行密钥已经登记过。")
    return _add(account, access.PASSKEY, label, passkey.public, at, credential=passkey.credential, used=passkey.used)


@action
def use_factor(factor: Factor, used: int, *, by: Actor, at: datetime) -> Factor:
    """Note how far a second factor is used, so that the same digits open nothing twice. Some passkeys do not count."""
    return audit.look(factor, step="登录") if used == factor.used else audit.change(factor, used=used, step="登录")


@action
def remove_factor(factor: Factor, *, by: Actor, at: datetime) -> Factor:
    """Take a second factor out of use. The last one stays: another must be added first."""
    if access.factors_of(factor.account).exclude(pk=factor.pk).first() is None:
        raise Refused("这是唯一的第二验证，不能停用；请先登记另一个，再停用它。")
    outbox.tell({factor.account.person_id}, f"您的第二验证“{factor.label}”已停用。", at=at)
    return audit.change(factor, is_removed=True)


@action
def renew_recovery_codes(account: Account, codes: Sequence[str], *, by: Actor, at: datetime) -> Sequence[RecoveryCode]:
    """Put new recovery codes in the place of all earlier ones."""
    _spend_codes(account, at)
    digests = [one_time.digest_of(code, account.pk) for code in codes]
    return audit.create_many([RecoveryCode(city=account.city, account=account, digest=digest) for digest in digests])


@action
def spend_recovery_code(code: RecoveryCode, *, by: Actor, at: datetime) -> RecoveryCode:
    """Let a recovery code open once, and never again; its owner is told."""
    outbox.tell({code.account.person_id}, "有人用您的备用码登录。如果不是您本人，请马上改密码并告诉系统管理员。", at=at)
    return audit.change(code, spent_at=at)


@action
def print_slip(
    account: Account, code: str, *, reason: str, ends_factors: bool = False, by: Actor, at: datetime
) -> Slip:
    """Make a one-time slip with this code, good for 72 hours; every earlier one of the account is void.

    For an administrator, the office and leaders it is good only once `confirm_slip` was done by a second person.
    Refuses a slip for oneself.
    """
    if by.person == account.person_id:
        raise Refused("不能给自己打印凭条，请另一位管理员办。")
    for earlier in access.open_slips(at).filter(account=account):
        audit.change(earlier, voided_at=at)
    waits = not by.is_system and entering.wants_confirmation(access.roles_of(account, day_of(at)))
    return audit.create(
        Slip(
            city=account.city,
            account=account,
            digest=one_time.digest_of(code, account.pk),
            reason=reason,
            ends_factors=ends_factors,
            valid_until=at + entering.SLIP_FOR,
            printed_by_id=by.person,
            wants_confirmation=waits,
        )
    )


@action
def confirm_slip(slip: Slip, *, by: Actor, at: datetime) -> Slip:
    """Confirm a slip that wants it. Refuses whoever printed it, whoever it is for, and what needs no confirmation."""
    if by.person in (slip.printed_by_id, slip.account.person_id):
        raise Refused("打印凭条的人和凭条的主人都不能确认，请另一位办。")
    if not slip.wants_confirmation or slip.confirmed_by_id is not None:
        raise Refused("这张凭条不用再确认。")
    return audit.change(slip, confirmed_by_id=by.person)


@action
def void_slip(slip: Slip, *, by: Actor, at: datetime) -> Slip:
    """Make a slip good for nothing."""
    if slip.spent_at is not None or slip.voided_at is not None:
        raise Refused("这张凭条已用过或已作废。")
    return audit.change(slip, voided_at=at)


@action
def use_slip(slip: Slip, password: str, *, by: Actor, at: datetime) -> Account:
    """Set the password that the slip's owner chose, once. A lost second factor is taken out of use with it, and the
    link with the city's identity provider.

    Refuses while the slip waits for its confirmation. What the owner proves himself by beside the password stays.
    """
    if slip.wants_confirmation and slip.confirmed_by_id is None:
        raise Refused("这张凭条还要安全管理员确认后才能用，请先联系他；凭条没有作废。")
    account = slip.account
    audit.change(slip, spent_at=at)
    begun_anew = {"password": make_password(password)}
    if slip.ends_factors:
        begun_anew["subject"] = ""
        for factor in access.factors_of(account):
            audit.change(factor, is_removed=True)
        _spend_codes(account, at)
    _end_all(account, "改了密码", at)
    outbox.tell({account.person_id}, "您的密码已用一次性凭条重新设过。如果不是您本人，请马上告诉系统管理员。", at=at)
    return audit.change(account, **begun_anew)


@action
def switch_account(account: Account, *, is_active: bool, by: Actor, at: datetime, note: str = "") -> Account:
    """Switch an account off or on, with a reason; whoever is logged in with it is out at the next click.

    Refuses who is not the system administrator, one's own account, and a switch that changes nothing.
    """
    if not by.is_system and not scope.has_role(by, (Role.SYSTEM_ADMIN,)):
        raise Refused("账号由系统管理员停用、启用，您不能办。")
    if account.person_id == by.person:
        raise Refused("不能停用自己的账号。")
    if not note.strip():
        raise Refused("请写明停用或启用的理由。")
    if not is_active:
        _end_all(account, "账号停用", at)
    return audit.amend(account, is_active=is_active, because=note.strip())


def note_use(session: Any, at: datetime) -> None:
    """Note that a session is used now; no deed. Where the database is busy nobody waits: a later click notes it."""
    session.seen_at = at
    _wait_for_writers(0)
    try:
        Session.objects.filter(session_key=session.session_key).update(seen_at=at)
    except OperationalError:
        return
    finally:
        _wait_for_writers(BUSY_TIMEOUT)


def _wait_for_writers(milliseconds: int) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")


def _add(account: Account, kind: str, label: str, secret: str, at: datetime, **facts: object) -> Factor:
    sealed = vault.seal(secret.encode(), purpose=access.purpose_of(account)).hex()
    outbox.tell({account.person_id}, f"您的账号登记了第二验证“{label}”。", at=at)
    return audit.create(Factor(city=account.city, account=account, kind=kind, label=label, secret=sealed, **facts))


def _spend_codes(account: Account, at: datetime) -> None:
    for code in RecoveryCode.objects.filter(account=account, spent_at__isnull=True):
        audit.change(code, spent_at=at)


def _end_all(account: Account, because: str, at: datetime) -> None:
    for one in access.sign_ins_of(account).filter(ended_at__isnull=True):
        _end(one, because, at)


def _end(one: SignIn, because: str, at: datetime) -> SignIn:
    Session.objects.filter(sign_in=one).delete()
    return audit.change(one, ended_at=at, ended_because=because)
