"""The page of a plan's 征求意见: which units were asked, what they answered, as whoever writes the plan notes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from bihuan.core import clock
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import whole
from bihuan.organisation.queries import structure
from bihuan.rectification.actions import consulting as actions
from bihuan.rectification.actions.consulting import Answered
from bihuan.rectification.queries import called, consulting, plans
from bihuan.rectification.rules.plan import ANSWERS, ASKING, LISTENING
from bihuan.web.unit_picker import UnitsForm

DAY = {"type": "date"}


class AskForm(UnitsForm):
    """Which units are asked, and when."""

    asked_on = forms.DateField(label="发出日期", widget=forms.DateInput(DAY, format="%Y-%m-%d"))


class AnswerForm(forms.Form):
    """What a unit answered."""

    answer = forms.ChoiceField(label="答复", choices=[(one, one) for one in ANSWERS], widget=forms.RadioSelect)
    words = forms.CharField(label="意见", max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))
    answered_on = forms.DateField(label="答复日期", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    paper = forms.CharField(label="复函文号", max_length=60, required=False)


@policy(BUSINESS)
def plan_opinions(request: Asked, code: str) -> HttpResponse:
    """One plan's units asked; a POST asks more, writes down an answer, or takes one back."""
    plan = or_404(called.plan(request.actor, code))
    if not plans.is_whole(plan, request.actor):
        raise Http404
    act, row = request.POST.get("act", ""), whole(request.POST.get("row")) or 0
    may_write = plans.may_write(plan, request.actor)
    asked = {"units": structure.units_in(plan.city), "initial": {"asked_on": clock.today()}}
    form = AskForm(request.POST if act == "ask" else None, **asked) if may_write and plan.state in ASKING else None
    rows = [_row(one, request, act == "answer" and one.pk == row) for one in consulting.consultations_of(plan)]
    if request.method == "POST" and _act(
        request, plan, act, form, next((one for one in rows if one["pk"] == row), None)
    ):
        return again(request)
    bound = [one for one in (form, *(it["form"] for it in rows)) if one is not None and one.is_bound]
    status = 422 if any(one.errors for one in bound) else 200
    above = {"title": plan.title, "url": reverse("plan_detail", args=[plan.code])}
    told: dict[str, Any] = {"plan": above, "form": form, "rows": rows}
    is_open = plan.state in LISTENING
    told |= {"may_note": may_write and is_open, "silent": consulting.unanswered(plan) if is_open else ""}
    return page(request, "rectification/plan_opinions.html", room="plan_list", status=status, **told)


def _row(one: Any, request: Asked, is_sent: bool) -> dict[str, Any]:  # noqa: FBT001 -- asked of each row once
    standing = {name: getattr(one, name) for name in ("answer", "words", "answered_on", "paper")}
    initial = standing if one.answer else {"answered_on": clock.today()}
    return {
        "pk": one.pk,
        "of": one,
        "unit": str(one.unit),
        "asked_on": one.asked_on,
        **standing,
        "form": AnswerForm(request.POST if is_sent else None, initial=initial, prefix=str(one.pk)),
    }


def _act(request: Asked, plan: Any, act: str, form: AskForm | None, row: dict[str, Any] | None) -> bool:
    """Do what was sent; whether it is done with, or the form has to be drawn again."""
    if act == "ask" and form is not None:
        return _told(request, form, "已记下。", lambda: _ask(request, plan, form))
    if not act:
        return False
    if act == "ask":  # who may not, hears why not
        with refusals(request):
            actions.ask_opinions(plan, [], clock.today(), **deed(request))
        return True
    asked = or_404(row)
    if act == "answer":
        answered = asked["form"]
        return _told(request, answered, "答复已记下。", lambda: _answer(request, asked["of"], answered))
    with refusals(request, "已撤去。"):
        actions.drop_consultation(asked["of"], note=opinion(request), **deed(request))
    return True


def _told(request: Asked, form: forms.Form, said: str, do: Any) -> bool:
    if not form.is_valid():
        return False
    with refused_at(form, request, said):
        do()
    return not form.errors


def _ask(request: Asked, plan: Any, form: AskForm) -> None:
    actions.ask_opinions(plan, form.chosen(), form.cleaned_data["asked_on"], **deed(request))


def _answer(request: Asked, row: Any, form: forms.Form) -> None:
    actions.note_answer(row, Answered(**form.cleaned_data), **deed(request))
