"""Pages of an invited expert: the package of a claim that he reads, its pictures under his name, his one opinion."""

from typing import Any

from django.http import Http404, HttpResponse

from bihuan.core import clock, files
from bihuan.gate.answers import again, deed, page, refused_at
from bihuan.gate.packages import package_read
from bihuan.gate.policy import Asked, policy
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.pictures import watermarked
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import experts as actions
from bihuan.web import expert_view
from bihuan.web.expert_forms import OpinionForm

ROOM = "acceptance_list"
JPEG = "image/jpeg"
GIVEN = "意见已提出，不能再改。"


@policy(Role.ACCEPTANCE_EXPERT)
def package_detail(request: Asked, code: str) -> HttpResponse:
    """The package that this expert was invited to; a POST gives his one opinion."""
    read = package_read(request.actor, code)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _give(request, read, form):
        return again(request)
    told = expert_view.package(read, request.actor, clock.now())
    status = 422 if form.errors else 200
    return page(request, "rectification/package_detail.html", room=ROOM, status=status, form=form, **told)


def _give(request: Asked, read: Any, form: OpinionForm) -> bool:
    told, seen = form.cleaned_data, request.POST.get("seen", "")
    with refused_at(form, request, GIVEN):
        actions.give_opinion(read.invitation, told["verdict"], told["words"], seen, **deed(request))
    return not form.errors


@policy(Role.ACCEPTANCE_EXPERT)
def package_picture(request: Asked, code: str, pk: int) -> HttpResponse:
    """A small copy of a picture, or of a PDF's first page, with the reader's name and the moment all over it."""
    row = next((one for one in package_read(request.actor, code).files if one.pk == pk), None)
    if row is None or row.preview is None:
        raise Http404
    try:
        data = watermarked(files.read(row.preview), expert_view.mark_of(request.actor, clock.now()))
    except Unreadable as fault:  # without his name on it no picture is shown
        raise Http404 from fault
    return HttpResponse(data, content_type=JPEG, headers={"Cache-Control": "no-store"})
