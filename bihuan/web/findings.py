"""The page on which a unit fills in what it found of its part of a petition (核实情况), and its approver reports it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from bihuan.core import clock
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals
from bihuan.gate.policy import REPORTING, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.quantity import whole
from bihuan.petitions import actions
from bihuan.petitions.actions import answering
from bihuan.petitions.queries import called, findings, sub_items
from bihuan.petitions.rules.undertaking import UNDERTAKING
from bihuan.web import findings_view
from bihuan.web.asking import hand_in
from bihuan.web.findings_forms import FindingsForm
from bihuan.web.problem_view import done

FILLED = "已填好，由本单位审核人上报。"


@policy(REPORTING)
def petition_findings(request: Asked, code: str) -> HttpResponse:
    """One unit's report on a petition: the form, and what was filled in with the steps of the unit's approver."""
    petition = or_404(called.petition(request.actor, code))
    part = _part(request, findings.parts_of(petition))
    if request.method == "POST" and "move" in request.POST:
        _step(request, part)
        return redirect("petition_detail", code) if request.POST["move"] == "report_findings" else again(request)
    form = _form(request, part) if findings.may_fill(part, request.actor) else None
    if request.method == "POST" and form is None:
        tell(request, "refused", answering.NOT_NOW)
        return again(request)
    if form is not None and form.is_bound and form.is_valid() and _fill(request, part, form):
        return redirect(f"{request.path}?part={part.pk}")
    told = findings_view.page_of(petition, part, request.actor, clock.today())
    status = 422 if form is not None and form.errors else 200
    return page(request, "petitions/petition_findings.html", room="petition_board", status=status, form=form, **told)


def _part(request: Asked, parts: list[Any]) -> Any:
    """The part that is named, else the first of one's own units that is open; none but those of one's own units."""
    own = [one for one in findings.live(parts) if findings.is_own(one, request.actor)]
    named = whole((request.POST if request.method == "POST" else request.GET).get("part"))
    found = [one for one in own if named is None or one.pk == named]
    if not found:
        raise Http404
    return next((one for one in found if findings.is_open(one)), found[0])


def _form(request: Asked, part: Any) -> FindingsForm:
    sent = request.POST if request.method == "POST" else None
    items = sub_items.texts_of(part.petition)
    last = findings.last_report(part)
    holders = findings.live(findings.parts_of(part.petition))
    return FindingsForm(sent, items, len(holders), findings.as_filled(last) if last else None)


def _fill(request: Asked, part: Any, form: FindingsForm) -> bool:
    """Fill the report in; where it is refused or asked about, say so at the form and lose nothing."""
    return hand_in(request, form, FILLED, lambda: answering.fill_findings(part, form.filled(), **deed(request)))


def _step(request: Asked, part: Any) -> None:
    """Report what was filled in, or send it back to who filled it in."""
    name = request.POST["move"]
    told: dict[str, Any] = {**deed(request), "note": opinion(request)}
    if name == "send_back":
        with refusals(request, "已退回填报人修改。"):
            answering.send_back_findings(part, **told)
    else:
        with refusals(request, done(UNDERTAKING, name)):
            actions.move_undertaking(part, name, **told)
