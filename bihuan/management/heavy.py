"""The process for heavy work beside the server (`core/aside.py`), started anew when it was killed.

The line to it stands as long as the server: what is asked while no process is there waits for the next one.
"""

import multiprocessing
import signal
import socket
import threading

from bihuan.core import aside


class Heavy:
    """The process; its line everybody who is started after it inherits."""

    def __init__(self) -> None:
        self._line = aside.pair()
        aside.Line.door = self._line[0]
        self._is_ending = False
        self._process = self._started()

    def watch(self) -> None:
        """From now on start it anew when it ends; called once everybody was started who forks from here first."""
        threading.Thread(target=self._watch, name="heavy", daemon=True).start()

    def end(self) -> None:
        """End it for good."""
        self._is_ending = True
        self._process.terminate()

    def _watch(self) -> None:
        while True:
            self._process.join()
            if self._is_ending:
                return
            self._process = self._started()

    def _started(self) -> multiprocessing.Process:
        process = multiprocessing.Process(target=_hear, args=self._line, name="bihuan-heavy", daemon=True)
        process.start()
        return process


def _hear(door: socket.socket, heard: socket.socket) -> None:
    """It ends with the last of those who could ask, whose end it must not hold, or when it is told to."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    door.close()
    aside.serve(heard)
