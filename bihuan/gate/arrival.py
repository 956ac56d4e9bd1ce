"""Coming in: the password or the provider's word, then the second factor, then a session.

Hides what stands in the session meanwhile, and when a session has lived long enough.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest

from bihuan.core import attempts, audit, clock, drafts, still
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.gate import device, provider, tries
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import span
from bihuan.organisation import sessions
from bihuan.organisation.actions import access as ways
from bihuan.organisation.actions import identities
from bihuan.organisation.queries import access, emergency, scope, structure
from bihuan.organisation.rules import entering
from bihuan.organisation.rules.duties import Role

HALF, OPENED, PROVEN, OWES = "half", "opened_at", "proven_at", "owes"
BY_PROVIDER = "by_provider"
WRONG = "登录名或密码不对。请核对后再试；忘记密码请找本单位的系统管理员。"
WRONG_AGAIN = "密码不对。您还在登录中，填的内容都留着，请再试。"
WRONG_CODE = "验证码不对，或已用过、过期。请看手机上现在的六位数字再试。"
WRONG_SEALED = "两个封存码里至少有一个不对、用过、作废，或两个出自同一人。请向两位管理员核对后再填。"
WRONG_SLIP = (
    f"登录名或凭条号不对，或凭条已用过、作废、超过了{span(entering.SLIP_FOR)}。请核对后再试，或请系统管理员重新打印。"
)
POSTLESS = "您现在没有有效的任职，不能进入；请联系本单位或安全管理员。"
PROVIDER, PROVIDER_TWICE = "统一身份认证", "统一身份认证(两步)"
UNLINKED = (
    "{name}认出了您，但没有可用的账号与您关联。请用登录名和密码登录，再到“我的账号”里关联；没有账号的，请找系统管理员。"
)
OWN_WAYS = "三个管理员只用本系统自己的登录方式，请用登录名和密码登录。"
ONLY_PROVIDER = "您的账号已关联{name}，本单位要求用它登录；它坏了，请找系统管理员。"
IDLE = "您有{minutes}分钟没有操作，已自动退出；请重新登录。"
LONG = "您已登录满{hours}小时，请重新登录。"
ENDED = "您的登录已结束：可能是久未操作、改过密码，或在别处登录。请重新登录。"


def password(request: HttpRequest, username: str, given: str) -> Any:
    """The account whose name and password these are. Refuses wrong ones, too many, and who holds no appointment."""
    tries.hear(request, username)
    account = authenticate(request, username=username, password=given)
    if account is None:
        tries.count_wrong(request, username)
        raise Refused(WRONG)
    roles = _roles_here(account)
    if settings.OIDC_ONLY and provider.is_on() and account.subject and entering.may_come_by_provider(roles):
        raise Refused(ONLY_PROVIDER.format(name=provider.name()))
    return account


def recognized(request: HttpRequest) -> provider.Identity:
    """Whom the city's identity provider recognized. Refuses as `provider.back` does, and an address that tries on.

    Only what was asked here counts against the address: any page of the network can send a browser here without asking.
    """
    tries.hear_address(request)
    was_asked = provider.was_asked(request)
    try:
        return provider.back(request)
    except Refused:
        if was_asked:
            tries.count_address(request)
        raise


def linked(request: HttpRequest, identity: provider.Identity) -> Any:
    """The account that is linked with whom the provider recognized. Refuses, with an entry, whom no account in use
    knows; an administrator; and whoever would not be heard with his password or holds no appointment.
    """
    account = access.account_linked(identity.subject)
    if account is None or not account.is_active:
        _note_stranger(request, account, identity.subject)
        raise Refused(UNLINKED.format(name=provider.name()))
    tries.hear(request, account.username)
    if not entering.may_come_by_provider(_roles_here(account)):
        raise Refused(OWN_WAYS)
    return account


def _roles_here(account: Any) -> frozenset[Role]:
    """The roles that an account's person holds today. Refuses who holds none that comes in over the pages."""
    roles = access.roles_of(account, clock.today())
    if not roles - {Role.MACHINE}:
        raise Refused(POSTLESS)
    return roles


