"""A copy looked at without touching it or the live system: a backup, or a bare file of an embedded database.

Hides that it is laid out in a temporary folder, because opening a database already writes to it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bihuan.core import files, schema, store, witness
from bihuan.safekeeping import beside, manifest, snapshot
from bihuan.safekeeping.manifest import Damaged


def findings_of(copy: Path) -> list[str]:
    """Everything that is wrong with a copy; [] where nothing is. Refuses with `Damaged` what is no copy at all."""
    with _scratch() as folder:
        try:
            if copy.is_dir():
                checked(copy)
                beside.lay_out_backup(copy, folder, copies=False)
            else:
                _lay_out_file(copy, folder)
            beside.examine(folder)
        except beside.Unfit as unfit:
            return unfit.findings
    return []


def checked(backup: Path) -> manifest.Manifest:
    """The manifest of a backup of which every byte is as it was written, and whose schema this program knows.

    Refuses with `Damaged` or `schema.TooNew`.
    """
    if not backup.is_dir():
        raise Damaged(f"没有这份备份：{backup}。")
    found = manifest.verify(backup, backup.parent / "files")
    schema.refuse_newer(found.schema)
    if found.vendor == "sqlite":
        try:
            facts = snapshot.facts_of(backup / manifest.SQLITE)
        except snapshot.Unable as fault:
            raise Damaged(str(fault)) from None
        if (facts.origin, facts.number, facts.digest) != (found.origin, found.number, found.digest):
            raise Damaged(f"{backup} 的数据库与 {manifest.NAME} 记的轨迹不符，这份备份不能用。")
    return found


def _lay_out_file(database: Path, folder: Path) -> None:
    try:
        facts = snapshot.facts_of(database)
    except (snapshot.Unable, OSError) as fault:
        raise Damaged(str(fault)) from None
    schema.refuse_newer(facts.schema)
    own = database.with_name(manifest.HEADS)
    heads = [own.read_text(encoding="utf-8")] if own.exists() else witness.lines_to(facts.number)
    beside.lay_out(folder, database=database, heads=heads, store=folder, names=(), copies=False)
    for file in facts.files:
        name = files.place_of(file)
        with suppress(FileNotFoundError):  # which the examination finds
            store.save_as(store.current().read(name), folder / "files" / name)


@contextmanager
def _scratch() -> Iterator[Path]:
    outer = Path(tempfile.mkdtemp(prefix="bihuan-copy-"))
    try:
        yield outer / "data"
    finally:
        shutil.rmtree(outer)
