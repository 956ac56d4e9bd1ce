"""What an identity provider signed of a person (an ID token of OpenID Connect): is it the provider's word, for us, for
this one sign-in, and of now? Pure.

Hides JOSE. Loaded only where a provider is named: joserfc comes with `bihuan[oidc]` alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import Key, KeySet, import_key
from joserfc.jws import JWSRegistry

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
KINDS = ("RSA", "EC", "OKP")  # of keys that sign without a shared secret
UNREADABLE = (JoseError, ValueError, TypeError, KeyError, AttributeError)
LEEWAY = 60  # seconds that two machines' clocks may differ


class Unproven(Exception):  # noqa: N818 -- reads as a sentence
    """The token proves nothing. What it says is the name of the part that does not hold; it quotes none of it."""


class UnknownKey(Unproven):
    """It is signed with a key that is not among these: the provider may have a new one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token must say: who signed it, for whom, for which question, and that it was signed since (`asked`).

    `is_fresh`: the person must have shown himself to the provider since then as well.
    """

    issuer: str
    client: str
    nonce: str
    asked: int
    now: int
    is_fresh: bool = False


def read(token: str, keys: Sequence[Mapping[str, Any]], wanted: Wanted) -> dict[str, Any]:
    """What the token says of the person. `Unproven` where any of it does not hold, `UnknownKey` for another key.

    The algorithm is one that signs with a private key, whatever the token says of itself.
    """
    try:
        claims = _signed(token, keys)
        _rules(wanted).validate(claims)
    except InvalidKeyIdError:
        raise UnknownKey("kid") from None
    except ClaimError as fault:
        raise Unproven(fault.claim) from None
    except UNREADABLE as fault:
        raise Unproven(type(fault).__name__) from None
    if why := _wrong_party(claims, wanted.client) or _too_old(claims, wanted):
        raise Unproven(why)
    return claims


def _signed(token: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What stands in a token that one of these keys signed."""
    usable = [key for one in keys if (key := _usable(one)) is not None]
    if not usable:
        raise InvalidKeyIdError("none that signs")
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    return jwt.decode(token, KeySet(usable), registry=registry).claims


def _usable(one: Mapping[str, Any]) -> Key | None:
    """A key that signs without a shared secret; None for any other, and for one that cannot be read.

    A provider may publish keys beside those that it signs for us with: of a curve that nobody here knows (SM2), broken.
    """
    if one.get("kty") not in KINDS or one.get("use", "sig") != "sig":
        return None
    try:
        return import_key(dict(one))
    except UNREADABLE:
        return None


def _rules(wanted: Wanted) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        wanted.now,
        LEEWAY,
        iss={"essential": True, "value": wanted.issuer},
        aud={"essential": True, "value": wanted.client},
        nonce={"essential": True, "value": wanted.nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )


def _wrong_party(claims: Mapping[str, Any], client: str) -> str:
    """The claim that says a token was made for somebody else, or for several and not for us; or ""."""
    is_for_several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    party = claims.get("azp", "" if is_for_several else client)
    return "" if party == client else "azp"


def _too_old(claims: Mapping[str, Any], wanted: Wanted) -> str:
    """The name of the moment that lies before the question, or ""."""
    since = wanted.asked - LEEWAY
    if claims["iat"] < since:
        return "iat"
    shown = claims.get("auth_time")
    is_shown = isinstance(shown, int | float) and since <= shown <= wanted.now + LEEWAY
    return "auth_time" if wanted.is_fresh and not is_shown else ""
