"""The web server, stopped by Ctrl+C as quietly as by its manager.

A terminal sends Ctrl+C to every process at once. A worker that hears it as well as the server's own word to stop may
hang, or leave before it was told to, which the server takes for a crash; so only the server hears it.
"""

import signal
from typing import Any

from granian.server.mp import MPServer

CTRL_C = {signal.SIGINT}


class Server(MPServer):
    """Granian, whose workers are deaf to Ctrl+C."""

    def _spawn_workers(self, *target: Any) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, CTRL_C)
        try:
            super()._spawn_workers(*target)  # type: ignore[no-untyped-call]  # the server has no types
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, CTRL_C)
