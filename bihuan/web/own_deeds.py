"""What I did: my last steps, newest first; those that nobody acted on yet can be corrected here.

A step may take the matter out of one's own sight (退回交办, 退办): here it can be corrected all the same.
"""

from typing import Any

from django.http import Http404, HttpResponse

from bihuan.core import correction
from bihuan.gate import owing
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.kinds import kind_of, url_of
from bihuan.gate.owing import OwnStep
from bihuan.gate.policy import Asked, policy

TITLE = 60


@policy()
def own_deeds(request: Asked) -> HttpResponse:
    """My last steps; a POST corrects the last one on the matter `code`, with a reason."""
    if request.method == "POST":
        _correct(request, request.POST.get("code", ""))
        return again(request)
    lines = [_line(one) for one in owing.own_steps(request.actor)]
    return page(request, "account/deeds.html", room="account_detail", lines=lines)


def _correct(request: Asked, code: str) -> None:
    kind = kind_of(code)
    row = kind.stepped(code, request.actor) if kind else None
    if kind is None or row is None:
        raise Http404
    with refusals(request, correction.DONE):
        kind.correct(row, note=opinion(request), **deed(request))


def _line(one: OwnStep) -> dict[str, Any]:
    return {
        "at": one.at,
        "code": one.code,
        "url": url_of(one.code) if one.is_seen else "",
        "step": one.label,
        "title": one.title if len(one.title) <= TITLE else f"{one.title[:TITLE]}…",
        "is_last": one.is_last,
    }
