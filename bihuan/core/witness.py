"""The heads of the trail in a file outside the database: a tail cut off, or a chain hashed anew, cannot agree with it.

Hides the file. One line goes in before a deed commits (`+`: about to end here) and one after (`=`: ended here). A kill
between the two leaves a `+` alone, which both a chain that has the deed and one that has it not may have.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from bihuan.core import disk

PLANNED, DONE = "+", "="


def plan(number: int, digest: str) -> None:
    """Note, on the disk, where a deed is about to end. Called under the head row's lock; an error undoes the deed."""
    _append(f"{PLANNED}{number} {digest}\n", is_synced=True)


def confirm(number: int, digest: str) -> None:
    """Note that it has ended there."""
    _append(f"{DONE}{number} {digest}\n", is_synced=False)


def _append(line: str, *, is_synced: bool) -> None:
    path = Path(settings.HEADS)
    is_new = not path.exists()
    if is_new:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        if is_synced:
            os.fdatasync(handle)
    finally:
        os.close(handle)
    if is_new:
        disk.sync_folder(path.parent)


class Heads:
    """What the file says, by number; the examination takes off what the chain answers for."""

    def __init__(self) -> None:
        self.planned: dict[int, str] = {}
        self.done: dict[int, str] = {}
        for kind, number, digest in _lines():
            (self.done if kind == DONE else self.planned)[number] = digest

    def is_so(self, number: int, digest: str) -> bool:
        """Whether no deed is known to have ended at this number with another digest."""
        return self.done.pop(number, digest) == digest

    def knows(self, number: int, digest: str) -> bool:
        """Whether a deed was about to end here so: it is noted before it can commit."""
        return self.planned.get(number) == digest


def lines_to(number: int) -> Iterator[str]:
    """The file's lines up to a number of the chain: what a copy of the database that ends there must agree with."""
    for kind, ended, digest in _lines():
        if ended <= number:
            yield f"{kind}{ended} {digest}\n"


def _lines() -> Iterator[tuple[str, int, str]]:
    path = Path(settings.HEADS)
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            number, _, digest = line[1:].strip().partition(" ")
            if line[0] in (PLANNED, DONE) and number.isdecimal() and len(digest) == 64:
                yield line[0], int(number), digest
