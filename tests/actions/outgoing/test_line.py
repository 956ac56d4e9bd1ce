"""The line to a host: however an answer is drawn out, nobody waits for it beyond its time."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from bihuan.outgoing import line
from bihuan.outgoing.rules import Target

SECONDS = 0.4
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes"


@contextmanager
def answering(*pieces: bytes, pause: float = 0.0) -> Iterator[Target]:
    """A host that answers one question piece by piece."""

    def answer() -> None:
        with suppress(OSError), door.accept()[0] as one:  # nobody waited for it
            one.recv(1 << 16)
            for piece in pieces:
                one.sendall(piece)
                time.sleep(pause)

    with socket.create_server(("127.0.0.1", 0)) as door:
        other = threading.Thread(target=answer)
        other.start()
        yield Target("http", "127.0.0.1", door.getsockname()[1], "/")
        other.join(10)


def asked(target: Target) -> bytes:
    with line.connected(target, lambda _: "", SECONDS) as connection:
        connection.request("GET", "/")
        return connection.getresponse().read()


@pytest.mark.parametrize(
    "pieces",
    [
        (WHOLE,),
        (WHOLE[:10], WHOLE[10:45], WHOLE[45:]),
        (b"HTTP/1.0 200 OK\r\n\r\n", b"ye", b"s"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3\r\nyes\r\n", b"0\r\n\r\n"),
    ],
)
def test_an_answer_is_read_to_its_end(pieces: tuple[bytes, ...]) -> None:
    with answering(*pieces, pause=0.02) as target:
        assert asked(target) == b"yes"


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        WHOLE.replace(b"3", b"99"),
    ],
)
def test_an_answer_that_drips_is_not_waited_for(begun: bytes) -> None:
    with answering(begun, *[b"0"] * 20, pause=0.1) as target:
        since = time.monotonic()
        with pytest.raises(line.Unreached, match="没有按时回答"):
            asked(target)
        assert time.monotonic() - since < 3 * SECONDS


def test_a_drip_outlives_a_line_that_counts_each_piece_alone() -> None:
    """The planted defect: the standard library's own connection."""
    with answering(b"HTTP/1.1 200 OK\r\nX: ", *[b"0"] * 15, b"\r\nContent-Length: 0\r\n\r\n", pause=0.1) as target:
        connection = http.client.HTTPConnection(target.host, target.port, timeout=SECONDS)
        connection.request("GET", "/")
        since = time.monotonic()
        connection.getresponse().read()
        connection.close()
        assert time.monotonic() - since > 2 * SECONDS
