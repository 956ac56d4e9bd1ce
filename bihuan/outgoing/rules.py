"""Where a notice or a question may go: which addresses have one reading alone, which are never meant; and how a
receiver stands. Pure.

An office's network is a private one, so private addresses are legal targets; what is listed is what decides.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from bihuan.lib.flow import Refused

WAITING, ON, OFF = "waiting", "on", "off"
STATES = {WAITING: "待确认", ON: "在用", OFF: "已停用"}
SCHEMES = {"http": 80, "https": 443}
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
PRINTABLE = re.compile(r"[!-~]+")
LONGEST = 300
PATIENCE = timedelta(hours=72)  # how long a notice is tried
SECRET = "whsec_"  # noqa: S105 -- what a secret begins with, not one


@dataclass(frozen=True, slots=True)
class Target:
    """The address of a receiver, or of whom the settings name, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """host:port, as people tell one from another."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def target_of(url: str, *, may_stay: bool = False) -> Target:
    """Take an address apart; refuses with a sentence whatever two readers could read in two ways.

    `may_stay`: this machine's own loopback may be meant.
    """
    if len(url) > LONGEST or not PRINTABLE.fullmatch(url) or "\\" in url:
        raise Refused(f"地址里只能有英文字母、数字和常用符号，不能有空格、汉字和反斜杠，最长{LONGEST}个字符。")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("地址写得不对，请写成 https://主机:端口/路径 的样子。") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise Refused("地址要以 https:// 或 http:// 开头，后面写主机。")
    if "@" in parts.netloc:
        raise Refused("地址里不能带用户名和密码。")
    if parts.fragment or "#" in url:
        raise Refused("地址里不能有 # 后面的部分。")
    if port == 0:
        raise Refused("端口不能是0。")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, _host(parts.hostname, may_stay=may_stay), port or SCHEMES[parts.scheme], path)


def _host(name: str, *, may_stay: bool) -> str:
    """A host: an address in its one usual form, or a name that cannot be read as an address."""
    if ":" in name or NUMBER.fullmatch(name.rstrip(".").rsplit(".", 1)[-1]):
        try:
            address = ip_address(name)
        except ValueError:
            address = None
        if address is None or str(address) != name:
            raise Refused("IP 地址请用通常的写法，如 10.1.2.3。")
        if (why := forbidden(name)) and not (may_stay and address.is_loopback):
            raise Refused(why)
        return name
    labels = name.split(".")
    if len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise Refused("主机名写得不对。")
    if labels[-1] in {"localhost", "local", "localdomain"}:
        raise Refused("不能送给本机。")
    return name


def forbidden(address: str) -> str:
    """Why nothing is ever sent to this address (of whatever name), or ""."""
    one = ip_address(address)
    if isinstance(one, IPv6Address) and _carries_another(one):
        return "不能用包着 IPv4 的 IPv6 地址。"
    if one.is_loopback or one.is_unspecified or _is_zero(one):
        return "不能送给本机。"
    if one.is_link_local:
        return "不能送给链路本地地址(169.254、fe80)。"
    if one.is_multicast or one.is_reserved or str(one) == "255.255.255.255":
        return "不能送给组播、广播和保留的地址。"
    return ""


def _carries_another(one: IPv6Address) -> bool:
    carried = one.ipv4_mapped or one.sixtofour or one.teredo
    return carried is not None or (int(one) >> 32 == 0 and int(one) > 1) or one.packed[:12] == NAT64


NAT64 = bytes.fromhex("0064ff9b0000000000000000")


def _is_zero(one: IPv4Address | IPv6Address) -> bool:
    return isinstance(one, IPv4Address) and one.packed[0] == 0


def signature(secret: str, ident: str, stamp: int, body: bytes) -> str:
    """What proves a notice: HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks has it."""
    key = base64.b64decode(secret.removeprefix(SECRET))
    signed = f"{ident}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
