"""A small proxy before several servers: each connection goes to the next that takes it."""

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread


class Proxy(ThreadingTCPServer):
    """Listens on loopback; `servers` are the ports behind it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, servers: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.servers, self.turn = servers, count()


class Passing(BaseRequestHandler):
    """One connection."""

    server: Proxy

    def handle(self) -> None:
        """Pass everything on, both ways."""
        behind = self._connected()
        if behind is None:
            return
        with behind:
            back = Thread(target=passed, args=(behind, self.request), daemon=True)
            back.start()
            passed(self.request, behind)
            back.join(30)

    def _connected(self) -> socket.socket | None:
        first, servers = next(self.server.turn), self.server.servers
        for place in range(len(servers)):
            with contextlib.suppress(OSError):
                return socket.create_connection(("127.0.0.1", servers[(first + place) % len(servers)]), 5)
        return None


def passed(source: socket.socket, to: socket.socket) -> None:
    """Pass on what comes until it ends."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            to.sendall(data)
    with contextlib.suppress(OSError):
        to.shutdown(socket.SHUT_WR)


@contextmanager
def before(*servers: int) -> Iterator[int]:
    """A proxy before these ports; its own."""
    proxy = Proxy([*servers])
    Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield int(proxy.server_address[1])
    finally:
        proxy.shutdown()
        proxy.server_close()
