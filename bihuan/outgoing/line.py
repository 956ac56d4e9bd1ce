"""The line to a host outside: its name is resolved once, the address looked at, and that address connected to.

Hides sockets, TLS, and that an answer may come byte by byte: each step has its time, and so has the whole answer.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from bihuan.outgoing import rules
from bihuan.outgoing.rules import Target


class Unreached(Exception):  # noqa: N818 -- reads as a sentence
    """The host may not be connected to, cannot be found, or did not answer in time; the sentence says which."""


@contextmanager
def connected(target: Target, refusal: Callable[[str], str], seconds: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to the one address that a host's name stands for; `Unreached` for whatever goes wrong on it.

    `refusal` says why an address may not be connected to, or "". So many `seconds` has each step until the question is
    sent, and the whole answer after it.
    """
    try:
        with closing(_Pinned(target, _address_of(target, refusal), seconds)) as connection:
            yield connection
    except ssl.SSLCertVerificationError:
        raise Unreached("对方的证书不对。") from None
    except (OSError, http.client.HTTPException) as fault:
        raise Unreached(f"没有连上对方，或对方没有按时回答({type(fault).__name__})。") from None


def _address_of(target: Target, refusal: Callable[[str], str]) -> str:
    """None of the addresses that a name stands for may be a refused one."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        raise Unreached("找不到对方的主机。") from None
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        if why := refusal(address):
            raise Unreached(why)
    return addresses[0]


class _InTime(io.RawIOBase):
    """What comes over a socket until a moment, however little comes at once."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.raw = sock, sock.makefile("rb", buffering=0)
        self.until = time.monotonic() + (sock.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer that is there in time, its first line and headers included."""

    def __init__(self, sock: socket.socket, *rest: Any, **more: Any) -> None:
        super().__init__(sock, *rest, **more)
        self.fp.close()
        self.fp = io.BufferedReader(_InTime(sock))


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name that was asked for."""

    response_class = _Answer

    def __init__(self, target: Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.address, self.is_sealed = address, target.scheme == "https"
        self.default_port = rules.SCHEMES[target.scheme]

    def connect(self) -> None:
        """Connect to the address and to no other."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_sealed:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
