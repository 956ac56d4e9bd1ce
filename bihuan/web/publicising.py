"""The page on which what came of a batch of petitions is made public: drafted, redacted, approved, put out, at once."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from bihuan.disclosure.actions import publicising
from bihuan.disclosure.queries import batches, petition_texts, sight
from bihuan.disclosure.rules.release import WEIGHTY
from bihuan.gate.answers import again, deed, not_offered, opinion, or_404, page, refusals
from bihuan.gate.policy import Asked, policy
from bihuan.lib.flow import Refused
from bihuan.petitions.rules.petition import WEIGHTY as OF_A_PETITION
from bihuan.web import publicising_view

NOT_NEXT = "没有等着办这一步的信访件，可能别人已先办了。"


@policy(*sight.READERS, weighty={**WEIGHTY, "publish": OF_A_PETITION["disclose"]})
def public_batch(request: Asked, pk: int) -> HttpResponse:
    """One batch: what is to be drafted, what to be blacked out, what waits for approval, what to put out."""
    batch = or_404(batches.batch_for(request.actor, pk))
    if request.method == "POST":
        name = request.POST.get("move", "")
        with refusals(request, publicising_view.DONE.get(name, "")):
            if name not in DOINGS:
                raise Refused(NOT_NEXT)
            DOINGS[name](request, batch)
        return again(request)
    told = publicising_view.batch(batch, request.actor)
    return page(request, "disclosure/batch.html", room="release_list", **told)


def _draft(request: Asked, batch: Any) -> None:
    rows = batches.to_draft(batch)
    if not rows:
        raise not_offered(request, NOT_NEXT)
    publicising.draft_petitions(rows, **deed(request))


def _redact(request: Asked, batch: Any) -> None:
    rows = _chosen(request, batch, "draft")
    black, more = request.POST.getlist("black"), request.POST.get("more", "").splitlines()
    publicising.redact_petitions(rows, black, more, request.POST.get("digest", ""), **deed(request))


def _decide(request: Asked, batch: Any) -> None:
    rows, name = _chosen(request, batch, "redacted"), request.POST.get("move", "")
    digest = request.POST.get("digest", "")
    publicising.decide_petitions(rows, name, digest, note=opinion(request), **deed(request))


def _publish(request: Asked, batch: Any) -> None:
    codes = {one.about_code for one in _chosen(request, batch, "approved")}
    rows = [*petition_texts.petitions_called(codes, batch.city)]
    publicising.publish_petitions(rows, **deed(request))


def _chosen(request: Asked, batch: Any, state: str) -> list[Any]:
    """The texts in that state that were before the person's eyes."""
    asked = {*request.POST.getlist("release")}
    rows = [one for one in batches.working_of(batch, state) if one.code in asked]
    if len(rows) != len(asked) or not rows:
        raise not_offered(request, NOT_NEXT)
    return rows


DOINGS: dict[str, Callable[[Asked, Any], None]] = {
    "draft": _draft,
    "redact": _redact,
    "approve": _decide,
    "return": _decide,
    "publish": _publish,
}
