"""Shapes of a sweep, of one place's answer, and of the decision about a finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from bihuan.matters.rules.sweep import ANSWERS, DECISIONS
from bihuan.rectification.actions.sweeping import PlaceAnswer, SweepDraft
from bihuan.web.unit_picker import UnitsForm

AREA = forms.Textarea
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
ROWS = 3  # findings that one answer has room for; more are written into the last, or into another answer


class SweepForm(UnitsForm):
    """A sweep: what to look for, until when, which units look at which places."""

    inspection = forms.ChoiceField(label="督察")
    title = forms.CharField(label="标题", max_length=200)
    aspect = forms.CharField(label="排查方面", max_length=120, required=False)
    looks_for = forms.CharField(label="查什么", max_length=2000, widget=AREA({"rows": 4}))
    due_on = forms.DateField(label="答复时限", widget=DAY)
    places = forms.CharField(
        label="查哪些点位",
        max_length=4000,
        required=False,
        widget=AREA({"rows": 4}),
        help_text="一行一处，每个单位逐处答复；不填就各查本单位范围。",
    )

    def __init__(self, *args: Any, inspections: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].label = "哪些单位查"
        self.fields["inspection"].choices = [(one.code, one.name) for one in inspections]  # type: ignore[attr-defined]  # a choice field

    def draft(self) -> SweepDraft:
        """The sweep as it was filled in."""
        told = self.cleaned_data
        places = tuple(told["places"].splitlines())
        return SweepDraft(told["title"], told["looks_for"], told["due_on"], told["aspect"], places)


class AnswerForm(forms.Form):
    """What a unit says of one place."""

    answer = forms.ChoiceField(label="查得怎样", choices=[(one, one) for one in ANSWERS], widget=forms.RadioSelect)
    checked_by = forms.CharField(label="谁去查的", max_length=120, help_text="写姓名，用顿号隔开。")
    checked_on = forms.DateField(label="哪天查的", widget=DAY)
    words = forms.CharField(label="排查情况", max_length=2000, required=False, widget=AREA({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            self.fields[f"spot_{number}"] = forms.CharField(
                label=f"发现{number}：地点或对象", max_length=120, required=False
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=f"发现{number}：什么问题", max_length=2000, required=False, widget=AREA({"rows": 2})
            )

    def said(self) -> PlaceAnswer:
        """The answer as it was filled in."""
        told = self.cleaned_data
        found = [(told[f"spot_{number}"], told[f"text_{number}"]) for number in range(1, ROWS + 1)]
        return PlaceAnswer(told["answer"], told["checked_by"], told["checked_on"], told["words"], found)


class DecisionForm(forms.Form):
    """What becomes of a finding."""

    decision = forms.ChoiceField(label="处置", choices=[(one, one) for one in DECISIONS], widget=forms.RadioSelect)
    plan = forms.ChoiceField(label="列入哪个整改方案", required=False)

    def __init__(self, *args: Any, plans: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(one.pk, one.title) for one in plans]  # type: ignore[attr-defined]  # a choice field


class ConclusionForm(forms.Form):
    """What a sweep came to."""

    conclusion = forms.CharField(label="汇总结论", max_length=2000, widget=AREA({"rows": 4}))
