"""A petition's sub-items as their page draws them, and the forms by which they are added and corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from bihuan.petitions.queries import sub_items
from bihuan.petitions.rules import splitting as rules
from bihuan.web.drawing import Piece

if TYPE_CHECKING:
    from bihuan.petitions.models import Petition, SubItem

SPARE = 2
NONE_PROPOSED = "原文没有自己编号（一是…二是…、1.…2.…、（1）…、①…），请逐项写。"


def _words(label: str, **more: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 3, "class": "in said"})
    return forms.CharField(label=label, max_length=rules.LONGEST, widget=widget, **more)


class SplitForm(forms.Form):
    """New sub-items of a petition, a field each; an empty one is left out. Where none stands, those that the petition's
    own text counts are filled in.
    """

    def __init__(self, data: Any = None, *, petition: Petition) -> None:
        last = len(sub_items.of_petition(petition))
        parts = () if last else rules.proposed(petition.content)
        names = [f"text_{place}" for place in range(1, 1 + max(len(parts) + SPARE, _sent(data)))]
        super().__init__(data, initial=dict(zip(names, parts, strict=False)), prefix="new")
        self.proposed = len(parts)
        for place, name in enumerate(names):
            self.fields[name] = _words(f"分项{last + 1 + place}", required=False)
            if place < len(parts):
                self.fields[name].optional = "不要的清空"  # type: ignore[attr-defined]  # said beside the label

    @property
    def texts(self) -> list[str]:
        """What was typed, in order."""
        return [text.strip() for text in self.cleaned_data.values() if text and text.strip()]


def _sent(data: Any) -> int:
    """How many fields were sent, at most as many as a petition has sub-items."""
    return min(sum(name.startswith("new-text_") for name in data), rules.MOST) if data else 0


class ItemForm(forms.Form):
    """One sub-item's text, put right."""

    text = _words("分项文字")

    def __init__(self, data: Any = None, *, item: SubItem) -> None:
        super().__init__(data, initial={"text": item.text}, prefix=f"item-{item.pk}")
        self.item = item.pk


def page_of(petition: Petition, typed: Any = None) -> dict[str, Any]:
    """What petitions/petition_items.html draws; `typed` is the form that was sent and stays as it was typed."""
    rows = sub_items.of_petition(petition)
    new = typed if isinstance(typed, SplitForm) else SplitForm(petition=petition)
    shut = rules.shut(petition.matter.state)
    return {
        "petition": {"code": petition.matter.code, "number": petition.number},
        "content": _marked(petition.content, rows),
        "shut": shut,
        "unsaved": _typed(typed) if shut and typed is not None else [],
        "items": [_line(one, typed) for one in rows],
        "form": None if shut else new,
        "lead": _lead(new, is_first=not rows),
        "ended": [{"text": one.text} for one in sub_items.ended_of(petition)],
    }


def _typed(form: SplitForm | ItemForm) -> list[str]:
    """What was typed into a form that came too late."""
    return [text for field in form if (text := str(field.value() or "").strip())]


def _line(one: SubItem, typed: Any) -> dict[str, Any]:
    is_typed = isinstance(typed, ItemForm) and typed.item == one.pk
    return {
        "pk": one.pk,
        "place": one.place,
        "text": one.text,
        "truth": one.truth,
        "form": typed if is_typed else ItemForm(item=one),
        "is_open": is_typed,
    }


def _lead(form: SplitForm, *, is_first: bool) -> str:
    if form.proposed:
        return f"原文自己编了号，已照原文填好{form.proposed}项；逐项看过、改好再添。"
    return NONE_PROPOSED if is_first else "接着已有的分项往下编号。"


def _marked(content: str, rows: list[SubItem]) -> list[Piece | str]:
    """The petition's words, those of its sub-items marked, each with its place behind it."""
    pieces: list[Piece | str] = []
    at = 0
    for start, end, place in rules.places_of(content, [one.text for one in rows]):
        pieces += [content[at:start], Piece(content[start:end], "mark"), Piece(str(place + 1), "ref")]
        at = end
    return [one for one in (*pieces, content[at:]) if one]
