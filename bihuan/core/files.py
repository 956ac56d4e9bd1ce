"""Evidence and papers: each file stored once, known by its SHA-256, written for good before the row that names it.

Hides sealing, and where the bytes lie (`store.py`). A row in the database means a whole file with that hash there.
"""

import hashlib

from django.db import models

from bihuan.core import audit, store, vault


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
        stored = vault.seal(data, purpose=sha256) if is_sealed else data
        store.current().write(name_of(sha256, is_sealed=is_sealed), stored)
    if known is not None:
        return known
    return audit.create(
        StoredFile(city=city, sha256=sha256, size=len(data), name=clean_name(name), is_sealed=is_sealed)
    )


def read(file: StoredFile) -> bytes:
    """The plain bytes of a stored file."""
    return _read(file.sha256, is_sealed=file.is_sealed)


def _read(sha256: str, *, is_sealed: bool) -> bytes:
    data = store.current().read(name_of(sha256, is_sealed=is_sealed))
    return vault.unseal(data, purpose=sha256) if is_sealed else data


def fault_of(file: StoredFile) -> str:
    """What is wrong with a stored file, or ""; `store.Away` where the store cannot be asked."""
    return _fault(file.sha256, file.size, is_sealed=file.is_sealed)


def _fault(sha256: str, size: int, *, is_sealed: bool) -> str:
    try:
        data = _read(sha256, is_sealed=is_sealed)
    except store.Away:
        raise
    except OSError:
        return "磁盘上没有这个文件，或读不出来。"
    except vault.Sealed as fault:
        return str(fault)
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        return "内容与登记的字节数和哈希不符。"
    return ""


def sweep() -> None:
    """Take away what a kill or a power cut left half written a day ago and more."""
    store.current().sweep()


class NotCarried(Exception):  # noqa: N818 -- reads as a sentence
    """A file did not come over whole; the message names it."""


def carry(to: store.Store) -> int:
    """Put every stored file into another store and read it back there; how many. Here nothing is changed.

    Refuses with `NotCarried` at the first that is damaged here or comes back otherwise.
    """
    count = 0
    for file in StoredFile.objects.order_by("pk").iterator():
        name = name_of(file.sha256, is_sealed=file.is_sealed)
        if fault := fault_of(file):
            raise NotCarried(f"文件 {name}：{fault}")
        data = store.current().read(name)
        to.write(name, data)
        if to.read(name) != data:
            raise NotCarried(f"文件 {name} 放过去以后读回来不一样。")
        count += 1
    return count


def name_of(sha256: str, *, is_sealed: bool) -> str:
    """Under which name a file with that hash lies in the store."""
    return f"{sha256[:2]}/{sha256}{store.SEALED if is_sealed else ''}"


def clean_name(name: str) -> str:
    """A file's name as it may be shown: no folders, no control or direction characters, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return (
        "".join(
            c for c in last if c.isprintable() and c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )[-200:]
        or "未命名"
    )
