"""The web server, stopped by Ctrl+C as quietly as by its manager.

A terminal sends Ctrl+C to every process at once. A worker that hears it as well as the server's own word to stop may
hang, or leave before it was told to, which the server takes for a crash; so only the server hears it.
"""

import multiprocessing
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from granian.server.mp import MPServer

from bihuan.core import aside
from bihuan.management import background

CTRL_C = {signal.SIGINT}


class Server(MPServer):
    """Granian, whose workers are deaf to Ctrl+C; with a process for heavy work, and a background worker where
    `has_worker`, beside them.
    """

    has_worker = True
    beside: multiprocessing.Process | None = None
    heavy: multiprocessing.Process | None = None

    def _spawn_workers(self, *target: Any) -> None:
        with _deaf():
            self.heavy = _heavy()
            super()._spawn_workers(*target)  # type: ignore[no-untyped-call]  # the server has no types
            self.beside = background.beside() if self.has_worker else None

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop everything, the background first: it may need a while."""
        if self.beside is not None:
            self.beside.terminate()
        try:
            super().shutdown(exit_code)  # type: ignore[no-untyped-call]  # as above
        finally:
            if self.heavy is not None:
                self.heavy.terminate()
            if self.beside is not None:
                self.beside.join(background.ENDS_WITHIN + 1)

    def _respawn_workers(self, *target: Any, **more: Any) -> None:
        with _deaf():
            super()._respawn_workers(*target, **more)


def _heavy() -> multiprocessing.Process:
    """The process that forks for heavy work, and whose line everybody who is started from here inherits."""
    aside.Line.door, heard = aside.pair()
    process = multiprocessing.Process(target=_hear, args=(aside.Line.door, heard), name="bihuan-heavy", daemon=True)
    process.start()
    heard.close()
    return process


def _hear(door: socket.socket, heard: socket.socket) -> None:
    """It ends with the last of those who could ask, whose end it must not hold, or when it is told to."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    door.close()
    aside.serve(heard)


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started here inherits that it does not hear Ctrl+C."""
    signal.pthread_sigmask(signal.SIG_BLOCK, CTRL_C)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, CTRL_C)
