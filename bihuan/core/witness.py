"""The heads of the trail in a file outside the database: a tail cut off, or a chain hashed anew, cannot agree with it.

Hides the file. Each machine writes one of its own, and every `*.heads` beside it is read as well. One line goes in
before a deed commits (`+`: about to end here) and one after (`=`: ended here). A kill between leaves a `+` alone, which
both a chain that has the deed and one that has it not may have.
"""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from bihuan.core import disk

PLANNED, DONE = "+", "="
SUFFIX = ".heads"


def plan(number: int, digest: str) -> None:
    """Note, on the disk, where a deed is about to end. Called under the head row's lock; an error undoes the deed."""
    _append(f"{PLANNED}{number} {digest}\n", is_synced=True)


def confirm(number: int, digest: str) -> None:
    """Note that it has ended there."""
    _append(f"{DONE}{number} {digest}\n", is_synced=False)


def is_writable() -> bool:
    """Whether the next deed could note where it ends; asked without writing anything."""
    path = Path(settings.HEADS)
    if path.exists():
        return os.access(path, os.W_OK)
    return os.access(next(one for one in path.parents if one.exists()), os.W_OK | os.X_OK)


def _append(line: str, *, is_synced: bool) -> None:
    path = Path(settings.HEADS)
    is_new = not path.exists()
    if is_new:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        data = f"{_end_of_the_last(handle)}{line}".encode()
        if os.write(handle, data) < len(data):
            raise OSError(errno.ENOSPC, "no room for the head of the trail")
        if is_synced:
            os.fdatasync(handle)
    finally:
        os.close(handle)
    if is_new:
        disk.sync_folder(path.parent)


def _end_of_the_last(handle: int) -> str:
    """A new line, where a full disk took only a piece of the last one."""
    size = os.fstat(handle).st_size
    return "\n" if size and os.pread(handle, 1, size - 1) != b"\n" else ""


class Heads:
    """What the file says, by number; the examination takes off what the chain answers for."""

    def __init__(self) -> None:
        self.planned: dict[int, set[str]] = {}
        self.done: dict[int, str] = {}
        for kind, number, digest in (line for path in paths() for line in _lines(path)):
            if kind == DONE:
                self.done[number] = digest
            else:  # more than one where a deed was undone and another ended there
                self.planned.setdefault(number, set()).add(digest)

    def is_so(self, number: int, digest: str) -> bool:
        """Whether no deed is known to have ended at this number with another digest."""
        return self.done.pop(number, digest) == digest

    def knows(self, number: int, digest: str) -> bool:
        """Whether a deed was about to end here so: it is noted before it can commit."""
        return digest in self.planned.get(number, ())


def lines_to(number: int) -> Iterator[str]:
    """The file's lines up to a number of the chain: what a copy of the database that ends there must agree with."""
    for path in paths():
        for kind, ended, digest in _lines(path):
            if ended <= number:
                yield f"{kind}{ended} {digest}\n"


def paths() -> list[Path]:
    """The files of heads: this machine's, and those of others beside it."""
    own = Path(settings.HEADS)
    beside = own.parent.glob(f"*{SUFFIX}") if own.suffix == SUFFIX else ()
    return sorted(path for path in {own, *beside} if path.exists())


def _lines(path: Path) -> Iterator[tuple[str, int, str]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            number, _, digest = line[1:].strip().partition(" ")
            if line[0] in (PLANNED, DONE) and number.isdecimal() and len(digest) == 64:
                yield line[0], int(number), digest
