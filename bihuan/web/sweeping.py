"""Pages of sweeps: the list, one of them, a new one, and a unit's answer for one place."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bihuan.core import clock
from bihuan.core.action import Repeated
from bihuan.core.audit import Overtaken
from bihuan.gate.answers import again, deed, opinion, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.gate.telling import tell
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.matters.queries import inspections_for
from bihuan.matters.rules.sweep import SWEEP
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.actions import sweeping as actions
from bihuan.rectification.queries import sight, sweeps
from bihuan.web import sweep_view
from bihuan.web.problem_view import done
from bihuan.web.sweep_forms import AnswerForm, SweepForm

ROOM = "sweep_list"


@policy(BUSINESS)
def sweep_list(request: Asked) -> HttpResponse:
    """The sweeps in one's scope."""
    told = sweep_view.listed(request.actor, clock.today())
    return page(request, "sweeps/sweep_list.html", room=ROOM, **told)


@policy(Role.COORDINATION, Role.SUPERVISION, Role.OFFICE_HEAD)
def sweep_new(request: Asked) -> HttpResponse:
    """Draft a sweep, from a problem where one is named."""
    by = request.actor
    source = sight.problems_for(by).filter(matter__code=request.GET.get("problem", "")).first()
    known: dict[str, list[Any]] = {"inspections": [*inspections_for(by)], "units": [*structure.units_in(by.city)]}
    first = {"inspection": source.matter.inspection.code, "title": f"{source.title}：举一反三排查"} if source else {}
    form = SweepForm(request.POST or None, initial=first, **known)
    if request.method == "POST" and form.is_valid() and (drafted := _draft(request, form, source, known)):
        tell(request, "done", "已起草。核对点位后下达。")
        return redirect("sweep_detail", drafted)
    status = 422 if form.errors else 200
    told = {"form": form, "source": source and {"title": source.title, "code": source.matter.code}}
    return page(request, "sweeps/sweep_new.html", room=ROOM, status=status, **told)


def _draft(request: Asked, form: SweepForm, source: Any, known: dict[str, list[Any]]) -> str:
    """The code of the sweep, also where the same click drafted it before; empty where it was refused."""
    told = form.cleaned_data
    inspection = next(one for one in known["inspections"] if one.code == told["inspection"])
    try:
        return actions.draft_sweep(form.draft(), form.chosen(), inspection, source=source, **deed(request)).code
    except Repeated as repeated:
        return repeated.result
    except (Refused, Overtaken) as refusal:
        form.add_error(None, str(refusal))
        return ""


@policy(BUSINESS)
def sweep_detail(request: Asked, code: str) -> HttpResponse:
    """One sweep: its places and findings; a POST takes a step, returns an answer, or decides about a finding."""
    sweep = get_object_or_404(sweeps.sweeps_for(request.actor), code=code)
    if request.method == "POST":
        _act(request, sweep)
        return again(request)
    return page(request, "sweeps/sweep_detail.html", room=ROOM, **sweep_view.detail(sweep, request.actor))


def _act(request: Asked, sweep: Any) -> None:
    act, note, row = request.POST.get("act", ""), opinion(request), whole(request.POST.get("row")) or 0
    if act == "return":
        place = _place(request, sweep, row)
        with refusals(request, "已退回重报。"):
            actions.return_place(place, note=note, **deed(request))
    elif act == "decide":
        finding = get_object_or_404(sweeps.findings_of(sweep), pk=row)
        _place(request, sweep, finding.place_id)
        key = whole(request.POST.get("plan"))
        plan = next((one for one in sweeps.plans_for(sweep, request.actor) if one.pk == key), None)
        with refusals(request, "已定处置。"):
            actions.decide_finding(finding, request.POST.get("decision", ""), plan=plan, note=note, **deed(request))
    else:
        name, words = request.POST.get("move", ""), request.POST.get("conclusion", "")
        with refusals(request, done(SWEEP, name)):
            actions.move_sweep(sweep, name, note=note, conclusion=words, **deed(request))


def _place(request: Asked, sweep: Any, pk: int) -> Any:
    place = sweeps.place_for(sweep, pk, request.actor)
    if place is None:
        raise Http404
    return place


@policy(BUSINESS)
def sweep_answer(request: Asked, code: str, pk: int) -> HttpResponse:
    """Answer for one place, where one stands: on a phone as on a desk."""
    sweep = get_object_or_404(sweeps.sweeps_for(request.actor), code=code)
    place = _place(request, sweep, pk)
    form = AnswerForm(request.POST or None, initial={"checked_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refused_at(form, request, "已答复。"):
            actions.answer_place(place, form.said(), **deed(request))
        if not form.errors:
            return redirect("sweep_detail", code)
    status = 422 if form.errors else 200
    return page(request, "sweeps/sweep_answer.html", room=ROOM, status=status, form=form, sweep=sweep, place=place)
