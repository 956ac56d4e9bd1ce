"""Shapes of what the petition desk fills in to export petitioners' data. No value of a petitioner is typed here."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.petitioners.rules.export import EXPORTED, MOST, REASONS, Purpose
from bihuan.petitioners.rules.fields import FIELDS

ONE = "几样里填一样：批次、编码或台账里筛出的。"
NO_NAMES = "不要写举报人的姓名和号码。"


class ExportForm(forms.Form):
    """Which petitions, which fields, why, for whom."""

    of_view = forms.BooleanField(label="台账里筛出的", required=False)
    asked = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    batch: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="一个批次", queryset=None, required=False, empty_label="不按批次"
    )
    named = forms.CharField(
        label="或写编码、受理编号",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=f"一行一个，或用逗号隔开；一次最多{MOST}件。例：HE2-X0001",
    )
    fields_asked = forms.MultipleChoiceField(
        label="导出哪几项",
        choices=[(name, FIELDS[name].label) for name in EXPORTED],
        widget=forms.CheckboxSelectMultiple,
        help_text="只选对方用得着的。",
    )
    reason = forms.ChoiceField(label="理由", choices=[("", "请选择"), *REASONS.items()])
    words = forms.CharField(label="要办什么", max_length=300, help_text=f"例：夜间偷排线索移交。{NO_NAMES}")
    recipient = forms.CharField(label="交给谁", max_length=100, help_text="写单位，如：沧县公安局环安大队。")
    paper = forms.CharField(label="依据的文号", max_length=100, help_text="调取函、督察组调阅单的文号。")

    def __init__(self, *args: Any, batches: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].queryset = batches  # type: ignore[attr-defined]  # a choice of rows
        # Every inspection has a 第1批.
        self.fields["batch"].label_from_instance = lambda batch: f"{batch.inspection}{batch}"  # type: ignore[attr-defined]  # as above
        for name in ("batch", "named"):
            self.fields[name].optional = "几样里填一样"  # type: ignore[attr-defined]  # said beside the label
        if count:
            self.fields["of_view"].label = f"台账里筛出的{count}件"
        else:
            del self.fields["of_view"]

    def clean(self) -> dict[str, Any]:
        """The petitions are named in one way."""
        cleaned = super().clean() or {}
        named = [name for name in ("of_view", "batch", "named") if cleaned.get(name)]
        if len(named) != 1 and not self.errors:
            raise forms.ValidationError(ONE)
        return cleaned

    def purpose(self) -> Purpose:
        """What for."""
        given = self.cleaned_data
        return Purpose(given["reason"], given["words"], given["recipient"], given["paper"])
