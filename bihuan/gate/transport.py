"""How a request came: over TLS or not, from which address. Only a proxy that the settings name is believed.

Hides the forwarded headers: above here REMOTE_ADDR is the visitor's and `is_secure` is true of what he sees; whoever
else sends such headers is not heard.
"""

import ipaddress
from collections.abc import Callable
from functools import cache
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)
PLAIN = "本页以明文 http 传送，密码和内容可能被同一网络里的人看到；通行密钥、拍照和离线填报不能用。"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class TransportMiddleware:
    """Puts the visitor's own address and scheme in place of a trusted proxy's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as if the visitor had come without the proxy."""
        told = {name: request.META.pop(name, "") for name in FORWARDED}
        if _is_proxy(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = _visitor(told["HTTP_X_FORWARDED_FOR"]) or request.META["REMOTE_ADDR"]
            if told["HTTP_X_FORWARDED_PROTO"].strip().lower() == "https":
                _environ(request)["wsgi.url_scheme"] = "https"
        return self.get_response(request)


class ContentPolicyMiddleware:
    """Says from where a page may take its parts. It is the same of every page, so it is written once; a file that is
    handed out may do nothing at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policy in its header."""
        answer = self.get_response(request)
        is_file = "Content-Disposition" in answer.headers
        answer.headers["Content-Security-Policy"] = f"{self.policy}; sandbox" if is_file else self.policy
        return answer


def plain() -> str:
    """The sentence that every page says where the office knowingly serves without TLS; else ""."""
    return PLAIN if settings.PLAIN_HTTP and not settings.TLS else ""


def _visitor(chain: str) -> str:
    """Of the addresses that proxies added, the last that is none of ours; "" where that is no address."""
    for one in reversed([part.strip() for part in chain.split(",")]):
        if not _is_proxy(one):
            return one if _address(one) else ""
    return ""


def _is_proxy(address: str) -> bool:
    found = _address(address)
    return found is not None and any(found in network for network in _networks(tuple(settings.PROXIES)))


@cache
def _networks(named: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(ipaddress.ip_network(one.strip(), strict=False) for one in named)


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _environ(request: HttpRequest) -> dict[str, Any]:
    environ: dict[str, Any] = getattr(request, "environ", request.META)
    return environ
