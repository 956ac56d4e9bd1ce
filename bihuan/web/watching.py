"""The page of watch hits: what came in near something signed off, with both texts; a person judges each."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole
from bihuan.rectification.actions import watching as actions
from bihuan.rectification.queries import watching
from bihuan.web import watching_view

DONE = "已研判。"


@policy(BUSINESS)
def watch_list(request: Asked) -> HttpResponse:
    """The hits of which one may read both matters; a POST judges one."""
    if request.method == "POST":
        hits = watching.hits_for(request.actor)
        row = get_object_or_404(hits, pk=whole(request.POST.get("row")) or 0)
        name = request.POST.get("move", "")
        with refusals(request, DONE):
            actions.judge_hit(row, name, note=opinion(request), **deed(request))
        return again(request)
    told = watching_view.hits(request.actor, request.GET.get("state", ""))
    return page(request, "rectification/watch_list.html", room="acceptance_list", **told)
