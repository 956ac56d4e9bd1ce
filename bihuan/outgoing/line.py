"""The line to a host outside: its name is resolved once, the address looked at, and that address connected to.

Hides sockets and TLS.
"""

import http.client
import socket
import ssl
from collections.abc import Callable

from bihuan.outgoing import rules
from bihuan.outgoing.rules import Target


class Unreached(Exception):  # noqa: N818 -- reads as a sentence
    """The host may not be connected to, or cannot be found; the sentence says why."""


def address_of(target: Target, refusal: Callable[[str], str]) -> str:
    """The one address that a host is connected to; `Unreached` where any that its name stands for may not be.

    `refusal` says why an address may not be, or "".
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        raise Unreached("找不到对方的主机。") from None
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        if why := refusal(address):
            raise Unreached(why)
    return addresses[0]


class Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name that was asked for."""

    def __init__(self, target: Target, address: str, seconds: int) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.address, self.is_sealed = address, target.scheme == "https"
        self.default_port = rules.SCHEMES[target.scheme]

    def connect(self) -> None:
        """Connect to the address and to no other."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_sealed:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
