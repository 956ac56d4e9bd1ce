"""Pages of problems and measures: what is wrong, whose, by when, where it stands, and the steps."""

from typing import Any

from django.http import HttpResponse

from bihuan.core import clock, correction
from bihuan.gate.answers import again, deed, opinion, or_404, page, part, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.rectification.actions import handing_over
from bihuan.rectification.queries import called, sight, steps
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import WEIGHTY
from bihuan.web import measure_view, problem_view
from bihuan.web.matter_view import after
from bihuan.web.schedule_view import asked
from bihuan.web.verification_forms import PaperForm

PEEK = "peek"


@policy(BUSINESS, weighty=WEIGHTY)
def problem_detail(request: Asked, code: str) -> HttpResponse:
    """One problem, and the steps that this person may take on it."""
    problem = or_404(called.problem(request.actor, code))
    today = clock.today()
    if request.method == "POST":
        flow, name = steps.flow_of(problem), request.POST.get("move", "")
        with refusals(request, problem_view.done(flow, name)):
            if name == correction.CORRECT:
                handing_over.correct_problem(problem, note=opinion(request), **deed(request))
            else:
                paper = PaperForm(request.POST).paper()
                handing_over.move_problem(problem, name, note=opinion(request), paper=paper, **deed(request))
        return after(request, sight.problems_for(request.actor), problem)
    if request.headers.get("HX-Target") == PEEK:
        return part(request, "rectification/problem_peek.html", **problem_view.peek(problem, request.actor, today))
    offers = steps.problem_offers(problem, request.actor, today)
    told: dict[str, Any] = {"offers": offers, "forms": {one.name: PaperForm() for one in offers if one.asks}}
    told |= problem_view.detail(problem, request.actor, asked(request, today))
    return page(request, "rectification/problem_detail.html", room="ledger_list", **told)


@policy(BUSINESS)
def measure_detail(request: Asked, code: str) -> HttpResponse:
    """One measure, and the steps that this person may take on it."""
    measure = or_404(called.measure(request.actor, code))
    if request.method == "POST":
        name = request.POST.get("move", "")
        with refusals(request, problem_view.done(MEASURE, name)):
            if name == correction.CORRECT:
                handing_over.correct_measure(measure, note=opinion(request), **deed(request))
            else:
                handing_over.move_measure(measure, name, note=opinion(request), **deed(request))
        return again(request)
    return page(
        request,
        "rectification/measure_detail.html",
        room="ledger_list",
        offers=steps.measure_offers(measure, request.actor),
        **measure_view.detail(measure, request.actor, asked(request, clock.today())),
    )
