"""Coming in by the city's own identity provider (OpenID Connect, authorization code with PKCE), where one is named.

Hides the protocol: what is asked of the provider, what waits in the browser meanwhile (a signed cookie, so that anybody
may ask and nothing is written), and what of its answer is believed. It says who somebody is and nothing else: whether
he has an account, and what that opens, is asked elsewhere.
"""

import base64
import hashlib
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac

from bihuan.core import attempts, clock, vault
from bihuan.gate import tries
from bihuan.lib.flow import Refused
from bihuan.organisation.rules import entering
from bihuan.outgoing import asking

SALT = "provider"
SUBJECT = "provider"  # what the digest of a person is keyed for: changed, it would end every link
DOWN = "{name}现在连不上，或答得不对。请过一会儿再试，或用登录名和密码登录。"
STRANGE = "这次{name}的登录对不上：可能停留太久、点过后退，或不是从这里开始的。请重新点一次。"
DENIED = "{name}没有让您通过，或者您取消了。可以再试一次，或用登录名和密码登录。"
UNPROVEN = "{name}送回的证明没有通过核验，没有登录。请再试一次；还不行，请告诉系统管理员。"
DISCOVERY = "/.well-known/openid-configuration"
KEPT_SECONDS, DOWN_SECONDS = 60, 15  # how long an answer, or that there was none, is remembered
LONGEST = 2000  # characters of a code, and of where somebody wants to go on
PLACES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
log = logging.getLogger(__name__)
_remembered: dict[str, tuple[float, dict[str, Any] | None]] = {}


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider recognized: a keyed digest of who he is there, and whether he proved it in two ways.

    `onward`: where he wanted to go. `links`: the account that he wants to link with it, 0 where he wants to come in.
    """

    subject: str
    is_in_two_ways: bool
    onward: str
    links: int


def is_on() -> bool:
    """Whether a provider is named."""
    return bool(settings.OIDC_ISSUER)


def name() -> str:
    """What people call the provider; "" where none is named."""
    return str(settings.OIDC_NAME) if is_on() else ""


def fault() -> str:
    """Why the provider cannot be used as it is named, or ""."""
    if not is_on():
        return ""
    try:
        asking.target_of(settings.OIDC_ISSUER)
    except Refused as refusal:
        return f"BIHUAN_OIDC_ISSUER：{refusal}"
    if not settings.OIDC_CLIENT or not settings.OIDC_SECRET:
        return "设了 BIHUAN_OIDC_ISSUER，还要设 BIHUAN_OIDC_CLIENT 和 BIHUAN_OIDC_SECRET(或 BIHUAN_OIDC_SECRET_FILE)。"
    return "" if find_spec("joserfc") else "用统一身份认证登录，要安装 bihuan[oidc]。"


def go(request: HttpRequest, *, onward: str = "", links: int = 0) -> HttpResponse:
    """Send the browser to ask the provider who this is; the answer comes to `back`.

    Refuses while it cannot be reached, and an address that tried too much. Who wants to link his account must show
    himself to the provider anew, whoever sat at this browser before. The question waits in the browser alone, and no
    longer than the answer is waited for: anybody can ask.
    """
    tries.hear_address(request)
    places, state = _places(), secrets.token_urlsafe(32)
    home = request.build_absolute_uri(reverse("provider_return"))
    asked = {
        "at": clock.now().isoformat(),
        "state": state,
        "home": home,
        "onward": onward if len(quote(onward)) <= LONGEST else "",
        "links": links,
    }
    answer = redirect(_question(places, state, home, is_anew=bool(links)))
    answer.set_cookie(
        cookie(),
        signing.dumps(asked, salt=SALT),
        max_age=entering.PROVIDER_STEP,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return answer


def _question(places: Mapping[str, Any], state: str, home: str, *, is_anew: bool) -> str:
    """Where the browser asks the provider who this is."""
    verifier = _secret_of(state, "verifier")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT,
        "redirect_uri": home,
        "scope": "openid",
        "state": state,
        "nonce": _secret_of(state, "nonce"),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    anew = {"prompt": "login", "max_age": "0"} if is_anew else {}
    address = str(places["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked | anew)}"


def back(request: HttpRequest) -> Identity:
    """Whom the provider recognized, by what the browser brought back. Each question is answered once.

    Refuses with one sentence what was not asked here, or too long ago, and whatever proves nothing.
    """
    asked, given, now = _asked(request), request.GET, clock.now()
    if asked is None or not secrets.compare_digest(asked["state"].encode(), given.get("state", "").encode()):
        raise _refused(STRANGE, "state")
    if abs(now - datetime.fromisoformat(asked["at"])) > entering.PROVIDER_STEP or not _is_first(asked["state"], now):
        raise _refused(STRANGE, "state")
    if given.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        raise _refused(STRANGE, "iss")
    code = given.get("code", "")
    if "error" in given or not 0 < len(code) <= LONGEST:
        raise _refused(DENIED, "error")
    claims = _claims(asked, code, now)
    told = claims.get(settings.OIDC_CLAIM)
    if not isinstance(told, str) or not told.strip():
        raise _refused(UNPROVEN, "claim")
    words = f"{settings.OIDC_ISSUER}\0{settings.OIDC_CLAIM}\0{told}"
    return Identity(vault.index(words, purpose=SUBJECT), _is_in_two_ways(claims), asked["onward"], asked["links"])


def cookie() -> str:
    """In which cookie a question waits: over TLS in one that no neighbour under the same domain can lay in."""
    return "__Host-provider" if settings.SESSION_COOKIE_SECURE else "provider"


def was_asked(request: HttpRequest) -> bool:
    """Whether this browser went to the provider from here, and is not back yet."""
    return _asked(request) is not None


def forget(answer: HttpResponse) -> None:
    """Let a browser that is back keep its question no longer."""
    answer.delete_cookie(cookie(), samesite="Lax")


def _asked(request: HttpRequest) -> dict[str, Any] | None:
    try:
        asked: dict[str, Any] = signing.loads(request.COOKIES.get(cookie(), ""), salt=SALT)
    except signing.BadSignature:
        return None
    return asked


def _is_first(state: str, now: datetime) -> bool:
    """Whether this question was not answered before, which is noted here: a browser can keep its cookie."""
    key = attempts.key_of("provider", state)
    is_first = not attempts.since(key, now - entering.PROVIDER_STEP * 2)
    attempts.sweep(now - attempts.KEPT_FOR)
    attempts.note(key, now)
    return is_first


def _secret_of(state: str, part: str) -> str:
    """What a question is asked with and the cookie need not tell: it follows from its state, for this machine alone."""
    return salted_hmac(f"{SALT} {part}", state, algorithm="sha256").hexdigest()


def _claims(asked: Mapping[str, Any], code: str, now: datetime) -> dict[str, Any]:
    """What the provider's token says, for the code that the browser brought."""
    from bihuan.lib import id_token  # noqa: PLC0415 -- an extra, which a machine without a provider does not have

    places = _places()
    token = _token(places, asked, code)
    wanted = id_token.Wanted(
        settings.OIDC_ISSUER,
        settings.OIDC_CLIENT,
        _secret_of(asked["state"], "nonce"),
        int(datetime.fromisoformat(asked["at"]).timestamp()),
        int(now.timestamp()),
        is_fresh=bool(asked["links"]),
    )
    try:
        try:
            return id_token.read(token, _keys(places), wanted)
        except id_token.UnknownKey:  # a provider of several machines, or one that has just changed its keys
            return id_token.read(token, _keys(places), wanted)
    except id_token.Unproven as why:
        raise _refused(UNPROVEN, str(why)) from None


