"""The log: one line a request, and what went wrong; never who a row is about, what was asked or what was typed.

Hides what of a request may be written down: its id, the address as the map of the site has it (not as it was typed),
how it ended, how long it took, and the number of the person. Of a fault its kind and place, not its message, which may
quote a row.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

OURS = ("bihuan.", "psycopg.pool")  # whose words quote no row
DEEPEST = 8
log = logging.getLogger(__name__)


def route(request: HttpRequest) -> str:
    """The address as the map of the site has it; "" where no page answers there."""
    found = getattr(request, "resolver_match", None)
    return f"/{found.route}" if found else ""


class JournalMiddleware:
    """Notes every request at its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        begun = time.perf_counter()
        response = self.get_response(request)
        log.info("", extra={"facts": _facts(request, response.status_code, time.perf_counter() - begun)})
        return response


def _facts(request: HttpRequest, status: int, seconds: float) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    return {
        "request": getattr(request, "id", ""),
        "method": request.method if request.method in {"GET", "POST", "HEAD", "OPTIONS"} else "other",
        "route": route(request),
        "status": status,
        "ms": round(seconds * 1000),
        "person": actor.person if actor else None,
    }


def _told(record: logging.LogRecord) -> dict[str, Any]:
    """What may be written down of a record. The words of others may quote an address or a row: only their place."""
    told: dict[str, Any] = {"level": record.levelname, "logger": record.name}
    words = record.getMessage() if record.name.startswith(OURS) else f"{record.module}.{record.funcName}"
    told |= {"words": words} if words else {}
    told |= getattr(record, "facts", {})
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        told |= {"request": getattr(request, "id", ""), "route": route(request)}
    if record.exc_info and record.exc_info[0]:
        frames = traceback.extract_tb(record.exc_info[2])[-DEEPEST:]
        told["fault"] = record.exc_info[0].__name__
        told["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return told


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps({"time": _time(record), **_told(record)}, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """One line for people: the same, word after word."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = _told(record)
        words = (
            str(value) if name in {"level", "logger", "words"} else f"{name}={value}" for name, value in told.items()
        )
        return f"{_time(record)} {' '.join(words)}"
