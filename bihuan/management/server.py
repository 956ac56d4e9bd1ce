"""The web server, stopped by Ctrl+C as quietly as by its manager.

A terminal sends Ctrl+C to every process at once. A worker that hears it as well as the server's own word to stop may
hang, or leave before it was told to, which the server takes for a crash; so only the server hears it.
"""

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from granian.server.mp import MPServer

from bihuan.management import background
from bihuan.management.heavy import PLACE, Heavy

CTRL_C = {signal.SIGINT}


class Server(MPServer):
    """Granian, whose workers are deaf to Ctrl+C; with a process for heavy work, and a background worker where
    `has_worker`, beside them.
    """

    has_worker = True
    beside: multiprocessing.Process | None = None
    heavy: Heavy | None = None

    def _spawn_workers(self, *target: Any) -> None:
        with _deaf():
            self.heavy = Heavy(self)
            self.heavy.start()
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

    def _respawn_workers(self, workers: list[int], *target: Any, **more: Any) -> None:
        with _deaf():
            if PLACE in workers and self.heavy is not None:
                self.heavy.start_anew()
            super()._respawn_workers([place for place in workers if place != PLACE], *target, **more)


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started here inherits that it does not hear Ctrl+C."""
    signal.pthread_sigmask(signal.SIG_BLOCK, CTRL_C)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, CTRL_C)
