"""How often somebody tried to come in: wrong ones slow down whoever tries, never the owner.

Hides what is counted: by account and device, by address, by account from wherever, which calls the guards, and sealed
codes by who types them.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from bihuan.core import attempts, clock
from bihuan.core.actor import Actor
from bihuan.gate import device
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import span
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
    at = clock.now()
    if minutes := _waits(_key_of(request, username), at):
        _guard(username, at)
        raise Refused(f"连着错了几次，这台设备要等{minutes}分钟再试；账号没有被锁，您用过的其他设备不受影响。")


def forget(request: HttpRequest, username: str) -> None:
    """Begin to count anew: the right one was told."""
    attempts.forget(_key_of(request, username))


def hear_address(request: HttpRequest) -> None:
    """Refuse to listen to an address that has tried too much within an hour."""
    address = attempts.key_of("address", request.META.get("REMOTE_ADDR", ""))
    if entering.is_flood(len(attempts.since(address, clock.now() - entering.FLOOD_WITHIN))):
        raise Refused(f"这个网络地址{span(entering.FLOOD_WITHIN)}内试得太多，请过一会儿再登录，或告诉系统管理员。")


def count_address(request: HttpRequest) -> None:
    """Count one that an address tried in vain."""
    at = clock.now()
    attempts.sweep(at - attempts.KEPT_FOR)
    attempts.note(attempts.key_of("address", request.META.get("REMOTE_ADDR", "")), at)


def count_wrong(request: HttpRequest, username: str) -> None:
    """Count a wrong one of an address and of an account; once it is too many, the account's guards are called."""
    count_address(request)
    _guard(username, clock.now())


def hear_sealed(account: Any) -> None:
    """The same of sealed codes: they are counted like wrong passwords, but of the person who types them."""
    at = clock.now()
    if minutes := _waits(_sealed_key_of(account), at):
        count_wrong_sealed(account)
        raise Refused(f"封存码连着错了几次，要等{minutes}分钟再试。")


def forget_sealed(account: Any) -> None:
    """Begin to count anew: the right ones were told."""
    attempts.forget(_sealed_key_of(account))


def count_wrong_sealed(account: Any) -> None:
    """Count wrong sealed codes of a person; once they are too many, his guards are called."""
    sentence = f"{account.person}{span(entering.ALARM_WITHIN)}内试错了{entering.ALARM}次应急封存码，请查一查。"
    _call_guards(account, attempts.key_of("sealed-codes", str(account.pk)), sentence, clock.now())


def _sealed_key_of(account: Any) -> str:
    return attempts.key_of("sealed-code", str(account.pk))


def _waits(key: str, at: datetime) -> int:
    """For how many minutes whoever tries under this key is not heard. Either way he is counted, heard or not."""
    series = attempts.since(key, at - entering.TOGETHER * 10)
    until = entering.open_from([one.at for one in series if not one.is_refused])
    is_refused = until is not None and until > at
    attempts.note(key, at, is_refused=is_refused)
    return -int((at - until).total_seconds() // 60) if until is not None and is_refused else 0


def _guard(username: str, at: datetime) -> None:
    """Call the guards once an account was tried too often within an hour, from wherever."""
    sentence = f"账号“{username}”{span(entering.ALARM_WITHIN)}内有{entering.ALARM}次登录不成功，请查一查是谁在试。"
    _call_guards(access.account_named(username), attempts.key_of("account", username.casefold()), sentence, at)


def _call_guards(account: Any, key: str, sentence: str, at: datetime) -> None:
    """Count one more under this key, and call the account's guards once there are too many within an hour."""
    attempts.note(key, at)
    if account is not None and entering.is_alarming(len(attempts.since(key, at - entering.ALARM_WITHIN))):
        ways.raise_alarm(account, sentence, by=Actor.system("登录守卫", account.city), at=at)
