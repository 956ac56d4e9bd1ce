"""The page of a measure's parts (任务分解): given, done, taken back; their sum against each indicator."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.core import clock
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.quantity import plain, whole
from bihuan.rectification.actions import sharing as actions
from bihuan.rectification.queries import called, sharing
from bihuan.rectification.rules.sharing import STAGES

UNREAD = Decimal(-1)  # what is no figure is refused as one that cannot be
SAID = {"assign": "已分解。", "done": "完成数量已记下。", "end": "这一份已取消。"}


class PartForm(forms.Form):
    """A part: on what, to whom, how much, by when."""

    project = forms.CharField(label="项目或任务", max_length=120, help_text="例：兴济镇自备井封填工程。")
    appointment = forms.TypedChoiceField(label="岗位和具体责任人", coerce=int)
    indicator = forms.TypedChoiceField(label="分哪个指标", coerce=int, empty_value=None, required=False)
    quantity = forms.DecimalField(label="数量", required=False, max_digits=12, decimal_places=3)
    due_on = forms.DateField(label="时限", required=False, widget=forms.DateInput({"type": "date"}))
    stage = forms.ChoiceField(label="阶段", required=False, choices=[("", "不填"), *((one, one) for one in STAGES)])
    investment_wan = forms.DecimalField(
        label="投资（万元）", required=False, min_value=0, max_digits=12, decimal_places=2
    )

    def __init__(self, data: Any, measure: Any) -> None:
        super().__init__(data)
        seats = sharing.seats(measure, clock.today())
        marks = measure.indicators.filter(is_withdrawn=False).order_by("pk")
        self.fields["appointment"].choices = [  # type: ignore[attr-defined]  # a choice field's
            (one.pk, f"{one.person}（{one.post.unit} {one.post.title}）") for one in seats
        ]
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]  # as above
            ("", "不分指标"),
            *((one.pk, f"{one.name}（{one.measured_in}）") for one in marks),
        ]


class DoneForm(forms.Form):
    """How much of a part is done."""

    done = forms.DecimalField(max_digits=12, decimal_places=3)


@policy(BUSINESS)
def assignment_list(request: Asked, code: str) -> HttpResponse:
    """One measure's parts; a POST gives one, says what is done of one, or takes one back."""
    measure = or_404(called.measure(request.actor, code))
    act = request.POST.get("act", "")
    form = PartForm(request.POST if act == "assign" else None, measure)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        _act(request, measure, act, form)
        return again(request)
    told = {"form": form, **_told(request, measure)}
    status = 422 if form.errors else 200
    return page(request, "rectification/assignment_list.html", room="ledger_list", status=status, **told)


def _act(request: Asked, measure: Any, act: str, form: PartForm) -> None:
    with refusals(request, SAID.get(act, "")):
        if act == "assign":
            actions.assign_part(measure, actions.Part(**form.cleaned_data), **deed(request))
            return
        row = get_object_or_404(sharing.parts_of(measure), pk=whole(request.POST.get("row")) or 0)
        if act == "end":
            actions.end_part(row, note=opinion(request), **deed(request))
            return
        done = DoneForm(request.POST)
        actions.note_done(row, done.cleaned_data["done"] if done.is_valid() else UNREAD, **deed(request))


def _told(request: Asked, measure: Any) -> dict[str, Any]:
    return {
        "measure": {
            "title": measure.text,
            "label": f"措施{measure.number}",
            "url": reverse("measure_detail", args=[measure.matter.code]),
        },
        "may_share": sharing.may_share(measure, request.actor),
        "balances": [(one.sentence, bool(one.difference)) for one in sharing.balances_of(measure)],
        "rows": [part(one) for one in sharing.parts_of(measure)],
    }


def part(one: Any) -> dict[str, Any]:
    """One part as a line."""
    unit = one.indicator.measured_in if one.indicator else ""
    money = f"，投资{plain(one.investment_wan)}万元" if one.investment_wan is not None else ""
    return {
        "pk": one.pk,
        "project": one.project,
        "more": f"{one.stage}{money}".strip("，"),
        "who": f"{one.post.unit} {one.post.title} {one.person}",
        "person_url": reverse("person_detail", args=[one.person_id]),
        "quantity": f"{plain(one.quantity)}{unit}" if one.quantity is not None else "",
        "done": f"{plain(one.done)}{unit}" if one.done is not None else "",
        "due_on": one.due_on,
        "url": reverse("measure_detail", args=[one.measure.matter.code]),
        "measure": one.measure.text,
    }
