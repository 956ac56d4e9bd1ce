"""The process for heavy work beside the server (`core/aside.py`), which the server starts anew as it does its workers.

The line to it stands as long as the server: what is asked while no process is there waits for the next one.
"""

import multiprocessing
import signal
import socket
import time
from typing import Any

from granian.server.common import AbstractWorker

from bihuan.core import aside
from bihuan.management import background

PLACE = 1_000_000  # its number among the server's workers, which count from 0
PAUSE = 1.0  # seconds before it is started once more, so that one that dies at once keeps no processor busy


class Heavy(AbstractWorker):
    """The process; its line everybody who is started after it inherits."""

    def __init__(self, server: Any) -> None:
        self.line = aside.pair()
        aside.Line.door = self.line[0]
        super().__init__(server, PLACE, _hear, self.line)

    def _spawn(self, target: Any, args: Any) -> None:
        self.inner = multiprocessing.Process(target=target, args=args, name="bihuan-heavy", daemon=True)

    def _id(self) -> int | None:
        return self.inner.pid

    def start(self) -> None:
        """Start it."""
        with background.held():
            super().start()  # type: ignore[no-untyped-call]  # the server has no types

    def start_anew(self) -> None:
        """Start it once more, on the same line, after a pause."""
        time.sleep(PAUSE)
        self._spawn(_hear, self.line)
        self.start()

    def terminate(self) -> None:
        """End it for good."""
        self.interrupt_by_parent = True
        self.inner.terminate()


def _hear(door: socket.socket, heard: socket.socket) -> None:
    """It ends with the last of those who could ask, whose end it must not hold, or when it is told to."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    background.hear()
    door.close()
    aside.serve(heard)
