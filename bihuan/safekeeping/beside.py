"""A backup laid out as a data folder of its own, beside the live one: looked at, brought up to date, examined there.

Hides that every command there is a process of its own, whose data folder is another.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from bihuan.safekeeping import manifest

DATABASE = "bihuan.sqlite3"


class Unfit(Exception):  # noqa: N818 -- reads as a sentence
    """What was laid out does not pass; `findings` are the lines of the examination."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("；".join(findings[:3]))
        self.findings = findings


def lay_out(
    to: Path, *, database: Path | None, heads: Iterable[str], store: Path, names: Iterable[str], copies: bool
) -> None:
    """Make a data folder: the database, the heads, the evidence (copied; or pointed to, in what is thrown away)."""
    for folder in (to, to / "heads", to / "files"):
        folder.mkdir(mode=0o700, parents=True)
    if database is not None:
        shutil.copyfile(database, to / DATABASE)
    (to / "heads/trail.heads").write_text("".join(heads), encoding="utf-8")
    for name in names:
        place = to / "files" / name
        place.parent.mkdir(exist_ok=True)
        if copies:
            shutil.copyfile(store / name, place)
        else:
            place.symlink_to((store / name).absolute())


def lay_out_backup(backup: Path, to: Path, *, copies: bool) -> None:
    """Make a data folder of a backup; the dump of a server is put back elsewhere."""
    embedded = backup / manifest.SQLITE
    lay_out(
        to,
        database=embedded if embedded.exists() else None,
        heads=[(backup / manifest.HEADS).read_text(encoding="utf-8")],
        store=backup.parent / "files",
        names=(one.name for one in manifest.evidence(backup)),
        copies=copies,
    )


def examine(data: Path, *, database: str = "", without_files: bool = False) -> None:
    """Bring what lies there to this program's schema and examine it; `Unfit` with every finding."""
    _run(data, database, "examine", "--quiet", "--upgrade", *(["--without-files"] if without_files else []))


def _run(data: Path, database: str, *words: str) -> None:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bihuan.settings",
        "BIHUAN_DATA": str(data),
        "BIHUAN_FILES": "",
        "BIHUAN_DATABASE": database,
        "BIHUAN_HEADS": str(data / "heads/trail.heads"),
        "BIHUAN_VAULT_KEY_FILE": str(settings.VAULT_KEY),
        "BIHUAN_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "bihuan.cli", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unfit(done.stderr.strip().splitlines() or [f"{words[0]} 没有做完。"])
