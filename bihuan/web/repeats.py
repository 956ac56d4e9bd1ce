"""The page of petitions that may be one: both texts abreast, their common words marked; a person judges each pair."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole
from bihuan.petitions.actions import repeats as actions
from bihuan.petitions.queries import repeats
from bihuan.web import repeat_view

DONE = {"merge": "已并案。"}


@policy(BUSINESS)
def repeat_list(request: Asked) -> HttpResponse:
    """The pairs of which one may read both petitions; a POST judges one, or merges the later into the earlier."""
    if request.method == "POST":
        pairs = repeats.pairs_for(request.actor)
        row = get_object_or_404(pairs, pk=whole(request.POST.get("row")) or 0)
        name = request.POST.get("move", "")
        with refusals(request, DONE.get(name, "已研判。")):
            actions.settle_pair(row, name, note=opinion(request), **deed(request))
        return again(request)
    told = repeat_view.pairs(request.actor, request.GET.get("state", ""))
    return page(request, "petitions/repeat_list.html", room="petition_board", **told)
