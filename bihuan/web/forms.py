"""Shapes of input: which fields, of which type, which must be there. Never meaning, never a write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from bihuan.core.actor import Actor
from bihuan.matters import queries as matters
from bihuan.organisation.queries import structure

MOST_FILES = 20


class FilesInput(forms.FileInput):
    """A choice of one file or of several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, each held to what one is held to; a list of them, empty when none was chosen."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file of the choice."""
        return [found for one in data or [None] if (found := super(FilesField, self).clean(one, initial))]


class ImportForm(forms.Form):
    """Files or pasted text, the inspection they belong to, and the unit they come from."""

    file = FilesField(
        label="文件",
        required=False,
        allow_empty_file=True,  # said with the others, by the one who reads it
        help_text=f"Word、Excel、CSV、有文字层的 PDF，每份 50 MB 以内；一次可选或拖入几份，最多{MOST_FILES}份。",
    )
    text = forms.CharField(label="或粘贴文字", required=False, widget=forms.Textarea({"rows": 6}), max_length=2_000_000)
    inspection: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="属于哪次督察", queryset=None, empty_label="请选择"
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="来文单位",
        queryset=None,
        required=False,
        empty_label="由文件标题认定",
        help_text="县(市、区)或部门的方案请选定。",
    )

    takes_over = forms.BooleanField(
        label="这是正在用的台账，连现状一起接管",
        required=False,
        help_text="问题台账、信访台账都可以：读出现状、交办和办结时间、时限、承办单位、最近进展，标明“接管”和出处；不当作在本系统办过的步骤。",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].optional = self.fields["text"].optional = "两样填一样"  # type: ignore[attr-defined]  # said beside the label
        self.fields["inspection"].queryset = matters.inspections_for(actor)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["unit"].queryset = structure.units_in(actor.city)  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Something to read must be there, of one kind, and no more than is read while one waits."""
        cleaned = super().clean() or {}
        if len(cleaned.get("file") or ()) > MOST_FILES:
            raise forms.ValidationError(f"一次最多读{MOST_FILES}份，这些都没有读；请分几次导入。")
        if cleaned.get("file") and (cleaned.get("text") or "").strip():
            raise forms.ValidationError("文件和粘贴的文字一次只读一样，都没有读；请分两次导入。")
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            raise forms.ValidationError("请选文件，或粘贴文字。")
        return cleaned

    def papers(self) -> Iterator[tuple[str, bytes]]:
        """Each file's name and bytes; pasted text is a file called 粘贴的文字.txt."""
        for file in self.cleaned_data["file"]:
            yield file.name, file.read()
        if not self.cleaned_data["file"]:
            yield "粘贴的文字.txt", self.cleaned_data["text"].encode()

    def context_day(self) -> date | None:
        """The day that a missing year is taken from: the inspection's feedback or first day on site."""
        inspection = self.cleaned_data["inspection"]
        day: date | None = inspection.feedback_on or inspection.on_site_from
        return day


class AssignForm(forms.Form):
    """The units that a petition is handed over to."""

    units: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label="承办单位",
        queryset=None,
        help_text="可选几家，按住 Ctrl 多选；县和部门可同时承办。",
        widget=forms.SelectMultiple({"size": 10}),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = units if self.is_bound else units.select_related(None).only("name")  # which is all that a list shows
        self.fields["units"].queryset = listed  # type: ignore[attr-defined]  # a choice of rows
