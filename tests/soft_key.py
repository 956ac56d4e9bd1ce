"""A passkey in software: what a device would answer, signed by a key of its own."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

from bihuan.lib.passkeys import Passkey

PRESENT, VERIFIED = 0x01, 0x04


@dataclass
class SoftKey:
    """A device with one key; `knows_owner`: it has seen its owner's finger or PIN."""

    knows_owner: bool = True
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    name: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def passkey(self) -> Passkey:
        """What the system keeps of it."""
        point = self.private.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        return Passkey(bytes_to_base64url(self.name), bytes_to_base64url(public), 0)

    def answer(self, options: str, origin: str, used: int = 1) -> str:
        """What the browser sends when it was asked this, at a page of that origin."""
        asked = json.loads(options)
        client = {"type": "webauthn.get", "challenge": asked["challenge"], "origin": origin, "crossOrigin": False}
        told = json.dumps(client).encode()
        flags = PRESENT | (VERIFIED if self.knows_owner else 0)
        data = sha256(asked["rpId"].encode()).digest() + bytes([flags]) + used.to_bytes(4, "big")
        signature = self.private.sign(data + sha256(told).digest(), ec.ECDSA(SHA256()))
        response = {"authenticatorData": data, "clientDataJSON": told, "signature": signature}
        named = {one: bytes_to_base64url(value) for one, value in response.items()}
        name = bytes_to_base64url(self.name)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": named})
