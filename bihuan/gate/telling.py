"""What is said once, on the next page: what was done, refused or asked.

Hides where it waits: signed in the browser, so that a deed costs one write and the page after it none. Only what is too
long for a cookie waits in the session.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "told"
MOST = 3_500  # bytes that every browser keeps of one cookie, with room for its name
Saying = tuple[str, str]


def tell(request: HttpRequest, kind: str, text: str) -> None:
    """Say something once, on the next page: kind done, refused or asked."""
    _waiting(request).append((kind, text))
    if kind == "refused":
        request.is_refused = True  # type: ignore[attr-defined]  # ours alone


def is_refused(request: HttpRequest) -> bool:
    """Whether something that was asked in this request was refused."""
    return getattr(request, "is_refused", False)


def said(request: HttpRequest) -> list[Saying]:
    """What waits to be said, taken: it is not said again."""
    waiting = _waiting(request)
    taken = [*waiting]
    waiting.clear()
    return taken


def send(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Let what was not said yet wait for the next page."""
    if not hasattr(request, "waiting"):
        return
    waiting = _waiting(request)
    words = signing.dumps(waiting, salt=_salt(request), compress=True) if waiting else ""
    if len(words) > MOST:
        request.session[COOKIE], words = waiting, ""
    elif COOKIE in request.session:
        del request.session[COOKIE]
    if words:
        is_secure = bool(settings.SESSION_COOKIE_SECURE)
        answer.set_cookie(COOKIE, words, httponly=True, samesite="Lax", secure=is_secure)
    elif COOKIE in request.COOKIES:
        answer.delete_cookie(COOKIE, samesite="Lax")


def _waiting(request: HttpRequest) -> list[Saying]:
    if not hasattr(request, "waiting"):
        request.waiting = [*request.session.get(COOKIE, ()), *_sent(request)]  # type: ignore[attr-defined]  # ours alone
    waiting: list[Saying] = request.waiting  # type: ignore[attr-defined]  # as above
    return waiting


def _sent(request: HttpRequest) -> list[Saying]:
    try:
        sent = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(request))
    except signing.BadSignature:
        return []
    return [(str(kind), str(text)) for kind, text in sent]


def _salt(request: HttpRequest) -> str:
    """What was told to one person is not said to the next who sits at the same browser."""
    return f"told:{request.session.session_key}"
