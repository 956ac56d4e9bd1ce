"""The page of a matter's extensions: asked for, agreed to step by step; the first deadline stays on it for ever."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import clock
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole
from bihuan.matters.rules.extension import APPLICANTS, EXTENSION, PENDING, closed
from bihuan.rectification.actions import extension as actions
from bihuan.rectification.queries import proofs
from bihuan.web.problem_view import done
from bihuan.web.proofs_view import called
from bihuan.web.verification_forms import PaperForm


class ExtensionForm(forms.Form):
    """A later deadline, why, and what is done until then."""

    new_due_on = forms.DateField(label="延期至", widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(label="延期理由", max_length=2000, widget=forms.Textarea({"rows": 3}))
    steps = forms.CharField(
        label="延期期间怎样推进", max_length=2000, widget=forms.Textarea({"rows": 3}), help_text="写到哪天完成哪一步。"
    )


@policy(BUSINESS)
def extension_list(request: Asked, code: str) -> HttpResponse:
    """One matter's extensions; a POST asks for one, or takes a step of one."""
    subject: Any = or_404(proofs.subject_of(request.actor, code))
    form = ExtensionForm(request.POST if request.POST.get("act") == "apply" else None)
    if request.method == "POST" and not form.is_bound:
        _step(request, subject)
        return again(request)
    if form.is_bound and form.is_valid() and _apply(request, subject, form):
        return again(request)
    told = {"form": form, "paper": PaperForm(), **_told(request, subject)}
    status = 422 if form.errors else 200
    return page(request, "rectification/extension_list.html", room="ledger_list", status=status, **told)


def _apply(request: Asked, subject: Any, form: ExtensionForm) -> bool:
    told = form.cleaned_data
    with refused_at(form, request, "已申请延期，等牵头单位主要负责人同意。"):
        actions.apply_extension(subject, told["new_due_on"], told["reason"], told["steps"], **deed(request))
    return not form.errors


def _step(request: Asked, subject: Any) -> None:
    row = get_object_or_404(proofs.extensions_of(subject), pk=whole(request.POST.get("row")) or 0)
    name = request.POST.get("move", "")
    with refusals(request, done(EXTENSION, name)):
        paper = PaperForm(request.POST).paper()
        actions.move_extension(subject, row, name, note=opinion(request), paper=paper, **deed(request))


def _told(request: Asked, subject: Any) -> dict[str, Any]:
    matter, rows = subject.matter, [*proofs.extensions_of(subject)]
    is_pending = any(row.state in PENDING for row in rows)
    return {
        "subject": called(subject),
        "first": matter.first_due_on,
        "due": matter.due_on,
        "may_apply": bool(proofs.able(subject, request.actor) & APPLICANTS),
        "closed": closed(matter.due_on, clock.today(), is_pending=is_pending),
        "rows": [
            {
                "row": row,
                "state": EXTENSION.label(row.state),
                "offers": proofs.extension_offers(subject, row, request.actor),
            }
            for row in rows
        ],
    }
