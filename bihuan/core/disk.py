"""The disk itself: a file is there whole or not at all, and its name is only sure once its folder was synced."""

import os
from pathlib import Path


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
