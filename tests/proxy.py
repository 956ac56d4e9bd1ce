"""A small proxy before several servers: each connection goes to the next that takes it, over a line as bad as told."""

import contextlib
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

LONGEST = 300  # seconds that an answer may take over the worst line


@dataclass(frozen=True, slots=True)
class Line:
    """How bad a line is: the seconds that each way takes, the bytes a second that go through (0: all), and after how
    many bytes of what is asked, or of what is answered, it breaks (0: when the first one comes).
    """

    delay: float = 0
    rate: int = 0
    asked: int | None = None
    answered: int | None = None


class Proxy(ThreadingTCPServer):
    """Listens on loopback; `servers` are the ports behind it, `line` what a connection that begins now goes over."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, servers: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.servers, self.turn, self.line = servers, count(), Line()


class Passing(BaseRequestHandler):
    """One connection."""

    server: Proxy

    def handle(self) -> None:
        """Pass everything on, both ways."""
        behind = self._connected()
        if behind is None:
            return
        line = self.server.line
        with behind:
            back = Thread(target=passed, args=(behind, self.request, line, line.answered), daemon=True)
            back.start()
            passed(self.request, behind, line, line.asked)
            back.join(LONGEST)

    def _connected(self) -> socket.socket | None:
        first, servers = next(self.server.turn), self.server.servers
        for place in range(len(servers)):
            with contextlib.suppress(OSError):
                behind = socket.create_connection(("127.0.0.1", servers[(first + place) % len(servers)]), 5)
                behind.settimeout(None)  # an answer may take longer than a connection
                return behind
        return None


def passed(source: socket.socket, to: socket.socket, line: Line, most: int | None) -> None:
    """Pass on what comes until it ends, or until the line breaks."""
    size, left = max(line.rate // 10, 1) if line.rate else 65536, most
    with contextlib.suppress(OSError):
        time.sleep(line.delay)
        while data := source.recv(size):
            to.sendall(data if left is None else data[:left])
            if left is not None and left <= len(data):
                broken(source)
                broken(to)
                return
            left = None if left is None else left - len(data)
            time.sleep(len(data) / line.rate if line.rate else 0)
    with contextlib.suppress(OSError):
        to.shutdown(socket.SHUT_WR)


def broken(end: socket.socket) -> None:
    """Reset a connection: whoever is there hears at once that the line is gone."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RD)
        end.close()


@contextmanager
def before(*servers: int) -> Iterator[int]:
    """A proxy before these ports; its own."""
    with running(*servers) as proxy:
        yield int(proxy.server_address[1])


@contextmanager
def running(*servers: int) -> Iterator[Proxy]:
    """A proxy before these ports, whose line can be made worse."""
    proxy = Proxy([*servers])
    Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
