"""Pages of the dossier of a problem (一案一档): what it holds and how it is verified, its book, the whole of it."""

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from bihuan.gate import dossiers
from bihuan.gate.answers import again, deed, or_404, page, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.gate.telling import tell
from bihuan.rectification.queries import called, dossier
from bihuan.web.problem_view import label

DONE = "卷已成，登记了清单的 SHA-256。"
NONE = "您还没有给这一项成卷，请先点“成卷”。"


@policy(BUSINESS)
def dossier_detail(request: Asked, code: str) -> HttpResponse:
    """What the dossier of a problem holds, which were made, how one is verified; a POST makes one."""
    problem = or_404(called.problem(request.actor, code))
    if request.method == "POST":
        with refusals(request, DONE):
            dossiers.make(code, **deed(request))
        return again(request)
    made = dossier.made(problem, request.actor)
    return page(
        request,
        "rectification/dossier_detail.html",
        room="ledger_list",
        problem={
            "code": code,
            "label": label(problem),
            "title": problem.title,
            "url": reverse("problem_detail", args=[code]),
        },
        contents=dossier.counts(problem, request.actor),
        made=made,
        own=next((one for one in made if one.is_own), None),
    )


@policy(BUSINESS)
def dossier_book(request: Asked, code: str) -> HttpResponse:
    """The book of the last dossier that this person made, as a PDF to keep."""
    problem = or_404(called.problem(request.actor, code))
    manifest = dossier.last_made(problem, request.actor)
    if manifest is None:
        return _nothing(request, code)
    answer = HttpResponse(dossiers.book(manifest), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"一案一档 {code}.pdf") or ""
    return answer


@policy(BUSINESS)
def dossier_whole(request: Asked, code: str) -> HttpResponseBase:
    """The zip of the last dossier that this person made: the book, every original, the list and what checks it."""
    problem = or_404(called.problem(request.actor, code))
    manifest = dossier.last_made(problem, request.actor)
    if manifest is None:
        return _nothing(request, code)
    return FileResponse(dossiers.zipped(manifest), as_attachment=True, filename=f"一案一档 {code}.zip")


def _nothing(request: Asked, code: str) -> HttpResponse:
    tell(request, "asked", NONE)
    return redirect("dossier_detail", code)
