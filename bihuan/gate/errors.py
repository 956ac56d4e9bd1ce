"""What is answered when something goes wrong: what happened, what is safe, what to do; never a bare status.

Hides which status a fault of the database becomes. The pages ask for nothing: they can be drawn when all else fails.
"""

import errno
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.core.aside import Unfinished
from bihuan.core.store import Away
from bihuan.core.vault import Sealed
from bihuan.gate import faults, journal

RETRY_SECONDS = 5
BUSY = "数据库正忙或连不上，这一步没有办。"
FULL = "磁盘已满，这一步没有存下，请告诉系统管理员。"
AWAY = "存文件的地方连不上，这一步没有办。"
BROKEN_OFF = "这件活做到一半被打断，多半没有办成；请刷新看过，再办一次。"
PASSING = ((OperationalError, BUSY), (Away, AWAY), (Unfinished, BROKEN_OFF))  # what is over after a while
BEYOND = "有一处数字或文字超出了能存的范围。"
LOST = "存档的文件读不到或解不开，请告诉系统管理员；台账里的记录都在。"
TOO_BIG = "文件或表单太大：文件不超过 50 MB，粘贴的文字不超过 5 MB；请拆成几份后再导入。"
log = logging.getLogger(__name__)


def _page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    if faults.is_program(request):
        return faults.fault(status, detail)
    reference = getattr(request, "id", "")
    return render(request, f"errors/{status}.html", {"detail": detail, "reference": reference}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, TOO_BIG if isinstance(exception, RequestDataTooBig) else "")


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
    if faults.is_program(request):
        return faults.fault(403)
    return _page(request, 403, "这张表单已经过期，可能是重新登录过。请返回上一页，刷新后再提交。")


def busy(request: HttpRequest, fault: Any) -> HttpResponse | None:
    """503 with the time to try again, where the database is busy or away, the disk full or heavy work was broken off;
    None for any other fault.
    """
    is_full = getattr(fault, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "is full" in str(fault)
    said = FULL if is_full else next((words for kind, words in PASSING if isinstance(fault, kind)), "")
    if not said:
        return None
    log.warning("%s %s %s", getattr(request, "id", ""), journal.route(request), said)
    answer = _page(request, 503, said)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


def beyond(request: HttpRequest, fault: Any) -> HttpResponse | None:
    """400 where the database cannot hold what was sent; None for any other fault."""
    if not isinstance(fault, DataError | OverflowError):
        return None
    log.warning("%s %s %s", getattr(request, "id", ""), journal.route(request), type(fault).__name__)
    return _page(request, 400, BEYOND)


def lost(request: HttpRequest, fault: Any) -> HttpResponse | None:
    """503 where a stored file is gone or cannot be opened; None for any other fault."""
    if not isinstance(fault, FileNotFoundError | Sealed):
        return None
    log.error("%s %s %s", getattr(request, "id", ""), journal.route(request), type(fault).__name__)
    return _page(request, 503, LOST)


def unspeakable(request: HttpRequest) -> HttpResponse | None:
    """400 for a form that holds a zero byte, which no text of a person does; None for any other.

    An address that holds one is cleaned where it is read.
    """
    sent = (text for name, values in request.POST.lists() for text in (name, *values))
    return _page(request, 400) if any("\0" in text for text in sent) else None
