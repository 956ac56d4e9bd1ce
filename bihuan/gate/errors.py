"""What is answered when something goes wrong: what happened, what is safe, what to do; never a bare status.

Hides which status a fault of the database becomes. The pages ask for nothing: they can be drawn when all else fails.
"""

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_SECONDS = 5


def _page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    reference = getattr(request, "id", "")
    return render(request, f"errors/{status}.html", {"detail": detail, "reference": reference}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """400."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """403."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """404: the same for what does not exist and for what this person may not see."""
    return _page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """403 for a form whose token is gone: logged out meanwhile, or sent from elsewhere."""
    return _page(request, 403, "这张表单已经过期，可能是重新登录过。请返回上一页，刷新后再提交。")


def busy(request: HttpRequest, fault: Any) -> HttpResponse | None:
    """503 with the time to try again, where the database is busy or away; None for any other fault."""
    if not isinstance(fault, OperationalError):
        return None
    answer = _page(request, 503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer
