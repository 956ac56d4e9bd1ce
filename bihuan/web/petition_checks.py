"""The page on which a field check of a petition is written down, where one stands: on a phone as on a desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from bihuan.core import clock
from bihuan.gate.answers import deed, or_404, page, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.petitions.actions.checking import check_petition
from bihuan.petitions.queries import called
from bihuan.petitions.rules.checks import KINDS, kind_asked
from bihuan.web import proofs_view
from bihuan.web.verification import HANDED_IN
from bihuan.web.verification_forms import CheckForm


@policy(BUSINESS)
def petition_check_new(request: Asked, code: str) -> HttpResponse:
    """Write a field check of a petition down."""
    petition: Any = or_404(called.petition(request.actor, code))
    kind = kind_asked(petition.matter.state)
    form = CheckForm(request.POST or None, now=clock.now(), kind=kind, kinds=KINDS)
    if request.method == "POST" and form.is_valid():
        with refused_at(form, request, HANDED_IN):
            check_petition(petition, form.seen(), **deed(request))
        if not form.errors:
            return redirect("petition_detail", code)
    told = {"subject": proofs_view.called(petition) | {"target": petition.goal}, "recheck": ""}
    room, status = proofs_view.room_of(petition), 422 if form.errors else 200
    return page(request, "rectification/check_new.html", room=room, status=status, form=form, **told)
