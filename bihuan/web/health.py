"""Two addresses for whoever watches the machine: does the process live, can it work. It says no more."""

import logging

from django.http import HttpRequest, HttpResponse

from bihuan.core import clock, readiness
from bihuan.gate.policy import policy

PLAIN = "text/plain; charset=utf-8"
log = logging.getLogger(__name__)


@policy(public=True)
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- it answers whoever asks
    return _said(is_well=True)


@policy(public=True)
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- as above
    faults = readiness.faults()
    for fault in faults:
        log.warning("not ready: %s", fault)
    if not faults and readiness.is_late(clock.machine_now()):
        log.warning("the background lags behind: no worker is at work")
        return HttpResponse("worker late\n", content_type=PLAIN)
    return _said(is_well=not faults)


def _said(*, is_well: bool) -> HttpResponse:
    text, status = ("ok\n", 200) if is_well else ("not ok\n", 503)
    return HttpResponse(text, content_type=PLAIN, status=status)
