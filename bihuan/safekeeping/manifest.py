"""What a backup says of itself: one JSON file with the hash of every other, and where the trail ended.

Hides the format. A backup is whole when everything that its manifest names is there with the hash that it names.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bihuan.core.files import SEAL

FORMAT = 1
NAME, EVIDENCE, HEADS = "manifest.json", "files.list", "trail.heads"
SQLITE, POSTGRESQL = "database.sqlite3", "database.dump"
STAMP = "%Y%m%dT%H%M%SZ"
CHUNK = 1 << 20


class Damaged(Exception):  # noqa: N818 -- reads as a sentence
    """A backup that is not whole, or none at all; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: its name inside the backup, its size, the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When it was made, by which program, of which schema and trail, and every file with its hash.

    `origin` is the digest of the trail's first entry: no two installations share it. `number`, `digest` and `newest`
    say where the trail ended.
    """

    made_at: str
    program: str
    vendor: str
    schema: list[str]
    origin: str
    number: int
    digest: str
    newest: str
    parts: list[Kept]
    evidence: int
    format: int = FORMAT

    def text(self) -> str:
        """As JSON, with the hash of all the rest at its end."""
        body = asdict(self)
        return json.dumps({**body, "seal": _seal(body)}, ensure_ascii=False, indent=1) + "\n"

    @property
    def database(self) -> str:
        """The name of the database's file."""
        return SQLITE if self.vendor == "sqlite" else POSTGRESQL

    @property
    def made(self) -> datetime:
        """The moment at which it was made."""
        return datetime.fromisoformat(self.made_at)


def _seal(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read(backup: Path) -> Manifest:
    """The manifest of a backup; refuses with `Damaged` what is none, or was changed."""
    try:
        body = json.loads((backup / NAME).read_text(encoding="utf-8"))
        seal = body.pop("seal")
        parts = [Kept(**one) for one in body.pop("parts")]
        manifest = Manifest(**body, parts=parts)
        made = manifest.made
    except FileNotFoundError:
        raise Damaged(f"{backup} 里没有 {NAME}，不是一份完整的备份。") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise Damaged(f"{backup} 的 {NAME} 读不出来，这份备份不能用。") from None
    if seal != _seal(asdict(manifest)) or made.tzinfo is None:
        raise Damaged(f"{backup} 的 {NAME} 被改动过，这份备份不能用。")
    if manifest.format != FORMAT:
        raise Damaged(f"{backup} 是另一版本的备份格式（{manifest.format}），请用做备份的那个版本恢复。")
    return manifest


def verify(backup: Path, store: Path) -> Manifest:
    """The manifest, after every file that it names was read and has its hash; else `Damaged` names the first wrong one.

    `store` is where the evidence of all generations lies.
    """
    manifest = read(backup)
    for part in manifest.parts:
        _check(backup / part.name, part)
    count = 0
    for count, one in enumerate(evidence(backup), 1):  # noqa: B007 -- the count is asked for afterwards
        _check(store / one.name, one)
    if count != manifest.evidence or {part.name for part in manifest.parts} != {manifest.database, HEADS, EVIDENCE}:
        raise Damaged(f"{backup} 缺少该有的文件，这份备份不能用。")
    return manifest


def _check(path: Path, kept: Kept) -> None:
    try:
        found = of(path, kept.name)
    except OSError:
        raise Damaged(f"备份里缺少 {kept.name}，或读不出来，这份备份不能用。") from None
    if found != kept:
        raise Damaged(f"备份里的 {kept.name} 与登记的大小和哈希不符，这份备份不能用。")


def of(path: Path, name: str) -> Kept:
    """A file as it lies on the disk."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            digest.update(block)
            size += len(block)
    return Kept(name, size, digest.hexdigest())


def evidence(backup: Path) -> Iterator[Kept]:
    """The evidence files of a backup: one line each, hash, size, name in the store."""
    with (backup / EVIDENCE).open(encoding="utf-8") as file:
        for line in file:
            words = line.split()
            if len(words) != 3 or not words[1].isdecimal() or not _is_name(words[2]):
                raise Damaged(f"{backup} 的 {EVIDENCE} 读不出来，这份备份不能用。")
            yield Kept(words[2], int(words[1]), words[0])


def _is_name(name: str) -> bool:
    """`ab/<64 hexadecimal digits>`, sealed or not, with the name of its key: a list leads nowhere else."""
    folder, _, rest = name.partition("/")
    stem, _, seal = rest.removesuffix(".sealed").partition(".")
    is_hex = all(digit in "0123456789abcdef" for digit in stem + seal)
    return len(stem) == 64 and stem[:2] == folder and len(seal) in (0, SEAL) and is_hex


def line_of(kept: Kept) -> str:
    """A file as a line of the list."""
    return f"{kept.sha256} {kept.size} {kept.name}\n"


def generations(folder: Path) -> list[Path]:
    """The good backups of a folder, newest first: those whose name is the moment they were made."""
    return sorted((path for path in folder.glob("*Z") if path.is_dir() and _is_stamp(path.name)), reverse=True)


def _is_stamp(name: str) -> bool:
    try:
        datetime.strptime(name, STAMP)  # noqa: DTZ007 -- only whether it can be read
    except ValueError:
        return False
    return True
