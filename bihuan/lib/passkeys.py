"""Passkeys (WebAuthn): what a browser is asked, and whether what it answers was signed by the key that we know.

Hides the protocol. `site` is the host without its port, `origin` scheme and host as the browser shows them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

BROKEN = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser is given (JSON), and the challenge that its answer must carry."""

    options: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key that a person's device made: its name, the public half, how often it was used."""

    credential: str
    public: str
    used: int


def ask_to_make(site: str, office: str, owner: str, known: Sequence[str]) -> Asked:
    """Ask for a new passkey of `owner`, other than those that are `known`."""
    options = webauthn.generate_registration_options(
        rp_id=site,
        rp_name=office,
        user_name=owner,
        exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return Asked(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def made(answer: str, challenge: str, site: str, origin: str) -> Passkey | None:
    """The passkey that a browser made when it was asked with this challenge; None where the answer does not hold."""
    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site,
            expected_origin=origin,
        )
    except BROKEN:
        return None
    public = bytes_to_base64url(found.credential_public_key)
    return Passkey(bytes_to_base64url(found.credential_id), public, found.sign_count)


def ask_to_sign(site: str, known: Sequence[str], *, is_alone: bool = False) -> Asked:
    """Ask for a signature by one of the passkeys that are `known`; where it stands alone, without a password beside it,
    the device has to know its owner again (his finger, his face, its PIN).
    """
    wanted = UserVerificationRequirement.REQUIRED if is_alone else UserVerificationRequirement.PREFERRED
    options = webauthn.generate_authentication_options(
        rp_id=site,
        allow_credentials=_described(known),
        user_verification=wanted,
    )
    return Asked(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def named_in(answer: str) -> str:
    """The name of the passkey that an answer says it is signed by; "" where it says nothing."""
    try:
        return str(json.loads(answer)["id"])
    except BROKEN:
        return ""


def signed(answer: str, challenge: str, site: str, origin: str, key: Passkey, *, is_alone: bool = False) -> int | None:
    """How often the passkey was used, this time included, where it signed the answer; None where it did not, or stands
    alone and the device did not know its owner.
    """
    try:
        found = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site,
            expected_origin=origin,
            credential_public_key=base64url_to_bytes(key.public),
            credential_current_sign_count=key.used,
            require_user_verification=is_alone,
        )
    except BROKEN:
        return None
    return found.new_sign_count


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]
