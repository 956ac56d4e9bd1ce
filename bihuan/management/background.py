"""The worker as a process: by itself (`bihuan worker`), or kept beside the server that started it.

Hides signals, and that a worker that was killed is started anew.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import connections

from bihuan.core import work

LOOKS_EVERY = 0.5  # seconds
ENDS_WITHIN = 8.0  # seconds that a job is given to end
TO_STOP = {signal.SIGTERM}


def run() -> None:
    """Work until told to stop; a job that does not end in time is left to its lease, and to the next worker."""
    told: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        told.append(number)
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.setitimer(signal.ITIMER_REAL, ENDS_WITHIN)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    hear()
    parent = os.getppid()
    work.loop(lambda: bool(told) or os.getppid() != parent)


def beside() -> multiprocessing.Process:
    """A worker kept beside this process, which ends with it."""
    process = multiprocessing.Process(target=_keep, name="bihuan-worker")
    with held():
        process.start()
    return process


@contextmanager
def held() -> Iterator[None]:
    """A word to stop waits meanwhile: it would be taken by what a process that is just started has from its parent, and
    be lost. Whoever is started in here says himself when he can `hear` it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, TO_STOP)
    try:
        yield
    finally:
        hear()


def hear() -> None:
    """The word to stop is heard from now on, and the one that waits."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, TO_STOP)


def _keep() -> None:
    """Keep one worker at work: start another where it ended by itself."""
    told: list[int] = []
    child = _forked()

    def stop(number: int, _: FrameType | None) -> None:
        told.append(number)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    hear()
    parent = os.getppid()
    while True:
        ended, _ = os.waitpid(child, os.WNOHANG)
        if ended and told:
            return
        if os.getppid() != parent and not told:
            stop(signal.SIGTERM, None)
        if ended:
            with held():
                child = _forked()
        time.sleep(LOOKS_EVERY)


def _forked() -> int:
    for connection in connections.all(initialized_only=True):
        connection.close()
    child = os.fork()
    if not child:
        try:
            run()
        finally:
            os._exit(0)
    return child
