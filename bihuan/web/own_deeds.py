"""What I did: my last steps, newest first; those that nobody acted on yet can be corrected here.

A step may take the matter out of one's own sight (退回交办, 退办): here it can be corrected all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from bihuan.core import correction
from bihuan.core.correction import Taken
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib.flow import Flow
from bihuan.petitions import actions as petition_actions
from bihuan.petitions import queries as petitions
from bihuan.petitions.rules.petition import PETITION
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.rectification.actions import handing_over
from bihuan.rectification.queries import sight
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM
from bihuan.web.messages import in_sight, url_of
from bihuan.web.trail import step_label

SHOWN = 30
TITLE = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of matter: how it is found and called, what corrects its last step, and the lifecycles of its steps."""

    found: Callable[..., Any]
    called: Callable[[Any], str]
    correct: Callable[..., Any]
    flows: tuple[Flow, ...]
    is_masked: bool = False


KINDS = {
    "P": Kind(sight.problem_stepped, lambda row: row.title, handing_over.correct_problem, (PROBLEM[ACCEPT_FIRST],)),
    "M": Kind(sight.measure_stepped, lambda row: row.text, handing_over.correct_measure, (MEASURE,)),
    "X": Kind(
        petitions.petition_stepped,
        lambda row: row.content,
        petition_actions.correct_petition,
        (UNDERTAKING, PETITION),
        is_masked=True,
    ),
}


@policy()
def own_deeds(request: Asked) -> HttpResponse:
    """My last steps; a POST corrects the last one on the matter `code`, with a reason."""
    if request.method == "POST":
        _correct(request, request.POST.get("code", ""))
        return again(request)
    taken = correction.steps_of(request.actor.person or 0, SHOWN)
    titles = in_sight({one.about for one in taken}, request.actor)
    lines = [_line(request, one, titles) for one in taken]
    return page(request, "account/deeds.html", room="account_detail", lines=lines)


def kind_of(code: str) -> Kind | None:
    """The kind of matter that a code names."""
    _, _, rest = code.partition("-")
    return KINDS.get(rest[:1])


def _correct(request: Asked, code: str) -> None:
    kind = kind_of(code)
    row = kind.found(code, request.actor) if kind else None
    if kind is None or row is None:
        raise Http404
    with refusals(request, correction.DONE):
        kind.correct(row, note=opinion(request, is_masked=kind.is_masked), **deed(request))


def _line(request: Asked, one: Taken, titles: dict[str, str]) -> dict[str, Any]:
    kind, title = kind_of(one.about), titles.get(one.about, "")
    if not title and one.is_last and kind is not None and (row := kind.found(one.about, request.actor)):
        title = kind.called(row)
    return {
        "at": one.at,
        "code": one.about,
        "url": url_of(one.about) if one.about in titles else "",
        "step": step_label(one.step, *(kind.flows if kind else ())),
        "title": title if len(title) <= TITLE else f"{title[:TITLE]}…",
        "is_last": one.is_last,
    }
