"""The page of what a matter is linked with (关联事项): seen where both ends are, made and ended by the office."""

from typing import Any

from django.http import HttpResponse

from bihuan.gate import proofs
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole
from bihuan.rectification.actions import linking as actions
from bihuan.rectification.queries import linking
from bihuan.web import link_view, proofs_view
from bihuan.web.link_forms import LinkForm

LINKED, ENDED = "已关联，两件的页面上都看得到。", "已解除，轨迹里留着。"


@policy(BUSINESS)
def link_list(request: Asked, code: str) -> HttpResponse:
    """What a problem, measure or petition is linked with; a POST links it with another one, or ends a link."""
    subject: Any = or_404(proofs.subject_of(request.actor, code))
    form = LinkForm(None, other=request.GET.get("other", ""))
    if request.method == "POST":
        if request.POST.get("act") == "end":
            _end(request, subject)
            return again(request)
        form = LinkForm(request.POST)
        if form.is_valid() and _link(request, subject, form):
            return again(request)
    may = linking.may_link(request.actor, subject.matter)
    told = link_view.page_of(
        subject.matter,
        request.actor,
        linking.links_for(request.actor, subject.matter),
        linking.candidates(request.actor, subject) if may else [],
    )
    room, status = proofs_view.room_of(subject), 422 if form.errors else 200
    shown = {"subject": proofs_view.called(subject), "may": may, "form": form if may or form.errors else None, **told}
    return page(request, "rectification/link_list.html", room=room, status=status, **shown)


def _link(request: Asked, subject: Any, form: LinkForm) -> bool:
    told = form.cleaned_data
    with refused_at(form, request, LINKED):
        actions.link_matters(subject.matter, told["other"], told["kind"], told["reason"], **deed(request))
    return not form.errors


def _end(request: Asked, subject: Any) -> None:
    """End the link that is named; one of which this person does not see both ends is none."""
    link = or_404(linking.link_for(request.actor, subject.matter, whole(request.POST.get("row"))))
    with refusals(request, ENDED):
        actions.end_link(link, note=opinion(request), **deed(request))
