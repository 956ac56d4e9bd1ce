"""Pages of plans (整改方案): all of them, one with its steps and what meetings said, two editions side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bihuan.core import correction
from bihuan.gate.answers import again, deed, not_offered, opinion, or_404, page, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import whole
from bihuan.rectification.actions import nesting, planning
from bihuan.rectification.queries import called, plans
from bihuan.rectification.queries import nesting as measures
from bihuan.web import plan_view
from bihuan.web.plan_forms import DeliberationForm, MeasureForm, ProblemForm
from bihuan.web.problem_view import done
from bihuan.web.release_view import version_sent
from bihuan.web.verification_forms import PaperForm

ROOM = "plan_list"
RECORDED, DROPPED, WRITTEN = "审议已记下。", "这条审议已撤去。", "已存下。"


@policy(BUSINESS)
def plan_list(request: Asked) -> HttpResponse:
    """Every plan that this person may read, and those that he may draft; sent one of these, it is drafted."""
    to_draft = plans.to_draft(request.actor)
    if request.method == "POST":
        with refusals(request):
            return redirect("plan_detail", _drafted(request, to_draft).code)
        return again(request)
    rows = [plan_view.line(one) for one in plans.counted(plans.plans_for(request.actor))]
    lines = [plan_view.candidate(*one) for one in to_draft]
    return page(request, "rectification/plan_list.html", room=ROOM, plans=rows, to_draft=lines)


def _drafted(request: Asked, to_draft: Sequence[Any]) -> Any:
    """The plan that is drafted from the one above that was chosen."""
    for above, unit in to_draft:
        if request.POST.get("from") == f"{above.pk}-{unit.pk}":
            return nesting.draft_plan(above, unit, **deed(request))
    raise not_offered(request, nesting.NOT_YOURS)


@policy(BUSINESS)
def plan_detail(request: Asked, code: str) -> HttpResponse:
    """One plan, its steps, what meetings said, its editions and its problems."""
    plan = get_object_or_404(plans.counted(plans.plans_for(request.actor)), called_code=code)
    act = request.POST.get("act", "")
    form = DeliberationForm(request.POST if act == "deliberate" else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        _act(request, plan, act, form)
        return again(request)
    offers = plans.offers(plan, request.actor)
    told: dict[str, Any] = {"offers": offers, "forms": {one.name: PaperForm() for one in offers if one.asks}}
    told |= {"form": form, **plan_view.detail(plan, request.actor)}
    return page(request, "rectification/plan_detail.html", room=ROOM, status=422 if form.errors else 200, **told)


def _act(request: Asked, plan: Any, act: str, form: DeliberationForm) -> None:
    name = request.POST.get("move", "")
    said = {"deliberate": RECORDED, "drop": DROPPED}.get(act) or done(plans.flow_of(plan), name)
    with refusals(request, said):
        if act == "deliberate":
            planning.record_deliberation(plan, form.considered(), **deed(request))
        elif act == "drop":
            row = get_object_or_404(plans.deliberations_of(plan), pk=whole(request.POST.get("row")) or 0)
            planning.drop_deliberation(row, note=opinion(request), **deed(request))
        elif name == correction.CORRECT:
            planning.correct_plan(plan, note=opinion(request), **deed(request))
        else:
            paper = PaperForm(request.POST).paper()
            planning.move_plan(plan, name, note=opinion(request), paper=paper, **deed(request))


@policy(BUSINESS)
def plan_editions(request: Asked, code: str) -> HttpResponse:
    """Two editions of a plan: what was softened, what hardened, by which paper."""
    plan = or_404(called.plan(request.actor, code))
    told = plan_view.compared(plan, request.actor, request.GET)
    return page(request, "rectification/plan_editions.html", room=ROOM, **told)


def _lower(request: Asked, code: str) -> Any:
    """A lower plan that this person reads whole; else as if there were none."""
    plan = or_404(called.plan(request.actor, code))
    if not plan.is_lower or not plans.is_whole(plan, request.actor):
        raise Http404
    return plan


@policy(BUSINESS)
def plan_check(request: Asked, code: str) -> HttpResponse:
    """A lower plan beside the city's: what differs, and why; a POST explains one difference, or ties a measure."""
    plan = _lower(request, code)
    if request.method == "POST":
        _answer(request, plan)
        return again(request)
    return page(request, "rectification/plan_check.html", room=ROOM, **plan_view.checked(plan, request.actor))


def _answer(request: Asked, plan: Any) -> None:
    sent = request.POST
    with refusals(request, WRITTEN):
        if sent.get("act") == "tie":
            row = next((one for one in measures.measures_in(plan) if one.matter.code == sent.get("measure")), None)
            if row is None:
                raise Refused("没有这项措施。")
            nesting.tie_measure(row, sent.get("above", ""), **deed(request))
        else:
            told = (sent.get("subject", ""), sent.get("digest", ""), opinion(request))
            nesting.explain_difference(plan, *told, **deed(request))


@policy(BUSINESS)
def plan_measure(request: Asked, code: str, pk: int) -> HttpResponse:
    """One measure of a lower plan, written over by its writer while it is a draft, or left out."""
    plan = _lower(request, code)
    row = next((one for one in measures.measures_in(plan) if one.pk == pk), None)
    if row is None or not plans.may_write(plan, request.actor):
        raise Http404
    is_dropped = request.POST.get("act") == "drop"
    form = MeasureForm(request.POST if request.method == "POST" and not is_dropped else None, row)
    if request.method == "POST" and (is_dropped or form.is_valid()):
        with refusals(request, WRITTEN):
            if is_dropped:
                nesting.drop_measure(row, note=opinion(request), **deed(request))
            else:
                nesting.redraft_measure(row, form.redrafted(), seen=version_sent(request.POST), **deed(request))
            return redirect("plan_check", plan.code)
        return again(request)
    told = {"form": form, **plan_view.measure(plan, row)}
    return page(request, "rectification/plan_measure.html", room=ROOM, status=422 if form.errors else 200, **told)


@policy(BUSINESS)
def plan_problem(request: Asked, code: str, pk: int) -> HttpResponse:
    """One problem of a lower plan, written over by its writer while it is a draft."""
    plan = _lower(request, code)
    row = get_object_or_404(plans.problems_of(plan, request.actor), pk=pk)
    if not plans.may_write(plan, request.actor):
        raise Http404
    form = ProblemForm(request.POST if request.method == "POST" else None, row)
    if form.is_bound and form.is_valid():
        with refusals(request, WRITTEN):
            nesting.rewrite_problem(row, form.rewritten(), seen=version_sent(request.POST), **deed(request))
            return redirect("plan_check", plan.code)
        return again(request)
    told = {"form": form, **plan_view.problem(plan, row)}
    return page(request, "rectification/plan_problem.html", room=ROOM, status=422 if form.errors else 200, **told)
