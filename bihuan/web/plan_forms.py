"""Shapes of what is filled in about a plan: what a meeting said of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from bihuan.organisation.rules.duties import DutyRole
from bihuan.rectification.actions.nesting import Redrafted, Rewritten
from bihuan.rectification.actions.planning import Considered
from bihuan.rectification.queries import nesting
from bihuan.rectification.rules.plan import BODIES, OUTCOMES


class DeliberationForm(forms.Form):
    """Which body considered a plan, at which meeting, when, with what outcome, by what paper."""

    body = forms.ChoiceField(label="审议的会议", choices=[(one, one) for one in BODIES])
    meeting = forms.CharField(label="会次", max_length=60, required=False, help_text="例：第12次。")
    held_on = forms.DateField(label="开会日期", widget=forms.DateInput({"type": "date"}))
    outcome = forms.ChoiceField(label="审议结果", choices=[(one, one) for one in OUTCOMES])
    paper = forms.CharField(label="纪要文号", max_length=60, required=False)

    def considered(self) -> Considered:
        """What was filled in."""
        told = self.cleaned_data
        return Considered(told["body"], told["held_on"], told["outcome"], told["meeting"], told["paper"])


class UnitsField(forms.TypedMultipleChoiceField):
    """Units to choose from, one tick each."""

    def __init__(self, label: str, row: Any, role: DutyRole, **more: Any) -> None:
        choices = [(one.pk, str(one)) for one in nesting.bearers_for(row)]
        widget, standing = forms.CheckboxSelectMultiple(), nesting.bearing(row, role)
        super().__init__(label=label, choices=choices, coerce=int, initial=standing, widget=widget, **more)


class ProblemForm(forms.Form):
    """A problem of a plan that is being drafted: its words, its day, who leads and who answers for it."""

    title = forms.CharField(label="问题", max_length=300)
    text = forms.CharField(label="问题原文", max_length=4000, widget=forms.Textarea({"rows": 4}))
    target = forms.CharField(label="整改目标", max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))
    due_on = forms.DateField(label="时限", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any, problem: Any) -> None:
        told = {"title": problem.title, "text": problem.text, "target": problem.target}
        super().__init__(data, initial={**told, "due_on": problem.matter.due_on})
        self.fields["leads"] = UnitsField("牵头单位", problem, DutyRole.LEAD)
        self.fields["responsible"] = UnitsField("责任单位", problem, DutyRole.RESPONSIBLE, required=False)

    def rewritten(self) -> Rewritten:
        """What was filled in."""
        return Rewritten(**self.cleaned_data)


class MeasureForm(forms.Form):
    """A measure of a plan that is being drafted: its words, its day, its targets, who answers for it."""

    text = forms.CharField(label="措施内容", max_length=2000, widget=forms.Textarea({"rows": 4}))
    due_on = forms.DateField(label="时限", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    completion_sign = forms.CharField(label="完成标志", max_length=1000, required=False)

    def __init__(self, data: Any, measure: Any) -> None:
        told = {"text": measure.text, "due_on": measure.matter.due_on, "completion_sign": measure.completion_sign}
        super().__init__(data, initial=told)
        self.fields["units"] = UnitsField("责任单位", measure, DutyRole.RESPONSIBLE, required=False)
        for mark in measure.indicators.filter(is_withdrawn=False).order_by("pk"):
            self.fields[f"target-{mark.pk}"] = forms.DecimalField(
                label=f"{mark.name}（{mark.measured_in}）", max_digits=12, decimal_places=3, initial=mark.target
            )

    def redrafted(self) -> Redrafted:
        """What was filled in."""
        told = self.cleaned_data
        targets: dict[int, Decimal] = {
            int(name.removeprefix("target-")): value for name, value in told.items() if name.startswith("target-")
        }
        return Redrafted(told["text"], told["due_on"], told["completion_sign"], targets, told["units"])
