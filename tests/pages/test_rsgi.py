"""The bridge to our own server: a body is whole before a thread is asked, or it is refused."""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings

from bihuan import rsgi
from bihuan.gate.errors import TOO_BIG
from bihuan.wsgi import application

Headers = dict[str, str]


class Line:
    """A client's line: the pieces that come, and what was answered."""

    def __init__(self, pieces: Iterable[bytes] = (), *, stays_open: bool = False, breaks: bool = False) -> None:
        self.pieces, self.stays_open, self.breaks = pieces, stays_open, breaks
        self.status, self.said, self.body = 0, [("", "")], b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        if self.breaks:
            raise RuntimeError
        if self.stays_open:
            await asyncio.Event().wait()

    def response_empty(self, status: int, said: list[tuple[str, str]]) -> None:
        self.status, self.said = status, said

    def response_bytes(self, status: int, said: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.said, self.body = status, said, body


@dataclass
class Scope:
    headers: Headers = field(default_factory=dict)
    method: str = "POST"
    proto: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "[::1]:4000"
    scheme: str = "http"
    path: str = "/问/"
    query_string: str = "a=1"
    authority: str | None = "localhost"


class Echo:
    """An application that answers with what it was sent, and keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        self.told.append(environ)
        start("200 OK", [("Content-Type", "text/plain")])
        return [environ["wsgi.input"].read()]


def answered(app: Any, *asked: tuple[Scope, Line], seconds: float = 0) -> None:
    """Ask all at once, and wait for all that end."""

    async def ask() -> None:
        server = rsgi.Server(app)
        server.__rsgi_init__(None)
        tasks = [asyncio.ensure_future(server.__rsgi__(*one)) for one in asked]
        await asyncio.wait(tasks, timeout=seconds or None)
        for task in tasks:
            if not task.cancel():
                task.result()

    with ThreadPoolExecutor(1) as own:  # where no browser of another test keeps a loop running
        own.submit(asyncio.run, ask()).result()


def sent(length: int) -> Scope:
    return Scope({"content-length": str(length), "x-real_ip": "1.2.3.4", "accept": "text/html"})


def test_a_body_arrives_whole_with_all_that_wsgi_promises() -> None:
    app, line = Echo(), Line([b"ab", b"cd"])

    answered(app, (sent(4), line))

    [told] = app.told
    assert (line.status, line.body, line.said) == (200, b"abcd", [("content-type", "text/plain")])
    assert told["PATH_INFO"].encode("latin-1").decode() == "/问/"
    assert (told["REMOTE_ADDR"], told["SERVER_PORT"], told["CONTENT_LENGTH"]) == ("::1", "8000", "4")
    assert (told["HTTP_ACCEPT"], told["HTTP_HOST"]) == ("text/html", "localhost")
    assert "HTTP_X_REAL_IP" not in told


@pytest.mark.parametrize(
    ("scope", "line", "status"),
    [
        (sent(4), Line([b"abc"]), 400),
        (sent(4), Line([b"abc"], breaks=True), 400),
        (Scope({"transfer-encoding": "chunked"}), Line([b"abc"]), 411),
    ],
)
def test_what_does_not_come_whole_reaches_no_page(scope: Scope, line: Line, status: int) -> None:
    app = Echo()

    answered(app, (scope, line))

    assert (line.status, app.told) == (status, [])


def test_a_line_that_falls_silent_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi, "SILENT_SECONDS", 0.05)
    line = Line([b"abc"], stays_open=True)

    answered(Echo(), (sent(4), line))

    assert line.status == 408


def test_no_room_for_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(rsgi.tempfile.SpooledTemporaryFile):  # type: ignore[type-arg]  # of bytes
        def write(self, data: Any) -> int:
            raise OSError(data)

    monkeypatch.setattr(rsgi.tempfile, "SpooledTemporaryFile", Full)
    line = Line([b"abcd"])

    answered(Echo(), (sent(4), line))

    assert line.status == 503


@pytest.mark.django_db
def test_what_is_beyond_all_measure_is_refused_with_a_sentence() -> None:
    line = Line([b"abc"])
    scope = Scope({"content-length": str(10**12), "content-type": "multipart/form-data; boundary=b"}, path="/login/")
    scope.headers["cookie"] = f"{settings.CSRF_COOKIE_NAME}={'a' * 32}"

    answered(application, (scope, line))

    assert (line.status, TOO_BIG in line.body.decode()) == (400, True)


@pytest.mark.teeth("L6")
@pytest.mark.parametrize("waits_in_a_thread", [True, False])
def test_a_body_that_is_read_in_a_thread_holds_others_up(
    monkeypatch: pytest.MonkeyPatch, *, waits_in_a_thread: bool
) -> None:
    if waits_in_a_thread:

        async def at_once(_scope: Any, proto: Any) -> Any:
            class Slow(io.RawIOBase):
                def read(self, _: int = -1, /) -> bytes:
                    time.sleep(1.5 if proto.stays_open else 0)
                    return b""

            return Slow()

        monkeypatch.setattr(rsgi, "_body", at_once)
    slow = [(sent(4), Line([b"abc"], stays_open=True)) for _ in range(rsgi.THREADS)]
    other = Line()

    answered(Echo(), *slow, (Scope(method="GET"), other), seconds=0.7)

    assert (other.status == 0) is waits_in_a_thread
