"""Shapes of an invitation of an expert, of going on without him, and of his opinion."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from bihuan.rectification.rules.experts import MOST_DAYS, USUAL_DAYS, VERDICTS

AREA = forms.Textarea
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class InviteForm(forms.Form):
    """Whom to ask, until when he reads the package, and what he should look at."""

    person = forms.TypedChoiceField(label="专家", coerce=int)
    until = forms.DateField(
        label="看到哪天为止", widget=DAY, help_text=f"那天也算，最长{MOST_DAYS}天；到期或验收有了结论，他就看不到了。"
    )
    asked = forms.CharField(label="请看什么", max_length=2000, required=False, widget=AREA({"rows": 2}))

    def __init__(self, data: Any, *, candidates: Iterable[tuple[int, str]], today: date) -> None:
        super().__init__(data, initial={"until": today + timedelta(days=USUAL_DAYS)})
        self.fields["person"].choices = [*candidates]  # type: ignore[attr-defined]  # a choice field


class OpinionForm(forms.Form):
    """The one opinion of an expert."""

    verdict = forms.ChoiceField(label="结论", choices=[(one, one) for one in VERDICTS], widget=forms.RadioSelect)
    words = forms.CharField(
        label="意见",
        max_length=4000,
        widget=AREA({"rows": 5}),
        help_text="写看了什么、凭什么；有条件同意的，写明条件。",
    )
