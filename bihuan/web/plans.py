"""Pages of plans (整改方案): all of them, one with its steps and what meetings said, two editions side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from bihuan.core import correction
from bihuan.gate.answers import again, deed, opinion, page, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole
from bihuan.rectification.actions import planning
from bihuan.rectification.queries import plans
from bihuan.web import plan_view
from bihuan.web.plan_forms import DeliberationForm
from bihuan.web.problem_view import done
from bihuan.web.verification_forms import PaperForm

ROOM = "plan_list"
RECORDED, DROPPED = "审议已记下。", "这条审议已撤去。"


@policy(BUSINESS)
def plan_list(request: Asked) -> HttpResponse:
    """Every plan that this person may read."""
    rows = [plan_view.line(one) for one in plans.counted(plans.plans_for(request.actor))]
    return page(request, "rectification/plan_list.html", room=ROOM, plans=rows)


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
    plan = get_object_or_404(plans.plans_for(request.actor), called_code=code)
    told = plan_view.compared(plan, request.actor, request.GET)
    return page(request, "rectification/plan_editions.html", room=ROOM, **told)
