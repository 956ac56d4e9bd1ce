"""Evidence and papers: each file stored once, known by its SHA-256, written to the disk before the row that names it.

Hides folders, fsync and sealing. A row in the database means a whole file with that hash on the disk.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import models

from bihuan.core import audit, clock, disk, vault

PART = ".part"
DAY_SECONDS = 24 * 3600


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
    """Store bytes and the row that names them (inside an action); the same bytes are stored once in a city.

    A file that is there already, but damaged, is written anew.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(city=city, sha256=sha256, is_sealed=is_sealed).first()
    if _fault(sha256, len(data), is_sealed=is_sealed):
        _write(path_of(sha256, is_sealed=is_sealed), vault.seal(data, purpose=sha256) if is_sealed else data)
    if known is not None:
        return known
    return audit.create(
        StoredFile(city=city, sha256=sha256, size=len(data), name=clean_name(name), is_sealed=is_sealed)
    )


def read(file: StoredFile) -> bytes:
    """The plain bytes of a stored file."""
    return _read(file.sha256, is_sealed=file.is_sealed)


def _read(sha256: str, *, is_sealed: bool) -> bytes:
    data = path_of(sha256, is_sealed=is_sealed).read_bytes()
    return vault.unseal(data, purpose=sha256) if is_sealed else data


def fault_of(file: StoredFile) -> str:
    """What is wrong with a stored file on the disk, or ""."""
    return _fault(file.sha256, file.size, is_sealed=file.is_sealed)


def _fault(sha256: str, size: int, *, is_sealed: bool) -> str:
    try:
        data = _read(sha256, is_sealed=is_sealed)
    except OSError:
        return "磁盘上没有这个文件，或读不出来。"
    except vault.Sealed as fault:
        return str(fault)
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        return "内容与登记的字节数和哈希不符。"
    return ""


def old_files() -> Iterator[Path]:
    """Every file of the store, half written ones too, that has lain there for a day."""
    for path in sorted(Path(settings.FILES).glob("*/*")):
        if path.is_file() and clock.seconds_since(path.stat().st_mtime) > DAY_SECONDS:
            yield path


def sweep() -> None:
    """Take away what a kill or a power cut left half written a day ago and more."""
    for path in old_files():
        if path.suffix == PART:
            path.unlink(missing_ok=True)


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
    """Write whole or not at all: a temporary file, fsync, rename, fsync of the folder and of the one above."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{secrets.token_hex(8)}{PART}"
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        disk.sync_folder(folder)
