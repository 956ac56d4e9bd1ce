"""A secret that makes its own file once: whole or not at all, for nobody else to read, the same for all who ask."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's bytes; where there is none, it is made. Two processes that begin together get the same."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(begun, path)  # unlike a rename, never over another's
        begun.unlink()
    return path.read_bytes()
