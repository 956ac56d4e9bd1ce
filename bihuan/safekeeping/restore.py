"""A backup put in the place of the live data: looked through first, laid out and examined beside, then changed over.

Hides the change-over. What stood there before is never deleted: it is kept aside in a folder `replaced-…`.
"""

import os
import shutil
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from bihuan.core import occupancy, store, witness
from bihuan.safekeeping import beside, copies, dumps, manifest, snapshot
from bihuan.safekeeping.manifest import Manifest

TAILS = ("", "-wal", "-shm")


class Foreign(Exception):  # noqa: N818 -- reads as a sentence
    """The backup is of another installation, of another kind of database, or of another branch of this trail."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where what stood there before is kept; None where nothing stood there."""

    manifest: Manifest
    aside: Path | None


def put_back(backup: Path, at: datetime) -> Restored:
    """Put a backup in the place of this process's own data.

    Refuses before anything is touched: `Damaged`, `TooNew`, `Foreign`, `Occupied`; and with `Unfit` where the
    examination, beside, finds anything.
    """
    found = copies.checked(backup)
    if found.vendor != connection.vendor:
        raise Foreign("备份和现在设的数据库不是一种；请按备份的种类设好 BIHUAN_DATABASE 再恢复，数据没有动。")
    with occupancy.alone():
        _refuse_foreign(found)
        connections.close_all()
        data, stamp = Path(settings.DATA), at.astimezone(UTC).strftime(manifest.STAMP)
        for old in data.glob(occupancy.UNFINISHED):
            shutil.rmtree(old)
        new = data / f"restoring-{stamp}"
        try:
            _lay_out(backup, found, new)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        return Restored(found, _change_over(new, data / f"replaced-{stamp}"))


def _lay_out(backup: Path, found: Manifest, new: Path) -> None:
    beside.lay_out_backup(backup, new, copies=True)
    is_dump = found.vendor != "sqlite"
    with dumps.filled(backup / manifest.POSTGRESQL) if is_dump else nullcontext("") as url:
        beside.examine(new, database=url)
    if isinstance(store.current(), store.Bucket):  # where nothing is ever changed: what is missing is put in
        store.pour(new / "files", store.current())
    os.sync()


def _refuse_foreign(found: Manifest) -> None:
    """Refuse a backup whose trail does not lie on the one that stands here, as far as that can be read."""
    heads = witness.Heads()
    noted = {*heads.planned.get(found.number, ()), *filter(None, [heads.done.get(found.number)])}
    if (origin := _origin()) and origin != found.origin:
        raise Foreign("这份备份属于另一套系统（轨迹第1条不同）；没有恢复，数据没有动。要看它，请用 --to 恢复到空目录。")
    if noted and found.digest not in noted:
        raise Foreign(
            f"这份备份的轨迹第{found.number}条与库外链头不符，不是现在这条轨迹上的；没有恢复，数据没有动。"
            "要看它，请用 --to 恢复到空目录。"
        )


def _origin() -> str:
    """The digest of the first entry of what stands here; "" where nothing does, or nothing that can be read."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor != "sqlite" or not database.exists():
        return ""
    try:
        return snapshot.facts_of(database).origin
    except snapshot.Unable:
        return ""


def _change_over(new: Path, aside: Path) -> Path | None:
    """Move what stands here aside and the new in; a kill between leaves `new`, beside which no server starts."""
    heads = Path(settings.HEADS)
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    pairs = [(heads, "heads/trail.heads")]
    if isinstance(store.current(), store.Directory):
        pairs.append((Path(settings.FILES), "files"))
    if connection.vendor == "sqlite":
        pairs = [(database.with_name(database.name + tail), beside.DATABASE + tail) for tail in TAILS] + pairs
    standing = [(place, name) for place, name in pairs if place.exists()]
    standing += [(path, f"heads/{path.name}") for path in witness.paths() if path != heads]  # of other machines
    for place, name in standing:
        _move(place, aside / name)
    for place, name in pairs:
        if (new / name).exists():
            _move(new / name, place)
    os.sync()
    shutil.rmtree(new)
    return aside if standing else None


def _move(place: Path, to: Path) -> None:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.move(place, to)  # the heads may stand on another disk
