"""How often somebody tried to come in: wrong ones slow down whoever tries, never the owner.

Hides what is counted: by account and device, by address, and by account from wherever, which calls the guards.
"""

from datetime import datetime

from django.http import HttpRequest

from bihuan.core import attempts, clock
from bihuan.core.actor import Actor
from bihuan.gate import device
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.queries import access
from bihuan.organisation.rules import entering


def _key_of(request: HttpRequest, username: str) -> str:
    account = access.account_named(username)
    known = device.known_to(request, account.pk) if account else device.UNKNOWN
    return attempts.key_of("sign-in", username.casefold(), known)


def hear(request: HttpRequest, username: str) -> None:
    """Refuse to listen where there were too many wrong ones; else count this one, before it is known to be right.

    So many at once are no way past the wait. `forget` begins to count anew.
    """
    hear_address(request)
    at, key = clock.now(), _key_of(request, username)
    series = attempts.since(key, at - entering.TOGETHER * 10)
    wrong = [one.at for one in series if not one.is_refused]
    until = entering.open_from(wrong)
    if until is not None and until > at:
        attempts.note(key, at, is_refused=True)
        _guard(username, at)
        minutes = -int((at - until).total_seconds() // 60)
        raise Refused(f"连着错了几次，这台设备要等{minutes}分钟再试；账号没有被锁，您用过的其他设备不受影响。")
    attempts.note(key, at)


def forget(request: HttpRequest, username: str) -> None:
    """Begin to count anew: the right one was told."""
    attempts.forget(_key_of(request, username))


def hear_address(request: HttpRequest) -> None:
    """Refuse to listen to an address that has tried too much within an hour."""
    address = attempts.key_of("address", request.META.get("REMOTE_ADDR", ""))
    if entering.is_flood(len(attempts.since(address, clock.now() - entering.FLOOD_WITHIN))):
        raise Refused("这个网络地址一小时内试得太多，请过一会儿再登录，或告诉系统管理员。")


def count_address(request: HttpRequest) -> None:
    """Count one that an address tried in vain."""
    at = clock.now()
    attempts.sweep(at - attempts.KEPT_FOR)
    attempts.note(attempts.key_of("address", request.META.get("REMOTE_ADDR", "")), at)


def count_wrong(request: HttpRequest, username: str) -> None:
    """Count a wrong one of an address and of an account; once it is too many, the account's guards are called."""
    count_address(request)
    _guard(username, clock.now())


def _guard(username: str, at: datetime) -> None:
    """Call the guards once an account was tried too often within an hour, from wherever."""
    key = attempts.key_of("account", username.casefold())
    attempts.note(key, at)
    account = access.account_named(username)
    if account is not None and entering.is_alarming(len(attempts.since(key, at - entering.ALARM_WITHIN))):
        sentence = f"账号“{username}”一小时内有{entering.ALARM}次登录不成功，请查一查是谁在试。"
        ways.raise_alarm(account, sentence, by=Actor.system("登录守卫", account.city), at=at)