def _note_stranger(request: HttpRequest, account: Any, subject: str) -> None:
    """Count and note somebody whom the provider recognized and no account in use knows: in the trail once an hour."""
    at, key = clock.now(), attempts.key_of("stranger", subject)
    tries.count_address(request)
    place = account or structure.regions_in(audit.newest_city()).first()
    if place is None or attempts.since(key, at - entering.STRANGER_AGAIN):
        return
    attempts.note(key, at)
    by = replace(Actor.system("登录守卫", place.city), origin=request.META.get("REMOTE_ADDR", ""))
    identities.note_stranger(place, subject, by=by, at=at)


def begin(request: HttpRequest, account: Any, onward: str, first: str = "密码") -> bool:
    """After the password, or the provider's word (`first`): come in where no second factor is kept, else wait for it.
    Whether the person is in.
    """
    if access.factors_of(account).exists():
        request.session.cycle_key()
        told = {"account": account.pk, "at": clock.now().isoformat(), "onward": onward, "first": first}
        request.session[HALF] = told
        return False
    come_in(request, account, first)
    return True


def halfway(request: HttpRequest) -> tuple[Any, str] | None:
    """Whoever gave the right password in this browser within the last minutes, and where he wanted to go."""
    half = request.session.get(HALF)
    if not half or clock.now() - datetime.fromisoformat(half["at"]) > entering.SECOND_STEP:
        request.session.pop(HALF, None)
        return None
    account = access.account_by_key(half["account"])
    return (account, str(half["onward"])) if account else None


def by_both(request: HttpRequest, second: str) -> str:
    """What stands in the trail of how somebody proved himself at this second step: the provider's word goes before."""
    first = request.session.get(HALF, {}).get("first", "")
    return f"{first}、{second}" if first == PROVIDER else second


def code(request: HttpRequest, account: Any, given: str) -> str:
    """By what this code proves the person: 手机验证码 or 备用码. Each opens once. Refuses any other, and too many."""
    tries.hear(request, account.username)
    at, by = clock.now(), actor(request, account)
    with suppress(Overtaken):  # the same digits sent twice at once open once
        if found := access.phone_that_shows(account, given, at):
            ways.use_factor(*found, by=by, at=at)
            return "手机验证码"
        if spare := access.recovery_code_of(account, given):
            ways.spend_recovery_code(spare, by=by, at=at)
            return "备用码"
    tries.count_wrong(request, account.username)
    raise Refused(WRONG_CODE)


def slip(request: HttpRequest, username: str, given: str, chosen: str) -> None:
    """Set the password that the owner of a one-time slip chose. Refuses any other slip alike, and too many."""
    tries.hear(request, username)
    at, account = clock.now(), access.account_named(username)
    found = access.slip_of(account, given, at) if account else None
    if account is None or found is None:
        tries.count_wrong(request, username)
        raise Refused(WRONG_SLIP)
    try:
        ways.use_slip(found, chosen, by=actor(request, account), at=at)
    except Overtaken:  # the same slip sent twice at once
        raise Refused(WRONG_SLIP) from None
    tries.forget(request, username)


def sealed_codes(account: Any, given: Sequence[str]) -> list[Any]:
    """The administrators' sealed codes that somebody typed, each of another holder.

    Refuses any other with one sentence, and too many: the guards are called as after wrong passwords.
    """
    tries.hear_sealed(account)
    at = clock.now()
    found = {one.holder_id: one for typed in given if (one := emergency.code_typed(account.city, typed, at))}
    if len(found) != len(given):
        tries.count_wrong_sealed(account)
        raise Refused(WRONG_SEALED)
    tries.forget_sealed(account)
    return [*found.values()]


def come_in(request: HttpRequest, account: Any, proof: str) -> None:
    """Open a session under a new key; a person who must have a second factor and has none owes it first.

    The provider's word alone is no proof for a weighty act: whoever comes in by it is asked first.
    """
    at = clock.now()
    tries.forget(request, account.username)
    drafts.sweep(at - drafts.KEPT_FOR)
    one = ways.sign_in(
        account,
        proof=proof,
        device=device.remember(request, account.pk),
        browser=device.browser_of(request),
        by=actor(request, account),
        at=at,
    )
    login(request, account)
    request.session.pop(HALF, None)
    _session(request).seen_at = at
    request.session[sessions.SIGN_IN] = one.pk
    request.session[OPENED] = at.isoformat()
    request.session[BY_PROVIDER] = proof.startswith(PROVIDER)
    request.session[PROVEN] = "" if proof in (PROVIDER, PROVIDER_TWICE) else at.isoformat()
    roles = access.roles_of(account, clock.day_of(at))
    if not settings.DEMO and not access.factors_of(account).exists() and _must_have(roles, account.city):
        request.session[OWES] = True


