"""A receiver of notices on loopback: keeps what came in, answers as told."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Receiver(ThreadingHTTPServer):
    """Answers `status` to every notice; `came` are (headers, body) of all, `taken` the notices that it took."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.status, self.location = 204, ""
        self.stalls = 0.0  # seconds between the heads that say that the answer is still to come
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.taken: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}/hook"


class Answer(BaseHTTPRequestHandler):
    """One notice."""

    server: Receiver

    def do_POST(self) -> None:
        """Keep it and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((dict(self.headers), body))
        if self.server.status < 300:
            self.server.taken.append(json.loads(body))
        with suppress(OSError):  # nobody waited for it
            self._say()

    def _say(self) -> None:
        for _ in range(200 if self.server.stalls else 0):
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(self.server.stalls)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def listening(port: int = 0) -> Iterator[Receiver]:
    """A receiver that listens."""
    server = Receiver(port)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
