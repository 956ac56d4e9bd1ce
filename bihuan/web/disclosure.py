"""Pages of what is made public: texts drafted, redacted and approved; what the public says against them, answered."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bihuan.core.action import Repeated
from bihuan.disclosure.actions import objecting, releasing
from bihuan.disclosure.queries import batches, drafting, sight
from bihuan.disclosure.rules.objection import OBJECTION
from bihuan.disclosure.rules.release import RELEASE, WEIGHTY
from bihuan.gate.answers import again, deed, not_offered, opinion, page, refusals, refused_at
from bihuan.gate.policy import Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.web import publicising_view, release_view
from bihuan.web.paging import pager_of
from bihuan.web.problem_view import done
from bihuan.web.release_forms import ContactForm, PartsForm, form_for

ROOM = "release_list"
BATCHES = 50
NOT_NEXT = "这件事现在不能拟公示文本：还没有办到公示，或已有人拟了稿。"
WRITTEN = "已存下。"


@policy(*sight.READERS)
def release_list(request: Asked) -> HttpResponse:
    """Notices' texts, newest first, batches of petitions, and the problems whose notice is next: sent one, drafts."""
    to_draft = drafting.problems_to_draft(request.actor)
    if request.method == "POST":
        with refusals(request):
            problem = next((one for one in to_draft if one.matter.code == request.POST.get("code")), None)
            if problem is None:
                raise not_offered(request, NOT_NEXT)
            return redirect("release_detail", releasing.draft_release(problem, **deed(request)).code)
        return again(request)
    releases = [release_view.line(one) for one in sight.notices_for(request.actor)[: release_view.SHOWN]]
    told: dict[str, Any] = {"releases": releases, "to_draft": [release_view.candidate(one) for one in to_draft]}
    found = Paginator(batches.batches_for(request.actor), BATCHES).get_page(request.GET.get("page"))
    told |= {"batches": [publicising_view.line(one) for one in found], "count": found.paginator.count}
    told["pager"] = pager_of(found)
    return page(request, "disclosure/release_list.html", room=ROOM, **told)


@policy(*sight.READERS, weighty=WEIGHTY)
def release_detail(request: Asked, code: str) -> HttpResponse:
    """One text: written and redacted while it is a draft, then its frozen copy; its steps beside it."""
    release = get_object_or_404(sight.releases_for(request.actor), code=code)
    form = None
    if request.method == "POST":
        act = request.POST.get("act", "")
        form = _written(request, release) if act == "edit" else None
        if form is None:
            _act(request, release, act)
        if form is None or not form.errors:
            return again(request)
        release = sight.releases_for(request.actor).get(pk=release.pk)
    told = release_view.detail(release, request.actor, form)
    return page(request, "disclosure/release_detail.html", room=ROOM, status=422 if form else 200, **told)


def _written(request: Asked, release: Any) -> PartsForm:
    """The text as it was typed, stored; where it was not, it stays in the form, which says why."""
    form = form_for(release.kind)(request.POST)
    if form.is_valid():
        with refused_at(form, request, WRITTEN):
            seen = release_view.version_sent(request.POST)
            releasing.edit_release(release, form.cleaned_data, seen=seen, **deed(request))
    return form


def _act(request: Asked, release: Any, act: str) -> None:
    name = request.POST.get("move", "")
    with refusals(request, done(RELEASE, "redact" if act else name)):
        if act == "redact":
            black, more = request.POST.getlist("black"), request.POST.get("more", "").splitlines()
            releasing.redact_release(release, black, more, request.POST.get("digest", ""), **deed(request))
        else:
            seen = release_view.version_sent(request.POST)
            releasing.move_release(release, name, note=opinion(request), seen=seen, **deed(request))


@policy(*sight.READERS)
def objection_list(request: Asked) -> HttpResponse:
    """What the public said against notices, newest first."""
    rows = sight.objections_for(request.actor)[: release_view.SHOWN]
    return page(request, "disclosure/objection_list.html", room=ROOM, lines=[release_view.said(one) for one in rows])


@policy(*sight.READERS)
def objection_detail(request: Asked, code: str) -> HttpResponse:
    """One objection, its notice, and the steps that answer it."""
    objection = get_object_or_404(sight.objections_for(request.actor), code=code)
    if request.method == "POST":
        name = request.POST.get("move", "")
        with refusals(request, done(OBJECTION, name)):
            objecting.decide_objection(objection, name, note=opinion(request), **deed(request))
        return again(request)
    told = release_view.objection(objection, request.actor)
    return page(request, "disclosure/objection_detail.html", room=ROOM, **told)


@policy(*sight.CONTACT_READERS, weighty=True)
def objection_contact(request: Asked, code: str) -> HttpResponse:
    """How the writer of an objection can be reached, and the words as they came: drawn once, for a reason."""
    objection = get_object_or_404(sight.objections_for(request.actor), code=code)
    form = ContactForm(request.POST or None)
    opened: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            found = objecting.open_contact(objection, form.cleaned_data["reason"], **deed(request))
            opened = {name: word.plain for name, word in found.items()}
        except (Refused, Repeated) as refusal:
            tell(request, "refused", str(refusal))
            return again(request)
    told = {"code": objection.code, "form": form, "opened": opened}
    return page(request, "disclosure/contact.html", room=ROOM, status=422 if form.errors else 200, **told)
