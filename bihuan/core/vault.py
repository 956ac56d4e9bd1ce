"""Seals what may not be read in the database or on the disk: AES-256-GCM with a key that lives outside both.

Hides the cipher and where the key comes from. The policy of opening (who, why, for how long) lives above.
"""

import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class Sealed(Exception):  # noqa: N818 -- reads as a sentence
    """What was sealed cannot be opened: the key is another one, or the bytes were changed."""


@cache
def _key(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
    return path.read_bytes()


def seal(plain: bytes, *, purpose: str) -> bytes:
    """Encrypt. `purpose` is bound to the result: what was sealed for one purpose does not open for another."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key(Path(settings.VAULT_KEY))).encrypt(nonce, plain, purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Decrypt, or refuse with `Sealed`."""
    try:
        return AESGCM(_key(Path(settings.VAULT_KEY))).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except InvalidTag:
        raise Sealed("无法解开密封内容：密钥不符或内容已被改动。") from None
