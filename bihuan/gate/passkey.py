"""Passkeys over the pages: what the browser is asked waits in the session, and is asked once."""

from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port

from bihuan.core import clock
from bihuan.core.audit import Overtaken
from bihuan.gate import arrival
from bihuan.gate.frame import NAMELESS
from bihuan.lib import passkeys
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import access as ways
from bihuan.organisation.queries import access, structure

CHALLENGE = "challenge"
WRONG = "通行密钥没有通过。请再试一次，或改用手机验证码、备用码。"
UNMADE = "这把通行密钥没有登记成。请再试一次，或换一台设备、换一个浏览器。"


def ask(request: HttpRequest, account: Any, *, is_alone: bool = False) -> str:
    """What the browser is asked to sign with one of the account's passkeys (JSON); "" where there is none.

    `is_alone`: no password stands beside it, so that the device must know its owner.
    """
    known = access.passkeys_of(account)
    return _kept(request, passkeys.ask_to_sign(_site(request), known, is_alone=is_alone)) if known else ""


def check(request: HttpRequest, account: Any, answer: str, *, is_alone: bool = False) -> str:
    """通行密钥, where the browser's answer was signed by one of the account's. Refuses any other answer."""
    challenge = request.session.pop(CHALLENGE, "")
    found = access.passkey_named(account, passkeys.named_in(answer))
    if found is None or not challenge:
        raise Refused(WRONG)
    factor, key = found
    used = passkeys.signed(answer, challenge, _site(request), _origin(request), key, is_alone=is_alone)
    if used is None:
        raise Refused(WRONG)
    try:
        ways.use_factor(factor, used, by=arrival.actor(request, account), at=clock.now())
    except Overtaken:  # the same answer sent twice at once
        raise Refused(WRONG) from None
    return "通行密钥"


def ask_new(request: HttpRequest, account: Any) -> str:
    """What the browser is asked so that it makes a new passkey (JSON)."""
    office = structure.only_office() or NAMELESS
    return _kept(request, passkeys.ask_to_make(_site(request), office, str(account), access.passkeys_of(account)))


def made(request: HttpRequest, answer: str) -> passkeys.Passkey:
    """The passkey that the browser made. Refuses an answer that does not hold."""
    challenge = request.session.pop(CHALLENGE, "")
    found = passkeys.made(answer, challenge, _site(request), _origin(request)) if challenge else None
    if found is None:
        raise Refused(UNMADE)
    return found


def _kept(request: HttpRequest, asked: passkeys.Asked) -> str:
    request.session[CHALLENGE] = asked.challenge
    return asked.options


def _site(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
