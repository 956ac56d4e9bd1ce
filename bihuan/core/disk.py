"""The disk itself: a file is there whole or not at all, and its name is only sure once its folder was synced."""

import os
from pathlib import Path
from typing import Any

from django.db import OperationalError


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(to: Path, data: bytes, *, begun: str) -> None:
    """Write a file beside its place (under the name `begun`), synced, and move it there; a kill leaves at most `begun`.

    A fault of the disk leaves nothing, and is raised.
    """
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = to.with_name(begun)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(to)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    for folder in (to.parent, to.parent.parent):
        sync_folder(folder)


def sync_log(connection: Any, **_: Any) -> None:
    """Make the name of the embedded database's log survive a power cut, at the beginning of each connection.

    SQLite asks for that when it makes the log, but takes no notice of a disk that refuses: what is committed from then
    on would hang on a name that is not there afterwards. `OperationalError` where it refuses.
    """
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    if connection.vendor != "sqlite" or not log.parent.is_dir():
        return
    connection.connection.execute("PRAGMA user_version").fetchone()  # with which the log is there
    if log.exists():
        try:
            sync_folder(log.parent)
        except OSError as fault:
            connection.close()
            raise OperationalError("disk I/O error") from fault
