"""Evidence and papers: each file stored once, known by its SHA-256, written for good before the row that names it.

Hides sealing, and where the bytes lie (`store.py`). A row in the database means a whole file with that hash there, or
one whose key was destroyed: of that nothing is left but its name and its hash.
"""

import hashlib
from datetime import date

from django.db import models, transaction
from django.db.models import QuerySet

from bihuan.core import audit, rows, store, vault

SEAL = 16  # hexadecimal digits


class StoredFile(audit.Recorded):
    """A file that came in: hash of its plain bytes, size, name. A sealed one is encrypted under a key of its own, which
    `seal` names (one of an earlier version has none: the master key). `destroyed_on`: nobody reads it again.
    """

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField("字节数")
    name = models.CharField("文件名", max_length=200)
    is_sealed = models.BooleanField("加密保存", default=False)
    seal = models.CharField("封号", max_length=SEAL, blank=True, default="")
    wrapped_key = models.BinaryField("密钥", default=b"")
    destroyed_on = models.DateField("密钥销毁", null=True)

    untrailed = frozenset({"wrapped_key"})

    class Meta:
        verbose_name = "文件"
        constraints = [models.UniqueConstraint(fields=["city", "sha256", "is_sealed", "seal"], name="file_once")]

    def __str__(self) -> str:
        return self.name


def keep(name: str, data: bytes, *, city: str, is_sealed: bool = False) -> StoredFile:
    """Store bytes and the row that names them (inside an action); the same bytes are stored once in a city.

    A file that is there already, but damaged, is written anew; one whose key was destroyed is another's.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    known = standing().filter(city=city, sha256=sha256, is_sealed=is_sealed).order_by("pk").first()
    file = known or StoredFile(city=city, sha256=sha256, size=len(data), name=clean_name(name), is_sealed=is_sealed)
    if known is None and is_sealed:
        return _sealed(file, data)
    if fault_of(file):
        store.current().write(place_of(file), _stored(file, data))
    return known or audit.create(file)


def _sealed(file: StoredFile, data: bytes) -> StoredFile:
    """A sealed file under a key of its own. Its name is known before, so that what a kill left is written over; the row
    comes first, so that of two that bring the same bytes at once one alone writes them.
    """
    earlier = StoredFile.objects.filter(city=file.city, sha256=file.sha256, is_sealed=True).count()
    file.seal = vault.index(f"{file.city}\0{file.sha256}\0{earlier}", purpose="file")[:SEAL]
    file.wrapped_key = vault.new_key(purpose=_of(file))
    audit.create(file)
    store.current().write(place_of(file), _stored(file, data))
    return file


def standing() -> QuerySet[StoredFile]:
    """The files that can be read: all but those whose key was destroyed."""
    return StoredFile.objects.filter(destroyed_on__isnull=True)


def destroy(file: StoredFile, on: date, *, because: str) -> None:
    """Destroy the key of a sealed file, inside an action, and take its bytes away once that is written for good."""
    if not file.is_sealed:
        raise ValueError("only a sealed file has a key")
    rows.erase(file, "wrapped_key")
    audit.change(file, destroyed_on=on, because=because)
    transaction.on_commit(lambda: _clear(file), robust=True)


def _clear(file: StoredFile) -> None:
    """Take the bytes of a destroyed file away, unless another row still stands on them."""
    same = standing().filter(sha256=file.sha256, is_sealed=file.is_sealed, seal=file.seal)
    if not same.exists():
        store.current().remove(place_of(file))


def clear_destroyed() -> None:
    """Take away what a kill left of destroyed files."""
    for file in StoredFile.objects.filter(destroyed_on__isnull=False).order_by("pk"):
        _clear(file)


def _of(file: StoredFile) -> str:
    """The purpose for which a file's key is wrapped."""
    return f"file:{file.seal}"


def _stored(file: StoredFile, data: bytes) -> bytes:
    """The bytes as they lie in the store."""
    if file.seal:
        return vault.lock(file.wrapped_key, data, of=_of(file), purpose=file.sha256)
    return vault.seal(data, purpose=file.sha256) if file.is_sealed else data


def read(file: StoredFile) -> bytes:
    """The plain bytes of a stored file; `vault.Sealed` where its key was destroyed."""
    if file.destroyed_on is not None:
        raise vault.Sealed("这份文件的密钥已经销毁，不能再打开。")
    data = store.current().read(place_of(file))
    if file.seal:
        return vault.unlock(file.wrapped_key, data, of=_of(file), purpose=file.sha256)
    return vault.unseal(data, purpose=file.sha256) if file.is_sealed else data


def fault_of(file: StoredFile) -> str:
    """What is wrong with a stored file, or ""; `store.Away` where the store cannot be asked. Of a destroyed one: a key
    that is still there.
    """
    if file.destroyed_on is not None:
        return "登记为已销毁，密钥却还在。" if file.wrapped_key else ""
    try:
        data = read(file)
    except store.Away:
        raise
    except OSError:
        return "磁盘上没有这个文件，或读不出来。"
    except vault.Sealed as fault:
        return str(fault)
    if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
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
    for file in standing().order_by("pk").iterator():
        name = place_of(file)
        if fault := fault_of(file):
            raise NotCarried(f"文件 {name}：{fault}")
        data = store.current().read(name)
        to.write(name, data)
        if to.read(name) != data:
            raise NotCarried(f"文件 {name} 放过去以后读回来不一样。")
        count += 1
    return count


def place_of(file: StoredFile) -> str:
    """Under which name a file lies in the store."""
    return name_of(file.sha256, is_sealed=file.is_sealed, seal=file.seal)


def name_of(sha256: str, *, is_sealed: bool, seal: str = "") -> str:
    """Under which name a file with that hash lies in the store, sealed under the key of that name or the master key."""
    return f"{sha256[:2]}/{sha256}{f'.{seal}' if seal else ''}{store.SEALED if is_sealed else ''}"


def clean_name(name: str) -> str:
    """A file's name as it may be shown: no folders, no control or direction characters, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return (
        "".join(
            c for c in last if c.isprintable() and c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )[-200:]
        or "未命名"
    )
