"""The entry for our own web server: what a form sends is taken in whole before any thread is asked to answer it.

Hides the bridge from the server's protocol to WSGI. A thread waits for nobody's line: an upload that comes slowly, or
stops half way, costs an open connection and a temporary file without a name, and holds nobody else up.
"""

import asyncio
import io
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Semaphore
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig

from bihuan.wsgi import application

THREADS = 4  # that answer at once
WAITING = 4  # more, for those that wait for a process of their own and take nobody's turn
IN_MEMORY = 256 * 1024
MOST = 256 * 1024 * 1024  # of several papers at once; each is held to its own limit later
SILENT_SECONDS = 60  # that a sender may send nothing
SILENT, WITHOUT_LENGTH, BROKEN, NO_ROOM = 408, 411, 400, 503
Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]


class Broken(Exception):  # noqa: N818 -- reads as a sentence
    """What was sent did not come whole; holds the status."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class TooMuch(io.RawIOBase):
    """What is found instead of a body beyond all measure: the page that says so is drawn when it is read."""

    def read(self, size: int = -1, /) -> bytes:
        """Refuse."""
        raise RequestDataTooBig(size)


class Server:
    """Answers requests of the server's protocol by a WSGI application."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app, self.threads = app, ThreadPoolExecutor

    def __rsgi_init__(self, loop: Any) -> None:
        """In each process: its threads."""
        from bihuan.core import aside  # noqa: PLC0415 -- after the program is set up, whoever loads this

        self.pool = self.threads(THREADS + WAITING, thread_name_prefix="answer")
        aside.Line.turns = self.turns = Semaphore(THREADS)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Take the body in, have a thread answer, send the answer."""
        if scope.proto != "http":
            proto.close(None)
            return
        try:
            body = await _body(scope, proto)
        except Broken as fault:
            proto.response_empty(fault.status, [("connection", "close")])
            return
        with body:
            loop = asyncio.get_running_loop()
            status, headers, data = await loop.run_in_executor(self.pool, self._answer, scope, body)
        proto.response_bytes(status, headers, data)

    def _answer(self, scope: Any, body: IO[bytes]) -> Answer:
        begun: list[Any] = []

        def start(status: str, headers: Headers, _: Any = None) -> None:
            begun[:] = int(status.partition(" ")[0]), [(name.lower(), value) for name, value in headers]

        with self.turns:
            answer = self.app(_environ(scope, body), start)
            try:
                data = b"".join(answer)
            finally:
                getattr(answer, "close", bool)()
        return begun[0], begun[1], data


async def _body(scope: Any, proto: Any) -> IO[bytes]:
    """What was sent, whole, from its beginning."""
    if "transfer-encoding" in scope.headers:
        raise Broken(WITHOUT_LENGTH)
    text = scope.headers.get("content-length") or "0"
    length = int(text) if text.isdecimal() and len(text) < 16 else MOST + 1
    if length > MOST:
        return TooMuch()  # type: ignore[return-value]  # it is only ever read
    if not length:
        return io.BytesIO()
    kept = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- open until it was answered
    with ExitStack() as undone:
        undone.callback(kept.close)
        fault = await _fill(kept, proto)
        if fault or kept.tell() != length:
            raise Broken(fault or BROKEN)
        undone.pop_all()
    kept.seek(0)
    return kept


async def _fill(kept: IO[bytes], proto: Any) -> int:
    """Keep piece after piece; the status to refuse with, or 0."""
    pieces = aiter(proto)
    try:
        while (piece := await asyncio.wait_for(_next(pieces), SILENT_SECONDS)) is not None:
            kept.write(piece)
    except TimeoutError:
        return SILENT
    except OSError:
        return NO_ROOM
    except RuntimeError:  # the line broke
        return BROKEN
    return 0


async def _next(pieces: Any) -> bytes | None:
    try:
        return bytes(await anext(pieces))
    except StopAsyncIteration:
        return None


def _environ(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # which would pass for another
            continue
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    if scope.authority and "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority
    return environ


server = Server(application)
