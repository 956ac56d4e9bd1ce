"""A drill: the newest backup put back beside the live system, examined, timed. The live data are not touched."""

import shutil
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from bihuan.core import schema
from bihuan.safekeeping import beside, copies, dumps, manifest, snapshot
from bihuan.safekeeping.manifest import Damaged, Manifest


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: what the backup says of itself (None where that cannot be read), the seconds, what is wrong."""

    manifest: Manifest | None
    seconds: int
    fault: str

    @property
    def newest_at(self) -> datetime | None:
        """The moment of the backup's newest entry."""
        return datetime.fromisoformat(self.manifest.newest) if self.manifest and self.manifest.newest else None


def run(backup: Path) -> Outcome:
    """Put a backup back in a folder of its own, examine it and take everything away again."""
    begun, found = time.monotonic(), None
    folder = Path(settings.DATA) / f"drill-{backup.name}"
    for left in Path(settings.DATA).glob("drill-*"):  # by a kill
        shutil.rmtree(left)
    try:
        found = copies.checked(backup)
        beside.lay_out_backup(backup, folder, copies=True)
        with _database(backup, found) as address:
            beside.examine(folder, database=address)
    except (Damaged, schema.TooNew, beside.Unfit, snapshot.Unable, OSError) as wrong:
        return Outcome(found, _since(begun), str(wrong) or type(wrong).__name__)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(found, _since(begun), "")


def _database(backup: Path, found: Manifest) -> AbstractContextManager[str]:
    if found.vendor == "sqlite":
        return nullcontext("")
    return dumps.drilled(backup / manifest.POSTGRESQL, f"bihuan_drill_{backup.name.lower()}")


def _since(begun: float) -> int:
    return max(1, round(time.monotonic() - begun))


def newest(folder: Path) -> Path:
    """The newest good backup of a folder, or the folder itself where it is one; `Damaged` where there is none."""
    if (folder / manifest.NAME).exists():
        return folder
    found = manifest.generations(folder)
    if not found:
        raise Damaged(f"{folder} 里没有备份；请先运行 bihuan backup，或写明备份在哪个目录。")
    return found[0]
