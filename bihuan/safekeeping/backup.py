"""One backup: the database at one moment, the trail's heads up to there, the evidence, a manifest; examined at once.

Hides the folder: `files/` holds the evidence of all generations, each file once; every generation is a folder named by
its moment. What is not finished is called `.part`, what did not pass `.faulty`; neither is ever taken for a backup.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from bihuan.core import disk, files, store, witness
from bihuan.core.files import StoredFile
from bihuan.safekeeping import beside, manifest, rules, snapshot
from bihuan.safekeeping.manifest import Kept, Manifest

FAULTY, PART = ".faulty", ".part"
FAULTY_KEPT = 3


class Busy(Exception):  # noqa: N818 -- reads as a sentence
    """Another backup into the same folder is under way."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup as it was made: where, what it says, how many files were new to the store, and what was found wrong."""

    path: Path
    manifest: Manifest
    copied: int
    findings: list[str]


def make(folder: Path, at: datetime) -> Made:
    """Make a backup and examine it; older generations are thinned out only after a good one.

    An error leaves nothing. A copy in which something is wrong is kept as `.faulty` and never counts.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        _clear(folder)
        stamp = at.astimezone(UTC).strftime(manifest.STAMP)
        part = folder / f".{stamp}{PART}"
        try:
            made, copied, missing = _write(part, folder / "files", at)
            findings = [*missing, *_examined(folder, part, stamp)]
        except BaseException:
            _clear(folder)
            raise
        place = folder / f"{stamp}{FAULTY if findings else ''}"
        part.rename(place)
        disk.sync_folder(folder)
        _thin_out(folder)
        return Made(place, made, copied, findings)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"另一次备份正在往 {folder} 写，等它做完再来；这一次没有做。") from None
        yield


def _clear(folder: Path) -> None:
    """Take away what a kill left unfinished."""
    for path in (*folder.glob(f".*{PART}"), *folder.glob(".*.check")):
        shutil.rmtree(path)


def _write(part: Path, kept_in: Path, at: datetime) -> tuple[Manifest, int, list[str]]:
    part.mkdir(mode=0o700)
    database = manifest.SQLITE if connection.vendor == "sqlite" else manifest.POSTGRESQL
    facts = snapshot.take(part / database)
    _put(part / manifest.HEADS, witness.lines_to(facts.number))  # read after the copy: it holds all that the copy does
    evidence, copied, missing = _keep_evidence(facts.files, kept_in, part.parent)
    _put(part / manifest.EVIDENCE, map(manifest.line_of, evidence))
    made = Manifest(
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        program=version("bihuan"),
        vendor=connection.vendor,
        schema=facts.schema,
        origin=facts.origin,
        number=facts.number,
        digest=facts.digest,
        newest=facts.newest,
        parts=[manifest.of(part / name, name) for name in (database, manifest.HEADS, manifest.EVIDENCE)],
        evidence=len(evidence),
    )
    _put(part / manifest.NAME, [made.text()])
    disk.sync_folder(part)
    return made, copied, missing


def _put(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _keep_evidence(named: list[StoredFile], kept_in: Path, folder: Path) -> tuple[list[Kept], int, list[str]]:
    """Every file that the rows name, in the store of backups: copied where it is not there yet and is whole."""
    earlier = next(iter(manifest.generations(folder)), None)
    known = {one.name: one for one in manifest.evidence(earlier)} if earlier else {}
    kept, copied, missing = [], 0, []
    for file in named:
        name = files.place_of(file)
        there = kept_in / name
        if not there.exists():
            if fault := files.fault_of(file):
                missing.append(f"I4 文件 {name}：{fault}备份里也没有它。")
                continue
            store.save_as(store.current().read(name), there)
            copied += 1
        seen = known.get(name)
        kept.append(seen if seen and there.stat().st_size == seen.size else manifest.of(there, name))
    return kept, copied, missing


def _examined(folder: Path, part: Path, stamp: str) -> list[str]:
    """What the examination finds in the copy itself; the live database is not asked."""
    if connection.vendor != "sqlite":
        snapshot.run_tool("pg_restore", "--list", str(part / manifest.POSTGRESQL))
        return []
    check = folder / f".{stamp}.check"
    try:
        beside.lay_out_backup(part, check, copies=False)
        beside.examine(check, without_files=True)
    except beside.Unfit as unfit:
        return unfit.findings
    finally:
        shutil.rmtree(check, ignore_errors=True)
    return []


def _thin_out(folder: Path) -> None:
    good = {
        datetime.strptime(path.name, manifest.STAMP).replace(tzinfo=UTC): path for path in manifest.generations(folder)
    }
    wanted = rules.kept(good)
    faulty = sorted(folder.glob(f"*{FAULTY}"), reverse=True)
    for path in (*(path for moment, path in good.items() if moment not in wanted), *faulty[FAULTY_KEPT:]):
        doomed = path.with_name(f".{path.name}{PART}")
        path.rename(doomed)  # a half emptied folder never looks like a backup
        shutil.rmtree(doomed)
