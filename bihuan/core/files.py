"""Evidence and papers: each file stored once, known by its SHA-256, written to the disk before the row that names it.

Hides folders, fsync and sealing. A row in the database means a whole file with that hash on the disk.
"""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import models

from bihuan.core import audit, vault


class StoredFile(audit.Recorded):
    """A file that came in: hash of its plain bytes, size, name. A sealed one is encrypted on the disk."""

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField("字节数")
    name = models.CharField("文件名", max_length=200)
    is_sealed = models.BooleanField("加密保存", default=False)

    class Meta:
        verbose_name = "文件"
        constraints = [models.UniqueConstraint(fields=["city", "sha256", "is_sealed"], name="file_once")]

    def __str__(self) -> str:
        return self.name


def keep(name: str, data: bytes, *, city: str, is_sealed: bool = False) -> StoredFile:
    """Store bytes and the row that names them (inside an action); the same bytes are stored once in a city."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(city=city, sha256=sha256, is_sealed=is_sealed).first()
    if known is not None:
        return known
    _write(path_of(sha256, is_sealed=is_sealed), vault.seal(data, purpose=sha256) if is_sealed else data)
    return audit.create(
        StoredFile(city=city, sha256=sha256, size=len(data), name=clean_name(name), is_sealed=is_sealed)
    )


def read(file: StoredFile) -> bytes:
    """The plain bytes of a stored file."""
    data = path_of(file.sha256, is_sealed=file.is_sealed).read_bytes()
    return vault.unseal(data, purpose=file.sha256) if file.is_sealed else data


def path_of(sha256: str, *, is_sealed: bool) -> Path:
    """Where a file with that hash lies."""
    return Path(settings.FILES) / sha256[:2] / (sha256 + (".sealed" if is_sealed else ""))


def clean_name(name: str) -> str:
    """A file's name as it may be shown: no folders, no control or direction characters, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return (
        "".join(
            c for c in last if c.isprintable() and c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )[-200:]
        or "未命名"
    )


def _write(path: Path, data: bytes) -> None:
    """Write whole or not at all: a temporary file, fsync, rename, fsync of the folder."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{secrets.token_hex(8)}.part"
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
