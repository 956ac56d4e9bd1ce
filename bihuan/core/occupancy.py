"""Who uses a data folder: any number of servers at once, or one restore with nobody else.

Hides the lock, which ends with the last process that holds it, however it ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

LOCK = ".in-use"
UNFINISHED = "restoring-*"


class Occupied(Exception):  # noqa: N818 -- reads as a sentence
    """Somebody is using the data folder in a way that does not go together."""


def occupy() -> IO[str]:
    """Let this process and its children use the data folder until they end, or the answer is closed.

    Refuses with `Occupied` while something is being restored there, and where a restore was broken off.
    """
    lock = _locked(fcntl.LOCK_SH, "正在恢复数据，请等恢复做完再启动。")
    if unfinished := next(Path(settings.DATA).glob(UNFINISHED), None):
        lock.close()
        raise Occupied(f"上一次恢复没有做完（{unfinished}），现在启动可能少数据；请再运行一次 bihuan restore。")
    return lock


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else uses the data folder inside; `Occupied` where somebody does."""
    lock = _locked(fcntl.LOCK_EX, "闭环正在这个数据目录上运行；请先停掉服务再恢复，数据没有动。")
    try:
        yield
    finally:
        lock.close()


def _locked(how: int, refusal: str) -> IO[str]:
    lock = (Path(settings.DATA) / LOCK).open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise Occupied(refusal) from None
    return lock
