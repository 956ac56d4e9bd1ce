"""Shapes of what the petition desk fills in about a petitioner. No typed value ever comes back in a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from bihuan.core.vault import Secret
from bihuan.lib.masks import HIDDEN
from bihuan.petitioners.queries.sight import Shown
from bihuan.petitioners.rules.fields import FIELDS, INDEXED, WRITTEN
from bihuan.petitioners.rules.opening import REASONS

KEPT_OUT = {"autocomplete": "off", "spellcheck": "false"}


class IdentityForm(forms.Form):
    """What is known of a petitioner: an empty field stays as it is; what is held can be cleared by name."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, held: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {one.name: one for one in held}
        for name in WRITTEN:
            field = FIELDS[name]
            widget = forms.Textarea({**KEPT_OUT, "rows": 2}) if name == "note" else forms.TextInput(KEPT_OUT)
            hint = _hint(known[name]) if name in known else ""
            self.fields[name] = forms.CharField(
                label=field.label, max_length=field.most, required=False, widget=widget, help_text=hint
            )
        clearable = [(one.name, one.label) for one in held if one.name in WRITTEN]
        if clearable:
            self.fields["cleared"] = forms.MultipleChoiceField(
                label="清除已登记的", choices=clearable, required=False, widget=forms.CheckboxSelectMultiple
            )

    def values(self) -> dict[str, Secret]:
        """What was filled in, and what is to be cleared, as the vault takes it."""
        filled = {name: Secret(self.cleaned_data[name]) for name in WRITTEN if self.cleaned_data[name]}
        return {name: Secret("") for name in self.cleaned_data.get("cleared", ())} | filled


def _hint(one: Shown) -> str:
    """What stands already, never plain."""
    if one.is_plain:
        return "已登记，正在查看"
    return one.words if one.words == HIDDEN else f"已登记：{one.words}"


class OpenForm(forms.Form):
    """Which fields are to be opened, and why."""

    fields_asked = forms.MultipleChoiceField(label="要看哪几项", widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(label="理由", choices=[("", "请选择"), *REASONS.items()])
    words = forms.CharField(
        label="要办什么", max_length=300, help_text="例：核实夜间施工情况，需电话回访。不要写姓名和号码。"
    )
    is_kin = forms.BooleanField(label="我与举报人有亲属或利害关系(须经批准)", required=False)

    def __init__(self, *args: Any, held: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_asked"].choices = [(one.name, one.label) for one in held]  # type: ignore[attr-defined]  # a choice


class LookupForm(forms.Form):
    """One whole number to look for."""

    field = forms.ChoiceField(label="按什么找", choices=[(name, FIELDS[name].label) for name in INDEXED])
    number = forms.CharField(
        label="号码", max_length=40, widget=forms.TextInput(KEPT_OUT), help_text="要填完整；不能按一部分号码查找。"
    )
