"""A power cut, from a record of system calls: of what was written, only what was synced before is there after it.

A writer runs under `strace`; what it acknowledges stands in the same record as its writes and syncs, so their order
is known. A name is on the disk once its folder was synced, bytes once their file was. What was not synced is forgotten,
or arrives in part: each write of it by a throw of the dice, which tears pages that belong together.
"""

import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.served import Site

CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir"
CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
WORD = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
OPENED = re.compile(r"<((?:\\x[0-9a-f]{2}|[^>])*)>")
LONGEST = 1 << 20
Call = tuple[str, list[str], list[bytes], list[int]]  # name, files, strings, numbers
Write = tuple[int, bytes]


def recorded(site: Site, script: str, to: Path, *faults: str) -> list[Call]:
    """Run a script against a site's data; its calls that touch files, and what it printed, in their order.

    `faults`: which calls fail, and how, as strace says it (fsync:error=EIO:when=3); what failed did not happen.
    """
    tracing = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", str(LONGEST), "-e", f"trace={CALLS}", "-o", str(to)]
    tracing += [word for fault in faults for word in ("-e", f"inject={fault}")]
    command = [*tracing, sys.executable, "-c", f"import django; django.setup()\n{script}"]
    done = subprocess.run(command, env=site.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [*_calls(to)]


def _calls(record: Path) -> Iterator[Call]:
    with record.open() as lines:
        for line in lines:
            if (found := CALL.match(line)) and int(found[3]) >= 0:
                told = found[2]
                if found[1] == "openat" and "O_CREAT" not in told:
                    continue
                strings = [_plain(one).encode("latin-1") for one in WORD.findall(told)]
                rest = WORD.sub("", told)
                files = [_plain(one).encode("latin-1").decode() for one in OPENED.findall(rest)]
                numbers = [int(one) for one in re.findall(r"(?<=, )\d+", OPENED.sub("", rest))]
                yield found[1], files, strings, [*numbers, int(found[3])]


def _plain(text: str) -> str:
    return re.sub(r"\\x([0-9a-f]{2})", lambda hit: chr(int(hit[1], 16)), text)


@dataclass
class File:
    """What a file holds for those that run, and the writes of it that are on no disk yet."""

    seen: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    waiting: list[Write] = field(default_factory=list)


class Disk:
    """The files of a folder, as those that run see them, and as the disk has them."""

    def __init__(self, root: Path) -> None:
        self.root, self.said = str(root), list[str]()
        self.names: dict[str, File] = {}
        for path in (one for one in root.rglob("*") if one.is_file()):
            data = path.read_bytes()
            self.names[str(path)] = File(bytearray(data), data)
        self.kept = dict(self.names)

    def play(self, calls: Sequence[Call]) -> None:
        """Let these calls happen."""
        for name, files, strings, numbers in calls:
            getattr(self, f"_{name}", self._nothing)(files, strings, numbers)

    def _nothing(self, *_: object) -> None:
        """What changes no file."""

    def _openat(self, files: list[str], strings: list[bytes], numbers: list[int]) -> None:
        del files, numbers
        self.names.setdefault(strings[0].decode(), File()) if strings else None

    def _write(self, files: list[str], strings: list[bytes], numbers: list[int]) -> None:
        path = files[0]
        if not path.startswith(self.root):
            self.said += strings[0].decode(errors="replace").split("\n") if strings else []
            return
        file = self.names.setdefault(path, File())
        self._put(file, len(file.seen), strings[0][: numbers[-1]])

    def _pwrite64(self, files: list[str], strings: list[bytes], numbers: list[int]) -> None:
        if files[0] in self.names:
            self._put(self.names[files[0]], numbers[-2], strings[0])

    @staticmethod
    def _put(file: File, at: int, data: bytes) -> None:
        _laid(file.seen, at, data)
        file.waiting.append((at, data))

    def _ftruncate(self, files: list[str], strings: list[bytes], numbers: list[int]) -> None:
        del strings
        if files[0] in self.names:
            del self.names[files[0]].seen[numbers[-2] :]

    def _fsync(self, files: list[str], *_: object) -> None:
        if file := self.names.get(files[0]):
            file.synced, file.waiting = bytes(file.seen), []
            return
        here = f"{files[0]}/"
        self.kept = {name: file for name, file in self.kept.items() if not _is_in(name, here)}
        self.kept |= {name: file for name, file in self.names.items() if _is_in(name, here)}

    _fdatasync = _fsync

    def _rename(self, files: list[str], strings: list[bytes], numbers: list[int]) -> None:
        del files, numbers
        old, new = (one.decode() for one in strings)
        if old in self.names:
            self.names[new] = self.names.pop(old)

    _renameat = _renameat2 = _rename

    def _unlink(self, files: list[str], strings: list[bytes], numbers: list[int]) -> None:
        del files, numbers
        self.names.pop(strings[0].decode(), None)

    _unlinkat = _unlink

    def cut(self, to: Path, dice: random.Random, share: float) -> None:
        """Write down what the disk has now, with that share of the writes that nobody synced."""
        for name, file in self.kept.items():
            data = bytearray(file.synced)
            for at, piece in file.waiting:
                if dice.random() < share:
                    _laid(data, at, piece)
            path = to / Path(name).relative_to(self.root)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for index in to.glob("*-shm"):
            index.unlink()


def _laid(data: bytearray, at: int, piece: bytes) -> None:
    data.extend(b"\0" * (at - len(data)))
    data[at : at + len(piece)] = piece


def _is_in(name: str, folder: str) -> bool:
    return name.startswith(folder) and "/" not in name[len(folder) :]
