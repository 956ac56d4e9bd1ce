"""What was typed and not sent yet: kept while one types, given back to the page, listed for whoever lost the page."""

from urllib.parse import parse_qsl

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from bihuan.core import clock, drafts
from bihuan.gate.answers import page
from bihuan.gate.kinds import page_called
from bihuan.gate.policy import Asked, keeps_drafts, policy
from bihuan.web.jinja import moment

MOST = 200


@policy()
def draft_list(request: Asked) -> HttpResponse:
    """GET with `path`: what was kept of that page, as JSON. POST: keep what is typed there. Else the list of all."""
    person = request.actor.person or 0
    if request.method == "POST" and "drop" in request.POST:
        drafts.drop(person, pk=int(request.POST["drop"]) if request.POST["drop"].isdecimal() else -1)
        return redirect("draft_list")
    if request.method == "POST":
        fields, path = dict(parse_qsl(request.POST.get("typed", ""))[:MOST]), request.POST.get("path", "")
        if keeps_drafts(path):
            drafts.keep(person, path, request.POST.get("form", ""), fields, clock.now())
        return HttpResponse(status=204)
    if path := request.GET.get("path", ""):
        kept = drafts.kept_of(person, path.replace("\0", ""))
        return JsonResponse(
            {"drafts": [{"form": one.form, "fields": one.fields, "at": moment(one.saved_at)} for one in kept]}
        )
    listed = [(one, page_called(one.path)) for one in drafts.kept_of(person)]
    return page(request, "account/drafts.html", room="account_detail", drafts=listed)
