"""What I did: my last steps, newest first; those that nobody acted on yet can be corrected here.

A step may take the matter out of one's own sight (退回交办, 退办): here it can be corrected all the same.
"""

from typing import Any

from django.http import Http404, HttpResponse

from bihuan.core import correction
from bihuan.core.correction import Taken
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.deeds import step_label
from bihuan.gate.policy import Asked, policy
from bihuan.organisation.queries import scope
from bihuan.web.kinds import in_sight, kind_of, url_of

SHOWN = 30
TITLE = 60


@policy()
def own_deeds(request: Asked) -> HttpResponse:
    """My last steps; a POST corrects the last one on the matter `code`, with a reason."""
    if request.method == "POST":
        _correct(request, request.POST.get("code", ""))
        return again(request)
    taken = correction.steps_of(request.actor.person or 0, request.actor.city, SHOWN)
    titles = in_sight({one.about for one in taken}, request.actor)
    lines = [_line(request, one, titles) for one in taken]
    return page(request, "account/deeds.html", room="account_detail", lines=lines)


def _correct(request: Asked, code: str) -> None:
    kind = kind_of(code)
    row = kind.stepped(code, request.actor) if kind else None
    if kind is None or row is None:
        raise Http404
    with refusals(request, correction.DONE):
        kind.correct(row, note=opinion(request, is_masked=kind.is_masked), **deed(request))


def _line(request: Asked, one: Taken, titles: dict[str, str]) -> dict[str, Any]:
    kind, title = kind_of(one.about), titles.get(one.about, "")
    is_last = one.is_last and scope.holds(request.actor, one.appointment)
    if not title and is_last and kind is not None and (row := kind.stepped(one.about, request.actor)):
        title = getattr(row, kind.words)
    return {
        "at": one.at,
        "code": one.about,
        "url": url_of(one.about) if one.about in titles else "",
        "step": step_label(one.step, *(kind.flows if kind else ())),
        "title": title if len(title) <= TITLE else f"{title[:TITLE]}…",
        "is_last": is_last,
    }
