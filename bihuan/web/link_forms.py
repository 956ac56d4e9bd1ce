"""The shape of a link between two matters."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.matters.rules.linking import KINDS


class LinkForm(forms.Form):
    """The other matter by its code, how the two have to do with each other, and why."""

    other = forms.CharField(label="另一件的编号", max_length=24, help_text="如 HE2-P008、HE2-M008-02、HE2-X0035。")
    kind = forms.ChoiceField(label="怎样关联", choices=[(one, one) for one in KINDS])
    reason = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea({"rows": 2}), help_text="凭什么说这两件有关；不写举报人。"
    )

    def __init__(self, data: Any, *, other: str = "") -> None:
        super().__init__(data, initial={"other": other})
