"""Seals what may not be read in the database or on the disk: AES-256-GCM with a key that lives outside both.

Hides the cipher, where the keys come from, and how a word is told again without being kept. One person's data are
sealed under a key of their own, which the master key wraps: destroying that one key destroys the data. The policy of
opening (who, why, for how long) lives above.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from bihuan.core import store
from bihuan.lib import keyfile

Buffer = bytes | memoryview  # the second as PostgreSQL gives it
NONCE, KEY = 12, 32
BLOCK, END = 64, b"\x80"  # a sealed word is as long as the next full block: its length tells nothing
INDEX = "index.key"


class Sealed(Exception):  # noqa: N818 -- reads as a sentence
    """What was sealed cannot be opened: the key is another one, or the bytes were changed."""


@cache
def _key(path: Path) -> bytes:
    if not path.exists() and (path.with_name(INDEX).exists() or store.current().has_sealed()):
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


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A word on its way into the vault: it never prints itself, and a deed remembers of it its keyed digest alone."""

    plain: str

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def told(self) -> str:
        """What tells it from another without telling it."""
        return index(self.plain, purpose="deed")


def new_key(*, purpose: str) -> bytes:
    """A key for one person's data, wrapped by the master key."""
    return seal(secrets.token_bytes(KEY), purpose=purpose)


def seal_under(wrapped: Buffer, plain: str, *, of: str, purpose: str) -> bytes:
    """Encrypt a word under the key that was wrapped for the purpose `of`."""
    nonce, words = secrets.token_bytes(NONCE), plain.encode() + END
    padded = words + bytes(-len(words) % BLOCK)
    return nonce + _unwrapped(wrapped, of).encrypt(nonce, padded, purpose.encode())


def lock(wrapped: Buffer, plain: bytes, *, of: str, purpose: str) -> bytes:
    """Encrypt a whole file under the key that was wrapped for the purpose `of`."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _unwrapped(wrapped, of).encrypt(nonce, plain, purpose.encode())


def unlock(wrapped: Buffer, locked: bytes, *, of: str, purpose: str) -> bytes:
    """Decrypt a whole file, or refuse with `Sealed`: the key was destroyed or is another, or the bytes were changed."""
    try:
        return _unwrapped(wrapped, of).decrypt(locked[:NONCE], locked[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        raise Sealed("无法解开密封内容：密钥不符或内容已被改动。") from None


def unseal_under(wrapped: Buffer, sealed: Buffer, *, of: str, purpose: str) -> str:
    """Decrypt a word, or refuse with `Sealed`: the key was destroyed or is another one, or the bytes were changed."""
    try:
        padded = _unwrapped(wrapped, of).decrypt(bytes(sealed[:NONCE]), bytes(sealed[NONCE:]), purpose.encode())
    except (InvalidTag, ValueError):
        raise Sealed("无法解开密封内容：密钥不符或内容已被改动。") from None
    return padded[: padded.rindex(END)].decode()


def _unwrapped(wrapped: Buffer, of: str) -> AESGCM:
    if not wrapped:
        raise Sealed("这份密封内容的密钥已经销毁，不能再打开。")
    return AESGCM(unseal(bytes(wrapped), purpose=of))


def index(word: str, *, purpose: str) -> str:
    """A keyed digest by which a word is found again exactly; without the index key nobody can try words out on it."""
    return hmac.new(_index_key(Path(settings.VAULT_KEY)), f"{purpose}\0{word}".encode(), hashlib.sha256).hexdigest()


@cache
def _index_key(master: Path) -> bytes:
    _key(master)  # which refuses where it is lost
    return keyfile.kept(master.with_name(INDEX), partial(secrets.token_bytes, KEY))
