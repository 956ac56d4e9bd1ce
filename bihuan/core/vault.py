"""Seals what may not be read in the database or on the disk: AES-256-GCM with a key that lives outside both.

Hides the cipher and where the key comes from. The policy of opening (who, why, for how long) lives above.
"""

import secrets
from functools import cache, partial
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from bihuan.lib import keyfile

NONCE, KEY = 12, 32


class Sealed(Exception):  # noqa: N818 -- reads as a sentence
    """What was sealed cannot be opened: the key is another one, or the bytes were changed."""


@cache
def _key(path: Path) -> bytes:
    if not path.exists() and any(Path(settings.FILES).glob("*/*.sealed")):
        raise Sealed(f"已有密封的文件，密钥却不在 {path}；请把密钥放回原处，不能另造一把。")
    key = keyfile.kept(path, partial(secrets.token_bytes, KEY))
    if len(key) != KEY:
        raise Sealed(f"密钥文件 {path} 已损坏，应为{KEY}字节。")
    return key


def check_key() -> None:
    """Make the key where none was needed before; refuse with `Sealed` where it is lost or damaged."""
    _key(Path(settings.VAULT_KEY))


def seal(plain: bytes, *, purpose: str) -> bytes:
    """Encrypt. `purpose` is bound to the result: what was sealed for one purpose does not open for another."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key(Path(settings.VAULT_KEY))).encrypt(nonce, plain, purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Decrypt, or refuse with `Sealed`."""
    try:
        return AESGCM(_key(Path(settings.VAULT_KEY))).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):  # the second where the file was cut short
        raise Sealed("无法解开密封内容：密钥不符或内容已被改动。") from None
