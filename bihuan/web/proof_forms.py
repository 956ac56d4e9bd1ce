"""Shapes of what is brought as proof: files, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from bihuan.matters.rules.evidence import KINDS, PICTURES
from bihuan.web.forms import MOST_FILES, FilesField

ACCEPTED = ",".join((*PICTURES, ".pdf", ".docx", ".xlsx", ".csv", ".txt"))


class EvidenceForm(forms.Form):
    """Several files at once, of one kind; each keeps what it says of itself."""

    file = FilesField(
        label="照片或文件",
        help_text="可一次选多份，也可拖入、粘贴；手机上可直接拍照。"
        f"照片、PDF、Word、Excel，每份 50 MB 以内，一次最多{MOST_FILES}份。",
    )
    kind = forms.ChoiceField(
        label="种类", choices=[("", "请选"), *((one, one) for one in KINDS)], error_messages={"required": "请选种类。"}
    )
    proves = forms.ChoiceField(label="证明哪项材料", required=False)
    caption = forms.CharField(label="说明", required=False, max_length=200)
    place = forms.CharField(
        label="地点", required=False, max_length=120, help_text="照片里有定位的会自动读出，这里写村、厂、点位名。"
    )

    def __init__(self, data: Any, items: Sequence[tuple[str, str]], *, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["proves"].choices = [("", "只作一般佐证"), *items]  # type: ignore[attr-defined]  # a choice
        self.fields["file"].widget.attrs["accept"] = ACCEPTED
        if not items:
            del self.fields["proves"]

    def clean(self) -> dict[str, Any]:
        """No more files than are read while one waits."""
        cleaned = super().clean() or {}
        cleaned.setdefault("proves", "")
        if len(cleaned.get("file") or ()) > MOST_FILES:
            raise forms.ValidationError(f"一次最多放{MOST_FILES}份，这些都没有放；请分几次。")
        return cleaned

    def papers(self) -> Iterator[tuple[str, bytes]]:
        """Each file's name and bytes."""
        for file in self.cleaned_data["file"]:
            yield file.name, file.read()
