"""One notice on its way to a receiver. Nothing that the other side answers leads anywhere else."""

import socket
from ipaddress import ip_address

from django.conf import settings

from bihuan.lib.flow import Refused
from bihuan.outgoing import line, rules

SECONDS = 10


class Unsent(Exception):  # noqa: N818 -- reads as a sentence
    """It was not taken; the sentence says why."""


def send(url: str, ident: str, stamp: int, signed: str, body: bytes) -> None:
    """Send one notice; `Unsent` where it may not go there or the other side did not take it (2xx)."""
    try:
        target = rules.target_of(url, may_stay=settings.LOOPBACK_RECEIVERS)
    except Refused as refusal:
        raise Unsent(str(refusal)) from None
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "bihuan",
        "webhook-id": ident,
        "webhook-timestamp": str(stamp),
        "webhook-signature": signed,
    }
    try:
        with line.connected(target, refusal_of, SECONDS) as connection:
            connection.request("POST", target.path, body, headers)
            status = connection.getresponse().status
    except line.Unreached as why:
        raise Unsent(str(why)) from None
    if not 200 <= status < 300:
        raise Unsent(f"对方没有收，答的是{status}。" if status not in range(300, 400) else "对方要转到别处，不跟着去。")


def refusal_of(address: str) -> str:
    """Why no notice is sent to an address, or ""."""
    if settings.LOOPBACK_RECEIVERS and ip_address(address).is_loopback:
        return ""
    return rules.forbidden(address) or ("不能送给本机。" if _is_own(address) else "")


def _is_own(address: str) -> bool:
    """Whether an address is this machine's: only to one's own a socket can be bound."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
