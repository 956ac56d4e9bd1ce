"""Shapes of what is filled in about a plan: what a meeting said of it."""

from __future__ import annotations

from django import forms

from bihuan.rectification.actions.planning import Considered
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
