"""A program comes in with its token: it is that interface's account, on this contract, from there, so often, for that.

Hides where the token stands in a request and how often it was used. A token opens nothing but the API.
"""

import hashlib
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse

from bihuan.core import attempts, clock
from bihuan.core.actor import Actor
from bihuan.gate import faults
from bihuan.organisation.actions import contracting
from bihuan.organisation.queries import interfaces, scope
from bihuan.organisation.rules import contracts

SCHEME = "Bearer "
ELSEWHERE = "这个令牌不能从这个网络地址使用。"
NOT_LISTED = "没有这个操作，或合同里没有列明。"
TOO_OFTEN = "这一分钟内调用得太多，请{seconds}秒后再试。"
MINUTE = 60
OPERATIONS: dict[str, str] = {}
"""What a contract may list: the operations that the API's door offers to interfaces, and how people call them."""


def new_token() -> str:
    """A fresh token: 256 bits, marked so that it is known where it lies about."""
    return f"{contracts.MARK}{secrets.token_urlsafe(32)}"


def digest_of(token: str) -> str:
    """What is kept of a token. It is too long to be guessed, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_given(request: HttpRequest) -> bool:
    """Whether a program comes with a token, good or not; then no session counts."""
    return faults.is_program(request) and "Authorization" in request.headers


def actor(request: Any) -> Actor | None:
    """The interface's account behind the token; None where there is none. Its contract stays with the request."""
    given = request.headers["Authorization"]
    token = interfaces.token_known(digest_of(given.removeprefix(SCHEME)), clock.today())
    if token is None or not given.startswith(SCHEME):
        return None
    by = scope.as_machine(scope.actor_for(token.account, clock.today()))
    request.contract = token
    request._dont_enforce_csrf_checks = True  # noqa: SLF001 -- a browser does not send a token by itself
    return by if by.held else None


def stop(request: HttpRequest) -> HttpResponse | None:
    """None where the contract allows this; else the refusal: elsewhere, too often, not listed."""
    token = getattr(request, "contract", None)
    if token is None or getattr(request, "actor", None) is None:
        return None
    if not contracts.is_within(request.META.get("REMOTE_ADDR", ""), token.networks):
        return faults.fault(401, ELSEWHERE, WWW_Authenticate="Bearer")
    wait = _wait(token)
    if wait:
        return faults.fault(429, TOO_OFTEN.format(seconds=wait), Retry_After=str(wait))
    contracting.note_use(token, clock.now())
    return None if _asked(request) in token.operations else faults.fault(404, NOT_LISTED)


def _asked(request: HttpRequest) -> str:
    """The operation's name in a contract: the address's, and how it is asked."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    return f"{name}_{'post' if request.method == 'POST' else 'get'}"


def _wait(token: Any) -> int:
    """How many seconds until the token may be used again; 0: now. This use is counted."""
    now = clock.now()
    within = [one.at for one in attempts.counted(attempts.key_of("token", str(token.pk)), now, MINUTE)]
    if len(within) < token.rate:
        attempts.note(attempts.key_of("token", str(token.pk)), now)
        return 0
    return max(1, MINUTE - int((now - within[0]).total_seconds()))
