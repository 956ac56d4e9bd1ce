"""The form of a bulletin's wording: its paragraphs, its words, how its lists are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from bihuan.petitions.rules.bulletin import Listing, Wording, fault
from bihuan.petitions.rules.bulletin import kinds as rules

if TYPE_CHECKING:
    from bihuan.petitions.models import BulletinWording

MOST = rules.LONGEST * rules.PARAGRAPHS


def _line(label: str, most: int = 60, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, strip=False, **more)


class WordingForm(forms.Form):
    """Every field of a wording; what is typed is held against the fixed tags, the sentence that is wrong named."""

    def __init__(self, data: Any, *, wording: Wording, row: BulletinWording | None) -> None:
        super().__init__(data, initial=rules.typed_of(wording))
        self.standing, self.row = wording, row
        self.fields["paragraphs"] = forms.CharField(
            label="正文",
            max_length=MOST,
            widget=forms.Textarea({"rows": 8, "class": "in said"}),
            help_text="一行一段。花括号里是标签，方括号里的话没有内容时整句不写。",
        )
        for name, label in rules.WORDS.items():
            self.fields[name] = _line(label)
        self.fields["numerals"] = forms.ChoiceField(label="批次怎么写", choices=[*rules.NUMERALS.items()])
        self.fields["money"] = forms.ChoiceField(label="罚款的单位", choices=[(one, one) for one in rules.MONEY])
        for place, (name, one) in enumerate(wording.lists.items()):
            self._add_list(place, name, is_listing=isinstance(one, Listing))

    def _add_list(self, place: int, name: str, *, is_listing: bool) -> None:
        rows = 1 if is_listing else 4
        label = f"{name}：每一项" if is_listing else f"{name}：一行一句"
        self.fields[f"list{place}_text"] = forms.CharField(
            label=label, max_length=rules.LONGEST, widget=forms.Textarea({"rows": rows, "class": "in said"})
        )
        self.fields[f"list{place}_separator"] = _line(f"{name}：之间", 10, required=False)

    def clean(self) -> dict[str, Any]:
        """Everything typed together makes a wording that can be filled in."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and (wrong := rules.refusal(self.wording) or fault(self.wording)):
            self.add_error(None, wrong)
        return told

    @property
    def wording(self) -> Wording:
        """The wording as it was typed."""
        return rules.edited(self.standing, self.cleaned_data)

    @property
    def words(self) -> list[Any]:
        """The fields of the set words."""
        return [self[name] for name in (*rules.WORDS, "numerals", "money")]

    @property
    def lists(self) -> list[tuple[Any, Any]]:
        """(how one is told, what stands between) of each list."""
        return [
            (self[f"list{place}_text"], self[f"list{place}_separator"]) for place in range(len(self.standing.lists))
        ]
