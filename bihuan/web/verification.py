"""Pages of acceptance: what stands where, one problem's file for acceptance, a field check, the re-checks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from bihuan.core import clock
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole
from bihuan.matters.rules.recheck import RECHECK
from bihuan.rectification.actions import exemptions as exemption_actions
from bihuan.rectification.actions import experts as expert_actions
from bihuan.rectification.actions import verification as actions
from bihuan.rectification.queries import aftercare, called, experts
from bihuan.web import verification_view
from bihuan.web.expert_forms import InviteForm
from bihuan.web.problem_view import done
from bihuan.web.verification_forms import AnswersForm, CheckForm, DrawForm

ROOM = "acceptance_list"
ANSWERED = "答复已存下。"
DRAWN = "抽取了{}件，种子和复核的方法记在各件的轨迹里。"
HANDED_IN = "核查记录已交，谁都不能再改，只能补充。"


@policy(BUSINESS)
def acceptance_list(request: Asked) -> HttpResponse:
    """What is claimed, accepted, shown, agreed to and signed off: the queue by step, and the notices that run."""
    told = verification_view.queue(request.actor, clock.today())
    return page(request, "rectification/acceptance_list.html", room=ROOM, **told)


@policy(BUSINESS)
def acceptance_detail(request: Asked, code: str) -> HttpResponse:
    """One problem's file for acceptance: conditions, proofs, checks, experts, what was changed since; a POST answers a
    condition, invites an expert, or goes on without one.
    """
    problem = or_404(called.problem(request.actor, code))
    act, invite, answers = request.POST.get("act", ""), None, None
    if request.method == "POST" and act in ("without", "exempt"):
        _act(request, problem, act)
        return again(request)
    if request.method == "POST" and act != "invite":
        answers = AnswersForm(request.POST, answered=verification_view.answered_of(problem))
        if answers.is_valid() and _answer(request, problem, answers):
            return again(request)
    told = verification_view.file_of(problem, request.actor, clock.today(), answers)
    if told["experts"]["may_act"] or act == "invite":
        invite = InviteForm(
            request.POST if act == "invite" else None,
            candidates=told["experts"]["candidates"],
            today=clock.today(),
        )
        if invite.is_bound and invite.is_valid() and _invite(request, problem, invite):
            return again(request)
    status = 422 if any(one and one.errors for one in (invite, answers)) else 200
    return page(request, "rectification/acceptance_detail.html", room=ROOM, status=status, invite=invite, **told)


def _act(request: Asked, problem: Any, act: str) -> None:
    if act == "without":
        row = whole(request.POST.get("row")) or 0
        invitation = get_object_or_404(experts.invitations_of(problem.matter), pk=row)
        with refusals(request, "已收回邀请，理由记在验收材料里。"):
            expert_actions.go_without(invitation, note=opinion(request), **deed(request))
        return
    with refusals(request, "已放行，记在您的名下。"):
        exemption_actions.exempt(problem, request.POST.get("what", ""), opinion(request), **deed(request))


def _answer(request: Asked, problem: Any, form: AnswersForm) -> bool:
    with refused_at(form, request, ANSWERED):
        actions.answer_conditions(problem, form.changed(), **deed(request))
    return not form.errors


def _invite(request: Asked, problem: Any, form: InviteForm) -> bool:
    told = form.cleaned_data
    with refused_at(form, request, "已请，消息送到他的待办。"):
        expert_actions.invite_expert(problem, told["person"], told["until"], told["asked"], **deed(request))
    return not form.errors


@policy(BUSINESS)
def check_new(request: Asked, code: str) -> HttpResponse:
    """Write a field check down where one stands: on a phone as on a desk."""
    problem = or_404(called.problem(request.actor, code))
    measures = called.measures(request.actor, problem)
    recheck = aftercare.recheck_of(problem, whole(request.GET.get("recheck")))
    kind = verification_view.kind_asked(problem, recheck)
    form = CheckForm(request.POST or None, measures=measures, now=clock.now(), kind=kind)
    if request.method == "POST" and form.is_valid():
        with refused_at(form, request, HANDED_IN):
            actions.hand_in_check(problem, form.seen(), recheck=recheck, **deed(request))
        if not form.errors:
            return redirect("acceptance_detail", code)
    told = verification_view.check(problem, recheck)
    status = 422 if form.errors else 200
    return page(request, "rectification/check_new.html", room=ROOM, status=status, form=form, **told)


@policy(BUSINESS)
def recheck_list(request: Asked) -> HttpResponse:
    """The re-checks that are due or planned; a POST sends one out, says that it holds, or cancels it."""
    draw = DrawForm(request.POST if request.POST.get("act") == "draw" else None)
    if draw.is_bound and draw.is_valid() and _draw(request, draw):
        return again(request)
    if request.method == "POST" and not draw.is_bound:
        row = _recheck(request)
        name = request.POST.get("move", "")
        with refusals(request, done(RECHECK, name)):
            actions.move_recheck(row, name, note=opinion(request), **deed(request))
        return again(request)
    told = verification_view.rechecks(request.actor, clock.today())
    status = 422 if draw.errors else 200
    return page(request, "rectification/recheck_list.html", room=ROOM, status=status, draw=draw, **told)


def _draw(request: Asked, form: DrawForm) -> bool:
    told = form.cleaned_data
    with refused_at(form, request, DRAWN.format(told["count"])):
        actions.draw_rechecks(told["seed"], told["count"], told["planned_on"], **deed(request))
    return not form.errors


def _recheck(request: Asked) -> Any:
    return get_object_or_404(aftercare.rechecks_for(request.actor), pk=whole(request.POST.get("row")) or 0)
