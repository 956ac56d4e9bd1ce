"""Which device a request comes from, as far as it is known: a signed cookie that a full sign-in leaves behind.

Hides the cookie. It says which accounts came in from this device, so that a stranger's device is a stranger to each
account but his own.
"""

import re
import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE, SALT = "device", "device"
YEAR = 365 * 24 * 3600
MOST_ACCOUNTS = 8  # that one desk is shared by
UNKNOWN = "未登录过的设备"
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Version", "Safari"))
SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS", "HarmonyOS", "Linux")


def known_to(request: HttpRequest, account: int) -> str:
    """The device's id where this account came in from it before, else `UNKNOWN`: all strangers share one."""
    device, accounts = _read(request)
    return device if account in accounts else UNKNOWN


def remember(request: HttpRequest, account: int) -> str:
    """Let the answer to this request leave a cookie that knows this account as well; the device's id."""
    device, accounts = _read(request)
    device = device or uuid.uuid4().hex
    others = [one for one in accounts if one != account]
    request.device = [device, [account, *others][:MOST_ACCOUNTS]]  # type: ignore[attr-defined]  # read by `send` alone
    return device


def send(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Leave the cookie where a sign-in asked for it."""
    if (told := getattr(request, "device", None)) is not None:
        answer.set_cookie(
            COOKIE,
            signing.dumps(told, salt=SALT),
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )


def browser_of(request: HttpRequest) -> str:
    """The browser and the system as a person would name them: Chrome 126 · Windows."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    for mark, name in BROWSERS:
        if found := re.search(rf"{mark}/(\d+)", agent):
            system = next((one for one in SYSTEMS if one in agent), "")
            return f"{name} {found[1]}{f' · {system}' if system else ''}"
    return "其他程序" if agent else ""


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        told: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return "", []
    device, accounts = told
    return str(device), [int(one) for one in accounts]