def _token(places: Mapping[str, Any], asked: Mapping[str, Any], code: str) -> str:
    """The ID token that the provider gives for a code, to us alone and once."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked["home"],
        "code_verifier": _secret_of(asked["state"], "verifier"),
    }
    headers, ways = {}, places.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_basic" in ways:
        pair = f"{quote(settings.OIDC_CLIENT, safe='')}:{quote(settings.OIDC_SECRET, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": settings.OIDC_CLIENT, "client_secret": settings.OIDC_SECRET}
    try:
        return str(asking.ask(str(places["token_endpoint"]), form, headers).get("id_token", ""))
    except asking.Unanswered as why:
        raise _refused(UNPROVEN if why.status else DOWN, str(why)) from None


def _keys(places: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The keys that the provider signs with now: asked for after the token was given, so that none is too old."""
    try:
        keys = asking.ask(str(places["jwks_uri"])).get("keys")
    except asking.Unanswered as why:
        raise _refused(DOWN, str(why)) from None
    return [one for one in keys if isinstance(one, dict)] if isinstance(keys, list) else []


def _places() -> dict[str, Any]:
    """What the provider says of itself, remembered for a minute; that it cannot be reached, for a quarter of one."""
    issuer = str(settings.OIDC_ISSUER)
    until, found = _remembered.get(issuer, (0.0, None))
    if time.monotonic() >= until:
        found = _asked_places(issuer)
        _remembered[issuer] = time.monotonic() + (KEPT_SECONDS if found else DOWN_SECONDS), found
    if found is None:
        raise Refused(DOWN.format(name=name()))
    return found


def _asked_places(issuer: str) -> dict[str, Any] | None:
    """None where the provider is away, calls itself otherwise, or leads to another host than the one that is named."""
    try:
        found = asking.ask(f"{issuer.rstrip('/')}{DISCOVERY}")
        home = asking.target_of(issuer)
        targets = [asking.target_of(str(found.get(one, ""))) for one in PLACES]
    except (asking.Unanswered, Refused) as why:
        log.warning("统一身份认证：%s", why)
        return None
    if found.get("issuer") != issuer or any((one.scheme, one.place) != (home.scheme, home.place) for one in targets):
        log.warning("统一身份认证：它自称的名字或给出的地址，与设置的不是一处。")
        return None
    return found


def _is_in_two_ways(claims: Mapping[str, Any]) -> bool:
    """Whether the token says that a second factor was used, in a word that the settings count."""
    told = claims.get("amr")
    words = {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()
    level = claims.get("acr")
    return not words.union({level} if isinstance(level, str) else ()).isdisjoint(settings.OIDC_SECOND)


def _refused(sentence: str, why: str) -> Refused:
    """What the person is told; the log hears which part did not hold, and nothing that came in."""
    log.warning("统一身份认证没有通过：%s", why)
    return Refused(sentence.format(name=name()))