def leave(request: HttpRequest, because: str) -> None:
    """Sign out, and forget everything that the session held; a sign-in that has ended meanwhile is left as it is."""
    one = access.sign_in_by_key(request.session.get(sessions.SIGN_IN))
    if one is not None and one.ended_at is None:
        with suppress(Overtaken, Refused):  # another request of this browser was quicker
            ways.end_sign_in(one, because=because, by=actor(request, one.account), at=clock.now())
    logout(request)


def keep(request: HttpRequest, by: Actor) -> str:
    """Why a session that lived long enough, was idle too long, or was opened by the provider's word for somebody who
    has become an administrator since, has just been ended; "" while it goes on.

    That it was used is noted once a minute at most. A time that lies ahead was written by a clock that has been set
    back since: it counts like one as long ago, so that no session outlives a clock that ran ahead.
    """
    at, limits = clock.now(), _limits(by.city)
    opened = datetime.fromisoformat(request.session.setdefault(OPENED, at.isoformat()))
    roles = {post.role for post in by.held}
    noted, idle = _session(request).seen_at, limits.idle_for(roles)
    seen = noted or at
    if request.session.get(BY_PROVIDER) and not entering.may_come_by_provider(roles):
        _shut(request, "任管理员")
        return OWN_WAYS
    if abs(at - opened) > limits.absolute:
        _shut(request, "时间已满")
        return LONG.format(hours=int(limits.absolute.total_seconds() // 3600))
    if abs(at - seen) > idle:
        _shut(request, "久未操作")
        return IDLE.format(minutes=int(idle.total_seconds() // 60))
    if noted is None or (at - seen).total_seconds() >= 60:
        ways.note_use(request.session, at)
    return ""


def _shut(request: HttpRequest, because: str) -> None:
    """Sign out whoever stayed too long; where the database is busy, he is only not let through, until it is not."""
    try:
        leave(request, because)
    except OperationalError:
        request.user = AnonymousUser()


def is_proven(request: HttpRequest) -> bool:
    """Whether the person showed who he is just now, as a weighty act wants it."""
    proven: str = request.session.get(PROVEN) or ""
    return bool(proven) and abs(clock.now() - datetime.fromisoformat(proven)) <= entering.PROVEN_FOR


def prove(request: HttpRequest, account: Any, given: str, digits: str) -> None:
    """Let a person show again who he is: his password, and a code where he has a second factor: six digits, or a
    recovery code. Who has a passkey may use that instead (`proven`).

    The session goes on under a new key. Refuses as the ways in do.
    """
    tries.hear(request, account.username)
    if not account.check_password(given):
        tries.count_wrong(request, account.username)
        raise Refused(WRONG_AGAIN)
    if digits or access.factors_of(account).exists():
        code(request, account, digits)
    proven(request, account)


def proven(request: HttpRequest, account: Any) -> None:
    """Note that a person has just shown who he is; the session goes on under a new key."""
    tries.forget(request, account.username)
    request.session.cycle_key()
    request.session[PROVEN] = clock.now().isoformat()


def actor(request: HttpRequest, account: Any) -> Actor:
    """The person behind an account, acting from where this request comes."""
    by = scope.actor_for(account, clock.today())
    return replace(by, origin=request.META.get("REMOTE_ADDR", ""), request=getattr(request, "id", ""))


def _rules(city: str) -> Any:
    return still.known(("office-rules", city), lambda: structure.office_rules(city))


def _limits(city: str) -> entering.Limits:
    """How long sessions live in this city's office."""
    rules = _rules(city)
    return entering.Limits(
        timedelta(minutes=rules.idle_minutes),
        timedelta(minutes=rules.admin_idle_minutes),
        timedelta(hours=rules.session_hours),
    )


def _must_have(roles: frozenset[Any], city: str) -> bool:
    """Whether somebody in these roles must have a second factor here."""
    return entering.owes_second_factor(roles, _rules(city).second_factor)


def _session(request: HttpRequest) -> Any:
    """The session as our store keeps it."""
    return request.session
