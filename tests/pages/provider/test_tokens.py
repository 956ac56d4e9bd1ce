"""What the identity provider signed opens, and nothing else does."""

import base64
import json
import logging
from typing import Any

import pytest
from django.test import Client

from bihuan.lib import id_token
from bihuan.organisation.models import Account
from tests.cast import NOON
from tests.pages.provider.ways import comes, is_in, said
from tests.provider import CLIENT, Provider, public, signed, signed_by_the_public_key, unsigned

pytestmark = pytest.mark.promise("P8")


WRONG: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "another client": {"aud": "another"},
    "several clients, unsaid which": {"aud": [CLIENT, "another"]},
    "made for another of several": {"aud": [CLIENT, "another"], "azp": "another"},
    "made for another": {"azp": "another"},
    "another question's nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "no audience": {"aud": None},
    "no issuer": {"iss": None},
    "over": {"exp": int(NOON.timestamp())},
    "without an end": {"exp": None},
    "an end that is no number": {"exp": "9999999999"},
    "made before it was asked for": {"iat": int(NOON.timestamp())},
    "made tomorrow": {"iat": int(NOON.timestamp()) + 86400},
    "without a moment": {"iat": None},
    "not yet": {"nbf": int(NOON.timestamp()) + 86400},
}
FORGED = {
    "unsigned": unsigned,
    "signed by the public key": signed_by_the_public_key,
    "signed by another's key": signed("another"),
    "another's key under the provider's name": lambda claims: signed("another")(claims).replace(
        signed("another")({}).split(".")[0], signed("first")({}).split(".")[0], 1
    ),
    "no token": lambda _: "",
    "three words": lambda _: "a.b.c",
    "a number": lambda _: 7,
}


UNUSABLE: dict[str, dict[str, Any]] = {
    "of a curve that only China knows": {"kty": "EC", "crv": "SM2", "kid": "sm2", "use": "sig", "x": "AA", "y": "AA"},
    "for agreeing on a secret": {"kty": "OKP", "crv": "X25519", "kid": "x", "x": "AAAA"},
    "a shared secret": {"kty": "oct", "kid": "first", "k": "AAAA"},
    "broken": {"kty": "RSA", "kid": "half", "e": "AQAB"},
    "too short to be one": {"kty": "RSA", "kid": "short", "n": "AQAB", "e": "AQAB"},
    "its name is no name": {**public("second"), "kid": 7},
    "to seal with, under the same name": {**public("second"), "kid": "first", "use": "enc"},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_token_that_says_something_else_opens_nothing(
    client: Client, city: Provider, chen: Account, claims: dict[str, Any]
) -> None:
    city.claims = claims

    assert comes(client, city) == "/login/"
    assert "送回的证明没有通过核验" in said(client)
    assert not is_in(client)


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_token_opens_nothing(client: Client, city: Provider, chen: Account, token: Any) -> None:
    city.token = token

    assert comes(client, city) == "/login/"
    assert "送回的证明没有通过核验" in said(client)
    assert not is_in(client)


def test_several_audiences_with_us_as_the_party_are_taken(client: Client, city: Provider, chen: Account) -> None:
    city.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}

    assert comes(client, city) == "/login/second/"


def test_a_new_key_is_asked_for_once(client: Client, city: Provider, chen: Account) -> None:
    city.token, city.keys = signed("second"), [[public("first")], [public("second")]]
    city.asked.clear()

    assert comes(client, city) == "/login/second/"
    assert [path for path in city.asked if path.endswith("/keys")] == ["/realm/keys"] * 2


@pytest.mark.parametrize("beside", UNUSABLE.values(), ids=UNUSABLE)
def test_a_key_that_nobody_here_can_use_shuts_nobody_out(
    client: Client, city: Provider, chen: Account, beside: dict[str, Any]
) -> None:
    city.keys = [[beside, public("first")]]

    assert comes(client, city) == "/login/second/"
    city.keys = [[beside]]
    assert comes(Client(), city) == "/login/"


def test_an_unknown_key_is_asked_for_no_third_time(client: Client, city: Provider, chen: Account) -> None:
    city.token = signed("second")
    city.asked.clear()

    assert comes(client, city) == "/login/"
    assert [path for path in city.asked if path.endswith("/keys")] == ["/realm/keys"] * 2


def test_a_key_that_was_taken_back_opens_nothing_from_then_on(client: Client, city: Provider, chen: Account) -> None:
    assert comes(client, city) == "/login/second/"
    city.keys = [[public("second")]]

    assert comes(Client(), city) == "/login/"


@pytest.mark.parametrize("told", [None, "", "  ", 7, ["u-1024"]])
def test_a_claim_that_names_nobody_opens_nothing(
    client: Client, city: Provider, chen: Account, settings: Any, told: object
) -> None:
    settings.OIDC_CLAIM, city.claims = "employee", {"employee": told}

    assert comes(client, city) == "/login/"
    assert "送回的证明没有通过核验" in said(client)


def test_the_log_holds_neither_token_nor_name(
    client: Client, city: Provider, chen: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bihuan")
    city.claims = {"aud": "another", "name": "陈科长"}
    comes(client, city)
    city.claims, city.token = {}, unsigned
    comes(client, city)

    words = [one.getMessage() for one in caplog.records if one.name == "bihuan.gate.provider"]
    assert words == ["统一身份认证没有通过：aud", "统一身份认证没有通过：UnsupportedAlgorithmError"]


# Teeth: each check taken out lets in what the tests above keep out.


def unverified(token: str, _: Any) -> dict[str, Any]:
    """What stands in a token, whoever signed it."""
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return told


def without_nonce(wanted: Any) -> Any:
    """The rules but the one that binds a token to one sign-in."""
    found = RULES(wanted)
    del found.options["nonce"]
    return found


RULES = id_token._rules
PLANTED: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "a signature is not asked for": ("_signed", unverified, {}),
    "the nonce is not looked at": ("_rules", without_nonce, WRONG["another question's nonce"]),
    "the party is not looked at": ("_wrong_party", lambda *_: "", WRONG["made for another"]),
    "the age is not looked at": ("_too_old", lambda *_: "", WRONG["made before it was asked for"]),
}


@pytest.mark.teeth("P8")
@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_check_that_is_missing_is_found(
    client: Client, city: Provider, chen: Account, monkeypatch: pytest.MonkeyPatch, planted: tuple[str, Any, Any]
) -> None:
    name, defect, claims = planted
    city.claims, city.token = claims, signed("first") if claims else unsigned
    assert comes(client, city) == "/login/"

    monkeypatch.setattr(id_token, name, defect)

    assert comes(Client(), city) == "/login/second/"
