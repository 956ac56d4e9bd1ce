"""One question to a host that the machine's own settings name: what it answers in JSON, or why it did not.

An answer is bounded in time and size, and leads nowhere else.
"""

import http.client
import json
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

from bihuan.lib.flow import Refused
from bihuan.outgoing import line, rules
from bihuan.outgoing.rules import Target

SECONDS = 5  # for each step until the question is sent, and for the whole answer
MOST = 256 * 1024  # bytes
FORM = "application/x-www-form-urlencoded"


class Unanswered(Exception):  # noqa: N818 -- reads as a sentence
    """There is no answer that could be used; the sentence says why, and quotes nothing of it.

    `status` is the other side's, where it refused what it was asked (4xx); else 0.
    """

    def __init__(self, sentence: str, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status


def target_of(url: str) -> Target:
    """Take an address apart that may be asked: over TLS, or on loopback by its number. Refuses others."""
    target = rules.target_of(url, may_stay=True)
    if target.scheme != "https" and not _is_loopback(target.host):
        raise Refused("地址要以 https:// 开头；只有本机(127.0.0.1)可以用 http://。")
    return target


def ask(url: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What stands at an address, or what is answered to a form, as a JSON object; `Unanswered` for anything else."""
    body = None if form is None else urlencode(form).encode()
    sent = {"Accept": "application/json", "User-Agent": "bihuan", **(headers or {})}
    sent |= {} if body is None else {"Content-Type": FORM}
    try:
        target = target_of(url)
        with line.connected(target, _local if _is_loopback(target.host) else rules.forbidden, SECONDS) as connection:
            connection.request("GET" if body is None else "POST", target.path, body, sent)
            return _read(connection.getresponse())
    except (Refused, line.Unreached) as refusal:
        raise Unanswered(str(refusal)) from None


def _read(answer: http.client.HTTPResponse) -> dict[str, Any]:
    if answer.status in range(300, 400):
        raise Unanswered("对方要转到别处，不跟着去。")
    if answer.status != http.client.OK:
        raise Unanswered(f"对方答的是{answer.status}。", answer.status if answer.status in range(400, 500) else 0)
    body = answer.read(MOST + 1)
    if len(body) > MOST:
        raise Unanswered("回答太大。")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise Unanswered("回答读不懂。") from None
    if not isinstance(told, dict):
        raise Unanswered("回答读不懂。")
    return told


def _is_loopback(host: str) -> bool:
    return host in {"127.0.0.1", "::1"}


def _local(address: str) -> str:
    """Why an address is not asked that loopback's own number stands for: there is no reason but that it is another."""
    return "" if ip_address(address).is_loopback else "不是本机。"
